import { Radio } from 'antd';
import { AimOutlined } from '@ant-design/icons';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { OptionDisplay } from './display.tsx';
import { sampleValues } from './sample-values.ts';
import { useOptions } from './use-options.ts';

function RadioField({ component, domId, value, onChange, onBlur, label, disabled, readonly, invalid, required, describedBy }: FieldViewProps) {
  const { options, keyOf, valueOf } = useOptions(component);
  return (
    <div id={domId} role="radiogroup" aria-label={label} aria-describedby={describedBy} aria-invalid={invalid} aria-required={required} onBlur={onBlur}>
      {/* The name must differ per row, or the browser takes rows as one group. */}
      <Radio.Group
        name={domId} role="presentation" disabled={disabled || readonly} value={value === null ? null : keyOf(value)} onChange={(event) => onChange(valueOf(String(event.target.value)))}
        options={options.map((option) => ({ label: option.label, value: option.key }))}
      />
    </div>
  );
}

export const radio: FieldDefinition = {
  kind: 'field', type: 'radio', group: 'choice', frame: 'group', icon: <AimOutlined />, View: RadioField, Display: OptionDisplay,
  properties: ['label', 'key', 'description', 'required', 'options', 'rule', 'access', 'pii'],
  create: () => ({ values: sampleValues() }),
};
