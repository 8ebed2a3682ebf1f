import type { Knex } from 'knex';
import type { BreakdownView, FigureView, FlowView, HeatCell, KpiTarget } from '../../contract/api.ts';
import type { Database } from '../../database/connect.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { ledgerSight } from '../../identity/permissions.ts';
import { findLedger } from './catalogue.ts';
import type { Breakdown } from './dashboard-catalogue.ts';
import { monthLater, startOfMonth } from '../../workers/calendar/period.ts';
import { missedSql, type Figure } from './figure.ts';
import { columnOf, type Ledger } from './ledger.ts';
import { inState, visibleRows } from './query.ts';

/** What is measured: a period of months, perhaps of one department or site, as one person may see it. */
export interface Scope {
  db: Database;
  user: DirectoryUser;
  zone: string;
  now: number;
  from: string;
  to: string;
  unit: { column: string; value: string } | null;
}

/** Months of the trend. */
const TREND = 12;

interface MonthRow {
  month: string;
  cases: string;
  total: string | null;
  missed: string;
}

/** A figure of the period with its trend and the period before, by one statement: sums by month, from which all of them follow. */
export async function measureFigure(scope: Scope, figure: Figure, targets: ReadonlyMap<string, KpiTarget>): Promise<FigureView> {
  const { db, zone, from, to } = scope;
  const ledger = findLedger(figure.ledger)!;
  const found = figure.target === undefined ? undefined : targets.get(figure.target);
  const months = monthsBetween(from, to);
  const target = found === undefined ? null : { value: figure.perQuarter ? found.target * Math.ceil(months.length / 3) : found.target, direction: found.direction, source: found.source };
  const before = monthLater(from, -months.length);
  const trend = monthsBetween(monthLater(to, 1 - TREND), to);
  const first = before < trend[0]! ? before : trend[0]!;
  const rows = scoped(scope, ledger);
  if (figure.where !== undefined) rows.whereRaw(`(${figure.where})`);
  if (figure.fact !== undefined) rows.joinRaw(`join app.kpi_fact f on f.case_no = ${ledger.caseNo} and f.metric = ?`, [figure.fact]);
  rows.whereRaw(`${figure.at} >= ? and ${figure.at} < ?`, [startOfMonth(first, zone), startOfMonth(to, zone, 1)]);
  const missed = missedSql(figure, found ?? null);
  const measured = (await rows.select(db.raw(`to_char(${figure.at} at time zone ?, 'YYYY-MM') as month`, [zone]), db.raw('count(*) as cases'), db.raw(`sum(${figure.value}) as total`), db.raw(`count(*) filter (where ${missed ?? 'false'}) as missed`)).groupByRaw('1')) as MonthRow[];
  const byMonth = new Map(measured.map((row) => [row.month, row]));
  const valueOf = (wanted: readonly string[]): { value: number | null; cases: number; missed: number } => {
    const parts = wanted.flatMap((month) => byMonth.get(month) ?? []);
    const cases = parts.reduce((sum, part) => sum + Number(part.cases), 0);
    const total = parts.reduce((sum, part) => sum + Number(part.total ?? 0), 0);
    const apart = scope.unit !== null && ledger.unit !== scope.unit.column; // the ledger does not know by which department
    const value = apart ? null : figure.by === 'count' ? cases : figure.by === 'sum' ? total : cases === 0 ? null : (total / cases) * (figure.unit === 'percent' ? 100 : 1);
    return { value: value === null ? null : Math.round(value * 100) / 100, cases, missed: parts.reduce((sum, part) => sum + Number(part.missed), 0) };
  };
  const now = valueOf(months);
  const good = target === null || now.value === null ? null : target.direction === 'min' ? now.value >= target.value : now.value <= target.value;
  return {
    id: figure.id, name: figure.name, nameEn: figure.nameEn, unit: figure.unit, ledger: figure.ledger,
    value: now.value, cases: now.cases, missed: missed === null ? null : now.missed, previous: valueOf(monthsBetween(before, monthLater(from, -1))).value,
    target, good, trend: trend.map((month) => ({ month, value: valueOf([month]).value })),
  };
}

/** Counts by a column's values, of the rows dated in the period, or of those in a state whenever they came. */
export async function measureBreakdown(scope: Scope, breakdown: Breakdown): Promise<BreakdownView> {
  const { db, now } = scope;
  const ledger = findLedger(breakdown.ledger)!;
  const rows = scoped(scope, ledger);
  if (breakdown.state !== undefined) inState(rows, ledger, breakdown.state, now);
  else dated(scope, rows, columnOf(ledger, ledger.at)!.sql);
  const { id, name, nameEn, state } = breakdown;
  const head = { id, name, nameEn, ledger: ledger.id, column: breakdown.column, state: state ?? null };
  if (breakdown.column === 'age') return { ...head, type: 'code', options: ages, rows: await byAge(scope, rows, columnOf(ledger, ledger.at)!.sql) };
  const column = columnOf(ledger, breakdown.column)!;
  const found = (await rows.select(db.raw(`${column.sql} as value`), db.raw('count(*) as count')).groupByRaw('1').orderByRaw('2 desc, 1').limit(12)) as { value: string | null; count: string }[];
  return { ...head, type: column.type, options: column.options === undefined ? null : [...column.options], rows: found.map((row) => ({ value: row.value, count: Number(row.count) })) };
}

