import { Checkbox, Select, Table } from 'antd';
import { CheckCircleOutlined, ExclamationCircleFilled, PlayCircleOutlined, RadarChartOutlined, StopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { InstanceState, InstanceSummary } from '../../../engine/contract/api.ts';
import { useInstances, useMonitorSummary, type InstanceFilter } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, DueChip, EmptyState, ErrorState, PageHeader, Pager, SearchInput, TableSkeleton, useCrumbs, useFormat, useNarrow } from '../../ui/index.ts';
import { Figures } from './figures.tsx';
import { HeatMap } from './heat-map.tsx';

const PAGE_SIZE = 20;

/** Every instance this system runs: figures, filters, table, and the chosen process as a heat map. All filters are in the address. */
export function InstancesPage() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const summary = useMonitorSummary();
  const narrow = useNarrow(1200);
  const value = (name: string) => query.get(name) ?? '';
  const put = (changes: Record<string, string>) => setQuery((before) => {
    const next = new URLSearchParams(before);
    for (const [name, text] of Object.entries({ page: '', ...changes })) {
      if (text === '') next.delete(name);
      else next.set(name, text);
    }
    return next;
  }, { replace: true });
  const page = Math.max(1, Number(value('page')) || 1);
  const filter: InstanceFilter = { page, pageSize: PAGE_SIZE };
  if (value('process') !== '') filter.bpmnProcessId = value('process');
  if (value('version') !== '') filter.version = Number(value('version'));
  if (value('state') !== '') filter.state = value('state') as InstanceState;
  if (value('incident') === 'true') filter.incident = true;
  if (value('search') !== '') filter.search = value('search');
  if (value('element') !== '') filter.elementId = value('element');
  const instances = useInstances(filter);
  const named = useNamed();
  const processes = summary.data?.processes ?? [];
  const chosen = processes.find((process) => process.bpmnProcessId === value('process'));
  const shown = chosen ?? processes.toSorted((a, b) => b.running - a.running)[0];
  useCrumbs([{ label: t('areas.monitor'), to: '/monitor' }, { label: t('monitor.instances') }]);
  return (
    <div className="gc-monitor">
      <PageHeader title={t('monitor.instances')} />
      <Figures summary={summary.data} onPick={put} />
      <div className="gc-monitor-body">
        <section className="gc-monitor-list" aria-label={t('monitor.instances')}>
          <div className="gc-monitor-tools">
            <SearchInput value={value('search')} onChange={(search) => put({ search })} label={t('monitor.search')} hint={t('monitor.searchHint')} width={220} />
            <Select aria-label={t('monitor.filters.process')} allowClear placeholder={t('monitor.filters.process')} value={value('process') || null} onChange={(process?: string) => put({ process: process ?? '', version: '', element: '' })} options={processes.map((process) => ({ value: process.bpmnProcessId, label: named(process.name, process.nameEn) }))} showSearch optionFilterProp="label" style={{ minWidth: 160 }} />
            {chosen && <Select aria-label={t('monitor.filters.version')} allowClear placeholder={t('monitor.filters.version')} value={value('version') || null} onChange={(version?: string) => put({ version: version ?? '' })} options={chosen.versions.map((version) => ({ value: String(version), label: `v${version}` }))} style={{ minWidth: 88 }} />}
            <Select aria-label={t('monitor.filters.state')} allowClear placeholder={t('monitor.filters.state')} value={value('state') || null} onChange={(state?: string) => put({ state: state ?? '' })} options={(['active', 'completed', 'terminated'] as const).map((state) => ({ value: state, label: t(`monitor.states.${state}`) }))} style={{ minWidth: 112 }} />
            <Checkbox checked={value('incident') === 'true'} onChange={(event) => put({ incident: event.target.checked ? 'true' : '' })}>{t('monitor.filters.incident')}</Checkbox>
            {value('element') !== '' && <Chip tone="accent">{t('monitor.filters.element', { id: value('element') })} <button type="button" className="gc-link" aria-label={t('monitor.filters.clearElement')} onClick={() => put({ element: '' })}>×</button></Chip>}
          </div>
          <div className="gc-monitor-table">
            {instances.isPending ? <TableSkeleton /> : instances.isError && !instances.data ? <ErrorState error={instances.error} onRetry={() => void instances.refetch()} /> : <InstanceTable rows={instances.data?.items ?? []} filtered={[...query.keys()].length > 0} />}
          </div>
          <footer className="gc-monitor-foot"><Pager page={page} pageSize={PAGE_SIZE} total={instances.data?.total} more={instances.data?.more} onChange={(next) => put({ page: String(next) })} /></footer>
        </section>
        {shown && !narrow && <HeatMap process={shown} version={value('version') === '' ? undefined : Number(value('version'))} onPick={(element) => put({ process: shown.bpmnProcessId, element })} />}
      </div>
    </div>
  );
}

/** An instance's state as icon and word. */
export function StateMark({ state, incidents }: { state: InstanceState; incidents: number }) {
  const { t } = useTranslation();
  if (state === 'active' && incidents > 0) return <span className="gc-bad"><ExclamationCircleFilled aria-hidden /> {t('monitor.states.incident')}</span>;
  if (state === 'active') return <span className="gc-accent"><PlayCircleOutlined aria-hidden /> {t('monitor.states.active')}</span>;
  if (state === 'completed') return <span><CheckCircleOutlined aria-hidden /> {t('monitor.states.completed')}</span>;
  return <span><StopOutlined aria-hidden /> {t('monitor.states.terminated')}</span>;
}

function InstanceTable({ rows, filtered }: { rows: InstanceSummary[]; filtered: boolean }) {
  const { t } = useTranslation();
  const named = useNamed();
  const format = useFormat();
  if (rows.length === 0) return <EmptyState icon={<RadarChartOutlined />} title={t(filtered ? 'monitor.notFound' : 'monitor.empty')} text={t(filtered ? 'monitor.notFoundText' : 'monitor.emptyText')} />;
  return (
    <Table<InstanceSummary>
      size="small" rowKey="key" dataSource={rows} pagination={false} scroll={{ x: 'max-content' }} sticky
      columns={[
        { key: 'case', title: t('monitor.columns.case'), fixed: 'left', render: (_, row) => <Link to={`/monitor/instances/${row.key}`}>{row.caseNo ?? row.businessKey ?? row.key}</Link> },
        { key: 'process', title: t('monitor.columns.process'), render: (_, row) => named(row.processName, row.processNameEn) },
        { key: 'customer', title: t('monitor.columns.customer'), render: (_, row) => row.customerName ?? '—' },
        { key: 'state', title: t('monitor.columns.state'), render: (_, row) => <StateMark state={row.state} incidents={row.incidents} /> },
        { key: 'at', title: t('monitor.columns.at'), render: (_, row) => (row.activeElements.length === 0 ? '—' : row.activeElements.map((element) => named(element.name, element.nameEn)).slice(0, 2).join(t('design.comma')) + (row.activeElements.length > 2 ? ` +${row.activeElements.length - 2}` : '')) },
        { key: 'due', title: t('monitor.columns.due'), render: (_, row) => (row.due.state === 'none' || row.state !== 'active' ? '—' : <DueChip due={row.due} />) },
        { key: 'version', title: t('monitor.columns.version'), render: (_, row) => `v${row.version}` },
        { key: 'started', title: t('monitor.columns.started'), render: (_, row) => format.short(row.startedAt) },
      ]}
    />
  );
}
