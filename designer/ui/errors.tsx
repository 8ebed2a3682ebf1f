import { useState, type ReactNode } from 'react';
import { Button } from 'antd';
import { CloudServerOutlined, LockOutlined, ReloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { CopyText } from './copy-text.tsx';
import { StateBlock } from './state-block.tsx';

/** What an error of the API looks like from here: a code to translate, and where it happened. */
interface CodedError {
  code: string;
  params?: Record<string, string | number>;
  where?: string;
  message: string;
}

function coded(error: unknown): CodedError {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error as Error & CodedError;
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** One sentence a person can act on, from an error's code. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    const { code, params } = coded(error);
    const key = `errors.${code}`;
    return i18n.exists(key) ? t(key, params) : t('errors.internal');
  };
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** Names what could not be shown, e.g. "The task was not loaded". */
  title?: string;
  actions?: ReactNode;
}

/** In place of content: what happened, what to do, the technical detail to unfold and copy. */
export function ErrorState({ error, onRetry, title, actions }: ErrorStateProps) {
  const { t } = useTranslation();
  const text = useErrorText();
  const { code, where, message } = coded(error);
  const closed = code === 'forbidden' || code === 'recused';
  return (
    <StateBlock
      tone={closed ? 'neutral' : 'bad'} icon={closed ? <LockOutlined /> : <CloudServerOutlined />} title={title ?? t('states.error.title')} text={text(error)} role="alert"
      actions={<>{onRetry && !closed && <Button type="primary" icon={<ReloadOutlined aria-hidden />} onClick={onRetry}>{t('states.retry')}</Button>}{actions}</>}
    >
      <TechnicalDetail text={[where, message].filter(Boolean).join('\n')} />
    </StateBlock>
  );
}

/** The part of an error for those who mend it. */
export function TechnicalDetail({ text }: { text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="gc-detail">
      <div className="gc-detail-head">
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}><span aria-hidden>{open ? '▾' : '▸'}</span> {t('states.detail')}</button>
        <CopyText text={text} label={t('states.copy')} />
      </div>
      {open && <pre className="gc-mono">{text}</pre>}
    </div>
  );
}
