import type { CSSProperties, KeyboardEvent } from 'react';
import { useDndContext, useDraggable, useDroppable } from '@dnd-kit/core';
import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, EyeOutlined, FormOutlined, HolderOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { labelOf, type FormComponent } from '../../../engine/contract/forms/index.ts';
import { EmptyState, IconButton } from '../../ui/index.ts';
import { definitionOf } from '../components/index.ts';
import { rowsOf } from '../renderer/rows.ts';
import { useEditor } from './editor-context.ts';
import { Faux } from './faux.tsx';
import type { Position } from './operations.ts';
import { visibleWhen } from './visible-when.ts';

/** The form on its 16-column grid, as cards to select, order and remove. */
export function Canvas() {
  const { t } = useTranslation();
  const { schema, select } = useEditor();
  return (
    <div className="gc-canvas" onClick={(event) => { if (event.target === event.currentTarget) select(null); }}>
      <div className="gc-sheet">
        {schema.components.length === 0 && <EmptyState icon={<FormOutlined />} title={t('forms.editor.emptyTitle')} text={t('forms.editor.emptyText')} />}
        <Cards components={schema.components} parent={null} />
      </div>
    </div>
  );
}

function Cards({ components, parent }: { components: FormComponent[]; parent: string | null }) {
  const indexOf = (component: FormComponent | undefined) => (component ? components.indexOf(component) : components.length);
  return (
    <>
      {rowsOf(components).map((row) => (
        <div key={row.key}>
          <Gap parent={parent} index={indexOf(row.cells[0]?.component)} />
          <div className="gc-row">{row.cells.map(({ component, span }) => <div key={component.id} className="gc-cell" style={{ '--span': span } as CSSProperties}><Card component={component} /></div>)}</div>
        </div>
      ))}
      <Gap parent={parent} index={components.length} last />
    </>
  );
}

function Gap({ parent, index, last = false }: Position & { last?: boolean }) {
  const { t } = useTranslation();
  const { active } = useDndContext();
  const { setNodeRef, isOver } = useDroppable({ id: `gap:${parent ?? ''}:${index}`, data: { parent, index } satisfies Position });
  return <div ref={setNodeRef} className="gc-gap" data-over={isOver} data-active={active !== null} data-last={last}>{isOver && <span>{t('forms.editor.dropHere')}</span>}</div>;
}

function Card({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const { selected, select, nudge, remove, duplicate, language, readonly } = useEditor();
  const definition = definitionOf(component.type);
  const isSelected = selected === component.id;
  const typeName = t(`forms.types.${component.type}`, { defaultValue: component.type });
  const chinese = labelOf(component, 'zh') || typeName;
  const english = component.properties?.labelEn;
  const words = language === 'zh' ? chinese : language === 'en' ? (english ?? `${chinese} (${t('forms.editor.noEnglish')})`) : `${chinese} / ${english ?? '—'}`;
  const visible = visibleWhen(component.conditional?.hide);
  const required = component.validate?.required === true || Number(component.properties?.minRows ?? 0) > 0;

  const onKey = (event: KeyboardEvent) => {
    if (readonly || event.target !== event.currentTarget.querySelector('.gc-card-name')) return;
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (event.altKey && step !== 0) {
      event.preventDefault();
      event.stopPropagation();
      nudge(component.id, step);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.stopPropagation();
      remove(component.id);
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'd') {
      event.preventDefault();
      event.stopPropagation();
      duplicate(component.id);
    }
  };
  return (
    <div className="gc-card" data-selected={isSelected} onClick={(event) => { event.stopPropagation(); select(component.id); }} onKeyDown={onKey}>
      <div className="gc-card-head">
        <button type="button" className="gc-card-name" aria-pressed={isSelected} onClick={() => select(component.id)}>{words}{required && <span className="gc-required" aria-hidden>*</span>}</button>
        {visible && <span className="gc-chip gc-card-when" data-tone="accent" title={visible}><EyeOutlined aria-hidden /> <span className="gc-ellipsis">{t('forms.editor.shownWhen', { condition: visible })}</span></span>}
        <span className="gc-meta">{typeName}</span>
      </div>
      {Array.isArray(component.components) && definition.group === 'container' ? <div className="gc-card-children"><Cards components={component.components} parent={component.id} /></div> : <Faux component={component} />}
      {isSelected && !readonly && <Toolbar component={component} />}
    </div>
  );
}

function Toolbar({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const { nudge, duplicate, remove } = useEditor();
  const { setNodeRef, listeners } = useDraggable({ id: `move:${component.id}`, data: { id: component.id } });
  return (
    <div className="gc-card-tools" role="toolbar" aria-label={t('forms.editor.tools')} onClick={(event) => event.stopPropagation()}>
      <span ref={setNodeRef} className="gc-card-grip" onPointerDown={listeners?.onPointerDown as React.PointerEventHandler} title={t('forms.editor.drag')}><HolderOutlined aria-hidden /></span>
      <IconButton label={t('forms.editor.up')} icon={<ArrowUpOutlined />} onClick={() => nudge(component.id, -1)} />
      <IconButton label={t('forms.editor.down')} icon={<ArrowDownOutlined />} onClick={() => nudge(component.id, 1)} />
      <IconButton label={t('forms.editor.duplicate')} icon={<CopyOutlined />} onClick={() => duplicate(component.id)} />
      <IconButton label={t('forms.editor.remove')} icon={<DeleteOutlined />} onClick={() => remove(component.id)} />
    </div>
  );
}
