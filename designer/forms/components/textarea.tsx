import { Input } from 'antd';
import { AlignLeftOutlined } from '@ant-design/icons';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { TextDisplay } from './display.tsx';

function Textarea({ domId, name, value, onChange, onBlur, label, disabled, readonly, invalid, required, describedBy, compact }: FieldViewProps) {
  return (
    <Input.TextArea
      id={domId} name={name} value={typeof value === 'string' ? value : ''} onChange={(event) => onChange(event.target.value)} onBlur={onBlur} disabled={disabled} readOnly={readonly}
      status={invalid ? 'error' : ''} autoSize={{ minRows: compact ? 1 : 2, maxRows: 16 }} placeholder={compact ? label : ''} aria-invalid={invalid} aria-required={required} aria-describedby={describedBy}
    />
  );
}

export const textarea: FieldDefinition = {
  kind: 'field', type: 'textarea', group: 'input', frame: 'control', icon: <AlignLeftOutlined />, View: Textarea, Display: TextDisplay,
  properties: ['label', 'key', 'description', 'required', 'length', 'rule', 'access', 'pii'],
  create: () => ({}),
};
