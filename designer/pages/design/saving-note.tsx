import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useErrorText, useFormat } from '../../ui/index.ts';
import type { SavingState } from './use-draft-saving.ts';

/** Says whether the draft is stored, and what to do when it is not. */
export function SavingNote({ state, savedAt, error, onReload, onRetry }: { state: SavingState; savedAt: string | null; error: unknown; onReload: () => void; onRetry: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  if (state === 'conflict') return <span role="alert" className="gc-bad">{t('design.saving.conflict')} <Button size="small" onClick={onReload}>{t('states.reload')}</Button></span>;
  if (state === 'failed') return <span role="alert" className="gc-bad">{errorText(error)} <Button size="small" onClick={onRetry}>{t('states.retry')}</Button></span>;
  const text = state === 'saved' && savedAt !== null ? t('design.saving.savedAt', { time: format.time(savedAt) }) : t(`design.saving.${state}`);
  return <span role="status" className="gc-meta">{text}</span>;
}
