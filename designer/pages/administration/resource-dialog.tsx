import { useState } from 'react';
import { Alert, App, Button, Checkbox, Input, Select, Switch } from 'antd';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ResourceEntry, ServiceResource } from '../../../engine/contract/administration.ts';
import { useDirectory, useSaveResource } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { IconButton, ReasonDialog, useErrorText } from '../../ui/index.ts';
import { Labeled } from './labeled.tsx';

const empty: ResourceEntry = { resourceId: '', groupId: '', site: null, name: '', nameEn: '', skills: [], active: true, hours: [{ opens: '09:00', closes: '12:00' }, { opens: '13:30', closes: '17:30' }] };
const skills = ['assist', 'interpreter'];
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Adds a resource (`null`) or changes one; taking it out of service says what stays booked. */
export function ResourceDialog({ resource, onClose }: { resource: ServiceResource | null; onClose: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const directory = useDirectory().data;
  const save = useSaveResource();
  const [entry, setEntry] = useState<ResourceEntry>(() => (resource === null ? empty : entryOf(resource)));
  const set = (change: Partial<ResourceEntry>) => { save.reset(); setEntry({ ...entry, ...change }); };
  const setHours = (index: number, change: Partial<ResourceEntry['hours'][number]>) => set({ hours: entry.hours.map((each, at) => (at === index ? { ...each, ...change } : each)) });
  const same = resource !== null && JSON.stringify(entry) === JSON.stringify(entryOf(resource));
  const missing = [entry.resourceId, entry.groupId, entry.name, entry.nameEn].some((one) => one.trim() === '');
  const confirm = (reason: string) => save.mutate({ ...entry, adds: resource === null, reason }, { onSuccess: () => { void message.success(t('administration.saved')); onClose(); } });
  return (
    <ReasonDialog open title={t(resource === null ? 'administration.resources.add' : 'administration.resources.change')} confirm={t('administration.save')} busy={save.isPending} blocked={same || missing || entry.hours.some(({ opens, closes }) => !TIME.test(opens) || !TIME.test(closes))} error={save.isError ? errorText(save.error) : undefined} onConfirm={confirm} onCancel={onClose}>
      <div className="gc-entry">
        <Labeled label={t('administration.id')} required><Input value={entry.resourceId} disabled={resource !== null} maxLength={40} placeholder="east_counter_3" onChange={(event) => set({ resourceId: event.target.value.trim() })} /></Labeled>
        <Labeled label={t('administration.name')} required><Input value={entry.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} /></Labeled>
        <Labeled label={t('administration.nameEn')} required><Input value={entry.nameEn} maxLength={100} onChange={(event) => set({ nameEn: event.target.value })} /></Labeled>
        <Labeled plain label={t('administration.heads.group')} required><Select showSearch optionFilterProp="label" aria-label={t('administration.heads.group')} value={entry.groupId || null} onChange={(groupId: string) => set({ groupId })} options={(directory?.groups ?? []).map((one) => ({ value: one.id, label: named(one.name, one.nameEn) }))} /></Labeled>
        <Labeled plain label={t('administration.heads.site')}><Select showSearch optionFilterProp="label" aria-label={t('administration.heads.site')} value={entry.site ?? ''} onChange={(site: string) => set({ site: site === '' ? null : site })} options={[{ value: '', label: t('administration.everywhere') }, ...(directory?.sites ?? []).map((one) => ({ value: one.id, label: named(one.name, one.nameEn) }))]} /></Labeled>
        <fieldset className="gc-entry-hours">
          <legend className="gc-field-label">{t('administration.heads.hours')}</legend>
          {entry.hours.map((each, index) => (
            <div key={index}>
              <Time label={t('administration.opens')} value={each.opens} onChange={(opens) => setHours(index, { opens })} />–
              <Time label={t('administration.closes')} value={each.closes} onChange={(closes) => setHours(index, { closes })} />
              <IconButton label={t('administration.removeHours')} icon={<DeleteOutlined />} onClick={() => set({ hours: entry.hours.filter((_, at) => at !== index) })} />
            </div>
          ))}
          <div><Button icon={<PlusOutlined aria-hidden />} onClick={() => set({ hours: [...entry.hours, { opens: '13:30', closes: '17:30' }] })}>{t('administration.addHours')}</Button></div>
        </fieldset>
        <fieldset><legend className="gc-field-label">{t('administration.heads.skills')}</legend><Checkbox.Group value={entry.skills} onChange={(next) => set({ skills: next })} options={skills.map((value) => ({ value, label: t(`administration.skills.${value}`) }))} /></fieldset>
        <label className="gc-field-label"><Switch checked={entry.active} aria-label={t('administration.active')} onChange={(active) => set({ active })} /> {t(entry.active ? 'administration.active' : 'administration.inactive')}</label>
        {resource?.active === true && !entry.active && <Alert type="warning" showIcon title={t('administration.resources.deactivate', { count: resource.upcoming })} />}
        {resource !== null && entry.active && resource.upcoming > 0 && JSON.stringify(entry.hours) !== JSON.stringify(resource.hours) && <Alert type="info" showIcon title={t('administration.resources.hoursKeep', { count: resource.upcoming })} />}
      </div>
    </ReasonDialog>
  );
}

/** A wall time of 24 hours. */
function Time({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return <Input aria-label={label} value={value} maxLength={5} placeholder="09:00" {...(TIME.test(value) ? {} : { status: 'error' as const, 'aria-invalid': true })} onChange={(event) => onChange(event.target.value.replace('：', ':').trim())} />;
}

function entryOf({ resourceId, groupId, site, name, nameEn, skills: able, active, hours }: ServiceResource): ResourceEntry {
  return { resourceId, groupId, site, name, nameEn, skills: able, active, hours };
}
