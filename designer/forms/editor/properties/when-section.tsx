import { useState } from 'react';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { labelOf, optionLabel, optionSource, toOptions, type FormComponent } from '../../../../engine/contract/forms/index.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { useEditor } from '../editor-context.ts';
import { listComponents } from '../operations.ts';
import { hideUnless, readSimple, visibleWhen, writeSimple, type SimpleCondition } from '../visible-when.ts';
import { useChange } from './change.ts';
import { FeelLine, Section } from './inputs.tsx';

/** When a component is shown: put together from a field and a value, or written as FEEL. */
export function WhenSection({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const visible = visibleWhen(component.conditional?.hide);
  const simple = readSimple(visible);
  const [writing, setWriting] = useState(visible !== '' && simple === null);
  const set = (text: string) => change.hide(hideUnless(text));
  return (
    <Section title={t('forms.props.when')}>
      {writing
        ? <FeelLine label={t('forms.props.condition')} value={visible} onChange={(text) => set(text ?? '')} placeholder={'finding != "false"'} />
        : <Simple component={component} condition={simple} onChange={(next) => set(next === null ? '' : writeSimple(next))} />}
      <div className="gc-when-actions">
        {visible !== '' && <Button type="link" size="small" onClick={() => { set(''); setWriting(false); }}>{t('forms.props.always')}</Button>}
        {(!writing || simple !== null || visible === '') && <Button type="link" size="small" onClick={() => setWriting(!writing)}>{t(writing ? 'forms.props.pick' : 'forms.props.write')}</Button>}
      </div>
    </Section>
  );
}

/** Fields whose value one can pick: choices with static options and tick boxes. */
function Simple({ component, condition, onChange }: { component: FormComponent; condition: SimpleCondition | null; onChange: (next: SimpleCondition | null) => void }) {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const { schema } = useEditor();
  const fields = listComponents(schema).map((found) => found.component).filter((other) => other.id !== component.id && other.key !== undefined && (other.type === 'checkbox' || ((other.type === 'radio' || other.type === 'select') && optionSource(other) === 'static')));
  const valuesOf = (key: string) => {
    const field = fields.find((other) => other.key === key);
    if (!field) return [];
    if (field.type === 'checkbox') return [{ value: 'true', label: t('forms.yes') }, { value: 'false', label: t('forms.no') }];
    return toOptions(field.values ?? []).map((option) => ({ value: JSON.stringify(option.value), label: optionLabel(field, option, short) }));
  };
  const chooseField = (key: string | undefined) => {
    const first = key === undefined ? undefined : valuesOf(key)[0];
    onChange(key === undefined || !first ? null : { field: key, operator: '=', value: first.value });
  };
  return (
    <div className="gc-when">
      <Select<string> allowClear aria-label={t('forms.props.field')} value={condition?.field ?? null} placeholder={t('forms.props.alwaysShown')} onChange={chooseField} options={fields.map((field) => ({ value: field.key as string, label: labelOf(field, short) }))} />
      {condition && (
        <>
          <Select<'=' | '!='> aria-label={t('forms.props.operator')} value={condition.operator} onChange={(operator) => onChange({ ...condition, operator })} options={[{ value: '=', label: t('forms.props.is') }, { value: '!=', label: t('forms.props.isNot') }]} />
          <Select<string> aria-label={t('forms.props.value')} value={condition.value} onChange={(value) => onChange({ ...condition, value })} options={valuesOf(condition.field)} />
        </>
      )}
    </div>
  );
}
