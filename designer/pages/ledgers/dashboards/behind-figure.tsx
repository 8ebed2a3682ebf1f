import { Segmented } from 'antd';
import { CloseOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { DashboardView, FigureView } from '../../../../engine/contract/api.ts';
import { useLedgerRows, useLedgers } from '../../../api/index.ts';
import { useNamed } from '../../../i18n/index.ts';
import { ErrorState, IconButton, TableSkeleton } from '../../../ui/index.ts';
import { LedgerTable } from '../ledger-table.tsx';

const SHOWN = 10;

/** The first of the cases a figure was measured on, and the way to all of them in their ledger. */
export function BehindFigure({ dashboard, figure, unit, met, onMet, onClose }: { dashboard: DashboardView; figure: FigureView; unit: Record<string, string>; met: string; onMet: (met: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const navigate = useNavigate();
  const ledger = useLedgers().data?.find((each) => each.id === figure.ledger);
  const query = { figure: figure.id, period: `${dashboard.from}..${dashboard.to}`, ...(met === '' ? {} : { met }), ...unit };
  const rows = useLedgerRows(ledger?.id, { ...query, pageSize: SHOWN });
  const all = `/ledgers/${figure.ledger}?${new URLSearchParams(query).toString()}`;
  return (
    <section className="gc-behind" aria-label={t('dashboards.behind')}>
      <header>
        <h2>{t('dashboards.behindOf', { name: named(figure.name, figure.nameEn) })} {rows.data && <span className="gc-meta">{t('pager.total', { count: rows.data.total })}</span>}</h2>
        {figure.missed !== null && <Segmented aria-label={t('dashboards.which')} size="small" value={met} onChange={onMet} options={[{ value: 'no', label: t('dashboards.missed') }, { value: 'yes', label: t('dashboards.met') }, { value: '', label: t('dashboards.all') }]} />}
        <Link to={all}>{t('dashboards.openLedger')}</Link>
        <IconButton label={t('dashboards.close')} icon={<CloseOutlined />} onClick={onClose} />
      </header>
      <div className="gc-behind-rows" role="region" aria-label={t('dashboards.behind')} tabIndex={0}>
        {ledger === undefined || rows.isPending ? <TableSkeleton rows={3} /> : rows.isError && !rows.data ? <ErrorState error={rows.error} onRetry={() => void rows.refetch()} /> : (
          <LedgerTable ledger={ledger} columns={ledger.columns.filter((column) => column.shown)} rows={rows.data?.items ?? []} sort="" onSort={(sort) => void navigate(`${all}&sort=${sort}`)} onOpen={(row) => void navigate(`${all}&row=${encodeURIComponent(row)}`)} narrowed />
        )}
      </div>
    </section>
  );
}
