import { FeelDaysDuration } from './duration.ts';
import { isZone, offsetAt, resolveLocal } from './zone.ts';

const nanosPerSecond = 1_000_000_000;
/** Nanoseconds in a day. */
export const nanosPerDay = 86_400 * nanosPerSecond;
// a time with a zone has no date to ask the zone's offset for; winter of this year stands in
const standardInstant = 1_704_067_200;

/** A calendar day. */
export class FeelDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;

  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }

  /** The day, or null when the calendar has no such day. */
  static of(year: number, month: number, day: number): FeelDate | null {
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
    return new FeelDate(year, month, day);
  }

  static ofEpochDay(epochDay: number): FeelDate {
    const date = new Date(epochDay * 86_400_000);
    return new FeelDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  }

  get epochDay(): number {
    const date = new Date(0);
    date.setUTCFullYear(this.year, this.month - 1, this.day);
    return date.getTime() / 86_400_000;
  }

  /** 1 is Monday. */
  get weekday(): number {
    return ((((this.epochDay + 3) % 7) + 7) % 7) + 1;
  }

  /** The same day of another month; the month's last day where it has fewer. */
  plusMonths(months: number): FeelDate {
    const total = this.year * 12 + this.month - 1 + months;
    const year = Math.floor(total / 12);
    const month = total - year * 12 + 1;
    return new FeelDate(year, month, Math.min(this.day, daysInMonth(year, month)));
  }

  compareTo(other: FeelDate): number {
    return this.year - other.year || this.month - other.month || this.day - other.day;
  }

  toString(): string {
    const year = String(Math.abs(this.year)).padStart(4, '0');
    const prefix = this.year < 0 ? '-' : this.year > 9999 ? '+' : '';
    return `${prefix}${year}-${two(this.month)}-${two(this.day)}`;
  }
}

/** A time of day; with neither offset nor zone it is local. */
export class FeelTime {
  readonly nanoOfDay: number;
  /** Seconds east of UTC; null for a local time. */
  readonly offset: number | null;
  /** IANA zone, when it was given by one. */
  readonly zone: string | null;

  constructor(nanoOfDay: number, offset: number | null = null, zone: string | null = null) {
    this.nanoOfDay = nanoOfDay;
    this.offset = zone === null ? offset : offsetAt(zone, standardInstant);
    this.zone = zone;
  }

  get local(): boolean {
    return this.offset === null;
  }

  /** Nanoseconds of the day in UTC; may lie outside of 0 to 24 hours. */
  get instant(): number {
    return this.nanoOfDay - (this.offset ?? 0) * nanosPerSecond;
  }

  plus(duration: FeelDaysDuration): FeelTime {
    const moved = (this.nanoOfDay + (duration.seconds % 86_400) * nanosPerSecond + duration.nanos) % nanosPerDay;
    return new FeelTime(moved < 0 ? moved + nanosPerDay : moved, this.offset, this.zone);
  }

  /** Java's text for a local time (`10:30`), FEEL's for one with offset or zone (`10:30:00+08:00`). */
  toJava(): string {
    return this.local ? javaTime(this.nanoOfDay) : this.toString();
  }

  toString(): string {
    return feelTime(this.nanoOfDay) + suffix(this.offset, this.zone);
  }
}

/** A day and a time of day; with neither offset nor zone it is local. */
export class FeelDateTime {
  readonly date: FeelDate;
  readonly nanoOfDay: number;
  readonly offset: number | null;
  readonly zone: string | null;

  constructor(date: FeelDate, nanoOfDay: number, offset: number | null = null, zone: string | null = null) {
    this.date = date;
    this.nanoOfDay = nanoOfDay;
    this.offset = offset;
    this.zone = zone;
  }

  /** That local time in that zone; in a gap moved forward, of two the earlier unless `preferred` is the other's offset. */
  static inZone(date: FeelDate, nanoOfDay: number, zone: string, preferred?: number): FeelDateTime {
    const second = date.epochDay * 86_400 + Math.floor(nanoOfDay / nanosPerSecond);
    const resolved = resolveLocal(zone, second, preferred);
    return FeelDateTime.ofLocalSecond(resolved.localSecond, nanoOfDay % nanosPerSecond, resolved.offset, zone);
  }

  /** That instant, seen in a zone. */
  static ofInstant(epochSecond: number, nanos: number, zone: string): FeelDateTime {
    const offset = offsetAt(zone, epochSecond);
    return FeelDateTime.ofLocalSecond(epochSecond + offset, nanos, offset, zone);
  }

  static ofLocalSecond(localSecond: number, nanos: number, offset: number | null, zone: string | null): FeelDateTime {
    const day = Math.floor(localSecond / 86_400);
    return new FeelDateTime(FeelDate.ofEpochDay(day), (localSecond - day * 86_400) * nanosPerSecond + nanos, offset, zone);
  }

  get local(): boolean {
    return this.offset === null;
  }

  /** Seconds since 1970-01-01T00:00Z (local: since that local time). */
  get epochSecond(): number {
    return this.date.epochDay * 86_400 + Math.floor(this.nanoOfDay / nanosPerSecond) - (this.offset ?? 0);
  }

  get nano(): number {
    return this.nanoOfDay % nanosPerSecond;
  }

  plusMonths(months: number): FeelDateTime {
    const date = this.date.plusMonths(months);
    if (this.zone === null) return new FeelDateTime(date, this.nanoOfDay, this.offset);
    return FeelDateTime.inZone(date, this.nanoOfDay, this.zone, this.offset ?? undefined);
  }

