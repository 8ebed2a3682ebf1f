import type { LedgerRow, LedgerValue } from '../../contract/api.ts';
import type { Database } from '../../database/connect.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { mayOpen, type LedgerSight } from '../../identity/permissions.ts';
import { maskText } from '../masking.ts';
import { tasksOf } from '../tasks/task-rows.ts';
import { columnOf, type Ledger, type LedgerColumn } from './ledger.ts';

/** A row as the database gives it: columns by their ids, besides these. */
export type RawRow = Record<string, unknown> & { _instance: string; _overdue: boolean };

/** What to select of a ledger: its columns by their ids, the instance, whether it is overdue at `now`. */
export function selection(db: Database, ledger: Ledger, now: number) {
  const overdue = ledger.open === null || ledger.due === null ? 'false' : `coalesce((${ledger.open}) and ${ledger.due} <= ?, false)`;
  return [
    db.raw('l.process_instance_key as _instance'),
    db.raw(`${overdue} as _overdue`, overdue === 'false' ? [] : [new Date(now)]),
    ...ledger.columns.map((column) => db.raw(`${column.type === 'date' ? `to_char(${column.sql}, 'YYYY-MM-DD')` : column.sql} as ??`, [column.id])),
  ];
}

/** The row as pages get it, personal data masked unless `sight` is full; without `link`. */
export function rowOf(ledger: Ledger, raw: RawRow, sight: LedgerSight): LedgerRow {
  const values = Object.fromEntries(ledger.columns.map((column) => [column.id, valueOf(column, raw[column.id], sight)]));
  return { key: String(raw[ledger.key]), processInstanceKey: String(raw._instance), link: null, overdue: raw._overdue, values };
}

function valueOf(column: LedgerColumn, value: unknown, sight: LedgerSight): LedgerValue {
  if (value === null || value === undefined) return null;
  if (column.type === 'personal') return sight === 'full' ? String(value) : maskText(String(value));
  if (column.type === 'money' || column.type === 'number') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.map(String) : String(value);
}

/** Where the rows' cases open for this person: the monitor for administrators, else a task of the case they have or had. */
export async function withLinks(db: Database, user: DirectoryUser, rows: LedgerRow[]): Promise<LedgerRow[]> {
  if (mayOpen(user, 'monitor')) return rows.map((row) => ({ ...row, link: `/monitor/instances/${row.processInstanceKey}` }));
  if (rows.length === 0) return rows;
  const tasks = await tasksOf(db, [...new Set(rows.map((row) => row.processInstanceKey))]);
  const link = new Map<string, string>();
  for (const task of tasks) {
    const mine = task.completed_by === user.id || ((task.state === 'open' || task.state === 'failed') && (task.assignee === user.id || task.candidate_users.includes(user.id) || task.candidate_groups.some((group) => user.groups.includes(group))));
    if (mine && !task.exclude_users.includes(user.id)) link.set(String(task.process_instance_key), `/tasks/${task.key}`);
  }
  return rows.map((row) => ({ ...row, link: link.get(row.processInstanceKey) ?? null }));
}

/** Has any row personal data in full? */
export function showsPersonalData(ledger: Ledger, rows: readonly LedgerRow[], sight: LedgerSight): boolean {
  return sight === 'full' && ledger.columns.some((column) => column.type === 'personal' && rows.some((row) => row.values[column.id] !== null));
}

/** Names of people, groups, sites, products and codes in one language. */
export type Words = (column: LedgerColumn, value: LedgerValue) => LedgerValue;

interface Named {
  id: string;
  name: string;
  nameEn?: string;
}

/** Turns ids and codes into words; what has none stays as it is. */
export function wordsIn(lang: 'zh' | 'en', directory: { users: Named[]; groups: Named[]; sites: Named[]; products: Named[] }): Words {
  const named = (list: readonly Named[]) => new Map(list.map((one) => [one.id, lang === 'en' ? (one.nameEn ?? one.name) : one.name]));
  const [users, groups, sites, products] = [named([...directory.groups, ...directory.users]), named(directory.groups), named(directory.sites), named(directory.products)];
  return (column, value) => {
    if (value === null) return null;
    if (column.type === 'flag') return lang === 'en' ? (value === true ? 'Yes' : 'No') : value === true ? '是' : '否';
    const known = column.type === 'person' ? users : column.type === 'group' ? groups : column.type === 'site' ? sites : column.type === 'product' ? products : null;
    if (known !== null) return known.get(String(value)) ?? value;
    if (column.options === undefined) return value;
    const options = new Map(column.options.map((option) => [option.value, lang === 'en' ? option.nameEn : option.name]));
    return Array.isArray(value) ? value.map((one) => options.get(one) ?? one).join(lang === 'en' ? ', ' : '、') : (options.get(String(value)) ?? value);
  };
}

/** The columns asked for, in the ledger's order; those shown at first else. */
export function chosenColumns(ledger: Ledger, ids: string | undefined): LedgerColumn[] {
  const wanted = ids?.split(',').filter((id) => columnOf(ledger, id) !== undefined) ?? [];
  return ledger.columns.filter((column) => (wanted.length > 0 ? wanted.includes(column.id) || column.id === ledger.key : column.shown));
}
