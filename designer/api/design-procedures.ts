import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DesignProblem, ProcedureCard, ProcedureDetail, PublishedChange, ResourceKind } from '../../engine/contract/api.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { api } from './client.ts';

const at = (bpmnProcessId: string | undefined) => `/design/procedures/${encodeURIComponent(bpmnProcessId ?? '')}`;

export function useProcedures() {
  return useQuery({ queryKey: ['design', 'procedures'], queryFn: ({ signal }) => api.get<ProcedureCard[]>('/design/procedures', undefined, signal) });
}

export function useProcedure(bpmnProcessId: string | undefined) {
  return useQuery({ queryKey: ['design', 'procedure', bpmnProcessId], queryFn: ({ signal }) => api.get<ProcedureDetail>(at(bpmnProcessId), undefined, signal), enabled: bpmnProcessId !== undefined });
}

/** Creates a procedure with an empty diagram. */
export function useCreateProcedure() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { bpmnProcessId: string; name: string }) => api.post<ProcedureDetail>('/design/procedures', input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['design'] }),
  });
}

/** Adds an empty form or decision to a procedure. */
export function useAddResource(bpmnProcessId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { kind: ResourceKind; id: string; name: string }) => api.post<ProcedureDetail>(`${at(bpmnProcessId)}/resources`, input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['design'] }),
  });
}

/** Problems the server finds in the drafts: deployability, forms, references. */
export function useProcedureCheck(bpmnProcessId: string | undefined) {
  return useQuery({
    queryKey: ['design', 'check', bpmnProcessId],
    queryFn: ({ signal }) => api.get<DesignProblem[]>(`${at(bpmnProcessId)}/check`, undefined, signal),
    enabled: bpmnProcessId !== undefined,
  });
}

/** XML of a published version, for the visual diff. */
export function useVersionXml(bpmnProcessId: string | undefined, version: number | undefined) {
  return useQuery({
    queryKey: ['design', 'version', bpmnProcessId, version],
    queryFn: ({ signal }) => api.get<{ xml: string }>(`${at(bpmnProcessId)}/versions/${version}`, undefined, signal),
    enabled: bpmnProcessId !== undefined && version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Deploys all drafts at once; 422 `not_deployable` carries the broker's reasons. */
export function usePublish(bpmnProcessId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (comment: string) => api.post<PublishedChange>(`${at(bpmnProcessId)}/publish`, { comment }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['design'] }),
  });
}

/** Element templates (Zeebe element template schema). */
export function useElementTemplates() {
  return useQuery({ queryKey: ['design', 'element-templates'], queryFn: () => api.get<JsonObject[]>('/design/element-templates'), staleTime: 300_000 });
}
