import { addDays, instantOf, isoWithOffset, localDate } from './zone-time.ts';

/** A day that differs from Monday to Friday. */
export interface CalendarDay {
  /** `2026-01-01` */
  date: string;
  /** `holiday`: rest although Monday to Friday, or a statutory day on a weekend. `workday`: make-up day 调休上班日. */
  type: 'holiday' | 'workday';
  name: string;
  remark?: string | null;
}

/** Units of a deadline: elapsed minutes and hours, calendar days at the same clock time, working days ending at 17:30. */
export type Unit = 'min' | 'h' | 'd' | 'wd';

/** Working time of an institution. */
export interface WorkingCalendar {
  zone: string;
  /** End of business, when a deadline in working days falls. @default '17:30' */
  closing?: string;
  /** Exceptions by date. */
  days: ReadonlyMap<string, CalendarDay>;
}

/** Is this date a working day? Days not listed follow Monday to Friday. */
export function isWorkingDay(calendar: WorkingCalendar, date: string): boolean {
  const listed = calendar.days.get(date);
  if (listed !== undefined) return listed.type === 'workday';
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The date `count` working days after `date`, which is day 0 whether it works or not. `count` must be a whole number from 1. */
export function addWorkingDays(calendar: WorkingCalendar, date: string, count: number): string {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`working days are counted in whole numbers from 1, not ${count}`);
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day)) left -= 1;
  }
  return day;
}

/** Epoch ms at which `amount` `unit`s after `start` (epoch ms) are over. */
export function dueAt(calendar: WorkingCalendar, start: number, amount: number, unit: Unit): number {
  if (!(amount > 0)) throw new RangeError(`a deadline needs an amount above zero, not ${amount}`);
  if (unit === 'min') return start + amount * 60_000;
  if (unit === 'h') return start + amount * 3_600_000;
  const date = localDate(start, calendar.zone);
  if (unit === 'wd') return instantOf(addWorkingDays(calendar, date, amount), closing(calendar), calendar.zone);
  const clockTime = isoWithOffset(start, calendar.zone).slice(11, 19);
  return instantOf(addDays(date, amount), clockTime, calendar.zone) + (start % 1000);
}

/** Closing time of a date, epoch ms. */
export function endOfBusiness(calendar: WorkingCalendar, date: string): number {
  return instantOf(date, closing(calendar), calendar.zone);
}

/**
 * When to remind: `percent` of the time between start and due has passed. In working days a reminder on a day of rest moves
 * back to closing time of the working day before it, but not before the start.
 */
export function remindAt(calendar: WorkingCalendar, start: number, due: number, percent: number, unit: Unit): number {
  const at = Math.floor(start + ((due - start) * percent) / 100);
  if (unit !== 'wd') return at;
  let day = localDate(at, calendar.zone);
  if (isWorkingDay(calendar, day)) return at;
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1);
  return Math.max(start, instantOf(day, closing(calendar), calendar.zone));
}

/** Working days in a month (`2026-02`). */
export function workingDaysIn(calendar: WorkingCalendar, month: string): number {
  let count = 0;
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count += 1;
  return count;
}

function closing(calendar: WorkingCalendar): string {
  return calendar.closing ?? '17:30';
}
