import { Button } from 'antd';
import { FileSearchOutlined, LockOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useNavigate, useRouteError } from 'react-router';
import { StateBlock, TechnicalDetail, useCrumbs } from '../ui/index.ts';

/** Shown when a role does not open an area: what is missing, whom to ask. */
export function NoPermissionPage({ area }: { area: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useCrumbs([{ label: area }]);
  return (
    <StateBlock
      level={1} tone="neutral" icon={<LockOutlined />} title={t('states.noPermission.title', { area })} text={t('states.noPermission.text')}
      actions={<Button type="primary" onClick={() => void navigate('/')}>{t('states.backHome')}</Button>}
    />
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useCrumbs([{ label: t('states.notFound.title') }]);
  return (
    <StateBlock
      level={1} tone="neutral" icon={<FileSearchOutlined />} title={t('states.notFound.title')} text={t('states.notFound.text')}
      actions={<Button type="primary" onClick={() => void navigate('/')}>{t('states.backHome')}</Button>}
    />
  );
}

/** What is left when rendering failed. */
export function CrashPage({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <StateBlock
      level={1} tone="bad" icon={<WarningOutlined />} title={t('states.crash.title')} text={t('states.crash.text')}
      actions={<Button type="primary" onClick={() => window.location.reload()}>{t('states.reload')}</Button>}
    >
      <TechnicalDetail text={`${error.name}: ${error.message}\n${window.location.pathname} · ${new Date().toISOString()}`} />
    </StateBlock>
  );
}

/** The router's own boundary: a page that could not be loaded or threw. */
export function RouteCrashPage() {
  const thrown = useRouteError();
  return <CrashPage error={thrown instanceof Error ? thrown : new Error(String(thrown))} />;
}
