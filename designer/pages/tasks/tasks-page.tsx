import { useMemo, useState } from 'react';
import { FormOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useTask, useTasks } from '../../api/index.ts';
import { EmptyState, useCrumbs, useFocusedPage, useNarrow } from '../../ui/index.ts';
import { StartDialog } from './start-dialog.tsx';
import { useTaskAddress } from './task-address.ts';
import { TaskKeys } from './task-keys.tsx';
import { TaskList } from './task-list.tsx';
import { ViewList } from './view-list.tsx';
import { TaskWork } from './task-work.tsx';

/** Views on the left, list in the middle, work on the right; on narrow screens one of them. */
export function TasksPage() {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const address = useTaskAddress();
  const tasks = useTasks(address.filter);
  const open = useTask(address.taskKey);
  const [cursor, setCursor] = useState<string | null>(null);
  const items = useMemo(() => tasks.data?.items ?? [], [tasks.data]);
  const summary = open.data ?? items.find((task) => task.key === address.taskKey);

  useFocusedPage(narrow && address.taskKey !== undefined);
  useCrumbs([
    { label: t('areas.tasks'), to: '/tasks' },
    { label: t(`tasks.views.${address.filter.view}`), to: `/tasks?view=${address.filter.view}` },
    ...(address.taskKey ? [{ label: summary ? (summary.caseNo ?? summary.name) : address.taskKey }] : []),
  ]);

  const position = items.findIndex((task) => task.key === address.taskKey);
  const work = address.taskKey
    ? <TaskWork key={address.taskKey} taskKey={address.taskKey} place={position >= 0 ? { position: position + 1, total: tasks.data?.total ?? items.length } : null} />
    : <EmptyState icon={<FormOutlined />} title={t('tasks.pick.title')} text={t('tasks.pick.text')} />;
  return (
    <div className="gc-tasks" data-open={address.taskKey !== undefined}>
      {!address.taskKey && <h1 className="gc-visually-hidden">{t('areas.tasks')}</h1>}
      <TaskKeys items={items} cursor={cursor ?? address.taskKey ?? null} onCursor={setCursor} />
      {(!narrow || !address.taskKey) && <ViewList counts={tasks.data?.counts} onStart={() => address.change({ start: '1' })} />}
      {(!narrow || !address.taskKey) && <TaskList tasks={tasks} cursor={cursor} onCursor={setCursor} onStart={() => address.change({ start: '1' })} />}
      {(!narrow || address.taskKey) && work}
      {address.starting && <StartDialog onClose={() => address.change({ start: null }, { replace: true })} />}
    </div>
  );
}
