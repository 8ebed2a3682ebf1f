import { useQuery } from '@tanstack/react-query';
import type { AuditEntry, MonitorSummary, Page } from '../../engine/contract/api.ts';
import { api } from './client.ts';

/** Figures on top of the monitor, and the deployed processes for its filter. */
export function useMonitorSummary() {
  return useQuery({ queryKey: ['monitor', 'summary'], queryFn: ({ signal }) => api.get<MonitorSummary>('/monitor/summary', undefined, signal), refetchInterval: 15_000 });
}

export function useAudit(page = 1, pageSize = 50) {
  return useQuery({ queryKey: ['monitor', 'audit', page, pageSize], queryFn: ({ signal }) => api.get<Page<AuditEntry>>('/audit', { page, pageSize }, signal) });
}
