import { useQuery } from '@tanstack/react-query';
import type { ElementStatistics } from '../../engine/contract/api.ts';
import { api } from './client.ts';

/** BPMN XML of a deployed version; it never changes. */
export function useDefinitionXml(processDefinitionKey: string | undefined) {
  return useQuery({
    queryKey: ['definition-xml', processDefinitionKey],
    queryFn: ({ signal }) => api.get<string>(`/definitions/${processDefinitionKey}/xml`, undefined, signal),
    enabled: processDefinitionKey !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How many instances stand, failed and passed at each element. */
export function useElementStatistics(bpmnProcessId: string | undefined, version?: number) {
  return useQuery({
    queryKey: ['monitor', 'statistics', bpmnProcessId, version],
    queryFn: ({ signal }) => api.get<ElementStatistics[]>(`/definitions/${encodeURIComponent(bpmnProcessId ?? '')}/statistics`, { version }, signal),
    enabled: bpmnProcessId !== undefined,
  });
}
