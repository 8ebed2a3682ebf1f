import { useState } from 'react';
import { Alert, App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallLogCheck, ChannelFigures, ChannelMonth } from '../../../engine/contract/administration.ts';
import { useChannelFigures, useCheckCalls, useImportCalls } from '../../api/index.ts';
import { Chip, ErrorState, FileChoice, LineProblems, PageHeader, PageSkeleton, ReasonDialog, useCrumbs, useErrorText, useFormat, type ChosenFile } from '../../ui/index.ts';
import './administration.css';

const EXAMPLE = 'started,answered,ended,agent,customer\n2026-11-23 09:00:05,2026-11-23 09:00:20,2026-11-23 09:08:40,wanglei,C100001\n2026-11-23 09:12:00,,2026-11-23 09:12:40,wanglei,';

/** 话务记录: the telephone log in, and how long customers wait and are served by phone and at the counter, against the targets. */
export default function CallsPage() {
  const { t } = useTranslation();
  const figures = useChannelFigures();
  useCrumbs([{ label: t('areas.admin'), to: '/admin' }, { label: t('calls.title') }]);
  return (
    <div className="gc-admin-page">
      <PageHeader title={t('calls.title')} meta={t('calls.text')} />
      <div className="gc-admin-body" role="region" aria-label={t('calls.title')} tabIndex={0}>
        <Import />
        {figures.isPending ? <PageSkeleton /> : figures.isError ? <ErrorState error={figures.error} onRetry={() => void figures.refetch()} /> : <Figures figures={figures.data} />}
      </div>
    </div>
  );
}

function Import() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const check = useCheckCalls();
  const take = useImportCalls();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [asking, setAsking] = useState(false);
  const choose = (chosen: ChosenFile) => {
    setFile(chosen);
    check.mutate(chosen.text);
  };
  const found = check.data;
  const nothing = found !== undefined && found.problems.length === 0 && found.known === found.calls;
  const done = (imported: number) => { void message.success(t('calls.imported', { count: imported })); setAsking(false); setFile(null); check.reset(); take.reset(); };
  return (
    <section aria-labelledby="gc-calls-import">
      <h2 id="gc-calls-import">{t('calls.import')}</h2>
      <p className="gc-meta">{t('calls.format')}</p>
      <pre className="gc-mono gc-call-example" tabIndex={0} aria-label={t('calls.example')}>{EXAMPLE}</pre>
      <FileChoice label={file === null ? t('calls.choose') : t('calls.other', { name: file.name })} accept=".csv,text/csv" onChoose={choose} />
      <div aria-live="polite" className="gc-call-check">
        {check.isPending && <p className="gc-meta">{t('calls.checking')}</p>}
        {check.isError && <ErrorState error={check.error} />}
        {found && (found.problems.length > 0 ? <LineProblems problems={found.problems} title={t('calls.wrong', { count: found.problems.length })} label={t('calls.problems')} heads={{ line: t('calls.line'), text: t('calls.stands'), why: t('calls.why') }} why={(rule) => t(`calls.rules.${rule}`)} className="gc-admin-table" /> : <Preview check={found} nothing={nothing} />)}
        {found && found.problems.length === 0 && !nothing && <Button type="primary" onClick={() => setAsking(true)}>{t('calls.take')}</Button>}
      </div>
      <ReasonDialog open={asking} title={t('calls.takeTitle')} confirm={t('calls.take')} busy={take.isPending} error={take.isError ? errorText(take.error) : undefined} onCancel={() => setAsking(false)} onConfirm={(reason) => file && take.mutate({ csv: file.text, reason }, { onSuccess: ({ imported }) => done(imported) })}><p>{t('calls.effect')}</p></ReasonDialog>
    </section>
  );
}

function Preview({ check, nothing }: { check: CallLogCheck; nothing: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (nothing) return <Alert type="info" showIcon title={t('calls.nothing', { count: check.known })} />;
  return <Alert type="success" showIcon title={t('calls.right', { count: check.calls - check.known })} description={t('calls.preview', { from: format.dateTime(check.from ?? ''), to: format.dateTime(check.to ?? ''), known: check.known, missed: check.missed, minutes: check.handlingMinutes ?? '—' })} />;
}

function Figures({ figures }: { figures: ChannelFigures }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {(['phone', 'counter'] as const).map((channel) => (
        <section key={channel} aria-labelledby={`gc-calls-${channel}`}>
          <h2 id={`gc-calls-${channel}`}>{t(`calls.channels.${channel}`)}</h2>
          <p className="gc-meta">{figures[channel].target === null ? t('calls.noTarget') : t('calls.target', { minutes: figures[channel].target!.target })}</p>
          <Months channel={channel} months={figures[channel].months} target={figures[channel].target?.target ?? null} />
        </section>
      ))}
      {figures.imports.length > 0 && (
        <section aria-labelledby="gc-calls-imports">
          <h2 id="gc-calls-imports">{t('calls.imports')}</h2>
          <ul className="gc-duties">{figures.imports.map((one) => <li key={one.at}><span>{format.dateTime(one.at)}</span><span>{t('calls.importLine', { name: one.byName, imported: one.imported, known: one.known })}</span></li>)}</ul>
        </section>
      )}
    </>
  );
}

function Months({ channel, months, target }: { channel: 'phone' | 'counter'; months: ChannelMonth[]; target: number | null }) {
  const { t } = useTranslation();
  const shown = months.filter((month) => month.count > 0).reverse();
  if (shown.length === 0) return <p className="gc-meta">{t('calls.noMonths')}</p>;
  const heads = channel === 'phone' ? (['month', 'count', 'missed', 'wait', 'handling', 'inTime'] as const) : (['month', 'count', 'handling', 'inTime'] as const);
  const cell = (head: (typeof heads)[number], month: ChannelMonth) => {
    if (head === 'month') return month.month;
    if (head === 'wait') return month.waitSeconds === null ? '—' : t('calls.seconds', { count: month.waitSeconds });
    if (head === 'inTime') return month.inTime === null ? '—' : `${month.inTime}%`;
    if (head !== 'handling') return month[head];
    if (month.handlingMinutes === null) return '—';
    const text = t('calls.minutes', { count: month.handlingMinutes });
    return target === null ? text : <Chip tone={month.handlingMinutes <= target ? 'ok' : 'bad'}>{text} {t(month.handlingMinutes <= target ? 'calls.met' : 'calls.missedTarget')}</Chip>;
  };
  return (
    <div className="gc-admin-table" role="region" aria-label={t(`calls.channels.${channel}`)} tabIndex={0}>
      <table>
        <thead><tr>{heads.map((head) => <th key={head} scope="col" data-number={head !== 'month'}>{t(`calls.heads.${head}`)}</th>)}</tr></thead>
        <tbody>{shown.map((month) => <tr key={month.month}>{heads.map((head) => <td key={head} data-number={head !== 'month'}>{cell(head, month)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
