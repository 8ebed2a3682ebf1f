import type { Key } from '../../protocol/key.ts';
import { CarriedRows } from './carried-rows.ts';
import type { TableSpec } from './table-spec.ts';

/** So many rows of a table are looked through as fast as an index is asked, and need none: most units are that small. */
const FEW = 16;

/** Rows that are in memory all together or not at all: those of one process instance, of one message name and key, the definitions. */
export class Unit {
  readonly tables = new Map<string, Map<Key, unknown>>();
  /** Of tables with more than a few rows, since somebody has asked. */
  private indexes: Map<string, Map<string, Set<Key>>> | null = null;
  readonly carried = new CarriedRows();
  /** Number of the last batch that changed it; it may be dropped once that batch is committed. */
  changedInBatch = 0;
  usedAt = 0;

  get isEmpty(): boolean {
    for (const rows of this.tables.values()) if (rows.size > 0) return false;
    return true;
  }

  get(table: string, key: Key): unknown {
    return this.tables.get(table)?.get(key);
  }

  /** Rows with that index value, oldest first. */
  find(table: TableSpec<unknown>, index: string, value: string): unknown[] {
    const rows = this.tables.get(table.name);
    if (rows === undefined || rows.size === 0) return [];
    const valueOf = table.indexes![index]!;
    if (rows.size <= FEW) {
      const found: unknown[] = [];
      for (const row of rows.values()) if (valueOf(row) === value) found.push(row);
      return found;
    }
    const keys = this.indexOf(table, index, rows, valueOf).get(value);
    return keys === undefined ? [] : Array.from(keys, (key) => rows.get(key));
  }

  /** Puts a row in place, or removes it; what was there before. */
  replace(table: TableSpec<unknown>, key: Key, row: unknown): unknown {
    let rows = this.tables.get(table.name);
    if (rows === undefined) this.tables.set(table.name, (rows = new Map()));
    const before = rows.get(key);
    if (this.indexes !== null) this.reindex(table, key, before, row);
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
    return before;
  }

  private indexOf(table: TableSpec<unknown>, name: string, rows: ReadonlyMap<Key, unknown>, valueOf: (row: unknown) => string | undefined): Map<string, Set<Key>> {
    const id = `${table.name}.${name}`;
    const known = this.indexes?.get(id);
    if (known !== undefined) return known;
    const index = new Map<string, Set<Key>>();
    for (const [key, row] of rows) addTo(index, valueOf(row), key);
    (this.indexes ??= new Map()).set(id, index);
    return index;
  }

  private reindex(table: TableSpec<unknown>, key: Key, before: unknown, row: unknown): void {
    for (const name in table.indexes) {
      const index = this.indexes!.get(`${table.name}.${name}`);
      if (index === undefined) continue;
      const valueOf = table.indexes[name]!;
      const was = before === undefined ? undefined : valueOf(before);
      const is = row === undefined ? undefined : valueOf(row);
      if (was === is) continue;
      if (was !== undefined) {
        const keys = index.get(was);
        keys?.delete(key);
        if (keys?.size === 0) index.delete(was);
      }
      addTo(index, is, key);
    }
  }
}

function addTo(index: Map<string, Set<Key>>, value: string | undefined, key: Key): void {
  if (value === undefined) return;
  const keys = index.get(value);
  if (keys === undefined) index.set(value, new Set([key]));
  else keys.add(key);
}
