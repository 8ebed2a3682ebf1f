import type { ChannelMonth } from '../../contract/administration.ts';
import type { KpiTarget } from '../../contract/api.ts';
import type { Database } from '../../database/connect.ts';
import { monthLater, startOfMonth } from '../../workers/calendar/period.ts';
import { localDate } from '../../workers/calendar/zone-time.ts';

interface Scope {
  db: Database;
  zone: string;
  /** Epoch ms. */
  now: number;
}

/** Months shown, the current one included. */
const MONTHS = 12;

interface MonthRow {
  month: string;
  count: string;
  missed: string;
  wait: string | null;
  handling: string | null;
  served: string;
  in_time: string;
}

/** How long callers waited and were served, by month, out of the imported telephone log. */
export function phoneMonths(scope: Scope, target: KpiTarget | null): Promise<ChannelMonth[]> {
  return measured(scope, target, 'app.phone_call', { at: 'started_at', from: 'answered_at', to: 'ended_at', wait: 'extract(epoch from answered_at - started_at)', missed: 'answered_at is null', where: 'true' });
}

/** How long customers were served at the counter, by month, out of the appointments kept there. */
export function counterMonths(scope: Scope, target: KpiTarget | null): Promise<ChannelMonth[]> {
  return measured(scope, target, 'app.appointment', { at: 'finished_at', from: 'started_at', to: 'finished_at', wait: 'null::numeric', missed: 'false', where: `started_at is not null and finished_at is not null and coalesce(mode, 'branch') = 'branch'` });
}

/** SQL of a channel: the instant a row is dated by, its handling from and to, its wait in seconds, and which rows nobody handled. */
interface Channel {
  at: string;
  from: string;
  to: string;
  wait: string;
  missed: string;
  where: string;
}

async function measured({ db, zone, now }: Scope, target: KpiTarget | null, table: string, { at, from, to, wait, missed, where }: Channel): Promise<ChannelMonth[]> {
  const last = localDate(now, zone).slice(0, 7);
  const months = Array.from({ length: MONTHS }, (_, index) => monthLater(last, index + 1 - MONTHS));
  const minutes = `extract(epoch from ${to} - ${from}) / 60`;
  const { rows } = await db.raw<{ rows: MonthRow[] }>(
    `select to_char(${at} at time zone ?, 'YYYY-MM') as month, count(*) as count, count(*) filter (where ${missed}) as missed, avg(${wait}) as wait, avg(${minutes}) as handling,
       count(*) filter (where ${from} is not null) as served, count(*) filter (where ${minutes} <= ?) as in_time
     from ${table} where ${where} and ${at} >= ? and ${at} < ? group by 1`,
    [zone, target?.target ?? 0, startOfMonth(months[0]!, zone), startOfMonth(last, zone, 1)],
  );
  const found = new Map(rows.map((row) => [row.month, row]));
  return months.map((month) => {
    const row = found.get(month);
    const served = Number(row?.served ?? 0);
    return {
      month,
      count: Number(row?.count ?? 0),
      missed: Number(row?.missed ?? 0),
      waitSeconds: row?.wait == null ? null : Math.round(Number(row.wait)),
      handlingMinutes: row?.handling == null ? null : Math.round(Number(row.handling) * 10) / 10,
      inTime: target === null || served === 0 ? null : Math.round((Number(row!.in_time) / served) * 1000) / 10,
    };
  });
}
