import { useState } from 'react';
import { App, Button, Dropdown, Select } from 'antd';
import { DownloadOutlined, FilterOutlined, LockOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink, useNavigate, useParams } from 'react-router';
import type { LedgerInfo } from '../../../engine/contract/api.ts';
import { exportLedger, useLedgerRows, useWatermark } from '../../api/index.ts';
import { useLanguage, useNamed } from '../../i18n/index.ts';
import { Chip, ErrorState, Marked, PageHeader, Pager, TableSkeleton, useCrumbs, useErrorText, useFormat, useNarrow } from '../../ui/index.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { PAGE_SIZE, useLedgerAddress } from './ledger-address.ts';
import { LedgerFilters } from './ledger-filters.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { RowDrawer } from './row-drawer.tsx';

/** One ledger: searched, narrowed, sorted and paged by the server; everything chosen stands in the address. */
export function LedgerPage({ ledgers }: { ledgers: LedgerInfo[] }) {
  const { ledger: id } = useParams();
  const { t } = useTranslation();
  const ledger = ledgers.find((each) => each.id === id);
  if (ledger === undefined) return <ErrorState error={Object.assign(new Error(`ledger ${id}`), { code: 'forbidden' })} title={t('ledgers.closed')} />;
  return <OneLedger key={ledger.id} ledger={ledger} ledgers={ledgers} />;
}

function OneLedger({ ledger, ledgers }: { ledger: LedgerInfo; ledgers: LedgerInfo[] }) {
  const { t } = useTranslation();
  const named = useNamed();
  const narrow = useNarrow(900);
  const navigate = useNavigate();
  const address = useLedgerAddress(ledger);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const rows = useLedgerRows(ledger.id, address.query);
  const format = useFormat();
  const { name: reader, openedAt } = useWatermark();
  const watermark = ledger.confidential || address.columns.some((column) => column.type === 'personal') ? [reader, format.dateTime(openedAt)] : null;
  const title = named(ledger.name, ledger.nameEn);
  useCrumbs([{ label: t('areas.ledgers'), to: '/ledgers' }, { label: title }]);
  return (
    <div className="gc-ledgers">
      {!narrow && (
        <nav className="gc-ledger-nav" aria-label={t('ledgers.list')}>
          {ledgers.map((each) => <NavLink key={each.id} to={`/ledgers/${each.id}`}>{named(each.name, each.nameEn)}</NavLink>)}
          <NavLink to="/ledgers/duties">{t('duties.title')}</NavLink>
        </nav>
      )}
      <div className="gc-ledger">
        <PageHeader
          title={title}
          marks={<>{rows.data && <span className="gc-meta">{t('pager.total', { count: rows.data.total })}</span>}{ledger.masked && <Chip icon={<LockOutlined />}>{t(ledger.own ? 'ledgers.own' : 'ledgers.masked')}</Chip>}</>}
          actions={<><ColumnChooser ledger={ledger} address={address} /><ExportButton ledger={ledger} address={address} total={rows.data?.total} limit={rows.data?.exportLimit} /></>}
        >
          {narrow && (
            <div className="gc-ledger-narrow">
              <Select aria-label={t('ledgers.list')} value={ledger.id} onChange={(next: string) => void navigate(`/ledgers/${next}`)} options={[...ledgers.map((each) => ({ value: each.id, label: named(each.name, each.nameEn) })), { value: 'duties', label: t('duties.title') }]} />
              <Button icon={<FilterOutlined aria-hidden />} aria-expanded={filtersOpen} onClick={() => setFiltersOpen(!filtersOpen)}>{t('ledgers.filters')}{address.filters.length > 0 ? ` ${address.filters.length}` : ''}</Button>
            </div>
          )}
          {(!narrow || filtersOpen) && <LedgerFilters ledger={ledger} address={address} />}
        </PageHeader>
        <Marked lines={watermark}><div className="gc-ledger-body" role="region" aria-label={title} tabIndex={0} aria-busy={rows.isFetching}>
          {rows.isPending ? <TableSkeleton /> : rows.isError && !rows.data ? <ErrorState error={rows.error} onRetry={() => void rows.refetch()} /> : (
            <LedgerTable ledger={ledger} columns={address.columns} rows={rows.data?.items ?? []} sort={address.value('sort')} onSort={(sort) => address.put({ sort })} onOpen={(row) => address.put({ row }, { keepPage: true, replace: false })} narrowed={address.filters.length > 0} onClear={address.clear} />
          )}
        </div></Marked>
        <footer className="gc-ledger-foot"><Pager page={address.page} pageSize={PAGE_SIZE} total={rows.data?.total} simple={narrow} onChange={(page) => address.put({ page: page === 1 ? '' : String(page) }, { keepPage: true, replace: false })} /></footer>
      </div>
      <RowDrawer ledger={ledger} ledgers={ledgers} rowKey={address.value('row') || null} onClose={() => address.put({ row: '' }, { keepPage: true })} />
    </div>
  );
}

/** Takes the rows the filter leaves, in the columns shown, as a file. Beyond the limit it says so before asking. */
function ExportButton({ ledger, address, total = 0, limit = 0 }: { ledger: LedgerInfo; address: ReturnType<typeof useLedgerAddress>; total?: number | undefined; limit?: number | undefined }) {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const { message, modal } = App.useApp();
  const errorText = useErrorText();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const take = async (kind: 'xlsx' | 'csv') => {
    if (total > limit) {
      void modal.info({ title: t('ledgers.export.tooMany'), content: t('errors.export_too_large', { count: format.number(total), limit: format.number(limit) }) });
      return;
    }
    setBusy(true);
    try {
      await exportLedger(ledger.id, { ...address.query, page: null, pageSize: null, format: kind, lang: short, columns: address.columns.map((column) => column.id).join(',') });
      void message.success(t('ledgers.export.done', { count: total }));
    } catch (error) {
      void message.error(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dropdown trigger={['click']} disabled={total === 0} menu={{ items: [{ key: 'xlsx', label: t('ledgers.export.xlsx') }, { key: 'csv', label: t('ledgers.export.csv') }], onClick: ({ key }) => void take(key as 'xlsx' | 'csv') }}>
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy} aria-haspopup="menu">{t('ledgers.export.open')}</Button>
    </Dropdown>
  );
}
