import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CalendarCheck, CalendarDayView, CalendarYear, RecomputePreview, RecomputeRun } from '../../engine/contract/api.ts';
import { api, saveFile } from './client.ts';

export function useCalendarYear(year: number) {
  return useQuery({ queryKey: ['calendar', year], queryFn: ({ signal }) => api.get<CalendarYear>(`/calendar/${year}`, {}, signal) });
}

/** What a file would change, and which of its lines are wrong. */
export function useCheckCalendar(year: number) {
  return useMutation({ mutationFn: (csv: string) => api.post<CalendarCheck>(`/calendar/${year}/check`, { csv }) });
}

export function usePublishCalendar(year: number) {
  const after = useAfterChange(year);
  return useMutation({ mutationFn: (change: { csv: string; reason: string }) => api.post<CalendarYear>(`/calendar/${year}`, change), onSuccess: after });
}

export function useChangeDay(year: number) {
  const after = useAfterChange(year);
  return useMutation({ mutationFn: ({ date, ...change }: { date: string; type: CalendarDayView['type'] | null; name: string; reason: string }) => api.put<CalendarYear>(`/calendar/${year}/days/${date}`, change), onSuccess: after });
}

export function saveCalendar(year: number): Promise<void> {
  return saveFile(`/calendar/${year}/file`);
}

/** Deadlines that would move; asked only when wanted. */
export function useRecomputePreview(open: boolean) {
  return useQuery({ queryKey: ['recompute'], queryFn: ({ signal }) => api.get<RecomputePreview>('/calendar/recompute', {}, signal), enabled: open, gcTime: 0 });
}

/** The last run; asked again while it is at work. */
export function useRecomputeRun() {
  return useQuery({ queryKey: ['recompute-run'], queryFn: ({ signal }) => api.get<RecomputeRun | null>('/calendar/recompute/run', {}, signal), refetchInterval: (query) => (query.state.data?.state === 'running' ? 1000 : false) });
}

export function useStartRecompute() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (confirmed: { digest: string; reason: string }) => api.post<RecomputeRun>('/calendar/recompute', confirmed),
    onSuccess: (run) => client.setQueryData(['recompute-run'], run),
    onError: () => void client.invalidateQueries({ queryKey: ['recompute'] }),
  });
}

function useAfterChange(year: number): (changed: CalendarYear) => void {
  const client = useQueryClient();
  return (changed) => {
    client.setQueryData(['calendar', year], changed);
    void client.invalidateQueries({ queryKey: ['recompute'] });
  };
}
