import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { StartableProcess, StartedCase } from '../../engine/contract/api.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { api } from './client.ts';

/** Processes this person may start by form. */
export function useStartable(enabled = true) {
  return useQuery({ queryKey: ['startable'], queryFn: () => api.get<StartableProcess[]>('/startable'), enabled });
}

export function useStartCase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ bpmnProcessId, values }: { bpmnProcessId: string; values: JsonObject }) =>
      api.post<StartedCase>(`/processes/${encodeURIComponent(bpmnProcessId)}/start`, { values }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
}
