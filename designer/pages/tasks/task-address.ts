import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import type { TaskView } from '../../../engine/contract/api.ts';
import type { TaskFilter } from '../../api/index.ts';

export const views: TaskView[] = ['mine', 'group', 'due_soon', 'overdue', 'done'];
export const sideTabs = ['case', 'timeline', 'diagram', 'files', 'comments'] as const;
export type SideTab = (typeof sideTabs)[number];
/** On narrow screens the form is a tab of its own. */
export type TaskTab = SideTab | 'form';

export const PAGE_SIZE = 20;

/** What the address says is shown, and how to change it. Everything can be shared and gone back to. */
export function useTaskAddress() {
  const { taskKey } = useParams();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const text = search.toString();

  const filter = useMemo((): TaskFilter => {
    const query = new URLSearchParams(text);
    const view = query.get('view') as TaskView;
    return {
      view: views.includes(view) ? view : 'mine',
      page: Math.max(1, Number(query.get('page')) || 1),
      pageSize: PAGE_SIZE,
      ...(query.get('search') ? { search: query.get('search') as string } : {}),
      ...(query.get('processId') ? { processId: query.get('processId') as string } : {}),
    };
  }, [text]);

  const change = useCallback((values: Record<string, string | null>, options: { replace?: boolean } = {}) => {
    setSearch((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(values)) {
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
      }
      return next;
    }, { replace: options.replace ?? false });
  }, [setSearch]);

  const linkTo = useCallback((key: string | null) => {
    const query = new URLSearchParams(text);
    query.delete('start');
    const rest = query.toString();
    return `${key === null ? '/tasks' : `/tasks/${key}`}${rest ? `?${rest}` : ''}`;
  }, [text]);
  const open = useCallback((key: string | null, replace = false) => void navigate(linkTo(key), { replace }), [linkTo, navigate]);

  const tab = search.get('tab') as TaskTab | null;
  return { taskKey, filter, tab, starting: search.get('start') === '1', change, linkTo, open, pathname };
}
