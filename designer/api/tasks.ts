import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CompletedTask, TaskDetail, TaskDraft, TaskList, TaskView } from '../../engine/contract/api.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { api } from './client.ts';

export interface TaskFilter {
  view: TaskView;
  search?: string;
  processId?: string;
  page?: number;
  pageSize?: number;
}

/** One page of a view with the counts of all views. Keeps the page shown while the next loads. */
export function useTasks(filter: TaskFilter) {
  return useQuery({ queryKey: ['tasks', filter], queryFn: ({ signal }) => api.get<TaskList>('/tasks', { ...filter }, signal), placeholderData: keepPreviousData });
}

export function useTask(key: string | undefined) {
  return useQuery({ queryKey: ['task', key], queryFn: ({ signal }) => api.get<TaskDetail>(`/tasks/${key}`, undefined, signal), enabled: key !== undefined });
}

export function useClaimTask() {
  return useTaskAction((key: string) => api.post<TaskDetail>(`/tasks/${key}/claim`), (key) => key);
}

export function useUnclaimTask() {
  return useTaskAction((key: string) => api.post<TaskDetail>(`/tasks/${key}/unclaim`), (key) => key);
}

export interface Assignment {
  key: string;
  userId: string;
  reason: string;
}

export function useAssignTask() {
  return useTaskAction(({ key, userId, reason }: Assignment) => api.post<TaskDetail>(`/tasks/${key}/assign`, { userId, reason }), ({ key }) => key);
}

/** Saves what is filled in so far; 409 `draft_conflict` when somebody saved in between. */
export async function saveDraft(key: string, values: JsonObject, revision: number): Promise<TaskDraft> {
  return api.put<TaskDraft>(`/tasks/${key}/draft`, { values, revision });
}

export interface Completion {
  key: string;
  values: JsonObject;
}

/** Completes a task; 422 `form_invalid` names the fields. */
export function useCompleteTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, values }: Completion) => api.post<CompletedTask>(`/tasks/${key}/complete`, { values }),
    // Not awaited: the page goes on to the next task while the list refreshes.
    onSuccess: (_, { key }) => {
      void client.invalidateQueries({ queryKey: ['task', key], refetchType: 'none' });
      void client.invalidateQueries({ queryKey: ['tasks'] });
      void client.invalidateQueries({ queryKey: ['case'] });
    },
  });
}

function useTaskAction<Input>(action: (input: Input) => Promise<TaskDetail>, keyOf: (input: Input) => string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: action,
    onSuccess: async (task, input) => {
      client.setQueryData(['task', keyOf(input)], task);
      await client.invalidateQueries({ queryKey: ['tasks'] });
    },
    onError: async (_, input) => {
      await Promise.all([client.invalidateQueries({ queryKey: ['task', keyOf(input)] }), client.invalidateQueries({ queryKey: ['tasks'] })]);
    },
  });
}
