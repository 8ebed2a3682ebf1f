import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../engine/contract/api.ts';
import { useCase, useTask } from '../../api/index.ts';
import { ErrorState, FormSkeleton, useNarrow } from '../../ui/index.ts';
import { SideTabs, useSideItems } from './side-tabs.tsx';
import { useTaskAddress, type TaskTab } from './task-address.ts';
import { TaskHead, type TaskPlace } from './task-head.tsx';
import { TaskForm } from './task-form.tsx';

/** One task: head, form, and the case beside it. */
export function TaskWork({ taskKey, place }: { taskKey: string; place: TaskPlace | null }) {
  const { t } = useTranslation();
  const task = useTask(taskKey);
  if (task.isPending) return <section className="gc-work" aria-label={t('tasks.workLabel')}><FormSkeleton /></section>;
  if (task.isError) return <section className="gc-work" aria-label={t('tasks.workLabel')}><ErrorState error={task.error} title={t('tasks.taskFailed')} onRetry={() => void task.refetch()} /></section>;
  return <LoadedTask task={task.data} place={place} />;
}

function LoadedTask({ task, place }: { task: TaskDetail; place: TaskPlace | null }) {
  const { t } = useTranslation();
  // Beside the list there is room for one pane only: form and case become tabs earlier than on phones.
  const narrow = useNarrow(1023);
  const { tab, change } = useTaskAddress();
  const detail = useCase(task.processInstanceKey);
  const items = useSideItems(detail, task);
  // A new assignee or state gives the form other rights; the same form keeps what is typed.
  const form = <TaskForm key={`${task.permissions.complete}-${task.state}`} task={task} />;
  return (
    <section className="gc-work" aria-label={t('tasks.workLabel')}>
      <TaskHead task={task} place={place} />
      {narrow ? (
        <Tabs
          className="gc-work-tabs" activeKey={tab ?? 'form'} onChange={(key) => change({ tab: key === 'form' ? null : key }, { replace: true })}
          items={[{ key: 'form' satisfies TaskTab, label: t('tasks.tabs.form'), children: form, forceRender: true }, ...items]}
        />
      ) : (
        <div className="gc-work-panes">
          <div className="gc-work-form">{form}</div>
          <SideTabs items={items} />
        </div>
      )}
    </section>
  );
}
