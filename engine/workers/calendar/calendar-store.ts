import type { Database } from '../../database/connect.ts';
import { calendar2026 } from './calendar-2026.ts';
import type { CalendarDay, WorkingCalendar } from './working-calendar.ts';

/** Stores the shipped year when no calendar of it is there. */
export async function installCalendar(db: Database, at: number): Promise<void> {
  await db.transaction(async (trx) => {
    const added = await trx('app.calendar_year').insert({ year: 2026, published_at: new Date(at) }).onConflict('year').ignore().returning('year');
    if (added.length > 0) await trx('app.calendar_day').insert(calendar2026.map(({ date, type, name }) => ({ date, type, name }))).onConflict('date').ignore();
  });
}

/** Publishes a year's days, replacing what was stored for it; running timers keep their dates. */
export async function publishCalendar(db: Database, year: number, days: readonly CalendarDay[], at: number): Promise<void> {
  await db.transaction(async (trx) => {
    await trx('app.calendar_day').whereRaw('extract(year from date) = ?', [year]).delete();
    if (days.length > 0) await trx('app.calendar_day').insert(days.map(({ date, type, name, remark }) => ({ date, type, name, remark: remark ?? null })));
    await trx('app.calendar_year').insert({ year, published_at: new Date(at) }).onConflict('year').merge();
  });
}

/** The stored calendar; `years` are those published. */
export async function loadCalendar(db: Database, zone: string): Promise<{ calendar: WorkingCalendar; years: Set<number> }> {
  const days: CalendarDay[] = await db('app.calendar_day').select(db.raw("to_char(date, 'YYYY-MM-DD') as date"), 'type', 'name');
  const years: number[] = await db('app.calendar_year').pluck('year');
  return { calendar: { zone, days: new Map(days.map((day) => [day.date, day])) }, years: new Set(years) };
}
