import { DatePicker, TimePicker } from 'antd';
import { CalendarOutlined } from '@ant-design/icons';
import dayjs, { type Dayjs } from 'dayjs';
import { dateIn, serializeDatetime, wallClock, type DatetimeSubtype, type FormComponent, type TimeFormat } from '../../../engine/contract/forms/index.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';
import { usePlace } from '../renderer/context.ts';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { Dash } from './display.tsx';

const subtypeOf = (component: FormComponent) => (component.subtype as DatetimeSubtype | undefined) ?? 'date';

function Datetime({ component, domId, name, value, onChange, onBlur, label, disabled, readonly, invalid, required, describedBy, compact }: FieldViewProps) {
  const { scope } = usePlace();
  const subtype = subtypeOf(component);
  const format = (component.timeSerializingFormat as TimeFormat | undefined) ?? 'utc_offset';
  const { date, time } = typeof value === 'string' ? wallClock(value, subtype, scope.zone, scope.now) : { date: null, time: null };
  const shown = subtype === 'time' ? (time ? dayjs(`2000-01-01T${time}`) : null) : date ? dayjs(`${date}T${time ?? '00:00'}`) : null;
  const change = (picked: Dayjs | null) => {
    if (picked === null) return onChange(null);
    return onChange(serializeDatetime(subtype === 'time' ? null : picked.format('YYYY-MM-DD'), subtype === 'date' ? null : picked.format('HH:mm'), format, scope.zone, scope.now));
  };
  const interval = typeof component.timeInterval === 'number' ? Math.min(60, Math.max(1, component.timeInterval)) : 1;
  const minuteStep = (60 % interval === 0 ? interval : 1) as 1;
  const shared = {
    id: domId, name, value: shown, onBlur, disabled: disabled || readonly, status: invalid ? ('error' as const) : ('' as const), placeholder: compact ? label : '', style: { width: '100%' },
    needConfirm: false, 'aria-invalid': invalid, 'aria-required': required, 'aria-describedby': describedBy,
  };
  if (subtype === 'time') return <TimePicker {...shared} format="HH:mm" minuteStep={minuteStep} onChange={change} />;
  const lower = component.properties?.minDate ?? (component.disallowPassedDates === true ? 'today' : undefined);
  const today = dateIn(scope.zone, scope.now);
  const closed = (day: Dayjs) => (lower !== undefined && day.format('YYYY-MM-DD') < today) || (component.properties?.maxDate !== undefined && day.format('YYYY-MM-DD') > today);
  return (
    <DatePicker
      {...shared} disabledDate={closed} onChange={change} format={subtype === 'date' ? 'YYYY-MM-DD' : 'YYYY-MM-DD HH:mm'}
      showTime={subtype === 'datetime' ? { format: 'HH:mm', minuteStep } : false}
    />
  );
}

function DatetimeDisplay({ component, value }: { component: FormComponent; value: JsonValue }) {
  const { scope } = usePlace();
  if (typeof value !== 'string' || value === '') return <Dash />;
  const { date, time } = wallClock(value, subtypeOf(component), scope.zone, scope.now);
  return <span>{[date, time].filter(Boolean).join(' ') || value}</span>;
}

export const datetime: FieldDefinition = {
  kind: 'field', type: 'datetime', group: 'input', frame: 'control', icon: <CalendarOutlined />, View: Datetime, Display: DatetimeDisplay,
  properties: ['label', 'key', 'description', 'required', 'datetime', 'rule', 'access', 'pii'],
  create: () => ({ subtype: 'date', timeSerializingFormat: 'utc_offset' }),
};
