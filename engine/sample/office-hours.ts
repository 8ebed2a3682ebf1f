import { isWorkingDay, type WorkingCalendar } from '../workers/calendar/working-calendar.ts';
import { addDays, instantOf, localDate } from '../workers/calendar/zone-time.ts';

const SHIFTS = [
  ['08:45', '12:00'],
  ['13:30', '17:30'],
] as const;

/** When the sample institution works: morning and afternoon of the calendar's working days. */
export class OfficeHours {
  private readonly calendar: WorkingCalendar;
  private readonly shifts = new Map<string, [from: number, to: number][]>();

  constructor(calendar: WorkingCalendar) {
    this.calendar = calendar;
  }

  /** The shifts of a date, epoch ms; none on a day of rest. */
  of(date: string): [from: number, to: number][] {
    let found = this.shifts.get(date);
    if (found === undefined) {
      found = isWorkingDay(this.calendar, date) ? SHIFTS.map(([from, to]): [number, number] => [instantOf(date, from, this.calendar.zone), instantOf(date, to, this.calendar.zone)]) : [];
      this.shifts.set(date, found);
    }
    return found;
  }

  works(date: string): boolean {
    return this.of(date).length > 0;
  }

  date(at: number): string {
    return localDate(at, this.calendar.zone);
  }

  /** The instant after so many minutes of working time, counted from `at`. */
  after(at: number, minutes: number): number {
    let left = minutes * 60_000;
    for (let date = this.date(at); ; date = addDays(date, 1)) {
      for (const [from, to] of this.of(date)) {
        const begin = Math.max(from, at);
        if (begin >= to) continue;
        if (begin + left <= to) return begin + left;
        left -= to - begin;
      }
    }
  }

  /** The `count`th working day after a date. */
  workday(date: string, count: number): string {
    let day = date;
    for (let left = count; left > 0; ) {
      day = addDays(day, 1);
      if (this.works(day)) left -= 1;
    }
    return day;
  }
}
