import { Route, Routes } from 'react-router';
import { RadarChartOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageHeader, useCrumbs } from '../../ui/index.ts';

/** Routes below `/monitor`. */
export default function MonitorPages() {
  return <Routes><Route path="*" element={<MonitorHome />} /></Routes>;
}

function MonitorHome() {
  const { t } = useTranslation();
  useCrumbs([{ label: t('areas.monitor') }]);
  return (
    <>
      <PageHeader title={t('areas.monitor')} />
      <EmptyState icon={<RadarChartOutlined />} title={t('states.notYet.title')} text={t('states.notYet.text')} />
    </>
  );
}
