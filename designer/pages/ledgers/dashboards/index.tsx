import { BarChartOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { useDashboards } from '../../../api/index.ts';
import { EmptyState, ErrorState, PageSkeleton } from '../../../ui/index.ts';
import { DashboardPage } from './dashboard-page.tsx';
import '../ledgers.css';
import './dashboards.css';

/** Routes below `/dashboards`. */
export default function DashboardPages() {
  const { t } = useTranslation();
  const dashboards = useDashboards();
  if (dashboards.isPending) return <PageSkeleton />;
  if (dashboards.isError) return <ErrorState error={dashboards.error} onRetry={() => void dashboards.refetch()} />;
  const [first] = dashboards.data;
  if (first === undefined) return <EmptyState icon={<BarChartOutlined />} title={t('dashboards.none')} text={t('dashboards.noneText')} />;
  return (
    <Routes>
      <Route index element={<Navigate to={first.id} replace />} />
      <Route path=":dashboard" element={<DashboardPage dashboards={dashboards.data} />} />
    </Routes>
  );
}
