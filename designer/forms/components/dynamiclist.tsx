import { useState } from 'react';
import { Button } from 'antd';
import { DeleteOutlined, HolderOutlined, OrderedListOutlined, PlusOutlined } from '@ant-design/icons';
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { getPath, isObject, minRows, newRow, pathName, splitPath, type FormComponent } from '../../../engine/contract/forms/index.ts';
import { IconButton } from '../../ui/index.ts';
import { useAround, useRenderer } from '../renderer/context.ts';
import { ProblemList } from '../renderer/problem-list.tsx';
import type { BlockDefinition, BlockViewProps } from './definition.ts';

function Dynamiclist({ component, instanceId, domId, label }: BlockViewProps) {
  const { t } = useTranslation();
  const { mode, problems, scope, touch } = useRenderer();
  const around = useAround();
  const path = [...around.path, ...splitPath(component.path)];
  const { control } = useFormContext();
  const { fields, append, remove, move } = useFieldArray({ control, name: pathName(path) });
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const [all, setAll] = useState(false);
  const least = minRows(component);
  const editable = mode === 'edit' && component.allowAddRemove !== false;
  const shown = all || component.disableCollapse === true ? fields.length : Math.min(fields.length, typeof component.nonCollapsedItems === 'number' ? component.nonCollapsedItems : 5);
  const broken = problems[instanceId] ?? [];

  const drop = ({ active, over }: DragEndEvent) => {
    const from = fields.findIndex((field) => field.id === active.id);
    const to = fields.findIndex((field) => field.id === over?.id);
    if (from >= 0 && to >= 0 && from !== to) move(from, to);
  };

  return (
    <div className="gc-list" role="group" aria-labelledby={`${domId}-label`} id={domId} tabIndex={-1}>
      <div className="gc-field-head">
        <span className="gc-label" id={`${domId}-label`}>{label}{mode === 'edit' && least > 0 && <span className="gc-required" aria-hidden>*</span>}</span>
        {mode === 'edit' && <span className="gc-meta">{least > 0 ? t('forms.rowsAtLeast', { count: fields.length, min: least }) : t('forms.rows', { count: fields.length })}</span>}
      </div>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={fields.map((field) => field.id)} strategy={verticalListSortingStrategy}>
          {fields.slice(0, shown).map((field, index) => (
            <Row key={field.id} sortId={field.id} list={component} index={index} label={label} movable={editable && fields.length > 1} onRemove={editable ? () => { remove(index); touch(instanceId); } : undefined} />
          ))}
        </SortableContext>
      </DndContext>
      {shown < fields.length && <Button type="link" size="small" onClick={() => setAll(true)}>{t('forms.showAllRows', { count: fields.length })}</Button>}
      {editable && (
        <Button block type="dashed" icon={<PlusOutlined aria-hidden />} onClick={() => { append(newRow(component, scope.variables)); setAll(true); touch(instanceId); }}>{t('forms.addRow', { label })}</Button>
      )}
      <ProblemList id={`${domId}-problems`} component={component} problems={broken} />
    </div>
  );
}

interface RowProps {
  sortId: string;
  list: FormComponent;
  index: number;
  label: string;
  movable: boolean;
  onRemove?: (() => void) | undefined;
}

function Row({ sortId, list, index, label, movable, onRemove }: RowProps) {
  const { t } = useTranslation();
  const around = useAround();
  const { renderComponents, values } = useRenderer();
  const { setNodeRef, transform, transition, attributes, listeners, isDragging } = useSortable({ id: sortId, disabled: !movable });
  const path = [...around.path, ...splitPath(list.path), index];
  const row = getPath(values, path);
  const at = { row: isObject(row) ? row : {}, parent: around.at, indexes: [...around.at.indexes, index + 1] };
  const style = { transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined, transition };
  return (
    <div ref={setNodeRef} style={style} className="gc-list-row" data-dragging={isDragging} role="group" aria-label={t('forms.rowOf', { label, number: index + 1 })}>
      {movable && <button type="button" className="gc-grip" {...attributes} {...listeners} aria-label={t('forms.moveRow', { number: index + 1 })}><HolderOutlined aria-hidden /></button>}
      <div className="gc-list-fields">{renderComponents(list.components ?? [], { path, at, suffix: `${around.suffix}[${index}]`, compact: true })}</div>
      {onRemove && <IconButton label={t('forms.removeRow', { number: index + 1 })} icon={<DeleteOutlined />} onClick={onRemove} />}
    </div>
  );
}

export const dynamiclist: BlockDefinition = {
  kind: 'block', type: 'dynamiclist', group: 'container', icon: <OrderedListOutlined />, View: Dynamiclist,
  properties: ['label', 'path', 'rows', 'rule'],
  create: () => ({ components: [], isRepeating: true, allowAddRemove: true, defaultRepetitions: 1, showOutline: true }),
};
