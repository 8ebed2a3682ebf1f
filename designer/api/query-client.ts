import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './client.ts';

/** Answers live until the server says that something changed; only a lost connection or an overloaded server is tried again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, refetchOnWindowFocus: true, retry: (count, error) => count < 2 && isPassing(error), retryDelay: (count) => 500 * 2 ** count },
      mutations: { retry: false },
    },
  });
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiFailure && (error.code === 'offline' || error.code === 'overloaded');
}
