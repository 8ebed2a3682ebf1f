import type { LedgerColumnType, LedgerOption } from '../../contract/api.ts';
import type { LedgerAudience } from '../../identity/permissions.ts';

/** A column of a ledger: how it is read and what it is called. */
export interface LedgerColumn {
  /** Name in the API and in addresses, e.g. `receivedAt`. */
  id: string;
  /** SQL on the ledger's table `l`. */
  sql: string;
  name: string;
  nameEn: string;
  type: LedgerColumnType;
  /** Words of a code's values. */
  options?: readonly LedgerOption[];
  /** Rows can be narrowed to values of it. */
  filter: boolean;
  /** Shown before anybody chooses columns. */
  shown: boolean;
}

/** A register of the manual: one table the workers write. */
export interface Ledger {
  id: string;
  name: string;
  nameEn: string;
  audience: LedgerAudience;
  /** Shown and exported under a watermark, whatever columns are chosen. @default only with personal data */
  confidential?: true;
  /** Table, e.g. `app.complaint`; known as `l`. It has a `process_instance_key`. */
  table: string;
  /** Rows of the table that belong to this ledger, SQL on `l`. @default all */
  only?: string;
  /** Column that names a row. */
  key: string;
  /** SQL of the case number, for deadlines and facts. */
  caseNo: string;
  /** Column by which rows are dated, newest first. */
  at: string;
  /** SQL that is true while the row's matter is open; null where there is no such thing. */
  open: string | null;
  /** SQL of the date by which it is due; null where there is none. */
  due: string | null;
  /** Column with the department or site. */
  unit: string | null;
  /** SQL of the texts that are searched. */
  search: readonly string[];
  columns: readonly LedgerColumn[];
}

type Extra = Partial<Pick<LedgerColumn, 'options' | 'filter' | 'shown'>>;

/** A column; `sql` may name a column of the table alone. */
export function column(id: string, sql: string, name: string, nameEn: string, type: LedgerColumnType = 'text', extra: Extra = {}): LedgerColumn {
  return { id, sql: /^[a-z_]+$/.test(sql) ? `l.${sql}` : sql, name, nameEn, type, filter: false, shown: true, ...extra };
}

/** A column of codes with their words, by which rows can be narrowed. */
export function coded(id: string, sql: string, name: string, nameEn: string, options: readonly LedgerOption[], extra: Extra = {}): LedgerColumn {
  return column(id, sql, name, nameEn, 'code', { options, filter: true, ...extra });
}

/** A column kept back until somebody chooses it. */
export const hidden: Extra = { shown: false };

/** The ledger's column of that name. */
export function columnOf(ledger: Ledger, id: string): LedgerColumn | undefined {
  return ledger.columns.find((each) => each.id === id);
}
