import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';
import { DndContext, DragOverlay, KeyboardSensor, PointerSensor, pointerWithin, rectIntersection, useSensor, useSensors, type CollisionDetection, type DragEndEvent } from '@dnd-kit/core';
import { Segmented } from 'antd';
import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { labelOf } from '../../../engine/contract/forms/index.ts';
import { ErrorState, IconButton } from '../../ui/index.ts';
import { definitionOf } from '../components/index.ts';
import { Canvas } from './canvas.tsx';
import { EditorContext, type CanvasLanguage, type EditorState } from './editor-context.ts';
import { createComponent, duplicateComponent, findComponent, insertComponent, moveComponent, nudgeComponent, removeComponent, shareRow, updateComponent, type Position } from './operations.ts';
import { Palette } from './palette.tsx';
import { Preview } from './preview.tsx';
import { PropertyPanel } from './property-panel.tsx';
import { useFormDocument } from './use-form-document.ts';
import '../forms.css';
import './editor.css';

export interface FormEditorProps {
  /** form-js JSON as text. A text that differs from the last one told replaces what is edited. */
  value: string;
  /** Gets the whole text after every change; untouched components keep their bytes. */
  onChange: (text: string) => void;
  /** Shown in the canvas' header, e.g. the choice of form. */
  header?: React.ReactNode;
  /** Shown above the previewed form. */
  title?: string;
  readonly?: boolean;
}

type NarrowPane = 'palette' | 'canvas' | 'preview' | 'panel';

/** Palette, canvas, live preview and properties of a form. */
export function FormEditor({ value, onChange, header, title, readonly = false }: FormEditorProps) {
  const { t } = useTranslation();
  const { schema, error, apply, undo, redo, canUndo, canRedo } = useFormDocument(value, onChange);
  const [selected, select] = useState<string | null>(null);
  const [language, setLanguage] = useState<CanvasLanguage>('zh');
  const [pane, setPane] = useState<NarrowPane>('canvas');
  const [news, setNews] = useState('');

  const add = useCallback((type: string, at?: Position) => {
    const definition = definitionOf(type);
    const component = createComponent(schema, type, t(`forms.types.${type}`), definition.create(), definition.kind === 'field');
    const current = selected === null ? undefined : findComponent(schema, selected);
    const behind = current ? { parent: current.parent, index: current.index + 1 } : { parent: null, index: schema.components.length };
    apply(insertComponent(schema, component, at ?? behind));
    select(component.id);
    setNews(t('forms.editor.added', { name: t(`forms.types.${type}`) }));
  }, [apply, schema, selected, t]);

  const remove = useCallback((id: string) => {
    const found = findComponent(schema, id);
    if (!found) return;
    apply(removeComponent(schema, id));
    select(null);
    setNews(t('forms.editor.removed', { name: labelOf(found.component, 'zh') }));
  }, [apply, schema, t]);

  const state = useMemo((): EditorState => ({
    schema, selected, language, readonly, select, add, remove,
    update: (id, change, tag) => apply(updateComponent(schema, id, change), tag ? `${id}.${tag}` : null),
    move: (id, to) => apply(moveComponent(schema, id, to)),
    nudge: (id, step) => apply(nudgeComponent(schema, id, step)),
    duplicate: (id) => { const copy = duplicateComponent(schema, id); apply(copy.schema); select(copy.id); },
    setShareRow: (id, share) => apply(shareRow(schema, id, share)),
  }), [schema, selected, language, readonly, add, remove, apply]);

  const onKey = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || readonly) return;
    event.preventDefault();
    (event.shiftKey ? redo : undo)();
  };
  if (error) return <ErrorState error={error} title={t('forms.editor.broken')} />;
  return (
    <EditorContext value={state}>
      <Drag state={state}>
        <div className="gc-editor" data-pane={pane} onKeyDown={onKey}>
          <Segmented<NarrowPane> className="gc-editor-panes" block value={pane} onChange={setPane} options={(['canvas', 'palette', 'panel', 'preview'] as const).map((name) => ({ value: name, label: t(`forms.editor.panes.${name}`) }))} />
          <Palette />
          <section className="gc-editor-middle" aria-label={t('forms.editor.panes.canvas')}>
            <header className="gc-editor-head">
              <span className="gc-editor-own">{header}</span>
              <span className="gc-editor-tools">
                <IconButton label={t('forms.editor.undo')} icon={<UndoOutlined />} onClick={undo} disabled={!canUndo || readonly} />
                <IconButton label={t('forms.editor.redo')} icon={<RedoOutlined />} onClick={redo} disabled={!canRedo || readonly} />
                <Segmented<CanvasLanguage> aria-label={t('forms.editor.language')} value={language} onChange={setLanguage} options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }, { value: 'both', label: t('forms.editor.both') }]} />
              </span>
            </header>
            <Canvas />
          </section>
          <Preview schema={schema} title={title} />
          <PropertyPanel />
          <p className="gc-visually-hidden" role="status">{news}</p>
        </div>
      </Drag>
    </EditorContext>
  );
}

const gapUnder: CollisionDetection = (args) => {
  const under = pointerWithin(args);
  return under.length > 0 ? under : rectIntersection(args);
};

/** Dragging from the palette adds, dragging a card moves; gaps are where it can go. */
function Drag({ state, children }: { state: EditorState; children: React.ReactNode }) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }), useSensor(KeyboardSensor));
  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const to = over?.data.current as Position | undefined;
    const what = active.data.current as { type?: string; id?: string } | undefined;
    if (!to || !what) return;
    if (what.type) state.add(what.type, to);
    else if (what.id) state.move(what.id, to);
  };
  return (
    <DndContext
      sensors={sensors} collisionDetection={gapUnder} onDragEnd={drop} onDragCancel={() => setDragged(null)}
      onDragStart={({ active }) => {
        const what = active.data.current as { type?: string; id?: string } | undefined;
        const component = what?.id ? findComponent(state.schema, what.id)?.component : undefined;
        setDragged(what?.type ? t(`forms.types.${what.type}`) : component ? labelOf(component, 'zh') : null);
      }}
    >
      {children}
      <DragOverlay dropAnimation={null}>{dragged && <div className="gc-dragged">{dragged}</div>}</DragOverlay>
    </DndContext>
  );
}
