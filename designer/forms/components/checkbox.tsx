import { Checkbox } from 'antd';
import { CheckSquareOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FormComponent } from '../../../engine/contract/forms/index.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';
import type { FieldDefinition, FieldViewProps } from './definition.ts';

function CheckboxField({ domId, name, value, onChange, onBlur, label, disabled, readonly, invalid, required, describedBy }: FieldViewProps) {
  return (
    <Checkbox
      id={domId} name={name} checked={value === true} onChange={(event) => onChange(event.target.checked)} onBlur={onBlur} disabled={disabled || readonly}
      aria-invalid={invalid} aria-required={required} aria-describedby={describedBy}
    >
      <span className="gc-check-label">{label}{required && <span className="gc-required" aria-hidden>*</span>}</span>
    </Checkbox>
  );
}

function YesNo({ value }: { component: FormComponent; value: JsonValue }) {
  const { t } = useTranslation();
  return <span>{value === true ? t('forms.yes') : t('forms.no')}</span>;
}

export const checkbox: FieldDefinition = {
  kind: 'field', type: 'checkbox', group: 'choice', frame: 'own', icon: <CheckSquareOutlined />, View: CheckboxField, Display: YesNo,
  properties: ['label', 'key', 'description', 'required', 'rule', 'access'],
  create: () => ({}),
};
