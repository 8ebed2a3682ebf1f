import { compareKeys, type Key } from '../../../protocol/key.ts';
import type { RowChange, StoredRow } from '../../state/row-cache.ts';
import type { DueRow } from '../store.ts';

const idOf = ({ table, key }: { table: string; key: Key }): string => `${table}/${key}`;

/** Changes that are durable and not yet in the table of state: the last of each row, `fresh` when the table has none of its key. What comes and goes meanwhile never gets there. */
export class PendingRows {
  private readonly rows = new Map<string, RowChange>();
  private readonly units = new Map<string, Set<string>>();

  get size(): number {
    return this.rows.size;
  }

  add(changes: readonly RowChange[]): void {
    for (const change of changes) {
      const id = idOf(change);
      const before = this.rows.get(id);
      const fresh = before === undefined ? change.fresh : before.fresh;
      if (fresh && change.row === undefined) this.drop(id, change.unit);
      else {
        this.rows.set(id, fresh === change.fresh ? change : { ...change, fresh });
        if (before === undefined) this.noteUnit(id, change.unit);
      }
    }
  }

  get(id: string): RowChange | undefined {
    return this.rows.get(id);
  }

  of(unit: string): RowChange[] {
    return Array.from(this.units.get(unit) ?? [], (id) => this.rows.get(id)!);
  }

  all(): Iterable<RowChange> {
    return this.rows.values();
  }

  private noteUnit(id: string, unit: string): void {
    const ids = this.units.get(unit);
    if (ids === undefined) this.units.set(unit, new Set([id]));
    else ids.add(id);
  }

  private drop(id: string, unit: string): void {
    this.rows.delete(id);
    const ids = this.units.get(unit);
    ids?.delete(id);
    if (ids?.size === 0) this.units.delete(unit);
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
  has(row: { table: string; key: Key }): boolean {
    return this.get(idOf(row)) !== undefined;
  }

  get(id: string): RowChange | undefined {
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
        const id = idOf(row);
        if (!this.layers.slice(0, at + 1).some((newer) => newer.get(id) !== undefined)) found.push(row);
      }
    }
    return found;
  }
}
