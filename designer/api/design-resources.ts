import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DesignResource, ResourceKind } from '../../engine/contract/api.ts';
import { api } from './client.ts';

const at = (kind: ResourceKind, id: string) => `/design/resources/${kind}/${encodeURIComponent(id)}`;
const keyOf = (kind: ResourceKind | undefined, id: string | undefined) => ['design-resource', kind, id] as const;

/** A diagram, form or decision as text: the draft if there is one. Not refetched behind an editor's back. */
export function useDesignResource(kind: ResourceKind | undefined, id: string | undefined) {
  return useQuery({
    queryKey: keyOf(kind, id),
    queryFn: ({ signal }) => api.get<DesignResource>(at(kind as ResourceKind, id as string), undefined, signal),
    enabled: kind !== undefined && id !== undefined,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Saves the draft; 409 `draft_conflict` when somebody else saved in between. */
export function useSaveDesignDraft(kind: ResourceKind, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { content: string; revision: number }) => api.put<DesignResource>(at(kind, id), input),
    onSuccess: async (resource) => {
      client.setQueryData(keyOf(kind, id), resource);
      await client.invalidateQueries({ queryKey: ['design'] });
    },
  });
}

/** Throws the draft away; what is published stays. */
export function useDiscardDesignDraft(kind: ResourceKind, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<DesignResource>(at(kind, id)),
    onSuccess: async (resource) => {
      client.setQueryData(keyOf(kind, id), resource);
      await client.invalidateQueries({ queryKey: ['design'] });
    },
  });
}