  /** Moves along the time line; in a zone the local time follows its offset. */
  plus(duration: FeelDaysDuration): FeelDateTime {
    const moved = this.nano + duration.nanos;
    const carry = Math.floor(moved / nanosPerSecond);
    const second = this.epochSecond + duration.seconds + carry;
    const nanos = moved - carry * nanosPerSecond;
    if (this.zone !== null) return FeelDateTime.ofInstant(second, nanos, this.zone);
    return FeelDateTime.ofLocalSecond(second + (this.offset ?? 0), nanos, this.offset, null);
  }

  /** By instant; instants that are equal by local time, then by zone (Java's order of zoned date-times). */
  compareTo(other: FeelDateTime): number {
    return this.epochSecond - other.epochSecond || this.nano - other.nano
      || this.date.compareTo(other.date) || this.nanoOfDay - other.nanoOfDay
      || compareText(zoneText(this), zoneText(other));
  }

  minus(other: FeelDateTime): FeelDaysDuration {
    return new FeelDaysDuration(this.epochSecond - other.epochSecond, this.nano - other.nano);
  }

  /** Java's text, as Zeebe writes variables: `2024-02-29T10:30+08:00[Asia/Shanghai]`. */
  toJava(): string {
    const offset = this.offset === null ? '' : offsetText(this.offset);
    return `${this.date}T${javaTime(this.nanoOfDay)}${offset}${this.zone === null ? '' : `[${this.zone}]`}`;
  }

  /** FEEL's text: `2024-02-29T10:30:00@Asia/Shanghai`. */
  toString(): string {
    return `${this.date}T${feelTime(this.nanoOfDay)}${suffix(this.offset, this.zone)}`;
  }
}

/** Days of a month of the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Reads `2024-02-29`; null when it is no such text or no such day. */
export function parseDate(text: string): FeelDate | null {
  const match = /^(-?\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
  return match === null ? null : FeelDate.of(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Reads `10:30`, `10:30:00.5`, `10:30:00+08:00`, `10:30:00@Asia/Shanghai`, each with an optional leading `T`; null otherwise. */
export function parseTime(text: string): FeelTime | null {
  const match = /^T?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d|@.+)?$/.exec(text);
  if (match === null) return null;
  const hour = Number(match[1]);
  const minute = Number(match[2]);
  const second = Number(match[3] ?? 0);
  const nanos = Number((match[4] ?? '').padEnd(9, '0'));
  const midnight = hour === 24 && minute === 0 && second === 0 && nanos === 0;
  if ((hour > 23 && !midnight) || minute > 59 || second > 59) return null;
  const nanoOfDay = midnight ? 0 : ((hour * 60 + minute) * 60 + second) * nanosPerSecond + nanos;
  const where = match[5];
  if (where === undefined) return new FeelTime(nanoOfDay);
  if (where === '@Z') return new FeelTime(nanoOfDay, 0);
  if (where.startsWith('@')) return isZone(where.slice(1)) ? new FeelTime(nanoOfDay, null, where.slice(1)) : null;
  const offset = parseOffset(where);
  return offset === null ? null : new FeelTime(nanoOfDay, offset);
}

/** Reads a date, `T` and a time; a date alone means midnight. Null otherwise. */
export function parseDateTime(text: string): FeelDateTime | null {
  const split = text.indexOf('T');
  const date = parseDate(split < 0 ? text : text.slice(0, split));
  if (date === null) return null;
  if (split < 0) return new FeelDateTime(date, 0);
  const rest = text.slice(split + 1);
  if (rest.startsWith('T') || rest.startsWith('24')) return null;
  const time = parseTime(rest);
  return time === null ? null : atTime(date, time);
}

/** A day at a time, with the time's offset or zone. */
export function atTime(date: FeelDate, time: FeelTime): FeelDateTime {
  if (time.zone !== null) return FeelDateTime.inZone(date, time.nanoOfDay, time.zone);
  return new FeelDateTime(date, time.nanoOfDay, time.offset);
}

function parseOffset(text: string): number | null {
  if (text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4, 6));
  if (minutes > 59 || hours * 60 + minutes > 18 * 60) return null;
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60) + 0;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function javaTime(nanoOfDay: number): string {
  const [clock, seconds, nanos] = timeParts(nanoOfDay);
  if (seconds === 0 && nanos === 0) return clock;
  if (nanos === 0) return `${clock}:${two(seconds)}`;
  // thirds of a fraction: milli, micro or nano
  return `${clock}:${two(seconds)}.${String(nanos).padStart(9, '0').replace(/(?:000){1,2}$/, '')}`;
}

function feelTime(nanoOfDay: number): string {
  const [clock, seconds, nanos] = timeParts(nanoOfDay);
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
  return `${clock}:${two(seconds)}${fraction}`;
}

function timeParts(nanoOfDay: number): [string, number, number] {
  const total = Math.floor(nanoOfDay / nanosPerSecond);
  return [`${two(Math.floor(total / 3600))}:${two(Math.floor(total / 60) % 60)}`, total % 60, nanoOfDay - total * nanosPerSecond];
}

function suffix(offset: number | null, zone: string | null): string {
  if (zone !== null) return `@${zone}`;
  return offset === null ? '' : offsetText(offset);
}

function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const total = Math.abs(offset);
  const seconds = total % 60;
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(total / 3600))}:${two(Math.floor(total / 60) % 60)}${seconds === 0 ? '' : `:${two(seconds)}`}`;
}

function zoneText(value: FeelDateTime): string {
  return value.zone ?? (value.offset === null ? '' : offsetText(value.offset));
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
