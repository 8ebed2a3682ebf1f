import { Alert, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRecomputeRun } from '../../api/index.ts';
import { useFormat } from '../../ui/index.ts';

/** The last time deadlines were computed anew: how far it is, or what it did. */
export function RunNote() {
  const { t } = useTranslation();
  const format = useFormat();
  const run = useRecomputeRun().data;
  if (!run) return null;
  const done = run.moved + run.skipped + run.failed;
  if (run.state === 'running') return <Alert className="gc-run" type="info" showIcon title={t('calendar.run.running', { done, count: run.total })} description={<Progress percent={run.total === 0 ? 100 : Math.floor((done / run.total) * 100)} aria-label={t('calendar.recompute.title')} />} />;
  if (run.state === 'interrupted') return <Alert className="gc-run" type="warning" showIcon title={t('calendar.run.interrupted', { done, count: run.total })} description={t('calendar.run.interruptedText')} />;
  return <Alert className="gc-run" type={run.failed > 0 ? 'warning' : 'success'} showIcon closable title={t('calendar.run.done', { time: format.dateTime(run.finishedAt ?? run.startedAt), by: run.by, moved: run.moved, skipped: run.skipped, failed: run.failed })} description={t('calendar.run.reason', { reason: run.reason })} />;
}
