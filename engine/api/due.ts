import type { Due, DueState } from '../contract/api.ts';
import type { Database } from '../database/connect.ts';
import { loadCalendar } from '../workers/calendar/calendar-store.ts';
import { isWorkingDay, type WorkingCalendar } from '../workers/calendar/working-calendar.ts';
import { addDays, localDate } from '../workers/calendar/zone-time.ts';

/** A deadline shows amber when at most this share of its time is left. */
export const SOON_SHARE = 0.25;

/** Deadline as pages show it. `start`, `due`, `now` in epoch ms; for finished work pass its end as `now`. */
export function dueOf(calendar: WorkingCalendar, start: number, due: number | null, now: number): Due {
  if (due === null) return { at: null, state: 'none', workingDays: null, minutes: null };
  const days = workingDaysBetween(calendar, Math.min(now, due), Math.max(now, due));
  return { at: new Date(due).toISOString(), state: stateOf(start, due, now), workingDays: days === 0 ? null : days, minutes: Math.floor(Math.abs(due - now) / 60_000) };
}

function stateOf(start: number, due: number, now: number): DueState {
  if (due < now) return 'overdue';
  return due - now <= SOON_SHARE * (due - start) ? 'soon' : 'ok';
}

/** Longest span counted day by day. */
const MAX_DAYS = 3700;

/** Working days after the date of `from` up to and including the date of `to`. */
export function workingDaysBetween(calendar: WorkingCalendar, from: number, to: number): number {
  const last = localDate(to, calendar.zone);
  let count = 0;
  for (let day = addDays(localDate(from, calendar.zone), 1), steps = 0; day <= last && steps < MAX_DAYS; day = addDays(day, 1), steps += 1) if (isWorkingDay(calendar, day)) count += 1;
  return count;
}

/** The stored calendar, read anew at most once a minute. */
export function calendarReader(db: Database, zone: string): () => Promise<WorkingCalendar> {
  let kept: { calendar: Promise<WorkingCalendar>; until: number } | undefined;
  return () => {
    if (kept === undefined || Date.now() > kept.until) {
      const calendar = loadCalendar(db, zone).then((loaded) => loaded.calendar);
      kept = { calendar, until: Date.now() + 60_000 };
      calendar.catch(() => (kept = undefined)); // the caller gets the error; the next one asks anew
    }
    return kept.calendar;
  };
}
