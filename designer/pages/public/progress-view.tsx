import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PublicProgress, PublicProgressStep } from '../../../engine/contract/api.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useFormat, ZoneProvider } from '../../ui/index.ts';

/** One case as its customer sees it: where it stands, and what has happened. */
export function ProgressView({ progress, onBack }: { progress: PublicProgress; onBack: () => void }) {
  const { t } = useTranslation();
  return (
    <ZoneProvider zone={progress.zone}>
      <h1>{t(`public.progress.series.${progress.series}`)} {progress.recordNo}</h1>
      <Facts progress={progress} />
      <h2>{t('public.progress.steps')}</h2>
      <ol className="gc-public-steps">
        <Step at={progress.registeredAt} text={t('public.progress.registered')} />
        {progress.steps.map((step) => <StepOf key={`${step.at}${step.status ?? step.title?.zh ?? ''}`} step={step} />)}
        {progress.closedAt !== null && <Step at={progress.closedAt} text={t('public.progress.closed')} />}
      </ol>
      <Button size="large" block onClick={onBack}>{t('public.progress.other')}</Button>
    </ZoneProvider>
  );
}

function Facts({ progress }: { progress: PublicProgress }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const outcome = `public.progress.outcome.${progress.outcome ?? ''}`;
  return (
    <dl className="gc-public-facts">
      <dt>{t('public.progress.state')}</dt>
      <dd>{progress.closedAt === null ? t('public.progress.working') : progress.outcome !== null && i18n.exists(outcome) ? t(outcome) : t('public.progress.closed')}</dd>
      {progress.dueAt !== null && <><dt>{t('public.progress.due')}</dt><dd>{format.dateTime(progress.dueAt)}</dd></>}
    </dl>
  );
}

function StepOf({ step }: { step: PublicProgressStep }) {
  const { t, i18n } = useTranslation();
  const { short } = useLanguage();
  const format = useFormat();
  const status = `public.progress.status.${step.status ?? ''}`;
  const text = step.title !== null ? t('public.progress.told', { subject: step.title[short] }) : i18n.exists(status) ? t(status) : t('public.progress.moved');
  return <Step at={step.at} text={step.eta === null ? text : `${text} · ${t('public.progress.eta', { at: format.dateTime(step.eta) })}`} />;
}

function Step({ at, text }: { at: string; text: string }) {
  const format = useFormat();
  return <li><time dateTime={at}>{format.dateTime(at)}</time><span>{text}</span></li>;
}
