import { useEffect, useRef } from 'react';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import './modeler.css';
import { showWhereItStands } from '../ui/show-where-it-stands.ts';
import type { DiagramChange } from './diff.ts';
import type { BpmnElement, ModelerServices } from './services.ts';

/** One side of a comparison: the diagram with its changed elements colored. The two sides move together. */
export default function BpmnDiffPane({ xml, changes, side, focus, label, onError }: { xml: string; changes: readonly DiagramChange[]; side: 'before' | 'after'; focus: string | null; label: string; onError: (cause: unknown) => void }) {
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer | null>(null);
  const failed = useRef(onError);
  failed.current = onError;

  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new NavigatedViewer({ container: host.current });
    let gone = false;
    made.importXML(xml).then(() => {
      if (gone) return;
      viewer.current = made;
      const services = made as unknown as ModelerServices;
      const first = changes.map((change) => services.get('elementRegistry').get(change.elementId)).find((element) => element !== undefined);
      showWhereItStands(services.get('canvas'), first === undefined ? undefined : boxOf(first), { width: host.current?.clientWidth ?? 0, height: host.current?.clientHeight ?? 0 });
      for (const { elementId, kind } of changes) {
        if ((side === 'before' && kind === 'added') || (side === 'after' && kind === 'removed')) continue;
        if (services.get('elementRegistry').get(elementId) !== undefined) services.get('canvas').addMarker(elementId, `gc-diff-${kind}`);
      }
    }, (cause: unknown) => { if (!gone) failed.current(cause); });
    return () => {
      gone = true;
      viewer.current = null;
      made.destroy();
    };
  }, [xml, changes, side]);

  useEffect(() => {
    const services = viewer.current as unknown as ModelerServices | null;
    const element = focus === null ? undefined : services?.get('elementRegistry').get(focus);
    if (element !== undefined) services!.get('canvas').scrollToElement(element);
  }, [focus]);

  return <div className="gc-diff-pane" role="group" aria-label={label}><div ref={host} className="gc-diff-canvas" /></div>;
}

/** Where an element is: a shape's bounds, a flow's first point. */
function boxOf(element: BpmnElement): { x: number; y: number; width: number; height: number } {
  const { x, y, width = 0, height = 0, waypoints } = element as BpmnElement & { x?: number; y?: number; width?: number; height?: number; waypoints?: { x: number; y: number }[] };
  return { x: x ?? waypoints?.[0]?.x ?? 0, y: y ?? waypoints?.[0]?.y ?? 0, width, height };
}
