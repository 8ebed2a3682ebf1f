import { useMutation, useQuery } from '@tanstack/react-query';
import type { PublicForm, PublicLink, PublicProgress, PublicReceipt, PublicSubmission, PublicTicket } from '../../engine/contract/api.ts';
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

/** What customers may bring in without signing in. */
export function usePublicForm(kind: PublicForm['kind']) {
  return useQuery({
    queryKey: ['public-form', kind],
    queryFn: ({ signal }) => api.get<PublicForm>(`/public/forms/${kind}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

export function useSubmitForm(kind: PublicForm['kind']) {
  return useMutation({ mutationFn: (values: JsonObject) => api.post<PublicTicket>(`/public/forms/${kind}`, { values }) });
}

const NUMBER_POLL_MS = 1500;

/** The number of what has just been sent in; asked for until it is there. */
export function useSubmission(ticket: string) {
  return useQuery({
    queryKey: ['public-submission', ticket],
    queryFn: () => api.post<PublicSubmission>('/public/submissions', { ticket }),
    refetchInterval: ({ state }) => (state.data?.recordNo == null && state.error === null ? NUMBER_POLL_MS : false),
  });
}

/** Sends a code to the contact on file; answers alike whether there is one or not. */
export function useAskForCode() {
  return useMutation({ mutationFn: (recordNo: string) => api.post<{ minutes: number }>('/public/progress/code', { recordNo }) });
}

export function useOpenProgress() {
  return useMutation({ mutationFn: (by: { recordNo: string; code: string } | { ticket: string }) => api.post<PublicProgress>('/public/progress', by) });
}
