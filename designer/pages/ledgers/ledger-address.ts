import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { LedgerInfo } from '../../../engine/contract/api.ts';

/** Parts of the address the server is not asked by. */
const OWN: readonly string[] = ['row', 'columns'];
export const PAGE_SIZE = 50;

/** What the address asks for: every filter, the order, the page, the columns and the open row stand in it. */
export function useLedgerAddress(ledger: LedgerInfo) {
  const [query, setQuery] = useSearchParams();
  return useMemo(() => {
    const value = (name: string): string => query.get(name) ?? '';
    const put = (changes: Record<string, string>, { keepPage = false, replace = true } = {}) => setQuery((before) => {
      const next = new URLSearchParams(before);
      for (const [name, text] of Object.entries(keepPage ? changes : { page: '', ...changes })) {
        if (text === '') next.delete(name);
        else next.set(name, text);
      }
      return next;
    }, { replace });
    const asked = Object.fromEntries([...query].filter(([name, text]) => !OWN.includes(name) && text !== ''));
    const page = Math.max(1, Number(asked['page']) || 1);
    const filters = Object.keys(asked).filter((name) => !['page', 'sort'].includes(name));
    const chosen = value('columns') === '' ? null : value('columns').split(',');
    const columns = ledger.columns.filter((column) => (chosen === null ? column.shown : column.id === ledger.key || chosen.includes(column.id)));
    return { value, put, page, filters, columns, query: { ...asked, page, pageSize: PAGE_SIZE }, clear: () => setQuery(chosen === null ? {} : { columns: chosen.join(',') }) };
  }, [query, setQuery, ledger]);
}

export type LedgerAddress = ReturnType<typeof useLedgerAddress>;
