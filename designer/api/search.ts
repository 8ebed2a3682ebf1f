import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchHit } from '../../engine/contract/api.ts';
import { api } from './client.ts';

/** Cases, tasks, procedures and instances this person may open; asks only from two characters on. */
export function useSearch(text: string) {
  const q = text.trim();
  return useQuery({ queryKey: ['search', q], queryFn: ({ signal }) => api.get<SearchHit[]>('/search', { q }, signal), enabled: q.length >= 2, placeholderData: keepPreviousData });
}
