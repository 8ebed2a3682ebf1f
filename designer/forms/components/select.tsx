import { Select } from 'antd';
import { DownCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { OptionDisplay } from './display.tsx';
import { sampleValues } from './sample-values.ts';
import { useOptions } from './use-options.ts';

/** From this many options on one searches rather than scrolls. */
const SEARCH_FROM = 9;

function SelectField({ component, domId, value, onChange, onBlur, label, disabled, readonly, invalid, required, describedBy, compact }: FieldViewProps) {
  const { t } = useTranslation();
  const { options, keyOf, valueOf } = useOptions(component);
  return (
    <Select<string>
      id={domId} value={value === null || value === '' ? null : keyOf(value)} onChange={(key) => onChange(key === undefined || key === null ? null : valueOf(key))} onBlur={onBlur} disabled={disabled || readonly}
      status={invalid ? 'error' : ''} allowClear={!required} style={{ width: '100%' }} placeholder={compact ? label : t('forms.choose')} notFoundContent={t('forms.noOptions')}
      showSearch={component.searchable === true || options.length >= SEARCH_FROM ? { optionFilterProp: 'label' } : false}
      options={options.map((option) => ({ label: option.label, value: option.key }))} aria-invalid={invalid} aria-required={required} aria-describedby={describedBy} aria-label={label}
    />
  );
}

export const select: FieldDefinition = {
  kind: 'field', type: 'select', group: 'choice', frame: 'control', icon: <DownCircleOutlined />, View: SelectField, Display: OptionDisplay,
  properties: ['label', 'key', 'description', 'required', 'options', 'searchable', 'rule', 'access', 'pii'],
  create: () => ({ values: sampleValues() }),
};
