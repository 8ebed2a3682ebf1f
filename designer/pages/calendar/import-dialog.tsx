import { useState } from 'react';
import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CalendarCheck, CalendarDayView } from '../../../engine/contract/api.ts';
import { useCheckCalendar, usePublishCalendar } from '../../api/index.ts';
import { ErrorState, FileChoice, LineProblems, ReasonDialog, useErrorText, type ChosenFile } from '../../ui/index.ts';

const EXAMPLE = 'date,type,name,remark\n2027-01-01,holiday,元旦,\n2027-01-02,workday,元旦调休,';

/** Takes a year's file: every wrong line is told with its reason, and nothing is taken while one is wrong; then what would change, and why. */
export function ImportDialog({ year, open, onClose, onRecompute }: { year: number; open: boolean; onClose: () => void; onRecompute: () => void }) {
  const { t } = useTranslation();
  return <Modal open={open} onCancel={onClose} footer={null} width={640} destroyOnHidden title={t('calendar.import.title', { year })}><ImportBody year={year} onClose={onClose} onRecompute={onRecompute} /></Modal>;
}

function ImportBody({ year, onClose, onRecompute }: { year: number; onClose: () => void; onRecompute: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const check = useCheckCalendar(year);
  const publish = usePublishCalendar(year);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [asking, setAsking] = useState(false);
  const choose = (chosen: ChosenFile) => {
    setFile(chosen);
    check.mutate(chosen.text);
  };
  const found = check.data;
  const unchanged = found !== undefined && found.added.length + found.removed.length + found.changed.length === 0;
  if (publish.isSuccess) {
    return (
      <>
        <Alert type="success" showIcon title={t('calendar.import.done', { count: publish.data.days.length })} description={t('calendar.import.thenRecompute')} />
        <div className="gc-dialog-actions"><Button onClick={onClose}>{t('calendar.close')}</Button><Button type="primary" onClick={onRecompute}>{t('calendar.recompute.open')}</Button></div>
      </>
    );
  }
  return (
    <div className="gc-import">
      <p className="gc-meta">{t('calendar.import.text', { year })}</p>
      <p className="gc-meta">{t('calendar.import.json')}</p>
      <pre className="gc-mono">{EXAMPLE.replaceAll('2027', String(year))}</pre>
      <FileChoice label={file === null ? t('calendar.import.choose') : t('calendar.import.other', { name: file.name })} accept=".csv,.json,text/csv,application/json" onChoose={choose} />
      <div aria-live="polite">
        {check.isPending && <p className="gc-meta">{t('calendar.import.checking')}</p>}
        {check.isError && <ErrorState error={check.error} />}
        {found && (found.problems.length > 0 ? <LineProblems problems={found.problems} title={t('calendar.import.wrong', { count: found.problems.length })} label={t('calendar.import.wrongList')} heads={{ line: t('calendar.import.line'), text: t('calendar.import.written'), why: t('calendar.import.why') }} why={(rule) => t(`calendar.rules.${rule}`)} className="gc-import-list" /> : <Differences check={found} unchanged={unchanged} />)}
      </div>
      <div className="gc-dialog-actions"><Button onClick={onClose}>{t('actions.cancel')}</Button><Button type="primary" disabled={!found || found.problems.length > 0 || unchanged} onClick={() => setAsking(true)}>{t('calendar.import.publish')}</Button></div>
      <ReasonDialog open={asking} title={t('calendar.import.publishTitle', { year })} confirm={t('calendar.import.publish')} busy={publish.isPending} error={publish.isError ? errorText(publish.error) : undefined} onCancel={() => setAsking(false)} onConfirm={(reason) => file && publish.mutate({ csv: file.text, reason }, { onSuccess: () => setAsking(false) })}><p>{t('calendar.day.effect')}</p></ReasonDialog>
    </div>
  );
}

function Differences({ check, unchanged }: { check: CalendarCheck; unchanged: boolean }) {
  const { t } = useTranslation();
  if (unchanged) return <Alert type="info" showIcon title={t('calendar.import.same')} />;
  const rows = (['added', 'changed', 'removed'] as const).flatMap((kind) => check[kind].map((day): [typeof kind, CalendarDayView] => [kind, day]));
  return (
    <>
      <Alert type="info" showIcon title={t('calendar.import.right', { count: check.days, added: check.added.length, changed: check.changed.length, removed: check.removed.length })} />
      <div className="gc-import-list" role="region" aria-label={t('calendar.import.differences')} tabIndex={0}>
        <table><thead><tr><th scope="col">{t('calendar.import.change')}</th><th scope="col">{t('calendar.import.date')}</th><th scope="col">{t('calendar.day.type')}</th><th scope="col">{t('calendar.day.name')}</th></tr></thead>
          <tbody>{rows.map(([kind, day]) => <tr key={day.date}><td>{t(`calendar.import.kinds.${kind}`)}</td><td>{day.date}</td><td>{t(`calendar.types.${day.type}`)}</td><td>{day.name}</td></tr>)}</tbody>
        </table>
      </div>
    </>
  );
}