const ages = [['0', '0–3 个工作日', '0–3 working days'], ['4', '4–7 个工作日', '4–7 working days'], ['8', '8–15 个工作日', '8–15 working days'], ['16', '16–20 个工作日', '16–20 working days'], ['21', '20 个工作日以上', 'Over 20 working days']].map(([value, name, nameEn]) => ({ value: value!, name: name!, nameEn: nameEn! }));

/** Open rows by the working days since they came, by the stored calendar. */
async function byAge({ db, zone, now }: Scope, rows: Knex.QueryBuilder, at: string): Promise<BreakdownView['rows']> {
  // Working days up to each day are counted once; a row's age is the difference of two of them.
  const { rows: found } = await db.raw<{ rows: { value: string; count: string; from: string; to: string }[] }>(
    `with l as (${rows.clone().select(db.raw(`(${at} at time zone ?)::date as day`, [zone])).toQuery()}),
      day as (select d::date as day, sum(case coalesce(c.type, case when extract(isodow from d) < 6 then 'workday' else 'holiday' end) when 'workday' then 1 else 0 end) over (order by d) as worked
        from generate_series((select min(day) from l), (?::timestamptz at time zone ?)::date, interval '1 day') d left join app.calendar_day c on c.date = d::date),
      age as (select l.day, (select max(worked) from day) - day.worked as days from l join day on day.day = l.day)
    select case when days <= 3 then '0' when days <= 7 then '4' when days <= 15 then '8' when days <= 20 then '16' else '21' end as value, count(*) as count, to_char(min(day), 'YYYY-MM-DD') as "from", to_char(max(day), 'YYYY-MM-DD') as "to" from age group by 1`,
    [new Date(now), zone],
  );
  const counted = new Map(found.map((row) => [row.value, { value: row.value, count: Number(row.count), from: row.from, to: row.to }]));
  return ages.map(({ value }) => counted.get(value) ?? { value, count: 0 });
}

/** Rows that came and went, by month of the last twelve. */
export async function measureFlow(scope: Scope, ledgerId: string): Promise<FlowView> {
  const { db, zone, to } = scope;
  const ledger = findLedger(ledgerId)!;
  const months = monthsBetween(monthLater(to, 1 - TREND), to);
  const count = async (sql: string): Promise<Map<string, number>> => {
    const found = (await scoped(scope, ledger).whereRaw(`${sql} >= ? and ${sql} < ?`, [startOfMonth(months[0]!, zone), startOfMonth(to, zone, 1)]).select(db.raw(`to_char(${sql} at time zone ?, 'YYYY-MM') as month`, [zone]), db.raw('count(*) as count')).groupByRaw('1')) as { month: string; count: string }[];
    return new Map(found.map((row) => [row.month, Number(row.count)]));
  };
  const opened = await count(columnOf(ledger, ledger.at)!.sql);
  const closed = await count(columnOf(ledger, 'closedAt')!.sql);
  return { ledger: ledgerId, months: months.map((month) => ({ month, opened: opened.get(month) ?? 0, closed: closed.get(month) ?? 0 })) };
}

/** Open risks by likelihood and impact. */
export async function measureHeat(scope: Scope): Promise<HeatCell[]> {
  const ledger = findLedger('risks')!;
  const rows = scoped(scope, ledger).whereNotNull('l.likelihood').whereNotNull('l.impact');
  inState(rows, ledger, 'open', scope.now);
  const found = (await rows.select('l.likelihood', 'l.impact', scope.db.raw('count(*) as count')).groupBy('l.likelihood', 'l.impact')) as { likelihood: number; impact: number; count: string }[];
  return found.map((cell) => ({ ...cell, count: Number(cell.count) }));
}

/** Rows of the person's, of the department or site asked for where the ledger knows one. */
function scoped({ db, user, unit }: Scope, ledger: Ledger): Knex.QueryBuilder {
  const rows = visibleRows(db, ledger, user, ledgerSight(user, ledger.audience));
  if (ledgerSight(user, ledger.audience) === 'none') rows.whereRaw('false');
  if (unit !== null) rows.whereRaw(ledger.unit === unit.column ? `${columnOf(ledger, unit.column)!.sql} = ?` : 'false', ledger.unit === unit.column ? [unit.value] : []);
  return rows;
}

function dated({ zone, from, to }: Scope, rows: Knex.QueryBuilder, sql: string): void {
  rows.whereRaw(`${sql} >= ? and ${sql} < ?`, [startOfMonth(from, zone), startOfMonth(to, zone, 1)]);
}

/** Months from one to another, both included; none when it ends before it begins. */
function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = monthLater(month, 1)) months.push(month);
  return months;
}
