import { Route, Routes } from 'react-router';
import { ApartmentOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageHeader, useCrumbs } from '../../ui/index.ts';

/** Routes below `/design`. */
export default function DesignPages() {
  return <Routes><Route path="*" element={<DesignHome />} /></Routes>;
}

function DesignHome() {
  const { t } = useTranslation();
  useCrumbs([{ label: t('areas.design') }]);
  return (
    <>
      <PageHeader title={t('areas.design')} />
      <EmptyState icon={<ApartmentOutlined />} title={t('states.notYet.title')} text={t('states.notYet.text')} />
    </>
  );
}
