import { App, Dropdown, type MenuProps } from 'antd';
import { ArrowLeftOutlined, LinkOutlined, MoreOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../engine/contract/api.ts';
import { useUnclaimTask } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { DueChip, IconButton, PageHeader, useErrorText, useFormat, useNarrow } from '../../ui/index.ts';
import { useTaskAddress } from './task-address.ts';

export interface TaskPlace {
  position: number;
  total: number;
}

/** What the task is and how long there is. On narrow screens it replaces the app's own bar. */
export function TaskHead({ task, place }: { task: TaskDetail; place: TaskPlace | null }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const named = useNamed();
  const { open } = useTaskAddress();
  const format = useFormat();
  const name = named(task.name, task.nameEn);
  const processName = named(task.processName, task.processNameEn);
  const more = <TaskMenu task={task} />;
  if (narrow) {
    return (
      <header className="gc-work-head-narrow">
        <div className="gc-work-bar">
          <IconButton label={t('tasks.back')} icon={<ArrowLeftOutlined />} onClick={() => open(null)} />
          <h1 className="gc-ellipsis">{name}</h1>
          {place && <span className="gc-meta">{place.position} / {place.total}</span>}
          {more}
        </div>
        <p className="gc-secondary">{[task.customerName, task.subject].filter(Boolean).join(' · ')}</p>
        <p className="gc-task-line gc-meta"><span>{task.caseNo ?? processName}</span><DueChip due={task.due} ended={task.completedAt !== null} /></p>
      </header>
    );
  }
  return (
    <PageHeader
      title={name} marks={<DueChip due={task.due} ended={task.completedAt !== null} />} actions={more}
      meta={(
        <>
          <span>{processName} v{task.processVersion}</span>
          {task.caseNo && <span>{task.caseNo}</span>}
          {task.customerName && <span>{task.customerName}</span>}
          {task.due.at && <span>{t('tasks.dueAt', { time: format.dateTime(task.due.at) })}</span>}
          <span>{task.assignee ? t('tasks.assignedTo', { name: task.assignee.name }) : t('tasks.unassigned')}</span>
        </>
      )}
    />
  );
}

function TaskMenu({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const unclaim = useUnclaimTask();
  const copy = async () => {
    await navigator.clipboard.writeText(`${window.location.origin}/tasks/${task.key}`);
    void message.success(t('states.copied'));
  };
  const items: MenuProps['items'] = [
    { key: 'copy', icon: <LinkOutlined />, label: t('tasks.copyLink'), onClick: () => void copy() },
    ...(task.permissions.unclaim ? [{
      key: 'unclaim', label: t('tasks.unclaim'),
      onClick: () => unclaim.mutate(task.key, { onSuccess: () => void message.success(t('tasks.unclaimed')), onError: (error) => void message.error(errorText(error)) }),
    }] : []),
  ];
  return <Dropdown trigger={['click']} menu={{ items }}><IconButton label={t('actions.more')} icon={<MoreOutlined />} /></Dropdown>;
}
