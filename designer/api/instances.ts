import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AuditEntry, InstanceDetail, InstanceState, InstanceSummary, JobView, MessageSubscriptionView, Page, RecordView, TimerView, VariableValue } from '../../engine/contract/api.ts';
import { api } from './client.ts';

export interface InstanceFilter {
  bpmnProcessId?: string;
  version?: number;
  state?: InstanceState;
  incident?: boolean;
  search?: string;
  elementId?: string;
  /** ISO 8601, bounds of the start. */
  from?: string;
  to?: string;
  sort?: string;
  page?: number;
  pageSize?: number;
}

export function useInstances(filter: InstanceFilter) {
  return useQuery({ queryKey: ['instances', filter], queryFn: ({ signal }) => api.get<Page<InstanceSummary>>('/instances', { ...filter }, signal), placeholderData: keepPreviousData });
}

export function useInstance(key: string | undefined) {
  return useQuery({ queryKey: ['instance', key], queryFn: ({ signal }) => api.get<InstanceDetail>(`/instances/${key}`, undefined, signal), enabled: key !== undefined });
}

function useInstancePart<T>(key: string | undefined, part: string, enabled = true) {
  return useQuery({ queryKey: ['instance', key, part], queryFn: ({ signal }) => api.get<T>(`/instances/${key}/${part}`, undefined, signal), enabled: key !== undefined && enabled });
}

export const useInstanceVariables = (key: string | undefined, enabled?: boolean) => useInstancePart<VariableValue[]>(key, 'variables', enabled);
export const useInstanceJobs = (key: string | undefined, enabled?: boolean) => useInstancePart<JobView[]>(key, 'jobs', enabled);
export const useInstanceTimers = (key: string | undefined, enabled?: boolean) => useInstancePart<TimerView[]>(key, 'timers', enabled);
export const useInstanceMessages = (key: string | undefined, enabled?: boolean) => useInstancePart<MessageSubscriptionView[]>(key, 'messages', enabled);

/** The engine's own facts, oldest first. */
export function useInstanceRecords(key: string | undefined, page = 1, pageSize = 50, enabled = true) {
  return useQuery({
    queryKey: ['instance', key, 'records', page, pageSize],
    queryFn: ({ signal }) => api.get<Page<RecordView>>(`/instances/${key}/records`, { page, pageSize }, signal),
    enabled: key !== undefined && enabled,
    placeholderData: keepPreviousData,
  });
}

export function useInstanceAudit(key: string | undefined, page = 1, pageSize = 50, enabled = true) {
  return useQuery({
    queryKey: ['instance', key, 'audit', page, pageSize],
    queryFn: ({ signal }) => api.get<Page<AuditEntry>>(`/instances/${key}/audit`, { page, pageSize }, signal),
    enabled: key !== undefined && enabled,
    placeholderData: keepPreviousData,
  });
}

export interface VariableChange {
  scopeKey: string;
  name: string;
  /** JSON text. */
  value: string;
  reason: string;
}

/** Changes a variable; 422 `variable_invalid` when the value is no JSON. */
export function useSetVariable(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: VariableChange) => api.put<VariableValue>(`/instances/${key}/variables`, change),
    onSuccess: () => client.invalidateQueries({ queryKey: ['instance', key] }),
  });
}

export function useCancelInstance(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => api.post<InstanceDetail>(`/instances/${key}/cancel`, { reason }),
    onSuccess: async () => {
      await Promise.all(['instance', 'instances', 'monitor'].map((name) => client.invalidateQueries({ queryKey: [name] })));
    },
  });
}
