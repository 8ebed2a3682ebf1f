import { useState, type ReactNode } from 'react';
import { Table, type TableColumnsType } from 'antd';
import { InboxOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { AuditEntry, JobView, MessageSubscriptionView, RecordView, TimerView } from '../../../engine/contract/api.ts';
import { useInstanceAudit, useInstanceJobs, useInstanceMessages, useInstanceRecords, useInstanceTimers } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { EmptyState, ErrorState, Pager, TableSkeleton, useFormat } from '../../ui/index.ts';

interface TabProps {
  instanceKey: string;
}

interface Query<Row> {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  data: Row[] | undefined;
  refetch: () => unknown;
}

/** A table of one kind of the instance's facts with its loading, empty and error states. */
function Facts<Row extends object>({ query, rowKey, columns, footer }: { query: Query<Row>; rowKey: keyof Row & string; columns: TableColumnsType<Row>; footer?: ReactNode }) {
  const { t } = useTranslation();
  if (query.isPending) return <TableSkeleton rows={5} />;
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data!.length === 0) return <EmptyState icon={<InboxOutlined />} title={t('monitor.tabs.empty')} />;
  return <><Table<Row> size="small" rowKey={rowKey} dataSource={query.data!} columns={columns} pagination={false} scroll={{ x: 'max-content' }} />{footer}</>;
}

export function JobsTab({ instanceKey }: TabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const jobs = useInstanceJobs(instanceKey);
  return <Facts<JobView> query={jobs} rowKey="key" columns={[
    { key: 'element', title: t('monitor.columns.element'), render: (_, row) => named(row.elementName, row.elementNameEn) },
    { key: 'type', title: t('monitor.columns.type'), render: (_, row) => <code className="gc-mono">{row.type}</code> },
    { key: 'state', title: t('monitor.columns.state'), render: (_, row) => t(`monitor.jobStates.${row.state}`) },
    { key: 'retries', title: t('monitor.columns.retries'), align: 'right', render: (_, row) => row.retries },
    { key: 'error', title: t('monitor.columns.error'), render: (_, row) => <span className="gc-wrap">{row.errorMessage ?? '—'}</span> },
    { key: 'created', title: t('monitor.columns.created'), render: (_, row) => format.dateTime(row.createdAt) },
  ]} />;
}

export function TimersTab({ instanceKey }: TabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const timers = useInstanceTimers(instanceKey);
  return <Facts<TimerView> query={timers} rowKey="key" columns={[
    { key: 'element', title: t('monitor.columns.element'), render: (_, row) => named(row.elementName, row.elementNameEn) },
    { key: 'due', title: t('monitor.columns.due'), render: (_, row) => format.dateTime(row.dueAt) },
    { key: 'state', title: t('monitor.columns.state'), render: (_, row) => t(`monitor.timerStates.${row.state}`) },
  ]} />;
}

export function MessagesTab({ instanceKey }: TabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const messages = useInstanceMessages(instanceKey);
  return <Facts<MessageSubscriptionView> query={messages} rowKey="key" columns={[
    { key: 'name', title: t('monitor.columns.message'), render: (_, row) => <code className="gc-mono">{row.messageName}</code> },
    { key: 'correlation', title: t('monitor.columns.correlation'), render: (_, row) => <code className="gc-mono">{row.correlationKey}</code> },
    { key: 'element', title: t('monitor.columns.element'), render: (_, row) => named(row.elementName, row.elementNameEn) },
    { key: 'state', title: t('monitor.columns.state'), render: (_, row) => t(`monitor.messageStates.${row.state}`) },
    { key: 'at', title: t('monitor.columns.time'), render: (_, row) => format.dateTime(row.at) },
  ]} />;
}

export function RecordsTab({ instanceKey }: TabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [page, setPage] = useState(1);
  const { data, ...query } = useInstanceRecords(instanceKey, page);
  return <Facts<RecordView> query={{ ...query, data: data?.items }} rowKey="position" footer={<Pager page={page} pageSize={50} total={data?.total ?? 0} onChange={setPage} />} columns={[
    { key: 'position', title: t('monitor.columns.position'), align: 'right', render: (_, row) => row.position },
    { key: 'type', title: t('monitor.columns.type'), render: (_, row) => <code className="gc-mono">{row.valueType}</code> },
    { key: 'intent', title: t('monitor.columns.intent'), render: (_, row) => <code className="gc-mono">{row.intent}</code> },
    { key: 'element', title: t('monitor.columns.element'), render: (_, row) => String(row.value['elementId'] ?? row.value['name'] ?? row.value['messageName'] ?? '—') },
    { key: 'at', title: t('monitor.columns.time'), render: (_, row) => format.dateTime(row.at) },
  ]} />;
}

export function AuditTab({ instanceKey }: TabProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [page, setPage] = useState(1);
  const { data, ...query } = useInstanceAudit(instanceKey, page);
  return <Facts<AuditEntry> query={{ ...query, data: data?.items }} rowKey="id" footer={<Pager page={page} pageSize={50} total={data?.total ?? 0} onChange={setPage} />} columns={[
    { key: 'at', title: t('monitor.columns.time'), render: (_, row) => format.dateTime(row.at) },
    { key: 'actor', title: t('monitor.columns.actor'), render: (_, row) => row.actor },
    { key: 'action', title: t('monitor.columns.action'), render: (_, row) => (i18n.exists(`monitor.actions.${row.action}`) ? t(`monitor.actions.${row.action}`) : <code className="gc-mono">{row.action}</code>) },
    { key: 'object', title: t('monitor.columns.object'), render: (_, row) => <span className="gc-wrap">{row.object}</span> },
    { key: 'reason', title: t('monitor.columns.reason'), render: (_, row) => <span className="gc-wrap">{row.reason ?? '—'}</span> },
  ]} />;
}
