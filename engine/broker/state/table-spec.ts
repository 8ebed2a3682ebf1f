import type { Key } from '../../protocol/key.ts';

/** What one table of the engine's state keeps, and what the store needs to know of its rows. Rows are immutable: replace, never change. */
export interface TableSpec<Row> {
  name: string;
  /** Lookups inside a unit: index name → value of a row (undefined: not indexed). */
  indexes?: Record<string, (row: Row) => string | undefined>;
  /** Epoch ms at which the engine must look at the row again; null for never. */
  dueAt?: (row: Row) => number | null;
  /** Job type under which the row waits to be activated; null when it does not. */
  queue?: (row: Row) => string | null;
  /** The row of the same unit, in `table`, inside which small ones are stored; such rows are found by their unit only. `size`: characters they take, about. */
  carrier?: { table: string; key: (row: Row) => Key; size: (row: Row) => number };
}
