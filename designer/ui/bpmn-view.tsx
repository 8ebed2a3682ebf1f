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
}

interface Registry {
  get: (id: string) => unknown;
}

const MARKERS: Record<keyof DiagramMarks, string> = { active: 'gc-active', completed: 'gc-completed', incidents: 'gc-incident', takenFlows: 'gc-taken' };

/** A read-only diagram with marks. Loaded lazily: bpmn-js is large. The bpmn.io mark stays visible. */
export default function BpmnView({ xml, marks = {}, label }: { xml: string; marks?: DiagramMarks; label: string }) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer | null>(null);
  const [ready, setReady] = useState(0);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    if (!host.current) return undefined;
    const made = new NavigatedViewer({ container: host.current });
    viewer.current = made;
    let gone = false;
    made.importXML(xml).then(
      () => {
        if (gone) return;
        fit(canvasOf(made));
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

  const text = JSON.stringify(marks);
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
        <IconButton label={t('diagram.fit')} icon={<FullscreenOutlined />} onClick={() => viewer.current && fit(canvasOf(viewer.current))} />
      </div>
    </div>
  );
}

function canvasOf(viewer: NavigatedViewer): Canvas {
  return viewer.get('canvas') as Canvas;
}

/** The whole diagram with a little air, so that labels at the edge are not cut. */
function fit(canvas: Canvas): void {
  canvas.zoom(canvas.zoom('fit-viewport', 'auto') * 0.92, 'auto');
}

function applyMarks(viewer: NavigatedViewer, marks: DiagramMarks): [string, string][] {
  const registry = viewer.get('elementRegistry') as Registry;
  const canvas = canvasOf(viewer);
  const wanted = (Object.keys(MARKERS) as (keyof DiagramMarks)[]).flatMap((kind) => (marks[kind] ?? []).map((id): [string, string] => [id, MARKERS[kind]]));
  const applied = wanted.filter(([id]) => registry.get(id) !== undefined);
  for (const [id, marker] of applied) canvas.addMarker(id, marker);
  return applied;
}
