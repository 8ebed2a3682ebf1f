import { Router, type Request } from 'express';
import { z } from 'zod';
import type { CalendarCheck, CalendarDayView, CalendarYear, RecomputePreview } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { appendAudit } from '../../identity/audit.ts';
import { loadCalendar, publishCalendar } from '../../workers/calendar/calendar-store.ts';
import { checkCalendarCsv, checkCalendarFile } from '../../workers/calendar/import-calendar.ts';
import { workingDaysIn } from '../../workers/calendar/working-calendar.ts';
import { localDate } from '../../workers/calendar/zone-time.ts';
import type { ApiOptions } from '../api-options.ts';
import { csvOf } from '../ledgers/csv.ts';
import { actorOf, iso, reason, textParam, userOf } from '../request.ts';
import { Recompute } from './recompute.ts';

const check = z.object({ csv: z.string().max(200_000) });
const published = check.extend({ reason });
const dayChange = z.object({ type: z.enum(['holiday', 'workday']).nullable(), name: z.string().trim().max(100).default(''), remark: z.string().trim().max(100).nullable().default(null), reason });
const confirmation = z.object({ digest: z.string(), reason });

/** /api/calendar: the working calendar by year, its import and export, and computing deadlines anew. For administrators. */
export function calendarRoutes(options: ApiOptions): Router {
  const { db, clock, zone } = options;
  const router = Router();
  const recompute = new Recompute(options);

  router.get('/recompute', async (_request, response) => {
    userOf(response, 'admin');
    response.json((await recompute.preview()) satisfies RecomputePreview);
  });

  router.get('/recompute/run', async (_request, response) => {
    userOf(response, 'admin');
    response.json(await recompute.lastRun());
  });

  router.post('/recompute', async (request, response) => {
    const user = userOf(response, 'admin');
    const wanted = confirmation.parse(request.body);
    response.status(202).json(await recompute.start(request, user, wanted.digest, wanted.reason));
  });

  router.get('/:year', async (request, response) => {
    userOf(response, 'admin');
    response.json(await viewOf(yearOf(request)));
  });

  router.get('/:year/file', async (request, response) => {
    userOf(response, 'admin');
    const year = yearOf(request);
    const days = await daysOf(year);
    response.setHeader('content-type', 'text/csv; charset=utf-8');
    response.setHeader('content-disposition', `attachment; filename="calendar-${year}.csv"`);
    response.send(csvOf({ name: String(year), columns: ['date', 'type', 'name', 'remark'].map((title) => ({ title, kind: 'text' })), rows: days.map((day) => [day.date, day.type, day.name, day.remark]) }));
  });

  router.post('/:year/check', async (request, response) => {
    userOf(response, 'admin');
    const year = yearOf(request);
    const { days, problems } = checkCalendarFile(check.parse(request.body).csv, year);
    response.json({ problems, days: days.length, ...differences(await daysOf(year), days.map(shown)) } satisfies CalendarCheck);
  });

  router.post('/:year', async (request, response) => {
    const user = userOf(response, 'admin');
    const year = yearOf(request);
    const wanted = published.parse(request.body);
    const { days, problems } = checkCalendarFile(wanted.csv, year);
    if (problems.length > 0) throw new ProductError('calendar_invalid', `Expected every line of the calendar of ${year} to be right, but these are not: ${problems.map((problem) => `line ${problem.line} (${problem.rule}): "${problem.text}"`).join('; ')}`, { count: problems.length });
    const at = clock.now();
    await db.transaction(async (trx) => {
      const change = differences(await daysOf(year, trx), days.map(shown));
      await publishCalendar(trx, year, days, at);
      await appendAudit(trx, { at, ...actorOf(request, user), action: 'calendar.publish', object: `calendar:${year}`, reason: wanted.reason, after: { days: days.length, added: dates(change.added), removed: dates(change.removed), changed: dates(change.changed) } });
    });
    response.json(await viewOf(year));
  });

  router.put('/:year/days/:date', async (request, response) => {
    const user = userOf(response, 'admin');
    const year = yearOf(request);
    const date = z.iso.date().parse(textParam(request, 'date'));
    const wanted = dayChange.parse(request.body);
    const at = clock.now();
    await db.transaction(async (trx) => {
      const before = await daysOf(year, trx);
      const others = before.filter((day) => day.date !== date);
      const days = wanted.type === null ? others : [...others, { date, type: wanted.type, name: wanted.name, remark: wanted.remark }];
      // By the rules of a file, so that both ways lead to the same calendars; a year may have no special day.
      const { problems } = checkCalendarCsv(csvOf({ name: '', columns: [{ title: 'date', kind: 'text' }], rows: days.map((day) => [day.date, day.type, day.name, day.remark]) }).toString('utf8'), year);
      const wrong = problems.find((problem) => problem.rule !== 'empty');
      if (wrong !== undefined) throw new ProductError('calendar_invalid', `Expected ${date} to become a day of the calendar of ${year}, but "${wrong.text}" breaks the rule '${wrong.rule}'`, { count: 1 });
      await publishCalendar(trx, year, days, at);
      const old = before.find((day) => day.date === date);
      await appendAudit(trx, { at, ...actorOf(request, user), action: 'calendar.change', object: `calendar:${date}`, reason: wanted.reason, before: old === undefined ? null : { type: old.type, name: old.name }, after: wanted.type === null ? null : { type: wanted.type, name: wanted.name } });
    });
    response.json(await viewOf(year));
  });

  async function viewOf(year: number): Promise<CalendarYear> {
    const { calendar, years } = await loadCalendar(db, zone);
    const row: { published_at: Date } | undefined = await db('app.calendar_year').select('published_at').where({ year }).first();
    const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
    return { year, publishedAt: iso(row?.published_at ?? null), today: localDate(clock.now(), zone), years: [...years].sort((a, b) => a - b), days: await daysOf(year), workingDays: months.map((month) => workingDaysIn(calendar, month)), mayChange: true };
  }

  async function daysOf(year: number, on: ApiOptions['db'] = db): Promise<CalendarDayView[]> {
    return on('app.calendar_day').select(on.raw("to_char(date, 'YYYY-MM-DD') as date"), 'type', 'name', 'remark').whereRaw('extract(year from date) = ?', [year]).orderBy('date');
  }

  return router;
}

function yearOf(request: Request): number {
  return z.coerce.number().int().min(2000).max(2100).parse(textParam(request, 'year'));
}

const shown = ({ date, type, name, remark }: { date: string; type: CalendarDayView['type']; name: string; remark?: string | null }): CalendarDayView => ({ date, type, name, remark: remark ?? null });
const dates = (days: readonly CalendarDayView[]): string[] => days.map((day) => day.date);

/** What a file would change of what is stored. */
function differences(before: readonly CalendarDayView[], after: readonly CalendarDayView[]): Pick<CalendarCheck, 'added' | 'removed' | 'changed'> {
  const [old, next] = [new Map(before.map((day) => [day.date, day])), new Map(after.map((day) => [day.date, day]))];
  return {
    added: after.filter((day) => !old.has(day.date)),
    removed: before.filter((day) => !next.has(day.date)),
    changed: after.filter((day) => old.has(day.date) && (old.get(day.date)!.type !== day.type || old.get(day.date)!.name !== day.name || old.get(day.date)!.remark !== day.remark)),
  };
}
