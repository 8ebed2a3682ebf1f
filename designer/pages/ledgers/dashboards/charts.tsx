import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BreakdownView, FlowView, HeatCell } from '../../../../engine/contract/api.ts';
import { useNamed } from '../../../i18n/index.ts';
import { useFormat } from '../../../ui/index.ts';
import { useLedgerWords } from '../ledger-words.ts';

interface Period {
  from: string;
  to: string;
}

/** Address of a ledger with the rows of a period of months. */
function ledgerOf(ledger: string, dates: Period | null, query: Record<string, string>): string {
  const days: Record<string, string> = dates === null ? {} : { from: `${dates.from}-01`, to: new Date(Date.UTC(Number(dates.to.slice(0, 4)), Number(dates.to.slice(5)), 0)).toISOString().slice(0, 10) };
  return `/ledgers/${ledger}?${new URLSearchParams({ ...query, ...days }).toString()}`;
}

/** Counts as bars; each leads to its rows. */
export function BreakdownChart({ breakdown, period, unit }: { breakdown: BreakdownView; period: Period; unit: Record<string, string> }) {
  const { t } = useTranslation();
  const named = useNamed();
  const words = useLedgerWords();
  const format = useFormat();
  const most = Math.max(1, ...breakdown.rows.map((row) => row.count));
  const total = breakdown.rows.reduce((sum, row) => sum + row.count, 0);
  const age = breakdown.column === 'age';
  return (
    <section className="gc-chart" aria-label={named(breakdown.name, breakdown.nameEn)}>
      <h2>{named(breakdown.name, breakdown.nameEn)} <span className="gc-meta">{t('dashboards.count', { count: total })}</span></h2>
      {total === 0 ? <p className="gc-meta">{t('dashboards.nothing')}</p> : (
        <ul className="gc-bars">
          {breakdown.rows.map((row) => {
            const name = row.value === null ? t('ledgers.noValue') : words.text(breakdown, row.value);
            const bar = <><span className="gc-ellipsis">{name}</span><span className="gc-bar" aria-hidden><i style={{ width: `${(row.count / most) * 100}%` }} /></span><b>{format.number(row.count)}</b></>;
            return <li key={row.value ?? '-'}>{age && row.from === undefined ? <span>{bar}</span> : <Link to={age ? `/ledgers/${breakdown.ledger}?${new URLSearchParams({ state: 'open', from: row.from ?? '', to: row.to ?? '', ...unit }).toString()}` : ledgerOf(breakdown.ledger, breakdown.state === null ? period : null, { [breakdown.column]: row.value ?? '-', ...(breakdown.state === null ? {} : { state: breakdown.state }), ...unit })}>{bar}</Link>}</li>;
          })}
        </ul>
      )}
    </section>
  );
}

const HEIGHT = 140;

/** What came in and what was closed by month, as bars; the same numbers as a table for those who cannot see them. */
export function FlowChart({ flow }: { flow: FlowView }) {
  const { t } = useTranslation();
  const most = Math.ceil(Math.max(2, ...flow.months.flatMap((month) => [month.opened, month.closed])) / 2) * 2;
  return (
    <section className="gc-chart" aria-label={t('dashboards.flow')}>
      <h2>{t('dashboards.flow')} <span className="gc-meta">{t('dashboards.byMonth')}</span></h2>
      <p className="gc-chart-legend" aria-hidden><span>{t('dashboards.opened')}</span><span data-kind="closed">{t('dashboards.closed')}</span></p>
      <svg viewBox={`0 0 ${flow.months.length * 40} ${HEIGHT + 20}`} aria-hidden focusable="false">
        {[0, 0.5, 1].map((share) => <g key={share}><line x1="0" x2={flow.months.length * 40} y1={HEIGHT - share * (HEIGHT - 16)} y2={HEIGHT - share * (HEIGHT - 16)} /><text x="0" y={HEIGHT - share * (HEIGHT - 16) - 2}>{share === 0 ? '' : most * share}</text></g>)}
        {flow.months.map((month, index) => (
          <g key={month.month} transform={`translate(${index * 40} 0)`}>
            <rect x="10" width="10" height={(month.opened / most) * (HEIGHT - 16)} y={HEIGHT - (month.opened / most) * (HEIGHT - 16)} />
            <rect x="21" width="10" height={(month.closed / most) * (HEIGHT - 16)} y={HEIGHT - (month.closed / most) * (HEIGHT - 16)} data-kind="closed" />
            <text x="20" y={HEIGHT + 14} textAnchor="middle">{month.month.slice(2)}</text>
          </g>
        ))}
      </svg>
      <table className="gc-visually-hidden">
        <caption>{t('dashboards.flow')}</caption>
        <thead><tr><th scope="col">{t('dashboards.month')}</th><th scope="col">{t('dashboards.opened')}</th><th scope="col">{t('dashboards.closed')}</th></tr></thead>
        <tbody>{flow.months.map((month) => <tr key={month.month}><th scope="row">{month.month}</th><td>{month.opened}</td><td>{month.closed}</td></tr>)}</tbody>
      </table>
    </section>
  );
}

const STEPS = [5, 4, 3, 2, 1];

/** Open risks by likelihood and impact; the darker, the graver. */
export function HeatChart({ cells }: { cells: HeatCell[] }) {
  const { t } = useTranslation();
  const count = (likelihood: number, impact: number): number => cells.find((cell) => cell.likelihood === likelihood && cell.impact === impact)?.count ?? 0;
  const level = (score: number): string => (score >= 15 ? 'major' : score >= 8 ? 'significant' : score >= 4 ? 'general' : 'minor');
  return (
    <section className="gc-chart" aria-label={t('dashboards.heat')}>
      <h2>{t('dashboards.heat')} <span className="gc-meta">{t('dashboards.heatText')}</span></h2>
      <table className="gc-heat-grid">
        <thead><tr><th scope="col"><span className="gc-visually-hidden">{t('dashboards.likelihood')}</span></th>{STEPS.toReversed().map((impact) => <th key={impact} scope="col">{t('dashboards.impact')} {impact}</th>)}</tr></thead>
        <tbody>{STEPS.map((likelihood) => <tr key={likelihood}><th scope="row">{t('dashboards.likelihood')} {likelihood}</th>{STEPS.toReversed().map((impact) => <td key={impact} data-level={level(likelihood * impact)}>{count(likelihood, impact) || <span className="gc-meta">0</span>}</td>)}</tr>)}</tbody>
      </table>
    </section>
  );
}
