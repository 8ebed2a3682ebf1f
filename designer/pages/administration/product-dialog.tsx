import { useState } from 'react';
import { Alert, App, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProductEntry, ServiceProduct } from '../../../engine/contract/administration.ts';
import { useSaveProduct } from '../../api/index.ts';
import { ReasonDialog, useErrorText } from '../../ui/index.ts';
import { Labeled } from './labeled.tsx';

const businesses = ['account', 'deposit_payment', 'wealth', 'credit', 'insurance', 'fund_securities', 'cross_border', 'digital', 'card', 'other'];
const classes = ['basic', 'comprehensive', 'digital', 'special', 'value_added'];
const risks = ['R1', 'R2', 'R3', 'R4', 'R5'];
const empty: ProductEntry = { product: '', business: 'account', serviceClass: 'basic', name: '', nameEn: '', productRisk: null, executeDays: null, active: true };

/** Adds a product to the catalogue (`null`) or changes one; withdrawing it says how many applications go on. */
export function ProductDialog({ product, onClose }: { product: ServiceProduct | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const save = useSaveProduct();
  const [entry, setEntry] = useState<ProductEntry>(() => (product === null ? empty : entryOf(product)));
  const set = (change: Partial<ProductEntry>) => { save.reset(); setEntry({ ...entry, ...change }); };
  const same = product !== null && JSON.stringify(entry) === JSON.stringify(entryOf(product));
  const missing = [entry.product, entry.name, entry.nameEn].some((one) => one.trim() === '');
  const confirm = (reason: string) => save.mutate({ ...entry, adds: product === null, reason }, { onSuccess: () => { void message.success(t('administration.saved')); onClose(); } });
  return (
    <ReasonDialog open title={t(product === null ? 'administration.products.add' : 'administration.products.change')} confirm={t('administration.save')} busy={save.isPending} blocked={same || missing} error={save.isError ? errorText(save.error) : undefined} onConfirm={confirm} onCancel={onClose}>
      <div className="gc-entry">
        <Labeled label={t('administration.id')} required><Input value={entry.product} disabled={product !== null} maxLength={40} placeholder="fund_bond" onChange={(event) => set({ product: event.target.value.trim() })} /></Labeled>
        <Labeled label={t('administration.name')} required><Input value={entry.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} /></Labeled>
        <Labeled label={t('administration.nameEn')} required><Input value={entry.nameEn} maxLength={100} onChange={(event) => set({ nameEn: event.target.value })} /></Labeled>
        <Labeled plain label={t('administration.heads.business')} required><Select showSearch optionFilterProp="label" aria-label={t('administration.heads.business')} value={entry.business} onChange={(business: string) => set({ business })} options={businesses.map((value) => ({ value, label: t(`administration.businesses.${value}`) }))} /></Labeled>
        <Labeled plain label={t('administration.serviceClass')}><Select showSearch optionFilterProp="label" aria-label={t('administration.serviceClass')} value={entry.serviceClass ?? ''} onChange={(value: string) => set({ serviceClass: value === '' ? null : value })} options={[{ value: '', label: '—' }, ...classes.map((value) => ({ value, label: t(`administration.classes.${value}`) }))]} /></Labeled>
        <Labeled plain label={t('administration.heads.risk')}><Select showSearch optionFilterProp="label" aria-label={t('administration.heads.risk')} value={entry.productRisk ?? ''} onChange={(value: string) => set({ productRisk: value === '' ? null : value })} options={[{ value: '', label: '—' }, ...risks.map((value) => ({ value, label: value }))]} /></Labeled>
        <Labeled plain label={t('administration.heads.days')}><InputNumber aria-label={t('administration.heads.days')} min={1} max={365} precision={0} value={entry.executeDays} placeholder={t('administration.byDefault')} onChange={(executeDays) => set({ executeDays })} /></Labeled>
        <label className="gc-field-label"><Switch checked={entry.active} aria-label={t('administration.active')} onChange={(active) => set({ active })} /> {t(entry.active ? 'administration.active' : 'administration.inactive')}</label>
        {product?.active === true && !entry.active && <Alert type="warning" showIcon title={t('administration.products.deactivate', { count: product.open })} />}
      </div>
    </ReasonDialog>
  );
}

function entryOf({ product, business, serviceClass, name, nameEn, productRisk, executeDays, active }: ServiceProduct): ProductEntry {
  return { product, business, serviceClass, name, nameEn, productRisk, executeDays, active };
}
