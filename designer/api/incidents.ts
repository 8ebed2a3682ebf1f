import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Incident } from '../../engine/contract/api.ts';
import { api } from './client.ts';

export interface Resolution {
  key: string;
  reason: string;
  /** Retries its job gets when it has none left; the server's default is 3. */
  retries?: number;
}

export function useResolveIncident() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: Resolution) => api.post<Incident>(`/incidents/${key}/resolve`, body),
    onSuccess: async () => {
      await Promise.all(['instance', 'instances', 'monitor'].map((name) => client.invalidateQueries({ queryKey: [name] })));
    },
  });
}
