import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import DmnModeler from 'dmn-js/lib/Modeler';
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css';
import './modeler.css';
import { translateModule } from './translate.ts';

/** A view inside a DMN file: its requirements graph or one decision. */
export interface DmnView {
  id: string;
  type: string;
  name: string;
}

export interface DmnHandle {
  /** The file as DMN XML. */
  xml(): Promise<string>;
  open(viewId: string): void;
}

interface Viewer {
  importXML(xml: string, options?: object): Promise<unknown>;
  saveXML(options: object): Promise<{ xml: string }>;
  getViews(): { id: string; type: string; name?: string; element: { id: string; name?: string } }[];
  getActiveView(): { id: string; element: { id: string } } | undefined;
  getActiveViewer(): { on(event: string, listener: () => void): void } | undefined;
  open(view: object): Promise<unknown>;
  on(event: string, listener: (event: { views: Viewer['getViews'] extends () => infer V ? V : never; activeView?: { element: { id: string } } }) => void): void;
  destroy(): void;
}

export interface DmnEditorProps {
  xml: string;
  language: string;
  onChange: () => void;
  onViews?: (views: DmnView[], active: string) => void;
  onError?: (error: Error) => void;
  ref?: Ref<DmnHandle>;
}

/** The decision editor: dmn-js, opened on the first decision table. */
export default function DmnEditor({ xml, language, onChange, onViews, onError, ref }: DmnEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const [modeler, setModeler] = useState<Viewer | null>(null);
  const listeners = useRef({ onChange, onViews, onError });
  listeners.current = { onChange, onViews, onError };

  useEffect(() => {
    if (host.current === null) return undefined;
    const shared = { additionalModules: [translateModule(language)] };
    const made = new DmnModeler({ container: host.current, drd: shared, decisionTable: shared, literalExpression: shared, boxedExpression: shared }) as Viewer;
    const watched = new WeakSet<object>();
    let gone = false;
    made.on('views.changed', ({ views, activeView }) => {
      listeners.current.onViews?.(views.map(({ type, element }) => ({ id: element.id, type, name: element.name ?? element.id })), activeView?.element.id ?? '');
      const viewer = made.getActiveViewer();
      if (viewer === undefined || watched.has(viewer)) return;
      watched.add(viewer);
      viewer.on('elements.changed', () => listeners.current.onChange());
    });
    made.importXML(xml, { open: false }).then(
      async () => {
        if (gone) return;
        const views = made.getViews();
        const first = views.find((view) => view.type === 'decisionTable') ?? views[0];
        if (first !== undefined) await made.open(first);
        setModeler(made);
      },
      (error: Error) => { if (!gone) listeners.current.onError?.(error); },
    );
    return () => {
      gone = true;
      setModeler(null);
      made.destroy();
    };
  }, [xml, language]);

  useImperativeHandle(ref, () => ({
    xml: async () => (await modeler?.saveXML({ format: true }))?.xml ?? '',
    open(viewId) {
      const view = modeler?.getViews().find((each) => each.element.id === viewId);
      if (view !== undefined) void modeler?.open(view);
    },
  }), [modeler]);
  return <div ref={host} className="gc-dmn" />;
}
