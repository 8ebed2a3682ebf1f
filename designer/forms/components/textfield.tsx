import { Input } from 'antd';
import { FontSizeOutlined } from '@ant-design/icons';
import { renderText } from '../../../engine/contract/forms/index.ts';
import { usePlace } from '../renderer/context.ts';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { TextDisplay } from './display.tsx';

function Textfield({ component, domId, name, value, onChange, onBlur, label, disabled, readonly, invalid, required, describedBy, compact }: FieldViewProps) {
  const place = usePlace();
  const adorn = component.appearance as { prefixAdorner?: string; suffixAdorner?: string } | undefined;
  const kind = component.validate?.validationType;
  return (
    <Input
      id={domId} name={name} value={typeof value === 'string' ? value : ''} onChange={(event) => onChange(event.target.value)} onBlur={onBlur} disabled={disabled} readOnly={readonly}
      status={invalid ? 'error' : ''} prefix={adorn?.prefixAdorner && renderText(adorn.prefixAdorner, place)} suffix={adorn?.suffixAdorner && renderText(adorn.suffixAdorner, place)}
      type={kind === 'email' ? 'email' : kind === 'phone' || component.properties?.phoneCn === 'true' ? 'tel' : 'text'} autoComplete="off" placeholder={compact ? label : ''}
      aria-invalid={invalid} aria-required={required} aria-describedby={describedBy}
    />
  );
}

export const textfield: FieldDefinition = {
  kind: 'field', type: 'textfield', group: 'input', frame: 'control', icon: <FontSizeOutlined />, View: Textfield, Display: TextDisplay,
  properties: ['label', 'key', 'description', 'required', 'length', 'shape', 'rule', 'access', 'pii'],
  create: () => ({}),
};
