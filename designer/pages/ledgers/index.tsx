import { TableOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { useLedgers } from '../../api/index.ts';
import { EmptyState, ErrorState, PageSkeleton } from '../../ui/index.ts';
import { LedgerPage } from './ledger-page.tsx';
import './ledgers.css';

/** Routes below `/ledgers`: one page for every ledger this person may open. */
export default function LedgerPages() {
  const { t } = useTranslation();
  const ledgers = useLedgers();
  if (ledgers.isPending) return <PageSkeleton />;
  if (ledgers.isError) return <ErrorState error={ledgers.error} onRetry={() => void ledgers.refetch()} />;
  const [first] = ledgers.data;
  if (first === undefined) return <EmptyState icon={<TableOutlined />} title={t('ledgers.none')} text={t('ledgers.noneText')} />;
  return (
    <Routes>
      <Route index element={<Navigate to={first.id} replace />} />
      <Route path=":ledger" element={<LedgerPage ledgers={ledgers.data} />} />
    </Routes>
  );
}
