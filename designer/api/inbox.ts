import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Inbox } from '../../engine/contract/api.ts';
import { api } from './client.ts';

export function useInbox(page = 1, pageSize = 50) {
  return useQuery({ queryKey: ['inbox', page, pageSize], queryFn: ({ signal }) => api.get<Inbox>('/inbox', { page, pageSize }, signal) });
}

export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<unknown>(`/inbox/${encodeURIComponent(id)}/read`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['inbox'] }),
  });
}

export function useMarkAllRead() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => api.post<unknown>('/inbox/read-all'), onSuccess: () => client.invalidateQueries({ queryKey: ['inbox'] }) });
}
