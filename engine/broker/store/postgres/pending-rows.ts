import { ChurnMap } from '../../../contract/churn-map.ts';
import { compareKeys, type Key } from '../../../protocol/key.ts';
import type { RowChange, StoredRow } from '../../state/row-cache.ts';
import { RowMap } from '../../state/row-map.ts';
import type { DueRow } from '../store.ts';

interface RowId {
  table: string;
  key: Key;
}

/** Changes that are durable and not yet in the table of state: the last of each row, `fresh` when the table has none of its key. What comes and goes meanwhile never gets there. */
export class PendingRows {
  private readonly rows = new RowMap<RowChange>();
  private readonly units = new ChurnMap<string, Set<RowChange>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(changes: readonly RowChange[]): void {
    for (const change of changes) {
      const before = this.rows.get(change.table, change.key);
      const fresh = before === undefined ? change.fresh : before.fresh;
      if (before !== undefined) this.drop(before);
      if (!fresh || change.row !== undefined) this.put(fresh === change.fresh ? change : { ...change, fresh });
    }
  }

  get({ table, key }: RowId): RowChange | undefined {
    return this.rows.get(table, key);
  }

  of(unit: string): Iterable<RowChange> {
    return this.units.get(unit) ?? [];
  }

  all(): Iterable<RowChange> {
    return this.rows.values();
  }

  private put(change: RowChange): void {
    this.rows.set(change.table, change.key, change);
    this.count += 1;
    const ofUnit = this.units.get(change.unit);
    if (ofUnit === undefined) this.units.set(change.unit, new Set([change]));
    else ofUnit.add(change);
  }

  private drop(change: RowChange): void {
    this.rows.delete(change.table, change.key);
    this.count -= 1;
    const ofUnit = this.units.get(change.unit);
    ofUnit?.delete(change);
    if (ofUnit?.size === 0) this.units.delete(change.unit);
  }
}

/** The table of state as it will be: what a query has found there, and what is pending; the newest first. */
export class Overlay {
  private readonly layers: readonly PendingRows[];

  constructor(layers: readonly PendingRows[]) {
    this.layers = [...new Set(layers)].filter(({ size }) => size > 0);
  }

  get size(): number {
    return this.layers.reduce((sum, layer) => sum + layer.size, 0);
  }

  /** Whether something is pending of the row. */
  has(id: RowId): boolean {
    return this.get(id) !== undefined;
  }

  get(id: RowId): RowChange | undefined {
    for (const layer of this.layers) {
      const row = layer.get(id);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  /** Rows of a unit, oldest first. */
  unit(unit: string, stored: readonly StoredRow[]): StoredRow[] {
    const known = stored.filter((row) => !this.has(row));
    const pending = this.newest((layer) => layer.of(unit)).filter(({ row }) => row !== undefined);
    return pending.length === 0 ? known : [...known, ...pending].sort((a, b) => compareKeys(a.key, b.key));
  }

  /** Keys of rows that wait in a queue, oldest first. `stored`: those the table has, by table and key. */
  queued(queue: string, stored: readonly { table: string; key: Key }[], limit: number): Key[] {
    const known = stored.filter((row) => !this.has(row)).map(({ key }) => key);
    const pending = this.newest((layer) => layer.all()).filter((row) => row.queue === queue).map(({ key }) => key);
    return (pending.length === 0 ? known : [...known, ...pending].sort(compareKeys)).slice(0, limit);
  }

  /** Rows due at or before the instant, the longest overdue first. */
  due(now: number, stored: readonly (DueRow & { dueAt: number })[], limit: number): (DueRow & { dueAt: number })[] {
    const known = stored.filter((row) => !this.has(row));
    const pending = this.newest((layer) => layer.all()).flatMap(({ table, key, dueAt }) => (dueAt !== null && dueAt <= now ? [{ table, key, dueAt }] : []));
    return [...known, ...pending].sort((a, b) => a.dueAt - b.dueAt || compareKeys(a.key, b.key)).slice(0, limit);
  }

  /** Of each row that a layer has, the newest. */
  private newest(rowsOf: (layer: PendingRows) => Iterable<RowChange>): RowChange[] {
    const [first, ...older] = this.layers;
    if (first === undefined) return [];
    const found = Array.from(rowsOf(first));
    for (const [at, layer] of older.entries()) {
      for (const row of rowsOf(layer)) {
        if (!this.layers.slice(0, at + 1).some((newer) => newer.get(row) !== undefined)) found.push(row);
      }
    }
    return found;
  }
}
