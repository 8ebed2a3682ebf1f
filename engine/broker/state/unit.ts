import type { Key } from '../../protocol/key.ts';
import { CarriedRows } from './carried-rows.ts';
import type { TableSpec } from './row-cache.ts';

/** Rows that are in memory all together or not at all: those of one process instance, of one message name and key, the definitions. */
export class Unit {
  readonly tables = new Map<string, Map<Key, unknown>>();
  private readonly indexes = new Map<string, Map<string, Set<Key>>>();
  readonly carried = new CarriedRows();
  /** Number of the last batch that changed it; it may be dropped once that batch is committed. */
  changedInBatch = 0;
  usedAt = 0;

  get(table: string, key: Key): unknown {
    return this.tables.get(table)?.get(key);
  }

  /** Rows with that index value, oldest first. */
  find(table: string, index: string, value: string): unknown[] {
    const keys = this.indexes.get(`${table}.${index}`)?.get(value);
    if (keys === undefined) return [];
    const rows = this.tables.get(table)!;
    return Array.from(keys, (key) => rows.get(key));
  }

  /** Puts a row in place, or removes it; what was there before. */
  replace(table: TableSpec<unknown>, key: Key, row: unknown): unknown {
    let rows = this.tables.get(table.name);
    if (rows === undefined) this.tables.set(table.name, (rows = new Map()));
    const before = rows.get(key);
    for (const name in table.indexes) {
      const valueOf = table.indexes[name]!;
      const was = before === undefined ? undefined : valueOf(before);
      const is = row === undefined ? undefined : valueOf(row);
      if (was !== is) this.reindex(`${table.name}.${name}`, key, was, is);
    }
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
    return before;
  }

  private reindex(name: string, key: Key, was: string | undefined, is: string | undefined): void {
    let index = this.indexes.get(name);
    if (index === undefined) this.indexes.set(name, (index = new Map()));
    if (was !== undefined) {
      const keys = index.get(was);
      keys?.delete(key);
      if (keys?.size === 0) index.delete(was);
    }
    if (is === undefined) return;
    const keys = index.get(is);
    if (keys === undefined) index.set(is, new Set([key]));
    else keys.add(key);
  }
}
