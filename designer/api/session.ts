import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../engine/contract/api.ts';
import { api, setCsrfToken } from './client.ts';

export const sessionKey = ['session'] as const;

/** Who is signed in, and the people one click signs in as. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async () => remember(await api.get<Session>('/session')),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type Credentials = { username: string; password: string } | { sampleUserId: string };

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (credentials: Credentials) => remember(await api.post<Session>('/session', credentials)),
    onSuccess: (session) => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      client.setQueryData(sessionKey, session);
    },
  });
}

/** Signs out and forgets everything this person had on the screen. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<unknown>('/session'),
    onSuccess: async () => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      await client.resetQueries({ queryKey: sessionKey });
    },
  });
}

function remember(session: Session): Session {
  setCsrfToken(session.csrfToken);
  return session;
}
