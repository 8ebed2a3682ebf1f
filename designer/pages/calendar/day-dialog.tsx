import { useState } from 'react';
import { App, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CalendarDayView, CalendarYear } from '../../../engine/contract/api.ts';
import { useChangeDay } from '../../api/index.ts';
import { ReasonDialog, useErrorText } from '../../ui/index.ts';

/** Makes one day a holiday, a make-up day or an ordinary one, and asks why. */
export function DayDialog({ calendar, date, onClose }: { calendar: CalendarYear; date: string | null; onClose: () => void }) {
  return date === null ? null : <OpenDay key={date} calendar={calendar} date={date} onClose={onClose} />;
}

function OpenDay({ calendar, date, onClose }: { calendar: CalendarYear; date: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const before = calendar.days.find((day) => day.date === date);
  const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  const [type, setType] = useState<CalendarDayView['type'] | 'plain'>(before?.type ?? 'plain');
  const [name, setName] = useState(before?.name ?? '');
  const change = useChangeDay(calendar.year);
  const same = type === (before?.type ?? 'plain') && (type === 'plain' || name.trim() === before?.name);
  const save = (reason: string) => change.mutate({ date, type: type === 'plain' ? null : type, name: type === 'plain' ? '' : name.trim(), reason }, { onSuccess: () => { void message.success(t('calendar.day.saved', { date })); onClose(); } });
  return (
    <ReasonDialog open title={t('calendar.day.title', { date })} confirm={t('calendar.day.save')} busy={change.isPending} blocked={same || (type !== 'plain' && name.trim() === '')} error={change.isError ? errorText(change.error) : undefined} onConfirm={save} onCancel={onClose}>
      <div className="gc-day-fields">
        <Radio.Group aria-label={t('calendar.day.type')} value={type} onChange={(event) => setType(event.target.value as typeof type)} options={[{ value: 'plain', label: t(weekend ? 'calendar.types.rest' : 'calendar.types.plain') }, { value: 'holiday', label: t('calendar.types.holiday') }, ...(weekend ? [{ value: 'workday', label: t('calendar.types.workday') }] : [])]} />
        {type !== 'plain' && <label className="gc-field-label">{t('calendar.day.name')}<span className="gc-required" aria-hidden>*</span><Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} /></label>}
        <p className="gc-meta">{t('calendar.day.effect')}</p>
      </div>
    </ReasonDialog>
  );
}
