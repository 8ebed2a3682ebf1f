import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ComplaintRow, Page } from '../../engine/contract/api.ts';
import { api } from './client.ts';

export interface LedgerFilter {
  search?: string;
  page?: number;
  pageSize?: number;
}

export function useComplaints(filter: LedgerFilter) {
  return useQuery({ queryKey: ['ledger', 'complaints', filter], queryFn: ({ signal }) => api.get<Page<ComplaintRow>>('/ledgers/complaints', { ...filter }, signal), placeholderData: keepPreviousData });
}

/** Open complaints of a customer, for the select that merges one complaint into another. */
export function useOpenComplaints(customerNo: string | null) {
  return useQuery({
    queryKey: ['ledger', 'complaints', 'open', customerNo],
    queryFn: ({ signal }) => api.get<Page<ComplaintRow>>('/ledgers/complaints', { customerNo, pageSize: 200 }, signal),
    select: (page) => page.items.filter((row) => row.closedAt === null),
    enabled: customerNo !== null && customerNo !== '',
  });
}
