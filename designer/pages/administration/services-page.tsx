import { useState } from 'react';
import { Button, Segmented } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CustomerAdvisers, ServiceAdministration, ServiceProduct, ServiceResource } from '../../../engine/contract/administration.ts';
import { useDirectory, useServiceAdministration } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, ErrorState, PageHeader, PageSkeleton, useCrumbs } from '../../ui/index.ts';
import { AdviserDialog } from './adviser-dialog.tsx';
import { ProductDialog } from './product-dialog.tsx';
import { ResourceDialog } from './resource-dialog.tsx';
import './administration.css';

const tabs = ['resources', 'products', 'advisers'] as const;
type Tab = (typeof tabs)[number];

/** 服务资源、目录与顾问: what customers book and apply for, and who advises them. The tab is in the address. */
export default function ServicesPage() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const tab = tabs.find((one) => one === query.get('tab')) ?? 'resources';
  const services = useServiceAdministration();
  useCrumbs([{ label: t('areas.admin'), to: '/admin' }, { label: t('administration.title') }]);
  return (
    <div className="gc-admin-page">
      <PageHeader title={t('administration.title')} meta={t('administration.text')}>
        <div className="gc-admin-tools"><Segmented<Tab> aria-label={t('administration.title')} value={tab} onChange={(next) => setQuery({ tab: next }, { replace: true })} options={tabs.map((value) => ({ value, label: t(`administration.tabs.${value}`) }))} /></div>
      </PageHeader>
      <div className="gc-admin-body" role="region" aria-label={t('administration.title')} tabIndex={0}>
        {services.isPending ? <PageSkeleton /> : services.isError ? <ErrorState error={services.error} onRetry={() => void services.refetch()} /> : tab === 'resources' ? <Resources services={services.data} /> : tab === 'products' ? <Products services={services.data} /> : <Advisers services={services.data} />}
      </div>
    </div>
  );
}

function Resources({ services }: { services: ServiceAdministration }) {
  const { t } = useTranslation();
  const named = useNamed();
  const directory = useDirectory().data;
  const [open, setOpen] = useState<ServiceResource | 'new' | null>(null);
  const nameOf = (list: readonly { id: string; name: string; nameEn: string }[] | undefined, id: string) => { const found = list?.find((one) => one.id === id); return found === undefined ? id : named(found.name, found.nameEn); };
  return (
    <section aria-label={t('administration.tabs.resources')}>
      <div className="gc-admin-head"><p className="gc-meta">{t('administration.resources.text')}</p><Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen('new')}>{t('administration.resources.add')}</Button></div>
      <div className="gc-admin-table" role="region" aria-label={t('administration.tabs.resources')} tabIndex={0}>
        <table>
          <thead><tr>{(['name', 'site', 'group', 'hours', 'skills', 'upcoming', 'state'] as const).map((head) => <th key={head} scope="col" data-number={head === 'upcoming'}>{t(`administration.heads.${head}`)}</th>)}</tr></thead>
          <tbody>
            {services.resources.map((one) => (
              <tr key={one.resourceId} data-off={!one.active}>
                <th scope="row"><button type="button" className="gc-link" onClick={() => setOpen(one)}>{named(one.name, one.nameEn)}</button></th>
                <td>{one.site === null ? t('administration.everywhere') : nameOf(directory?.sites, one.site)}</td>
                <td>{nameOf(directory?.groups, one.groupId)}</td>
                <td>{one.hours.map((each) => `${each.opens}–${each.closes}`).join(t('ledgers.comma')) || '—'}</td>
                <td>{one.skills.map((skill) => t(`administration.skills.${skill}`)).join(t('ledgers.comma')) || '—'}</td>
                <td data-number>{one.upcoming}</td>
                <td><Chip tone={one.active ? 'ok' : 'neutral'}>{t(one.active ? 'administration.active' : 'administration.inactive')}</Chip></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open !== null && <ResourceDialog resource={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Products({ services }: { services: ServiceAdministration }) {
  const { t } = useTranslation();
  const named = useNamed();
  const [open, setOpen] = useState<ServiceProduct | 'new' | null>(null);
  return (
    <section aria-label={t('administration.tabs.products')}>
      <div className="gc-admin-head"><p className="gc-meta">{t('administration.products.text')}</p><Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen('new')}>{t('administration.products.add')}</Button></div>
      <div className="gc-admin-table" role="region" aria-label={t('administration.tabs.products')} tabIndex={0}>
        <table>
          <thead><tr>{(['name', 'business', 'risk', 'days', 'open', 'state'] as const).map((head) => <th key={head} scope="col" data-number={head === 'open' || head === 'days'}>{t(`administration.heads.${head}`)}</th>)}</tr></thead>
          <tbody>
            {services.products.map((one) => (
              <tr key={one.product} data-off={!one.active}>
                <th scope="row"><button type="button" className="gc-link" onClick={() => setOpen(one)}>{named(one.name, one.nameEn)}</button></th>
                <td>{t(`administration.businesses.${one.business}`)}</td>
                <td>{one.productRisk ?? '—'}</td>
                <td data-number>{one.executeDays ?? t('administration.byDefault')}</td>
                <td data-number>{one.open}</td>
                <td><Chip tone={one.active ? 'ok' : 'neutral'}>{t(one.active ? 'administration.active' : 'administration.inactive')}</Chip></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open !== null && <ProductDialog product={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Advisers({ services }: { services: ServiceAdministration }) {
  const { t } = useTranslation();
  const users = useDirectory().data?.users;
  const [open, setOpen] = useState<CustomerAdvisers | 'new' | null>(null);
  return (
    <section aria-label={t('administration.tabs.advisers')}>
      <div className="gc-admin-head"><p className="gc-meta">{t('administration.advisers.text')}</p><Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen('new')}>{t('administration.advisers.add')}</Button></div>
      {services.advisers.length === 0 ? <p className="gc-meta">{t('administration.advisers.none')}</p> : (
        <div className="gc-admin-table" role="region" aria-label={t('administration.tabs.advisers')} tabIndex={0}>
          <table>
            <thead><tr><th scope="col">{t('administration.heads.customer')}</th><th scope="col">{t('administration.heads.advisers')}</th></tr></thead>
            <tbody>{services.advisers.map((one) => <tr key={one.customerNo}><th scope="row"><button type="button" className="gc-link" onClick={() => setOpen(one)}>{one.customerNo}</button></th><td>{one.userIds.map((id) => users?.find((user) => user.id === id)?.name ?? id).join(t('ledgers.comma'))}</td></tr>)}</tbody>
          </table>
        </div>
      )}
      {open !== null && <AdviserDialog advisers={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </section>
  );
}
