import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import { ExclamationCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useAskForCode, useOpenProgress } from '../../api/index.ts';
import { useErrorText } from '../../ui/index.ts';
import { PublicFrame } from './public-frame.tsx';
import { ProgressView } from './progress-view.tsx';

const NUMBER = /^[A-Z]{2}\d{8}-\d{4,}$/;

/** How far a case is: its number, then the code sent to the contact on file. Whoever has just sent something in needs no code. */
export function ProgressPage({ languages }: { languages: ReactNode }) {
  const { t } = useTranslation();
  const ticket = (useLocation().state as { ticket?: string } | null)?.ticket;
  const open = useOpenProgress();
  const { mutate } = open;
  useEffect(() => {
    if (ticket !== undefined) mutate({ ticket });
  }, [ticket, mutate]);
  return (
    <PublicFrame title={t('public.progress.title')} languages={languages}>
      {open.isSuccess ? <ProgressView progress={open.data} onBack={() => open.reset()} /> : <Ask open={open} />}
    </PublicFrame>
  );
}

function Ask({ open }: { open: ReturnType<typeof useOpenProgress> }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const ask = useAskForCode();
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [checked, setChecked] = useState(false);
  const recordNo = number.trim().toUpperCase();
  const known = NUMBER.test(recordNo);
  const failed = open.error ?? ask.error;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (!known) return;
    if (!ask.isSuccess) ask.mutate(recordNo);
    else if (/^\d{6}$/.test(code.trim())) open.mutate({ recordNo, code: code.trim() });
  };
  return (
    <>
      <h1>{t('public.progress.title')}</h1>
      <p className="gc-public-intro">{t('public.progress.intro')}</p>
      <form className="gc-public-ask" onSubmit={send} noValidate aria-label={t('public.progress.title')}>
        <label htmlFor="gc-record-no">{t('public.progress.number')}</label>
        <Input
          id="gc-record-no" size="large" value={number} autoComplete="off" placeholder="TS20261123-0001" aria-invalid={checked && !known} aria-describedby="gc-record-no-help"
          onChange={(event) => { setNumber(event.target.value); ask.reset(); open.reset(); setCode(''); }}
        />
        <p id="gc-record-no-help" className="gc-meta" data-bad={checked && !known} role={checked && !known ? 'alert' : undefined}>{t('public.progress.number_help')}</p>
        {ask.isSuccess && (
          <>
            <p role="status" className="gc-public-sent">{t('public.progress.sent', { minutes: ask.data.minutes })}</p>
            <label htmlFor="gc-code">{t('public.progress.code')}</label>
            <Input id="gc-code" size="large" value={code} inputMode="numeric" autoComplete="one-time-code" maxLength={6} onChange={(event) => setCode(event.target.value)} autoFocus />
          </>
        )}
        {failed && <p className="gc-public-failed" role="alert"><ExclamationCircleFilled aria-hidden /> {errorText(failed)}</p>}
        <Button type="primary" htmlType="submit" size="large" block loading={ask.isPending || open.isPending}>{ask.isSuccess ? t('public.progress.open') : t('public.progress.send')}</Button>
        {ask.isSuccess && <Button type="link" onClick={() => { setCode(''); open.reset(); ask.mutate(recordNo); }}>{t('public.progress.again')}</Button>}
      </form>
    </>
  );
}
