import { Checkbox } from 'antd';
import { UnorderedListOutlined } from '@ant-design/icons';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { OptionDisplay } from './display.tsx';
import { sampleValues } from './sample-values.ts';
import { useOptions } from './use-options.ts';

function Checklist({ component, domId, name, value, onChange, onBlur, label, disabled, readonly, describedBy }: FieldViewProps) {
  const { options, keyOf, valueOf } = useOptions(component);
  return (
    <div id={domId} role="group" aria-label={label} aria-describedby={describedBy} onBlur={onBlur}>
      <Checkbox.Group
        name={name} disabled={disabled || readonly} value={Array.isArray(value) ? value.map(keyOf) : []} onChange={(keys) => onChange(keys.map((key) => valueOf(String(key))))}
        options={options.map((option) => ({ label: option.label, value: option.key }))}
      />
    </div>
  );
}

export const checklist: FieldDefinition = {
  kind: 'field', type: 'checklist', group: 'choice', frame: 'group', icon: <UnorderedListOutlined />, View: Checklist, Display: OptionDisplay,
  properties: ['label', 'key', 'description', 'required', 'options', 'rule', 'access', 'pii'],
  create: () => ({ values: sampleValues() }),
};
