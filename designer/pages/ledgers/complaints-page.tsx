import { Table } from 'antd';
import { TableOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ComplaintRow } from '../../../engine/contract/api.ts';
import { useComplaints, useSignedIn } from '../../api/index.ts';
import { Chip, EmptyState, ErrorState, PageHeader, Pager, SearchInput, TableSkeleton, useCrumbs, useFormat } from '../../ui/index.ts';
import './ledgers.css';

const PAGE_SIZE = 50;

/** 投诉台账: every complaint, by number, customer or outcome. Search and page are in the address. */
export function ComplaintsPage() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const search = query.get('search') ?? '';
  const page = Math.max(1, Number(query.get('page')) || 1);
  const rows = useComplaints({ search, page, pageSize: PAGE_SIZE });
  useCrumbs([{ label: t('areas.ledgers'), to: '/ledgers' }, { label: t('ledgers.complaints.title') }]);
  const change = (next: { search?: string; page?: number }) => setQuery((before) => {
    const query = new URLSearchParams(before);
    const put = (name: string, value: string) => (value === '' || value === '1' && name === 'page' ? query.delete(name) : query.set(name, value));
    if (next.search !== undefined) { put('search', next.search); query.delete('page'); }
    if (next.page !== undefined) put('page', String(next.page));
    return query;
  }, { replace: next.search !== undefined });
  return (
    <div className="gc-ledger">
      <PageHeader title={t('ledgers.complaints.title')} marks={rows.data && <span className="gc-meta">{t('pager.total', { count: rows.data.total })}</span>}>
        <div className="gc-ledger-tools"><SearchInput value={search} onChange={(value) => change({ search: value })} label={t('ledgers.complaints.search')} hint={t('ledgers.complaints.searchHint')} width={320} /></div>
      </PageHeader>
      <div className="gc-ledger-body" role="region" aria-label={t('ledgers.complaints.title')} tabIndex={0}>
        {rows.isPending ? <TableSkeleton /> : rows.isError && !rows.data ? <ErrorState error={rows.error} onRetry={() => void rows.refetch()} /> : (
          <ComplaintTable rows={rows.data?.items ?? []} searched={search !== ''} />
        )}
      </div>
      <footer className="gc-ledger-foot"><Pager page={page} pageSize={PAGE_SIZE} total={rows.data?.total} onChange={(next) => change({ page: next })} /></footer>
    </div>
  );
}

function ComplaintTable({ rows, searched }: { rows: ComplaintRow[]; searched: boolean }) {
  const { t, i18n } = useTranslation();
  const { user } = useSignedIn();
  const format = useFormat();
  const coded = (name: string) => (value: string | null) => (value === null ? '—' : i18n.exists(`case.values.${name}.${value}`) ? t(`case.values.${name}.${value}`) : value);
  const time = (value: string | null) => (value === null ? '—' : format.dateTime(value));
  const field = (name: 'complaintNo' | 'customerName' | 'channel' | 'category' | 'priority' | 'receivedAt' | 'dueOverall' | 'closedAt' | 'outcome' | 'satisfaction') => ({ key: name, dataIndex: name, title: t(`ledgers.complaints.columns.${name}`) });
  if (rows.length === 0) return <EmptyState icon={<TableOutlined />} title={t(searched ? 'ledgers.notFound' : 'ledgers.empty')} text={t(searched ? 'ledgers.notFoundText' : 'ledgers.emptyText')} />;
  return (
    <Table<ComplaintRow>
      size="small" rowKey="complaintNo" dataSource={rows} pagination={false}
      columns={[
        { ...field('complaintNo'), render: (value: string, row) => (user.roles.includes('admin') ? <Link to={`/monitor/instances/${row.processInstanceKey}`}>{value}</Link> : value) },
        { ...field('customerName'), render: (value: string | null) => value ?? '—' },
        { ...field('channel'), render: coded('channel') },
        { ...field('category'), render: coded('category') },
        { ...field('priority'), render: (value: string | null) => (value === 'urgent' || value === 'high' ? <Chip tone="bad">{coded('priority')(value)}</Chip> : coded('priority')(value)) },
        { ...field('receivedAt'), render: time },
        { ...field('dueOverall'), render: time },
        { ...field('closedAt'), render: (value: string | null) => (value === null ? <Chip tone="accent">{t('ledgers.complaints.open')}</Chip> : format.dateTime(value)) },
        { ...field('outcome'), render: coded('outcome') },
        { ...field('satisfaction'), align: 'right', render: (value: number | null) => value ?? '—' },
      ]}
    />
  );
}
