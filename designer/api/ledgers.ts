import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LedgerInfo, LedgerPage, LedgerSheet } from '../../engine/contract/api.ts';
import { api, saveFile, type Query } from './client.ts';

/** The ledgers this person may open. */
export function useLedgers() {
  return useQuery({ queryKey: ['ledger'], queryFn: ({ signal }) => api.get<LedgerInfo[]>('/ledgers', {}, signal), staleTime: 300_000 });
}

/** Rows of a ledger by what the address asks for; off without a ledger. */
export function useLedgerRows(ledger: string | undefined, query: Query) {
  return useQuery({ queryKey: ['ledger', ledger, 'rows', query], queryFn: ({ signal }) => api.get<LedgerPage>(`/ledgers/${ledger}`, query, signal), placeholderData: keepPreviousData, enabled: ledger !== undefined });
}

/** One row with what belongs to it. */
export function useLedgerSheet(ledger: string, key: string | null) {
  return useQuery({ queryKey: ['ledger', ledger, 'sheet', key], queryFn: ({ signal }) => api.get<LedgerSheet>(`/ledgers/${ledger}/rows/${encodeURIComponent(key ?? '')}`, {}, signal), enabled: key !== null });
}

/** Saves the rows the query leaves as a file. */
export function exportLedger(ledger: string, query: Query): Promise<void> {
  return saveFile(`/ledgers/${ledger}/export`, query);
}

/** Open complaints of a customer, for the select that merges one complaint into another. */
export function useOpenComplaints(customerNo: string | null) {
  return useQuery({
    queryKey: ['ledger', 'complaints', 'open', customerNo],
    queryFn: ({ signal }) => api.get<LedgerPage>('/ledgers/complaints', { customerNo, state: 'open', pageSize: 200 }, signal),
    select: (page) => page.items.map((row) => ({ complaintNo: row.key, customerName: typeof row.values.customerName === 'string' ? row.values.customerName : null })),
    enabled: customerNo !== null && customerNo !== '',
  });
}
