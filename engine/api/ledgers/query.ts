import type { Knex } from 'knex';
import { z } from 'zod';
import type { LedgerState } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { ledgerSight, type LedgerSight } from '../../identity/permissions.ts';
import { addDays, instantOf } from '../../workers/calendar/zone-time.ts';
import { containing, paging } from '../request.ts';
import { figureOf, figureRows, type MissRule } from './figure.ts';
import { columnOf, type Ledger } from './ledger.ts';

const date = z.iso.date();
const base = z.object({
  search: z.string().trim().max(100).default(''),
  sort: z.string().max(60).optional(),
  state: z.enum(['open', 'closed', 'overdue']).optional(),
  from: date.optional(),
  to: date.optional(),
  figure: z.string().max(60).optional(),
  period: z.string().regex(/^\d{4}-\d{2}\.\.\d{4}-\d{2}$/).optional(),
  met: z.enum(['yes', 'no']).optional(),
  customerNo: z.string().trim().max(64).optional(),
  ...paging,
});

/** What rows are wanted, in which order. */
export type LedgerFilter = z.infer<typeof base> & { values: { column: string; values: string[] }[] };

/** Reads the filter out of an address; names of columns that cannot be filtered by are refused. */
export function readFilter(ledger: Ledger, query: Record<string, unknown>): LedgerFilter {
  const filter = base.parse(query);
  const values = ledger.columns.filter((column) => column.filter && typeof query[column.id] === 'string' && query[column.id] !== '').map((column) => ({ column: column.id, values: String(query[column.id]).split(',').slice(0, 50) }));
  const sorted = filter.sort?.replace(/^-/, '');
  if (sorted !== undefined && columnOf(ledger, sorted) === undefined) throw new ProductError('bad_request', `Expected 'sort' to name a column of ledger '${ledger.id}', but '${sorted}' is none`);
  return { ...filter, values };
}

/** What the person sees of the ledger. Throws `forbidden` when that is nothing. */
export function requireSight(user: DirectoryUser, ledger: Ledger): LedgerSight {
  const sight = ledgerSight(user, ledger.audience);
  if (sight === 'none') throw new ProductError('forbidden', `The ledger '${ledger.id}' is not open to the groups of this person`);
  return sight;
}

/** The rows of a ledger this person may see: none of cases they are recused from, and without oversight only of cases they work on. */
export function visibleRows(db: Database, ledger: Ledger, user: Pick<DirectoryUser, 'id'>, sight: LedgerSight): Knex.QueryBuilder {
  const rows = db({ l: ledger.table }).whereRaw(`not exists (select 1 from read_model.process_instance p where p.key = l.process_instance_key and ? = any(coalesce(p.exclude_users, '{}')))`, [user.id]);
  if (ledger.only !== undefined) rows.whereRaw(ledger.only);
  if (sight === 'own') rows.whereRaw('exists (select 1 from app.task_participant t where t.process_instance_key = l.process_instance_key and t.user_id = ?)', [user.id]);
  return rows;
}

/** Narrows rows to what a filter asks for. `now` decides what is overdue; `missOf` says when a figure's case misses its target. */
export function narrow(rows: Knex.QueryBuilder, ledger: Ledger, filter: LedgerFilter, { zone, now, miss }: { zone: string; now: number; miss: MissRule | null }): Knex.QueryBuilder {
  if (filter.search !== '') {
    const like = containing(filter.search);
    rows.where((some) => ledger.search.forEach((sql) => void some.orWhereRaw(`${sql} ilike ?`, [like])));
  }
  if (filter.customerNo !== undefined && columnOf(ledger, 'customerNo') !== undefined) rows.whereRaw(`${columnOf(ledger, 'customerNo')!.sql} = ?`, [filter.customerNo]);
  if (filter.state !== undefined) inState(rows, ledger, filter.state, now);
  const at = columnOf(ledger, ledger.at)!.sql;
  if (filter.from !== undefined) rows.whereRaw(`${at} >= ?`, [new Date(instantOf(filter.from, '00:00', zone))]);
  if (filter.to !== undefined) rows.whereRaw(`${at} < ?`, [new Date(instantOf(addDays(filter.to, 1), '00:00', zone))]);
  for (const { column, values } of filter.values) {
    const { sql } = columnOf(ledger, column)!;
    const none = values.includes('-');
    rows.where((some) => {
      some.whereRaw(`${sql} = any(?::text[])`, [values.filter((value) => value !== '-')]);
      if (none) some.orWhereRaw(`${sql} is null`);
    });
  }
  if (filter.figure !== undefined) {
    const figure = figureOf(filter.figure);
    if (figure === undefined || figure.ledger !== ledger.id) throw new ProductError('bad_request', `Expected 'figure' to name a figure of ledger '${ledger.id}', but '${filter.figure}' is none`);
    const [from, to] = filter.period?.split('..') as [string, string] | undefined ?? [undefined, undefined];
    figureRows(rows, ledger, figure, { from, to, zone, met: filter.met ?? null, miss });
  }
  return rows;
}

/** Leaves the rows in a state. A ledger without that state has none. */
export function inState(rows: Knex.QueryBuilder, ledger: Ledger, state: LedgerState, now: number): void {
  if (ledger.open === null || (state === 'overdue' && ledger.due === null)) return void rows.whereRaw('false');
  if (state === 'closed') return void rows.whereRaw(`not (${ledger.open})`);
  rows.whereRaw(`(${ledger.open})`);
  if (state === 'overdue') rows.whereRaw(`${ledger.due} <= ?`, [new Date(now)]);
}

/** States rows of the ledger can be narrowed to. */
export function statesOf(ledger: Ledger): LedgerState[] {
  if (ledger.open === null) return [];
  return ledger.due === null ? ['open', 'closed'] : ['open', 'overdue', 'closed'];
}

/** Puts rows in the order asked for, the newest first else. */
export function order(rows: Knex.QueryBuilder, ledger: Ledger, sort: string | undefined): Knex.QueryBuilder {
  const wanted = sort ?? `-${ledger.at}`;
  const descending = wanted.startsWith('-');
  const { sql } = columnOf(ledger, wanted.replace(/^-/, ''))!;
  return rows.orderByRaw(`${sql} ${descending ? 'desc' : 'asc'} nulls last`).orderByRaw(`${columnOf(ledger, ledger.key)!.sql} ${descending ? 'desc' : 'asc'}`);
}
