import { useEffect, useRef, useState } from 'react';
import { Button, Input, Select } from 'antd';
import { FilterOutlined, InboxOutlined, SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskSummary } from '../../../engine/contract/api.ts';
import { useStartable, type useTasks } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, DueChip, EmptyState, ErrorState, IconButton, ListSkeleton, Pager, Pane, useFormat } from '../../ui/index.ts';
import { PAGE_SIZE, useTaskAddress } from './task-address.ts';

interface TaskListProps {
  tasks: ReturnType<typeof useTasks>;
  cursor: string | null;
  onCursor: (key: string) => void;
  onStart: () => void;
}

/** The tasks of a view. */
export function TaskList({ tasks, cursor, onCursor, onStart }: TaskListProps) {
  const { t } = useTranslation();
  const { filter, change, taskKey } = useTaskAddress();
  const [searching, setSearching] = useState(Boolean(filter.search ?? filter.processId));
  const items = tasks.data?.items ?? [];
  const title = t(`tasks.views.${filter.view}`);
  return (
    <Pane
      className="gc-task-list" label={t('tasks.listLabel')} title={title} {...(tasks.data ? { count: tasks.data.total } : {})}
      actions={<IconButton label={t('tasks.find')} icon={searching ? <FilterOutlined /> : <SearchOutlined />} aria-expanded={searching} onClick={() => { if (searching) change({ search: null, processId: null, page: null }); setSearching(!searching); }} />}
      footer={<ListFooter total={tasks.data?.total ?? 0} />}
    >
      {searching && <Finder items={items} />}
      {tasks.isPending ? <ListSkeleton /> : tasks.isError && !tasks.data ? (
        <ErrorState error={tasks.error} title={t('tasks.listFailed')} onRetry={() => void tasks.refetch()} />
      ) : items.length === 0 ? <Nothing counts={tasks.data?.counts.group ?? 0} onStart={onStart} /> : (
        <ul className="gc-task-items" data-stale={tasks.isPlaceholderData}>
          {items.map((task) => <Item key={task.key} task={task} open={task.key === taskKey} pointed={task.key === cursor} onPoint={() => onCursor(task.key)} />)}
        </ul>
      )}
    </Pane>
  );
}

function ListFooter({ total }: { total: number }) {
  const { t } = useTranslation();
  const { filter, change } = useTaskAddress();
  if (total > PAGE_SIZE) return <Pager simple page={filter.page ?? 1} pageSize={PAGE_SIZE} total={total} onChange={(page) => change({ page: page === 1 ? null : String(page) })} />;
  return <p className="gc-meta gc-key-hints"><span><kbd>J</kbd> <kbd>K</kbd> {t('tasks.keys.move')}</span><span><kbd>Enter</kbd> {t('tasks.keys.open')}</span><span><kbd>C</kbd> {t('tasks.keys.claim')}</span></p>;
}

function Finder({ items }: { items: TaskSummary[] }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { filter, change } = useTaskAddress();
  const startable = useStartable();
  const [text, setText] = useState(filter.search ?? '');
  useEffect(() => {
    if (text === (filter.search ?? '')) return undefined;
    const timer = setTimeout(() => change({ search: text, page: null }, { replace: true }), 250);
    return () => clearTimeout(timer);
  }, [text, filter.search, change]);
  const processes = new Map([
    ...(startable.data ?? []).map((process): [string, string] => [process.bpmnProcessId, named(process.name, process.nameEn)]),
    ...items.map((task): [string, string] => [task.bpmnProcessId, named(task.processName, task.processNameEn)]),
  ]);
  return (
    <div className="gc-finder">
      <Input allowClear autoFocus prefix={<SearchOutlined aria-hidden />} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('tasks.searchHint')} aria-label={t('tasks.search')} />
      <Select<string>
        allowClear value={filter.processId ?? null} onChange={(value) => change({ processId: value ?? null, page: null })} placeholder={t('tasks.anyProcess')} aria-label={t('tasks.process')}
        options={[...processes].map(([value, label]) => ({ value, label }))} style={{ width: '100%' }}
      />
    </div>
  );
}

function Nothing({ counts, onStart }: { counts: number; onStart: () => void }) {
  const { t } = useTranslation();
  const { filter, change } = useTaskAddress();
  if (filter.search || filter.processId) return <EmptyState icon={<SearchOutlined />} title={t('tasks.notFound.title')} text={t('tasks.notFound.text')} actions={<Button onClick={() => change({ search: null, processId: null })}>{t('tasks.notFound.clear')}</Button>} />;
  const others = filter.view === 'mine' && counts > 0;
  return (
    <EmptyState
      icon={<InboxOutlined />} title={t(`tasks.empty.${filter.view}`)} text={others ? t('tasks.empty.inGroup', { count: counts }) : t('tasks.empty.text')}
      actions={<>{others && <Button type="primary" onClick={() => change({ view: 'group', page: null })}>{t('tasks.empty.showGroup')}</Button>}<Button onClick={onStart}>{t('tasks.start.open')}</Button></>}
    />
  );
}

function Item({ task, open, pointed, onPoint }: { task: TaskSummary; open: boolean; pointed: boolean; onPoint: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { linkTo } = useTaskAddress();
  const format = useFormat();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (pointed) link.current?.focus();
  }, [pointed]);
  return (
    <li>
      <Link ref={link} to={linkTo(task.key)} className="gc-task-item" aria-current={open ? 'true' : undefined} onFocus={onPoint} data-task={task.key}>
        <span className="gc-task-line"><strong className="gc-ellipsis">{named(task.name, task.nameEn)}</strong><DueChip due={task.due} ended={task.completedAt !== null} /></span>
        <span className="gc-task-subject">
          {(task.priority === 'urgent' || task.priority === 'high') && <Chip tone="bad">{t(`tasks.priority.${task.priority}`)}</Chip>}
          <span className="gc-ellipsis">{task.subject ?? named(task.processName, task.processNameEn)}</span>
        </span>
        <span className="gc-task-line gc-meta"><span className="gc-task-who"><span>{task.caseNo}</span><span className="gc-ellipsis">{task.customerName}</span></span><time dateTime={task.due.at ?? task.createdAt}>{format.short(task.completedAt ?? task.due.at ?? task.createdAt)}</time></span>
      </Link>
    </li>
  );
}
