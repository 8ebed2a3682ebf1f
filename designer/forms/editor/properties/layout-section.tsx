import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FormComponent } from '../../../../engine/contract/forms/index.ts';
import type { PropertyName } from '../../components/index.ts';
import { useEditor } from '../editor-context.ts';
import { findComponent, siblings } from '../operations.ts';
import { useChange } from './change.ts';
import { Section, SelectLine, SwitchLine } from './inputs.tsx';

const widths = [{ columns: 4, label: '1/4' }, { columns: 8, label: '1/2' }, { columns: 12, label: '3/4' }];

/** Width and row, who may fill it in, whether it is personal data. */
export function LayoutSection({ component, offered }: { component: FormComponent; offered: Set<PropertyName> }) {
  const { t } = useTranslation();
  const { schema, setShareRow } = useEditor();
  const change = useChange(component);
  const found = findComponent(schema, component.id);
  const before = found ? siblings(schema, found.parent)[found.index - 1] : undefined;
  const shared = before !== undefined && component.layout?.row !== undefined && before.layout?.row === component.layout.row;
  const columns = component.layout?.columns ?? 0;
  const other = columns !== 0 && columns !== 16 && !widths.some((width) => width.columns === columns);
  return (
    <Section title={t('forms.props.layout')}>
      <div className="gc-line" role="group" aria-label={t('forms.props.width')}>
        <span className="gc-line-label">{t('forms.props.width')}</span>
        <Segmented<number> block value={columns === 16 ? 0 : columns} onChange={(value) => change.layout('columns', value === 0 ? null : value)} options={[...widths.map((width) => ({ value: width.columns, label: width.label })), ...(other ? [{ value: columns, label: `${columns}/16` }] : []), { value: 0, label: t('forms.props.fullRow') }]} />
      </div>
      {before && <SwitchLine label={t('forms.props.sameRow')} value={shared} onChange={(on) => setShareRow(component.id, on)} />}
      {offered.has('access') && <SwitchLine label={t('forms.props.readonly')} value={component.readonly === true} onChange={(on) => change.own('readonly', on || undefined)} />}
      {offered.has('access') && <SwitchLine label={t('forms.props.disabled')} value={component.disabled === true} onChange={(on) => change.own('disabled', on || undefined)} />}
      {offered.has('pii') && <SelectLine<'no' | 'yes'> label={t('forms.props.pii')} value={component.properties?.pii === 'true' ? 'yes' : 'no'} onChange={(value) => change.property('pii', value === 'yes' ? 'true' : undefined)} options={[{ value: 'no', label: t('forms.props.piiNo') }, { value: 'yes', label: t('forms.props.piiYes') }]} />}
    </Section>
  );
}
