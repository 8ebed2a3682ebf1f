import { ChurnMap } from '../../contract/churn-map.ts';
import type { Key } from '../../protocol/key.ts';

/** Something for each of many rows, by table and key; they may come and go for long. The two are not joined to one: such a text would have to be made and hashed at every look. */
export class RowMap<Value> {
  private tables = new Map<string, ChurnMap<Key, Value>>();

  get(table: string, key: Key): Value | undefined {
    return this.tables.get(table)?.get(key);
  }

  has(table: string, key: Key): boolean {
    return this.tables.get(table)?.has(key) === true;
  }

  set(table: string, key: Key, value: Value): void {
    let rows = this.tables.get(table);
    if (rows === undefined) this.tables.set(table, (rows = new ChurnMap()));
    rows.set(key, value);
  }

  delete(table: string, key: Key): void {
    this.tables.get(table)?.delete(key);
  }

  clear(): void {
    if (this.tables.size > 0) this.tables = new Map();
  }

  /** Table by table, those of one table in the order in which they came. */
  forEach(look: (value: Value) => void): void {
    for (const rows of this.tables.values()) rows.forEach(look);
  }

  /** The same, one after another. */
  *values(): Generator<Value> {
    for (const rows of this.tables.values()) yield* rows.values();
  }
}
