import { useEffect, useRef, useState } from 'react';
import { FullscreenOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import './bpmn-view.css';
import { useTranslation } from 'react-i18next';
import { IconButton } from './basics.tsx';
import { ErrorState } from './errors.tsx';
import { useLocalDiagram } from './local-diagram.ts';
import { showWhereItStands } from './show-where-it-stands.ts';

/** Marks on a diagram, by element and flow id. */
export interface DiagramMarks {
  active?: string[];
  completed?: string[];
  incidents?: string[];
  takenFlows?: string[];
}

interface Canvas {
  zoom: (level?: number | 'fit-viewport', center?: 'auto') => number;
  addMarker: (id: string, marker: string) => void;
  removeMarker: (id: string, marker: string) => void;
  viewbox: (box: Shape) => unknown;
}

interface Shape {
  x: number;
  y: number;
  width: number;
  height: number;
  type: string;
}

interface Registry {
  get: (id: string) => Shape | undefined;
}

const MARKERS: Record<keyof DiagramMarks, string> = { active: 'gc-active', completed: 'gc-completed', incidents: 'gc-incident', takenFlows: 'gc-taken' };

/** A read-only diagram with marks. Loaded lazily: bpmn-js is large. The bpmn.io mark stays visible. */
export default function BpmnView({ xml: published, marks = {}, label }: { xml: string; marks?: DiagramMarks; label: string }) {
  const { t } = useTranslation();
  const xml = useLocalDiagram(published);
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer | null>(null);
  const [ready, setReady] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const text = JSON.stringify(marks);
  const latest = useRef(text);
  latest.current = text;

  useEffect(() => {
    if (!host.current) return undefined;
    const made = new NavigatedViewer({ container: host.current });
    viewer.current = made;
    let gone = false;
    made.importXML(xml).then(
      () => {
        if (gone) return;
        show(made, JSON.parse(latest.current) as DiagramMarks, host.current);
        setError(null);
        setReady((count) => count + 1);
      },
      (cause: unknown) => { if (!gone) setError(cause); },
    );
    return () => {
      gone = true;
      made.destroy();
    };
  }, [xml]);

  useEffect(() => {
    const current = viewer.current;
    if (!current || ready === 0) return undefined;
    const applied = applyMarks(current, JSON.parse(text) as DiagramMarks);
    return () => { for (const [id, marker] of applied) if ((current.get('elementRegistry') as Registry).get(id)) canvasOf(current).removeMarker(id, marker); };
  }, [text, ready]);

  const zoom = (factor: number) => {
    if (!viewer.current) return;
    const canvas = canvasOf(viewer.current);
    canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), 'auto');
  };
  if (error) return <ErrorState error={error} title={t('diagram.broken')} />;
  return (
    <div className="gc-bpmn" role="group" aria-label={label}>
      <div ref={host} className="gc-bpmn-canvas" />
      <div className="gc-bpmn-zoom">
        <IconButton label={t('diagram.zoomOut')} icon={<MinusOutlined />} onClick={() => zoom(1 / 1.25)} />
        <IconButton label={t('diagram.zoomIn')} icon={<PlusOutlined />} onClick={() => zoom(1.25)} />
        <IconButton label={t('diagram.fit')} icon={<FullscreenOutlined />} onClick={() => viewer.current && canvasOf(viewer.current).zoom(canvasOf(viewer.current).zoom('fit-viewport', 'auto') * 0.92, 'auto')} />
      </div>
    </div>
  );
}

function canvasOf(viewer: NavigatedViewer): Canvas {
  return viewer.get('canvas') as Canvas;
}

function show(viewer: NavigatedViewer, { incidents = [], active = [], completed = [] }: DiagramMarks, host: HTMLElement | null): void {
  const registry = viewer.get('elementRegistry') as Registry;
  const shapes = [...incidents, ...active, ...completed].map((id) => registry.get(id)).filter((shape) => shape !== undefined);
  showWhereItStands(canvasOf(viewer), shapes.find((shape) => shape.type !== 'bpmn:SubProcess') ?? shapes[0], { width: host?.clientWidth ?? 0, height: host?.clientHeight ?? 0 });
}

function applyMarks(viewer: NavigatedViewer, marks: DiagramMarks): [string, string][] {
  const registry = viewer.get('elementRegistry') as Registry;
  const canvas = canvasOf(viewer);
  const wanted = (Object.keys(MARKERS) as (keyof DiagramMarks)[]).flatMap((kind) => (marks[kind] ?? []).map((id): [string, string] => [id, MARKERS[kind]]));
  // A scope that is active is framed, not filled: what happens inside stays readable.
  const applied = wanted.filter(([id]) => registry.get(id) !== undefined).map(([id, marker]): [string, string] => [id, registry.get(id)?.type === 'bpmn:SubProcess' ? 'gc-scope' : marker]);
  for (const [id, marker] of applied) canvas.addMarker(id, marker);
  return applied;
}
