import { numberText, toDouble, toInteger } from '../decimal.ts';
import type { FeelNumber } from '../decimal.ts';
import { FeelDaysDuration, FeelYearsDuration, parseDuration } from '../duration.ts';
import { FeelFailure } from '../evaluation.ts';
import type { Run } from '../evaluation.ts';
import { atTime, daysInMonth, FeelDate, FeelDateTime, FeelTime, parseDate, parseDateTime, parseTime } from '../temporal.ts';
import { feelText } from '../text.ts';
import type { FeelValue } from '../value.ts';
import { isZone } from '../zone.ts';
import { builtin, failed, illegal } from './registry.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const dayLike = 'date|date and time';

type DayLike = FeelDate | FeelDateTime;
const dateOf = (value: DayLike): FeelDate => (value instanceof FeelDate ? value : value.date);

export const temporalBuiltins = [
  builtin('string', 'from: any', '转换为文本', 'The value as text', (_: Run, from: FeelValue) => feelText(from)),
  builtin('date', 'from: string|date|date and time', '由文本或日期时间得到日期', 'A date from text or a date and time', (run: Run, from: string | DayLike) =>
    (typeof from === 'string' ? parsed(run, 'date', 'date', from, parseDate) : dateOf(from))),
  builtin('date', 'year: number, month: number, day: number', '由年、月、日得到日期', 'A date from year, month and day', (run: Run, year: FeelNumber, month: FeelNumber, day: FeelNumber) =>
    FeelDate.of(toInteger(year), toInteger(month), toInteger(day))
      ?? failed(run, 'date', `Failed to parse date from: year=${numberText(year)}, month=${numberText(month)}, day=${numberText(day)}`)),
  builtin('time', 'from: string|time|date and time', '由文本或日期时间得到时间', 'A time from text or a date and time', (run: Run, from: string | FeelTime | FeelDateTime) => {
    if (typeof from === 'string') return parsed(run, 'time', /[@Z+-]/.test(from) ? 'time' : 'local-time', from, parseTime);
    return from instanceof FeelTime ? from : new FeelTime(from.nanoOfDay, from.offset, from.zone);
  }),
  builtin('time', 'hour: number, minute: number, second: number, offset: days and time duration|null?', '由时、分、秒（及时差）得到时间', 'A time from hour, minute, second and offset', timeOf),
  builtin('date and time', 'from: string|date and time', '由文本得到日期时间', 'A date and time from text', (run: Run, from: string | FeelDateTime) =>
    (typeof from === 'string' ? parsed(run, 'date and time', 'date-time', from, parseDateTime) : from)),
  builtin('date and time', `date: ${dayLike}, time: time|string`, '由日期和时间得到日期时间', 'A date and time from its two parts', joined),
  builtin('date and time', `date: ${dayLike}, timezone: time|string`, '换算到某时区', 'The same instant in a time zone', joined),
  builtin('duration', 'from: string', '由 ISO 8601 文本得到时长', 'A duration from ISO 8601 text', (run: Run, from: string) => parsed(run, 'duration', 'duration', from, parseDuration)),
  builtin('years and months duration', `from: ${dayLike}, to: ${dayLike}`, '两个日期相差的整年整月', 'Whole years and months between two dates', (_: Run, from: DayLike, to: DayLike) => monthsBetween(dateOf(from), dateOf(to))),
  builtin('now', '', '当前日期时间', 'The current date and time', (run: Run) => current(run)),
  builtin('today', '', '当前日期', 'The current date', (run: Run) => current(run)?.date ?? null),
  builtin('day of week', `date: ${dayLike}`, '星期几（英文名）', 'English name of the day of the week', (_: Run, date: DayLike) => days[dateOf(date).weekday - 1]!),
  builtin('day of year', `date: ${dayLike}`, '一年中的第几天', 'Day of the year, from 1', (_: Run, date: DayLike) => dayOfYear(dateOf(date))),
  builtin('week of year', `date: ${dayLike}`, '一年中的第几周（ISO 8601）', 'ISO 8601 week of the year', (_: Run, date: DayLike) => {
    // the week belongs to the year its Thursday lies in
    const { epochDay, weekday } = dateOf(date);
    return Math.ceil(dayOfYear(FeelDate.ofEpochDay(epochDay + 4 - weekday)) / 7);
  }),
  builtin('month of year', `date: ${dayLike}`, '月份（英文名）', 'English name of the month', (_: Run, date: DayLike) => months[dateOf(date).month - 1]!),
  builtin('last day of month', `date: ${dayLike}`, '当月最后一天', 'The last day of the month', (_: Run, date: DayLike) => {
    const { year, month } = dateOf(date);
    return new FeelDate(year, month, daysInMonth(year, month));
  }),
];

function parsed(run: Run, name: string, what: string, from: string, parse: (text: string) => FeelValue): FeelValue {
  return parse(from) ?? failed(run, name, `Failed to parse ${what} from '${from}'`);
}

function joined(run: Run, date: DayLike, part: FeelTime | string): FeelValue {
  if (part instanceof FeelTime) return atTime(dateOf(date), part);
  if (date instanceof FeelDate) return illegal({ name: 'date and time' }, [date, part], run);
  if (!isZone(part)) throw new FeelFailure(`Unknown time-zone ID: ${part}`, 'java.time.zone.ZoneRulesException');
  if (date.local) return FeelDateTime.inZone(date.date, date.nanoOfDay, part);
  return FeelDateTime.ofInstant(date.epochSecond, date.nano, part);
}

function current(run: Run): FeelDateTime | null {
  const { now, zone = 'Asia/Shanghai' } = run.options;
  if (now === undefined) return failed(run, 'now', 'no clock was given to the evaluation');
  const millis = now();
  const second = Math.floor(millis / 1000);
  return FeelDateTime.ofInstant(second, (millis - second * 1000) * 1e6, zone);
}

function timeOf(run: Run, hour: FeelNumber, minute: FeelNumber, second: FeelNumber, offset: FeelDaysDuration | null = null): FeelValue {
  const [h, m, s] = [toInteger(hour), toInteger(minute), toDouble(second)];
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s >= 60 || Math.abs(offset?.seconds ?? 0) > 18 * 3600) {
    return failed(run, 'time', `Failed to parse local-time from: hour=${numberText(hour)}, minute=${numberText(minute)}, second=${numberText(second)}`);
  }
  const whole = Math.floor(s);
  const nanos = Math.round((s - whole) * 1e9);
  return new FeelTime(((h * 60 + m) * 60 + whole) * 1e9 + nanos, offset?.seconds ?? null);
}

// as java.time counts a Period: a month is over on the same day of the next one
function monthsBetween(from: FeelDate, to: FeelDate): FeelYearsDuration {
  let total = (to.year - from.year) * 12 + to.month - from.month;
  if (total > 0 && to.day < from.day) total -= 1;
  if (total < 0 && to.day > from.day) total += 1;
  return new FeelYearsDuration(total);
}

function dayOfYear(date: FeelDate): number {
  return date.epochDay - new FeelDate(date.year, 1, 1).epochDay + 1;
}
