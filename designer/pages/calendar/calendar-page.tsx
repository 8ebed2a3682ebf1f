import { useState } from 'react';
import { Alert, App, Button, Segmented } from 'antd';
import { DownloadOutlined, LeftOutlined, ReloadOutlined, RightOutlined, UploadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CalendarYear } from '../../../engine/contract/api.ts';
import { saveCalendar, useCalendarYear } from '../../api/index.ts';
import { ErrorState, IconButton, PageHeader, PageSkeleton, useCrumbs, useErrorText, useFormat, useZone } from '../../ui/index.ts';
import { DayDialog } from './day-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { MonthGrid } from './month-grid.tsx';
import { RecomputeDialog } from './recompute-dialog.tsx';
import { RunNote } from './run-note.tsx';

/** 工作日历: holidays and make-up days of a year, month by month; a file in and out; deadlines computed anew. The month is in the address. */
export function CalendarPage() {
  const { t } = useTranslation();
  const zone = useZone();
  const [query, setQuery] = useSearchParams();
  const now = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).format(new Date()).slice(0, 7);
  const month = /^20\d{2}-(0[1-9]|1[0-2])$/.test(query.get('month') ?? '') ? query.get('month')! : now;
  const wholeYear = query.get('view') === 'year';
  const year = Number(month.slice(0, 4));
  const calendar = useCalendarYear(year);
  const put = (changes: Record<string, string>) => setQuery((before) => {
    const next = new URLSearchParams(before);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    return next;
  }, { replace: true });
  useCrumbs([{ label: t('areas.admin'), to: '/admin' }, { label: t('calendar.title') }]);
  return (
    <div className="gc-calendar">
      <PageHeader title={t('calendar.title')} marks={calendar.data && <Published calendar={calendar.data} />} actions={<Actions year={year} empty={calendar.data === undefined || calendar.data.days.length === 0} />}>
        <div className="gc-calendar-tools">
          <IconButton label={t(wholeYear ? 'calendar.previousYear' : 'calendar.previous')} icon={<LeftOutlined />} onClick={() => put({ month: later(month, wholeYear ? -12 : -1) })} />
          <b aria-live="polite">{wholeYear ? t('calendar.year', { year }) : t('calendar.month', { year, month: Number(month.slice(5)) })}</b>
          <IconButton label={t(wholeYear ? 'calendar.nextYear' : 'calendar.next')} icon={<RightOutlined />} onClick={() => put({ month: later(month, wholeYear ? 12 : 1) })} />
          <Button onClick={() => put({ month: now })}>{t('calendar.today')}</Button>
          <Segmented aria-label={t('calendar.view')} value={wholeYear ? 'year' : 'month'} onChange={(view) => put({ view })} options={[{ value: 'month', label: t('calendar.views.month') }, { value: 'year', label: t('calendar.views.year') }]} />
        </div>
      </PageHeader>
      <div className="gc-calendar-body">
        <RunNote />
        {calendar.isPending ? <PageSkeleton /> : calendar.isError ? <ErrorState error={calendar.error} onRetry={() => void calendar.refetch()} /> : <Months key={month} calendar={calendar.data} month={month} wholeYear={wholeYear} onMonth={(next) => put({ month: next, view: 'month' })} />}
      </div>
    </div>
  );
}

function Published({ calendar }: { calendar: CalendarYear }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <span className="gc-meta">{calendar.publishedAt === null ? t('calendar.unpublished') : t('calendar.published', { time: format.dateTime(calendar.publishedAt) })} · {t('calendar.workingDaysOfYear', { count: calendar.workingDays.reduce((sum, count) => sum + count, 0) })}</span>;
}

function Actions({ year, empty }: { year: number; empty: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const [open, setOpen] = useState<'import' | 'recompute' | null>(null);
  return (
    <>
      <Button icon={<UploadOutlined aria-hidden />} onClick={() => setOpen('import')}>{t('calendar.import.open')}</Button>
      <Button icon={<DownloadOutlined aria-hidden />} disabled={empty} onClick={() => void saveCalendar(year).catch((error: unknown) => message.error(errorText(error)))}>{t('calendar.export')}</Button>
      <Button icon={<ReloadOutlined aria-hidden />} onClick={() => setOpen('recompute')}>{t('calendar.recompute.open')}</Button>
      <ImportDialog year={year} open={open === 'import'} onClose={() => setOpen(null)} onRecompute={() => setOpen('recompute')} />
      <RecomputeDialog open={open === 'recompute'} onClose={() => setOpen(null)} />
    </>
  );
}

function Months({ calendar, month, wholeYear, onMonth }: { calendar: CalendarYear; month: string; wholeYear: boolean; onMonth: (month: string) => void }) {
  const { t } = useTranslation();
  const [day, setDay] = useState<string | null>(null);
  const months = wholeYear ? Array.from({ length: 12 }, (_, index) => `${calendar.year}-${String(index + 1).padStart(2, '0')}`) : [month];
  return (
    <>
      {calendar.publishedAt === null && <Alert type="warning" showIcon title={t('calendar.missing', { year: calendar.year })} style={{ marginBottom: 16 }} />}
      <p className="gc-calendar-legend"><span data-type="holiday">{t('calendar.types.holiday')}</span><span data-type="workday">{t('calendar.types.workday')}</span><span data-type="rest">{t('calendar.types.rest')}</span></p>
      <div className={wholeYear ? 'gc-calendar-year' : 'gc-calendar-month'}>
        {months.map((each) => <MonthGrid key={each} calendar={calendar} month={each} small={wholeYear} onDay={setDay} onMonth={onMonth} />)}
      </div>
      <DayDialog calendar={calendar} date={day} onClose={() => setDay(null)} />
    </>
  );
}

function later(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}
