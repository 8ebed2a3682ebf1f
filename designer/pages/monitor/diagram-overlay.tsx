import { useEffect, useRef, useState } from 'react';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { FullscreenOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import '../../ui/bpmn-view.css';
import { useLocalDiagram } from '../../ui/local-diagram.ts';
import { showWhereItStands } from '../../ui/show-where-it-stands.ts';
import { ErrorState, IconButton } from '../../ui/index.ts';

/** A count at an element's corner: tokens that stand there, and incidents among them. */
export interface Overlay {
  elementId: string;
  count: number;
  incidents: number;
}

export interface PathMarks {
  completed: string[];
  active: string[];
  incidents: string[];
  takenFlows: string[];
}

interface Shape {
  x: number;
  y: number;
  width: number;
  height: number;
  type: string;
}

interface Services {
  get(name: 'canvas'): { zoom(level?: number | 'fit-viewport', center?: 'auto'): number; addMarker(id: string, marker: string): void; removeMarker(id: string, marker: string): void; scrollToElement(element: object): void; viewbox(box: Shape): unknown };
  get(name: 'elementRegistry'): { get(id: string): Shape | undefined };
  get(name: 'overlays'): { add(id: string, kind: string, overlay: object): void; clear(): void };
  on(event: 'element.click', listener: (event: { element: { id: string } }) => void): void;
}

interface DiagramOverlayProps {
  xml: string;
  overlays: readonly Overlay[];
  marks?: PathMarks;
  selected?: string | null;
  label: string;
  onSelect?: (elementId: string) => void;
}

/** A read-only diagram with counts, visited path and incidents. The bpmn.io mark stays free. */
export default function DiagramOverlay({ xml: published, overlays, marks, selected = null, label, onSelect }: DiagramOverlayProps) {
  const { t } = useTranslation();
  const xml = useLocalDiagram(published);
  const host = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<Services | null>(null);
  const [error, setError] = useState<unknown>(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  // Where it stands, incidents first; of an ended instance, where it went.
  const standing = useRef<string[]>([]);
  standing.current = [...overlays.filter((each) => each.incidents > 0), ...overlays].map((each) => each.elementId).concat(marks?.active ?? [], marks?.completed ?? []);

  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new NavigatedViewer({ container: host.current });
    const services = made as unknown as Services;
    let gone = false;
    made.importXML(xml).then(
      () => {
        if (gone) return;
        const shapes = standing.current.map((id) => services.get('elementRegistry').get(id)).filter((shape) => shape !== undefined);
        showWhereItStands(services.get('canvas'), shapes.find((shape) => shape.type !== 'bpmn:SubProcess') ?? shapes[0], { width: host.current?.clientWidth ?? 0, height: host.current?.clientHeight ?? 0 });
        services.on('element.click', ({ element }) => select.current?.(element.id));
        setViewer(services);
      },
      (cause: unknown) => { if (!gone) setError(cause); },
    );
    return () => {
      gone = true;
      setViewer(null);
      made.destroy();
    };
  }, [xml]);

  const shown = JSON.stringify(overlays);
  useEffect(() => {
    if (viewer === null) return;
    viewer.get('overlays').clear();
    for (const { elementId, count, incidents } of JSON.parse(shown) as Overlay[]) {
      if (viewer.get('elementRegistry').get(elementId) === undefined) continue;
      if (count > 0) viewer.get('overlays').add(elementId, 'count', { position: { top: -12, right: 14 }, html: badge('gc-count-badge', String(count)) });
      if (incidents > 0) viewer.get('overlays').add(elementId, 'incident', { position: { top: -12, left: -8 }, html: badge('gc-count-badge gc-incident-badge', `! ${incidents}`) });
    }
  }, [viewer, shown]);

  const path = JSON.stringify(marks ?? null);
  useEffect(() => {
    const found = JSON.parse(path) as PathMarks | null;
    if (viewer === null || found === null) return undefined;
    const applied: [string, string][] = [];
    const mark = (ids: string[], marker: string) => {
      for (const id of ids) {
        const shape = viewer.get('elementRegistry').get(id);
        if (shape === undefined) continue;
        // A scope is framed, not filled: what happens inside stays readable.
        const own = shape.type === 'bpmn:SubProcess' ? 'gc-scope' : marker;
        viewer.get('canvas').addMarker(id, own);
        applied.push([id, own]);
      }
    };
    mark(found.completed, 'gc-completed');
    mark(found.takenFlows, 'gc-taken');
    mark(found.active, 'gc-active');
    mark(found.incidents, 'gc-incident');
    return () => { for (const [id, marker] of applied) if (viewer.get('elementRegistry').get(id) !== undefined) viewer.get('canvas').removeMarker(id, marker); };
  }, [viewer, path]);

  useEffect(() => {
    const element = selected === null ? undefined : viewer?.get('elementRegistry').get(selected);
    if (element !== undefined) viewer!.get('canvas').scrollToElement(element);
  }, [viewer, selected]);

  if (error !== null) return <ErrorState error={error} title={t('diagram.broken')} />;
  const zoom = (factor: number) => viewer?.get('canvas').zoom(Math.min(4, Math.max(0.1, viewer.get('canvas').zoom() * factor)), 'auto');
  return (
    <div className="gc-bpmn" role="group" aria-label={label}>
      <div ref={host} className="gc-bpmn-canvas" />
      <div className="gc-bpmn-zoom">
        <IconButton label={t('diagram.zoomOut')} icon={<MinusOutlined />} onClick={() => zoom(0.8)} />
        <IconButton label={t('diagram.zoomIn')} icon={<PlusOutlined />} onClick={() => zoom(1.25)} />
        <IconButton label={t('diagram.fit')} icon={<FullscreenOutlined />} onClick={() => viewer?.get('canvas').zoom('fit-viewport', 'auto')} />
      </div>
    </div>
  );
}

function badge(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}
