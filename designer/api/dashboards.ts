import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DashboardInfo, DashboardView, KpiTargets } from '../../engine/contract/api.ts';
import { api, type Query } from './client.ts';

/** The dashboards this person may open. */
export function useDashboards() {
  return useQuery({ queryKey: ['dashboards'], queryFn: ({ signal }) => api.get<DashboardInfo[]>('/dashboards', {}, signal), staleTime: 300_000 });
}

/** One dashboard over a period; off without one. */
export function useDashboard(id: string | undefined, query: Query) {
  return useQuery({ queryKey: ['dashboards', id, query], queryFn: ({ signal }) => api.get<DashboardView>(`/dashboards/${id}`, query, signal), placeholderData: keepPreviousData, enabled: id !== undefined });
}

export function useTargets(open: boolean) {
  return useQuery({ queryKey: ['targets'], queryFn: ({ signal }) => api.get<KpiTargets>('/dashboards/targets', {}, signal), enabled: open });
}

/** Publishes other targets; what was not changed stays. */
export function useChangeTargets() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { revision: string; reason: string; targets: { metric: string; target: number }[] }) => api.put<KpiTargets>('/dashboards/targets', change),
    onSuccess: (targets) => {
      client.setQueryData(['targets'], targets);
      void client.invalidateQueries({ queryKey: ['dashboards'] });
    },
    onError: () => void client.invalidateQueries({ queryKey: ['targets'] }),
  });
}
