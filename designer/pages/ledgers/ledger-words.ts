import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerColumnInfo, LedgerOption, LedgerValue } from '../../../engine/contract/api.ts';
import { useDirectory } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { useFormat } from '../../ui/index.ts';

type Readable = Pick<LedgerColumnInfo, 'type' | 'options'>;

/** Words of a column's values: codes by their options, ids by the directory, instants and amounts as they are written here. */
export function useLedgerWords() {
  const { t } = useTranslation();
  const named = useNamed();
  const format = useFormat();
  const directory = useDirectory(true).data;
  return useMemo(() => {
    const sites = (directory?.sites ?? []).map((one): LedgerOption => ({ value: one.id, name: one.name, nameEn: one.nameEn }));
    const groups = (directory?.groups ?? []).map((one): LedgerOption => ({ value: one.id, name: one.name, nameEn: one.nameEn }));
    const products = (directory?.products ?? []).map((one): LedgerOption => ({ value: one.id, name: one.name, nameEn: one.nameEn }));
    const people = [...(directory?.users ?? []).map((one): LedgerOption => ({ value: one.id, name: one.name, nameEn: one.name })), ...groups];
    const options = (column: Readable): LedgerOption[] => column.options ?? (column.type === 'site' ? sites : column.type === 'group' ? groups : column.type === 'product' ? products : column.type === 'person' ? people : []);
    const one = (column: Readable, value: string): string => {
      const found = options(column).find((option) => option.value === value);
      return found === undefined ? value : named(found.name, found.nameEn);
    };
    const text = (column: Readable, value: LedgerValue | undefined): string => {
      if (value === null || value === undefined || value === '') return '—';
      if (column.type === 'flag') return t(value === true ? 'forms.yes' : 'forms.no');
      if (column.type === 'instant') return format.dateTime(String(value));
      if (typeof value === 'number') return column.type === 'money' ? format.money(value) : format.number(value);
      if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((each) => one(column, each)).join(t('ledgers.comma'));
      return one(column, String(value));
    };
    return { text, choices: (column: Readable) => options(column).map((option) => ({ value: option.value, label: named(option.name, option.nameEn) })) };
  }, [directory, named, format, t]);
}
