import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormComponent } from '../../../engine/contract/forms/index.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';
import { useOptions } from './use-options.ts';

type DisplayProps = { component: FormComponent; value: JsonValue };

/** Nothing entered. */
export function Dash(): ReactNode {
  return <span className="gc-dash">—</span>;
}

export function TextDisplay({ value }: DisplayProps) {
  return value === null || value === '' ? <Dash /> : <span className="gc-prose">{String(value)}</span>;
}

/** Chosen options by their labels. */
export function OptionDisplay({ component, value }: DisplayProps) {
  const { t } = useTranslation();
  const { labelOf } = useOptions(component);
  const chosen = Array.isArray(value) ? value : value === null || value === '' ? [] : [value];
  return chosen.length === 0 ? <Dash /> : <span>{chosen.map(labelOf).join(t('forms.listComma'))}</span>;
}
