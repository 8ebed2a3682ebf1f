import type { Key } from '../../protocol/key.ts';
import { RowMap } from './row-map.ts';

/** A carrier's row stays below what the database keeps in one piece. */
const MOST_CHARACTERS = 1000;

/** A small row that is stored inside another. */
interface Carried {
  table: string;
  key: Key;
  /** Characters it takes, about. */
  size: number;
}

/**
 * Which small rows of a unit are stored inside the row of another, their carrier: what a scope holds is then written and removed with the scope,
 * at the price of one row. A row that does not fit is stored alone, and so it stays.
 */
export class CarriedRows {
  /** There are few to a carrier: they are looked through. */
  private carriers: RowMap<Carried[]> | null = null;

  /** Whether the carrier takes the row (again, with another size perhaps). */
  take(carrierTable: string, carrierKey: Key, row: Carried): boolean {
    let size = row.size;
    for (const each of this.of(carrierTable, carrierKey)) if (!isRow(each, row.table, row.key)) size += each.size;
    if (size > MOST_CHARACTERS) {
      this.leave(carrierTable, carrierKey, row.table, row.key);
      return false;
    }
    this.add(carrierTable, carrierKey, row);
    return true;
  }

  /** The carrier has the row. */
  add(carrierTable: string, carrierKey: Key, row: Carried): void {
    const all = this.carriers?.get(carrierTable, carrierKey);
    if (all === undefined) {
      (this.carriers ??= new RowMap()).set(carrierTable, carrierKey, [row]);
      return;
    }
    const at = all.findIndex((each) => isRow(each, row.table, row.key));
    if (at < 0) all.push(row);
    else all[at] = row;
  }

  /** The row is not carried any more. */
  leave(carrierTable: string, carrierKey: Key, table: string, key: Key): void {
    const all = this.carriers?.get(carrierTable, carrierKey);
    if (all === undefined) return;
    const at = all.findIndex((each) => isRow(each, table, key));
    if (at >= 0) all.splice(at, 1);
    if (all.length === 0) this.carriers!.delete(carrierTable, carrierKey);
  }

  has(carrierTable: string, carrierKey: Key, table: string, key: Key): boolean {
    return this.of(carrierTable, carrierKey).some((each) => isRow(each, table, key));
  }

  of(carrierTable: string, carrierKey: Key): readonly Carried[] {
    return this.carriers?.get(carrierTable, carrierKey) ?? NONE;
  }
}

const NONE: readonly Carried[] = [];

const isRow = (carried: Carried, table: string, key: Key): boolean => carried.key === key && carried.table === table;

/** A row as it is stored, the rows it carries inside it. */
export function together(row: object, carried: readonly Carried[], rowOf: (carried: Carried) => unknown): object {
  return carried.length === 0 ? row : { ...row, carried: carried.map((each) => [each.table, each.key, rowOf(each)]) };
}

/** A stored row, and those it carries, each with its table and key. */
export function apart(stored: { carried?: [table: string, key: Key, row: unknown][] }): { own: object; carried: readonly [table: string, key: Key, row: unknown][] } {
  if (stored.carried === undefined) return { own: stored, carried: [] };
  const { carried, ...own } = stored;
  return { own, carried };
}
