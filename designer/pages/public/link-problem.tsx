import { Button } from 'antd';
import { CheckOutlined, ClockCircleOutlined, CloudServerOutlined, FileSearchOutlined, InboxOutlined, ReloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../ui/index.ts';
import { isFinal } from './final-errors.ts';
import { Notice } from './notice.tsx';

const icons = { link_used: <CheckOutlined />, link_expired: <ClockCircleOutlined />, link_closed: <InboxOutlined />, not_found: <FileSearchOutlined /> };

/** Why a link does not open, and what the customer can do now. */
export function LinkProblem({ error, onRetry, retrying = false }: { error: unknown; onRetry?: () => void; retrying?: boolean }) {
  const { t } = useTranslation();
  const text = useErrorText();
  if (isFinal(error)) {
    return <Notice tone={error.code === 'link_used' ? 'accent' : 'neutral'} icon={icons[error.code as keyof typeof icons]} title={t(`public.problem.${error.code}.title`)} text={t(`public.problem.${error.code}.text`)} />;
  }
  return (
    <Notice
      tone="bad" icon={<CloudServerOutlined />} title={t('public.problem.other.title')} text={text(error)}
      actions={onRetry && <Button type="primary" size="large" icon={<ReloadOutlined aria-hidden />} loading={retrying} onClick={onRetry}>{t('states.retry')}</Button>}
    />
  );
}
