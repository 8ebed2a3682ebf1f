import { useMutation, useQuery } from '@tanstack/react-query';
import type { PublicLink, PublicReceipt } from '../../engine/contract/api.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { api } from './client.ts';

const pathOf = (token: string) => `/public/links/${encodeURIComponent(token)}`;

/** What a customer may do with a one-time link. Fetched once: it must not change while somebody fills it in. */
export function usePublicLink(token: string) {
  return useQuery({
    queryKey: ['public-link', token],
    queryFn: ({ signal }) => api.get<PublicLink>(pathOf(token), {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function useAnswerLink(token: string) {
  return useMutation({ mutationFn: (values: JsonObject) => api.post<PublicReceipt>(pathOf(token), { values }) });
}
