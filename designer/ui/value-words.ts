import { useTranslation } from 'react-i18next';
import type { JsonValue } from '../../engine/contract/json.ts';
import { useFormat } from './format.tsx';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** A stored value in words: codes by `case.values.<name>.<code>`, instants in the institution's zone, money, yes and no; the rest as it is. */
export function useValueWords(): (name: string, value: JsonValue) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const words = (name: string, value: JsonValue): string => {
    if (value === null) return '';
    if (typeof value === 'boolean') return t(value ? 'forms.yes' : 'forms.no');
    if (Array.isArray(value)) return value.map((item) => words(name, item)).join(t('forms.listComma'));
    if (typeof value === 'object') return JSON.stringify(value);
    const key = `case.values.${name}.${String(value)}`;
    if (typeof value === 'number' && i18n.exists(key)) return t(key);
    if (typeof value === 'number') return /amount/i.test(name) ? format.money(value) : format.number(value);
    if (INSTANT.test(value)) return format.dateTime(value);
    return value !== '' && i18n.exists(key) ? t(key) : value;
  };
  return words;
}
