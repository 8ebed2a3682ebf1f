/** Reading of the three date formats of forms: `2026-11-21`, `09:30+08:00`, `2026-11-21T09:30+08:00` (or `Z`, or no suffix). */
export type DatetimeSubtype = 'date' | 'time' | 'datetime';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?(?:\[[\w/+-]+\])?$/;

/** True when the text is a whole value of its kind; a date without time (or the reverse) is not a `datetime`. */
export function isDatetime(text: string, subtype: DatetimeSubtype): boolean {
  if (subtype === 'date') return isDate(text);
  if (subtype === 'time') return TIME.test(text);
  return isDate(text.slice(0, 10)) && text[10] === 'T' && TIME.test(text.slice(11));
}

function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The date `yyyy-MM-dd` on which an instant falls in a zone. */
export function dateIn(zone: string, instant: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

/** Minutes east of UTC in a zone at an instant. */
export function offsetMinutes(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((entry) => entry.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((local - Math.floor(instant / 1000) * 1000) / 60_000);
}

/** `+08:00`. */
export function offsetText(minutes: number): string {
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(absolute / 60)).padStart(2, '0')}:${String(absolute % 60).padStart(2, '0')}`;
}

/** Epoch milliseconds of a `datetime` value; a value without suffix is read in `zone`. NaN when it is none. */
export function instantOf(text: string, zone: string): number {
  const plain = text.replace(/\[[^\]]*\]$/, '');
  if (/(Z|[+-]\d{2}:\d{2})$/.test(plain)) return Date.parse(plain);
  const asUtc = Date.parse(`${plain}Z`);
  if (Number.isNaN(asUtc)) return Number.NaN;
  // Two rounds settle the offset around a change of summer time.
  const first = asUtc - offsetMinutes(zone, asUtc) * 60_000;
  return asUtc - offsetMinutes(zone, first) * 60_000;
}

/** How a time zone is written behind a time. */
export type TimeFormat = 'utc_offset' | 'utc_normalized' | 'no_timezone';

/** Writes wall-clock parts (`2026-11-21`, `09:30`) of `zone` in the form's format; minutes only. */
export function serializeDatetime(date: string | null, time: string | null, format: TimeFormat, zone: string, now: number): string {
  if (time === null) return date ?? '';
  const anchor = date ?? dateIn(zone, now);
  const instant = instantOf(`${anchor}T${time}`, zone);
  const prefix = date === null ? '' : `${date}T`;
  if (format === 'no_timezone') return `${prefix}${time}`;
  if (format === 'utc_normalized') {
    const iso = new Date(instant).toISOString();
    return date === null ? `${iso.slice(11, 16)}Z` : `${iso.slice(0, 16)}Z`;
  }
  return `${prefix}${time}${offsetText(offsetMinutes(zone, instant))}`;
}

/** Wall-clock parts of a stored value in `zone`. */
export function wallClock(text: string, subtype: DatetimeSubtype, zone: string, now: number): { date: string | null; time: string | null } {
  if (!isDatetime(text, subtype)) {
    const [date, time] = [text.slice(0, 10), text.slice(11)];
    return { date: isDate(date) ? date : null, time: TIME.test(time) ? time.slice(0, 5) : null };
  }
  if (subtype === 'date') return { date: text, time: null };
  const instant = instantOf(subtype === 'time' ? `${dateIn(zone, now)}T${text}` : text, zone);
  const local = new Date(instant + offsetMinutes(zone, instant) * 60_000).toISOString();
  return { date: subtype === 'time' ? null : local.slice(0, 10), time: local.slice(11, 16) };
}
