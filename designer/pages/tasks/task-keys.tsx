import { useEffect } from 'react';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskSummary } from '../../../engine/contract/api.ts';
import { useClaimTask } from '../../api/index.ts';
import { isTyping, useErrorText } from '../../ui/index.ts';
import { useTaskAddress } from './task-address.ts';

/** J/K move through the list, Enter opens (the link has the focus), C claims. Ctrl+Enter belongs to the open task. */
export function TaskKeys({ items, cursor, onCursor }: { items: TaskSummary[]; cursor: string | null; onCursor: (key: string) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { open } = useTaskAddress();
  const errorText = useErrorText();
  const claim = useClaimTask();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const at = items.findIndex((task) => task.key === cursor);
      if (event.key === 'j' || event.key === 'k') {
        const next = items[Math.min(items.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)))];
        if (next) onCursor(next.key);
      } else if (event.key === 'c') {
        const task = items[at];
        if (!task || task.assignee !== null || task.state !== 'open') return;
        claim.mutate(task.key, {
          onSuccess: () => {
            void message.success(t('tasks.claimed', { name: task.name }));
            open(task.key);
          },
          onError: (error) => void message.error(errorText(error)),
        });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [items, cursor, onCursor, claim, message, t, open, errorText]);
  return null;
}
