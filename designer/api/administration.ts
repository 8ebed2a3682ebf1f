import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallImport, CallLogCheck, ChannelFigures, CustomerAdvisers, Duties, ProductEntry, ResourceEntry, ServiceAdministration, ServiceCommitments } from '../../engine/contract/administration.ts';
import { api } from './client.ts';

/** What can be booked and applied for, and who advises whom. */
export function useServiceAdministration() {
  return useQuery({ queryKey: ['administration'], queryFn: ({ signal }) => api.get<ServiceAdministration>('/administration/services', {}, signal) });
}

/** Adds or changes a resource. */
export function useSaveResource() {
  return useMutation({ mutationFn: ({ adds, ...entry }: ResourceEntry & { adds: boolean; reason: string }) => (adds ? api.post<ServiceAdministration>('/administration/resources', entry) : api.put<ServiceAdministration>(`/administration/resources/${entry.resourceId}`, entry)), onSuccess: useAfterSave() });
}

/** Adds or changes a product. */
export function useSaveProduct() {
  return useMutation({ mutationFn: ({ adds, ...entry }: ProductEntry & { adds: boolean; reason: string }) => (adds ? api.post<ServiceAdministration>('/administration/products', entry) : api.put<ServiceAdministration>(`/administration/products/${entry.product}`, entry)), onSuccess: useAfterSave() });
}

/** Sets the advisers of a customer. */
export function useSaveAdvisers() {
  return useMutation({ mutationFn: ({ customerNo, ...change }: CustomerAdvisers & { reason: string }) => api.put<ServiceAdministration>(`/administration/advisers/${encodeURIComponent(customerNo)}`, change), onSuccess: useAfterSave() });
}

function useAfterSave(): (saved: ServiceAdministration) => void {
  const client = useQueryClient();
  return (saved) => {
    client.setQueryData(['administration'], saved);
    void client.invalidateQueries({ queryKey: ['directory'] });
  };
}

/** Figures of phone and counter, and the imports of the telephone log. */
export function useChannelFigures() {
  return useQuery({ queryKey: ['calls'], queryFn: ({ signal }) => api.get<ChannelFigures>('/calls', {}, signal) });
}

/** What a telephone log would bring, and which of its lines are wrong. */
export function useCheckCalls() {
  return useMutation({ mutationFn: (csv: string) => api.post<CallLogCheck>('/calls/check', { csv }) });
}

export function useImportCalls() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (given: { csv: string; reason: string }) => api.post<CallImport>('/calls', given), onSuccess: () => void client.invalidateQueries({ queryKey: ['calls'] }) });
}

/** Which post does what, by the diagrams in force. */
export function useDuties() {
  return useQuery({ queryKey: ['duties'], queryFn: ({ signal }) => api.get<Duties>('/duties', {}, signal) });
}

/** The time limits the institution keeps; no session. */
export function useCommitments() {
  return useQuery({ queryKey: ['commitments'], queryFn: ({ signal }) => api.get<ServiceCommitments>('/public/commitments', {}, signal) });
}
