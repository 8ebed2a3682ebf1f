import { InputNumber } from 'antd';
import { NumberOutlined } from '@ant-design/icons';
import { renderText, storedNumber, toDecimal } from '../../../engine/contract/forms/index.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';
import { usePlace } from '../renderer/context.ts';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { TextDisplay } from './display.tsx';

function NumberField({ component, domId, name, value, onChange, onBlur, label, disabled, readonly, invalid, required, describedBy, compact }: FieldViewProps) {
  const place = usePlace();
  const adorn = component.appearance as { prefixAdorner?: string; suffixAdorner?: string } | undefined;
  const digits = typeof component.decimalDigits === 'number' ? component.decimalDigits : 0;
  const step = toDecimal(component.increment as JsonValue | undefined)?.toFixed() ?? (digits > 0 ? `0.${'0'.repeat(digits - 1)}1` : '1');
  const change = (text: string | number | null) => {
    const decimal = text === null ? null : toDecimal(text);
    onChange(decimal === null ? null : storedNumber(decimal, component.serializeToString === true));
  };
  return (
    <InputNumber<string>
      id={domId} name={name} stringMode step={step} value={value === null ? null : String(value)} onChange={change} onBlur={onBlur} disabled={disabled} readOnly={readonly} status={invalid ? 'error' : ''}
      parser={(text) => (text ?? '').replace(',', '.').replace(/[^\d.+-]/g, '')} prefix={adorn?.prefixAdorner && renderText(adorn.prefixAdorner, place)} suffix={adorn?.suffixAdorner && renderText(adorn.suffixAdorner, place)}
      placeholder={compact ? label : ''} style={{ width: '100%' }} aria-invalid={invalid} aria-required={required} aria-describedby={describedBy}
    />
  );
}

export const number: FieldDefinition = {
  kind: 'field', type: 'number', group: 'input', frame: 'control', icon: <NumberOutlined />, View: NumberField, Display: TextDisplay,
  properties: ['label', 'key', 'description', 'required', 'range', 'decimals', 'rule', 'access', 'pii'],
  create: () => ({}),
};
