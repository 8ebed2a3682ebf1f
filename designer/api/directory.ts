import { useQuery } from '@tanstack/react-query';
import type { Directory } from '../../engine/contract/api.ts';
import { api } from './client.ts';

/** People and groups, for reassigning and for staff selects in forms. */
export function useDirectory(enabled = true) {
  return useQuery({ queryKey: ['directory'], queryFn: () => api.get<Directory>('/directory'), staleTime: 300_000, enabled });
}
