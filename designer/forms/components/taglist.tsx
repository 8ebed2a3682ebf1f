import { Select } from 'antd';
import { TagsOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { OptionDisplay } from './display.tsx';
import { sampleValues } from './sample-values.ts';
import { useOptions } from './use-options.ts';

function Taglist({ component, domId, value, onChange, onBlur, label, disabled, readonly, invalid, required, describedBy, compact }: FieldViewProps) {
  const { t } = useTranslation();
  const { options, keyOf, valueOf } = useOptions(component);
  return (
    // Tab leaves the field; antd would toggle the option last touched.
    <div onKeyDownCapture={(event) => { if (event.key === 'Tab') event.stopPropagation(); }}>
      <Select<string[]>
        mode="multiple" id={domId} value={Array.isArray(value) ? value.map(keyOf) : []} onChange={(keys) => onChange(keys.map(valueOf))} onBlur={onBlur} disabled={disabled || readonly} status={invalid ? 'error' : ''}
        showSearch={{ optionFilterProp: 'label' }} style={{ width: '100%' }} placeholder={compact ? label : t('forms.chooseMany')} notFoundContent={t('forms.noOptions')}
        options={options.map((option) => ({ label: option.label, value: option.key }))} aria-invalid={invalid} aria-required={required} aria-describedby={describedBy} aria-label={label}
      />
    </div>
  );
}

export const taglist: FieldDefinition = {
  kind: 'field', type: 'taglist', group: 'choice', frame: 'control', icon: <TagsOutlined />, View: Taglist, Display: OptionDisplay,
  properties: ['label', 'key', 'description', 'required', 'options', 'rule', 'access', 'pii'],
  create: () => ({ values: sampleValues() }),
};
