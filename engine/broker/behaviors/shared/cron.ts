import { offsetAt, resolveLocal } from '../../../contract/feel/zone.ts';

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const YEARS_AHEAD = 8;
const DAY_MS = 86_400_000;

/** Days that a day field means in a month; `last` is the month's last day. */
type DayRule = (day: number, weekday: number, last: number, firstWeekday: number) => boolean;

/** A cron expression, read. */
export interface Cron {
  seconds: readonly number[];
  minutes: readonly number[];
  hours: readonly number[];
  months: ReadonlySet<number>;
  isDay: DayRule;
}

/**
 * Reads a cron expression of six fields (second, minute, hour, day of month, month, day of week) with lists, ranges, steps, names,
 * `?`, `L`, `W`, `#`, or one of the macros such as `@daily`: Spring's dialect, as Zeebe 8.5 reads it. Null when it is none.
 */
export function readCron(text: string): Cron | null {
  const fields = (MACROS[text.trim().toLowerCase()] ?? text.trim()).split(/\s+/);
  if (fields.length !== 6) return null;
  const [second, minute, hour, day, month, weekday] = fields as [string, string, string, string, string, string];
  const seconds = values(second, 0, 59);
  const minutes = values(minute, 0, 59);
  const hours = values(hour, 0, 23);
  const months = values(month, 1, 12, MONTHS, 1);
  const days = dayOfMonth(day);
  const weekdays = dayOfWeek(weekday);
  if (seconds === null || minutes === null || hours === null || months === null || days === null || weekdays === null) return null;
  return { seconds, minutes, hours, months: new Set(months), isDay: (...at) => days(...at) && weekdays(...at) };
}

/** The first instant after `from` (epoch ms) that the expression means in a zone; null when there is none within eight years. */
export function nextCron(cron: Cron, from: number, zone: string): number | null {
  for (let local = from + offsetAt(zone, Math.floor(from / 1000)) * 1000; ; ) {
    const next = nextLocal(cron, local);
    if (next === null) return null;
    const { localSecond, offset } = resolveLocal(zone, next / 1000);
    const at = (localSecond - offset) * 1000;
    // a time that exists twice has been met already
    if (at > from) return at;
    local = next;
  }
}

/** The same on a clock that is never set, as epoch ms of UTC. */
function nextLocal({ seconds, minutes, hours, months, isDay }: Cron, from: number): number | null {
  const after = Math.floor(from / 1000) * 1000 + 1000;
  const firstDay = Math.floor(after / DAY_MS) * DAY_MS;
  for (let midnight = firstDay; midnight < firstDay + YEARS_AHEAD * 366 * DAY_MS; midnight += DAY_MS) {
    const date = new Date(midnight);
    if (!months.has(date.getUTCMonth() + 1)) continue;
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    const firstWeekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)).getUTCDay();
    if (!isDay(date.getUTCDate(), date.getUTCDay(), last, firstWeekday)) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        for (const second of seconds) {
          const at = midnight + ((hour * 60 + minute) * 60 + second) * 1000;
          if (at >= after) return at;
        }
      }
    }
  }
  return null;
}

/** Sorted values of a field; null when it is not well-formed. */
function values(field: string, min: number, max: number, names: readonly string[] = [], offset = 0): number[] | null {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(\*|\?|[\w]+)(?:-([\w]+))?(?:\/(\d+))?$/.exec(part);
    if (match === null) return null;
    const [, first, second, step] = match;
    const any = first === '*' || first === '?';
    const from = any ? min : numberOf(first!, names, offset);
    const to = any ? max : second !== undefined ? numberOf(second, names, offset) : step !== undefined ? max : from;
    const by = step === undefined ? 1 : Number(step);
    if (from === null || to === null || by < 1 || from < min || to > max || from > to || (any && second !== undefined)) return null;
    for (let value = from; value <= to; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function numberOf(text: string, names: readonly string[], offset: number): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const at = names.indexOf(text.toUpperCase());
  return at < 0 ? null : at + offset;
}

function dayOfMonth(field: string): DayRule | null {
  const text = field.toUpperCase();
  if (text === 'L') return (day, _weekday, last) => day === last;
  const back = /^L-(\d+)$/.exec(text);
  if (back !== null) return (day, _weekday, last) => day === last - Number(back[1]);
  if (text === 'LW' || text === 'L-W') return (day, _weekday, last, first) => day === nearestWorkday(last, last, first);
  const near = /^(\d+)W$/.exec(text);
  if (near !== null) return (day, _weekday, last, first) => day === nearestWorkday(Math.min(Number(near[1]), last), last, first);
  const days = values(text, 1, 31);
  return days === null ? null : (day) => days.includes(day);
}

/** The working day (Monday to Friday) of the month nearest to a day. */
function nearestWorkday(day: number, last: number, firstWeekday: number): number {
  const weekday = (firstWeekday + day - 1) % 7;
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === last ? day - 2 : day + 1;
  return day;
}

function dayOfWeek(field: string): DayRule | null {
  const text = field.toUpperCase();
  const special = /^(\w+?)(?:L|#(\d))$/.exec(text);
  if (special !== null) {
    const wanted = numberOf(special[1]!, WEEKDAYS, 0);
    if (wanted === null || wanted > 7) return null;
    const nth = special[2] === undefined ? null : Number(special[2]);
    return (day, weekday, last) => weekday === wanted % 7 && (nth === null ? day > last - 7 : Math.ceil(day / 7) === nth);
  }
  const days = values(text, 0, 7, WEEKDAYS);
  return days === null ? null : (_day, weekday) => days.includes(weekday) || (weekday === 0 && days.includes(7));
}
