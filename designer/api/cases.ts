import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseComment, CaseDetail } from '../../engine/contract/api.ts';
import { api } from './client.ts';

/** What the side of a task shows: facts, deadlines, timeline, comments, files. */
export function useCase(processInstanceKey: string | undefined) {
  return useQuery({
    queryKey: ['case', processInstanceKey],
    queryFn: ({ signal }) => api.get<CaseDetail>(`/cases/${processInstanceKey}`, undefined, signal),
    enabled: processInstanceKey !== undefined,
  });
}

export function useAddComment(processInstanceKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => api.post<CaseComment>(`/cases/${processInstanceKey}/comments`, { text }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['case', processInstanceKey] }),
  });
}
