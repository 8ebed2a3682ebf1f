import { Button, Input } from 'antd';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FormComponent } from '../../../../engine/contract/forms/index.ts';
import { IconButton } from '../../../ui/index.ts';
import type { PropertyName } from '../../components/index.ts';
import { put, useChange } from './change.ts';
import { FeelLine, NumberLine, Section, SelectLine, SwitchLine, TextLine } from './inputs.tsx';

const CONTENT: PropertyName[] = ['text', 'content', 'image', 'table', 'expression', 'height', 'action', 'outline'];

/** What components without a value of their own show or do. */
export function ContentSection({ component, offered }: { component: FormComponent; offered: Set<PropertyName> }) {
  const { t } = useTranslation();
  const change = useChange(component);
  if (!CONTENT.some((name) => offered.has(name))) return null;
  const text = (name: string) => component[name] as string | undefined;
  return (
    <Section title={t('forms.props.content')}>
      {offered.has('text') && <TextLine long label={t('forms.props.chinese')} value={text('text')} onChange={(value) => change.own('text', value ?? '')} />}
      {offered.has('text') && <TextLine long label={t('forms.props.english')} value={component.properties?.textEn as string | undefined} onChange={(value) => change.property('textEn', value)} />}
      {offered.has('content') && <TextLine long mono label="HTML" value={text('content')} onChange={(value) => change.own('content', value ?? '')} />}
      {offered.has('image') && <TextLine label={t('forms.props.imageSource')} value={text('source')} onChange={(value) => change.own('source', value ?? '')} />}
      {offered.has('image') && <TextLine label={t('forms.props.alt')} value={text('alt')} onChange={(value) => change.own('alt', value)} />}
      {offered.has('table') && <TableContent component={component} />}
      {offered.has('expression') && <FeelLine prefixed label={t('forms.props.expression')} value={text('expression')} onChange={(value) => change.own('expression', value ?? '=null')} />}
      {offered.has('expression') && <SelectLine label={t('forms.props.computeOn')} value={String(component.computeOn ?? 'change')} onChange={(value) => change.own('computeOn', value)} options={['change', 'presubmit'].map((value) => ({ value, label: t(`forms.props.compute.${value}`) }))} />}
      {offered.has('height') && <NumberLine label={t('forms.props.height')} min={1} max={1000} value={component.height} onChange={(value) => change.own('height', value)} />}
      {offered.has('action') && <SelectLine label={t('forms.props.action')} value={String(component.action ?? 'submit')} onChange={(value) => change.own('action', value)} options={['submit', 'reset'].map((value) => ({ value, label: t(`forms.props.actions.${value}`) }))} />}
      {offered.has('outline') && <SwitchLine label={t('forms.props.outline')} value={component.showOutline === true} onChange={(on) => change.own('showOutline', on)} />}
    </Section>
  );
}

interface Column {
  label: string;
  key: string;
}

function TableContent({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const columns = Array.isArray(component.columns) ? (component.columns as Column[]) : null;
  const write = (next: Column[], tag?: string) => change.all((before) => put(before, 'columns', next), tag);
  return (
    <>
      <FeelLine prefixed label={t('forms.props.dataSource')} value={component.dataSource as string | undefined} onChange={(value) => change.own('dataSource', value ?? '=[]')} />
      {columns === null ? <FeelLine prefixed label={t('forms.props.columns')} value={component.columnsExpression as string | undefined} onChange={(value) => change.own('columnsExpression', value)} /> : (
        <div className="gc-options">
          {columns.map((column, index) => (
            <div key={index} className="gc-option-row" data-columns="2" role="group" aria-label={t('forms.props.columnNumber', { number: index + 1 })}>
              <Input size="small" className="gc-mono" aria-label={t('forms.props.key')} value={column.key} onChange={(event) => write(columns.map((other, at) => (at === index ? { ...other, key: event.target.value } : other)), `column.${index}.key`)} />
              <Input size="small" aria-label={t('forms.props.name')} value={column.label} onChange={(event) => write(columns.map((other, at) => (at === index ? { ...other, label: event.target.value } : other)), `column.${index}.label`)} />
              <IconButton label={t('forms.props.removeColumn', { label: column.label })} icon={<DeleteOutlined />} onClick={() => write(columns.filter((_, at) => at !== index))} />
            </div>
          ))}
          <Button size="small" type="dashed" block icon={<PlusOutlined aria-hidden />} onClick={() => write([...columns, { label: t('forms.props.newColumn', { number: columns.length + 1 }), key: `column${columns.length + 1}` }])}>{t('forms.props.addColumn')}</Button>
        </div>
      )}
      <NumberLine label={t('forms.props.pageRows')} min={1} max={100} value={component.rowCount ?? 10} onChange={(value) => change.own('rowCount', value)} />
    </>
  );
}
