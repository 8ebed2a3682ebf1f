import { useState } from 'react';
import { Button, DatePicker, Select } from 'antd';
import { AimOutlined } from '@ant-design/icons';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { DashboardInfo } from '../../../../engine/contract/api.ts';
import { useDashboard } from '../../../api/index.ts';
import { useNamed } from '../../../i18n/index.ts';
import { ErrorState, PageHeader, PageSkeleton, useCrumbs, useFormat, useZone } from '../../../ui/index.ts';
import { BehindFigure } from './behind-figure.tsx';
import { BreakdownChart, FlowChart, HeatChart } from './charts.tsx';
import { FigureCard } from './figure-card.tsx';
import { periodsAt } from './months.ts';
import { TargetsDialog } from './targets-dialog.tsx';

/** Figures of an area against their targets, what they are made of, and the cases behind them. Period, department and figure are in the address. */
export function DashboardPage({ dashboards }: { dashboards: DashboardInfo[] }) {
  const { dashboard: id = '' } = useParams();
  const { t } = useTranslation();
  const named = useNamed();
  const format = useFormat();
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const [targetsOpen, setTargetsOpen] = useState(false);
  const value = (name: string): string => query.get(name) ?? '';
  const put = (changes: Record<string, string>) => setQuery((before) => {
    const next = new URLSearchParams(before);
    for (const [name, text] of Object.entries(changes)) {
      if (text === '') next.delete(name);
      else next.set(name, text);
    }
    return next;
  }, { replace: true });
  const info = dashboards.find((each) => each.id === id);
  const view = useDashboard(info?.id, { from: value('from'), to: value('to'), unit: value('unit') });
  useCrumbs([{ label: t('areas.dashboards'), to: '/dashboards' }, { label: info === undefined ? id : named(info.name, info.nameEn) }]);
  if (info === undefined) return <ErrorState error={Object.assign(new Error(`dashboard ${id}`), { code: 'forbidden' })} title={t('dashboards.closed_title')} />;
  const found = view.data?.id === info.id ? view.data : undefined;
  const chosen = found?.figures.find((figure) => figure.id === value('figure'));
  const unit: Record<string, string> = value('unit') === '' || !found?.units.column ? {} : { [found.units.column]: value('unit') };
  return (
    <div className="gc-dashboard">
      <PageHeader
        title={named(info.name, info.nameEn)} marks={found && <span className="gc-meta">{t('dashboards.at', { time: format.dateTime(found.at) })}</span>}
        actions={<Button icon={<AimOutlined aria-hidden />} onClick={() => setTargetsOpen(true)}>{t('dashboards.targets.open')}</Button>}
      >
        <div className="gc-ledger-tools">
          <Select aria-label={t('dashboards.list')} value={info.id} onChange={(next: string) => void navigate(`/dashboards/${next}?${new URLSearchParams({ ...(value('from') === '' ? {} : { from: value('from') }), ...(value('to') === '' ? {} : { to: value('to') }) }).toString()}`)} options={dashboards.map((each) => ({ value: each.id, label: named(each.name, each.nameEn) }))} />
          <PeriodFields from={value('from') || found?.from || ''} to={value('to') || found?.to || ''} onChange={(from, to) => put({ from, to })} />
          {found && found.units.options.length > 0 && <Select aria-label={t('dashboards.unit')} allowClear placeholder={t('dashboards.anyUnit')} value={value('unit') || null} onChange={(next?: string) => put({ unit: next ?? '' })} options={found.units.options.map((option) => ({ value: option.value, label: named(option.name, option.nameEn) }))} />}
        </div>
      </PageHeader>
      <div className="gc-dashboard-body" aria-busy={view.isFetching}>
        {view.isError && !found ? <ErrorState error={view.error} onRetry={() => void view.refetch()} /> : found === undefined ? <PageSkeleton /> : (
          <>
            <div className="gc-figure-grid" role="group" aria-label={t('dashboards.figures')}>
              {found.figures.map((figure) => <FigureCard key={figure.id} figure={figure} chosen={figure.id === chosen?.id} onPick={() => put(figure.id === chosen?.id ? { figure: '', met: '' } : { figure: figure.id, met: figure.good === false && figure.missed !== null && figure.missed > 0 ? 'no' : '' })} />)}
            </div>
            {chosen && <BehindFigure dashboard={found} figure={chosen} unit={unit} met={value('met')} onMet={(met) => put({ met })} onClose={() => put({ figure: '', met: '' })} />}
            <div className="gc-chart-grid">
              {found.flow && <FlowChart flow={found.flow} />}
              {found.heat && <HeatChart cells={found.heat} />}
              {found.breakdowns.map((breakdown) => <BreakdownChart key={breakdown.id} breakdown={breakdown} period={found} unit={unit} />)}
            </div>
          </>
        )}
      </div>
      <TargetsDialog open={targetsOpen} onClose={() => setTargetsOpen(false)} />
    </div>
  );
}

/** The period in months, by name or by its ends. */
function PeriodFields({ from, to, onChange }: { from: string; to: string; onChange: (from: string, to: string) => void }) {
  const { t } = useTranslation();
  const zone = useZone();
  const month = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).format(new Date()).slice(0, 7);
  const periods = periodsAt(month);
  const name = Object.entries(periods).find(([, [first, last]]) => first === from && last === to)?.[0] ?? 'own';
  const read = (text: string): Dayjs | null => (text === '' ? null : dayjs(`${text}-01`));
  return (
    <>
      <Select aria-label={t('dashboards.period')} value={name} onChange={(next: string) => { const chosen = periods[next as keyof typeof periods]; if (chosen) onChange(...chosen); }} options={[...Object.keys(periods).map((key) => ({ value: key, label: t(`dashboards.periods.${key}`) })), ...(name === 'own' ? [{ value: 'own', label: t('dashboards.periods.own') }] : [])]} />
      <DatePicker picker="month" allowClear={false} aria-label={t('dashboards.from')} value={read(from)} onChange={(next: Dayjs | null) => { const chosen = next?.format('YYYY-MM'); if (chosen) onChange(chosen, chosen > to ? chosen : to); }} />
      <DatePicker picker="month" allowClear={false} aria-label={t('dashboards.to')} value={read(to)} onChange={(next: Dayjs | null) => { const chosen = next?.format('YYYY-MM'); if (chosen) onChange(chosen < from ? chosen : from, chosen); }} />
    </>
  );
}
