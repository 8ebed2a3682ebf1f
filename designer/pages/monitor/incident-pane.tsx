import { useState } from 'react';
import { App, Button, InputNumber } from 'antd';
import { CheckCircleOutlined, ExclamationCircleFilled, ReloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../../engine/contract/api.ts';
import { useResolveIncident } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { EmptyState, ReasonDialog, TechnicalDetail, useErrorText, useFormat } from '../../ui/index.ts';

/** Open incidents with cause and remedy first, resolved ones below. */
export function IncidentPane({ incidents, onSelect }: { incidents: readonly Incident[]; onSelect: (elementId: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const open = incidents.filter((incident) => incident.state === 'open');
  const resolved = incidents.filter((incident) => incident.state === 'resolved');
  return (
    <section>
      <h2>{t('monitor.incidents.title')} <span className="gc-meta">{t('monitor.incidents.open', { count: open.length })}</span></h2>
      {open.length === 0 && <EmptyState icon={<CheckCircleOutlined />} title={t('monitor.incidents.none')} />}
      {open.map((incident) => <IncidentCard key={incident.key} incident={incident} onSelect={onSelect} />)}
      {resolved.length > 0 && <ul className="gc-incidents-resolved">{resolved.map((incident) => <li key={incident.key}><span>{named(incident.elementName, incident.elementNameEn)}</span> <span className="gc-meta">{t('monitor.incidents.resolvedAt', { time: incident.resolvedAt === null ? '' : format.short(incident.resolvedAt) })}</span></li>)}</ul>}
    </section>
  );
}

function IncidentCard({ incident, onSelect }: { incident: Incident; onSelect: (elementId: string) => void }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const format = useFormat();
  const named = useNamed();
  const resolve = useResolveIncident();
  const [asking, setAsking] = useState(false);
  const [retries, setRetries] = useState(3);
  const kind = (part: 'names' | 'remedies') => (i18n.exists(`monitor.incidents.${part}.${incident.errorType}`) ? t(`monitor.incidents.${part}.${incident.errorType}`) : t(`monitor.incidents.${part}.other`));
  const confirm = (reason: string) => resolve.mutate({ key: incident.key, reason, ...(incident.jobKey === null ? {} : { retries }) }, { onSuccess: () => { setAsking(false); void message.success(t('monitor.incidents.done')); } });
  return (
    <article className="gc-incident-card" aria-label={kind('names')}>
      <header><ExclamationCircleFilled aria-hidden /> <h3>{kind('names')}</h3> <time className="gc-meta" dateTime={incident.createdAt}>{format.short(incident.createdAt)}</time></header>
      <dl>
        <dt>{t('monitor.incidents.where')}</dt><dd><button type="button" className="gc-link" onClick={() => onSelect(incident.elementId)}>{named(incident.elementName, incident.elementNameEn)}</button>{incident.jobType && <> · {t('monitor.incidents.job')} <code className="gc-mono">{incident.jobType}</code></>}</dd>
        <dt>{t('monitor.incidents.cause')}</dt><dd>{incident.message}</dd>
        <dt>{t('monitor.incidents.remedy')}</dt><dd>{kind('remedies')}</dd>
      </dl>
      {incident.sameCause > 0 && <p className="gc-meta">{t('monitor.incidents.same', { count: incident.sameCause })}</p>}
      <Button type="primary" icon={<ReloadOutlined aria-hidden />} onClick={() => { resolve.reset(); setAsking(true); }}>{t('monitor.incidents.retry')}</Button>
      <TechnicalDetail text={`${incident.errorType}\n${incident.message}\nelement ${incident.elementId}\nincident ${incident.key}${incident.jobKey === null ? '' : `\njob ${incident.jobKey}`}`} />
      <ReasonDialog open={asking} title={t('monitor.incidents.retryTitle', { name: named(incident.elementName, incident.elementNameEn) })} confirm={t('monitor.incidents.retry')} busy={resolve.isPending} error={resolve.isError ? errorText(resolve.error) : undefined} onCancel={() => setAsking(false)} onConfirm={confirm}>
        <p>{t('monitor.incidents.retryWhat')}</p>
        {incident.jobKey !== null && <label className="gc-field-label">{t('monitor.incidents.retries')} <InputNumber min={1} max={10} value={retries} onChange={(value) => setRetries(value ?? 3)} aria-label={t('monitor.incidents.retries')} /></label>}
      </ReasonDialog>
    </article>
  );
}
