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

/** The row that carries. */
interface CarrierId {
  table: string;
  key: Key;
}

/**
 * Which small rows of a unit are stored inside the row of another, their carrier: what a scope holds is then written and removed with the scope,
 * at the price of one row. A row that does not fit is stored alone, and so it stays.
 */
export class CarriedRows {
  /** There are few to a carrier: they are looked through. */
  private carriers: RowMap<Carried[]> | null = null;

  /** Whether the carrier takes the row (again, with another size perhaps). */
  take(carrier: CarrierId, row: Carried): boolean {
    const all = this.of(carrier);
    let size = row.size;
    for (const each of all) if (!isSame(each, row)) size += each.size;
    if (size > MOST_CHARACTERS) {
      this.leave(carrier, row);
      return false;
    }
    this.add(carrier, row);
    return true;
  }

  /** The carrier has the row. */
  add(carrier: CarrierId, row: Carried): void {
    const all = this.carriers?.get(carrier.table, carrier.key);
    if (all === undefined) {
      (this.carriers ??= new RowMap()).set(carrier.table, carrier.key, [row]);
      return;
    }
    const at = all.findIndex((each) => isSame(each, row));
    if (at < 0) all.push(row);
    else all[at] = row;
  }

  /** The row is not carried any more. */
  leave(carrier: CarrierId, row: { table: string; key: Key }): void {
    const all = this.carriers?.get(carrier.table, carrier.key);
    if (all === undefined) return;
    const at = all.findIndex((each) => isSame(each, row));
    if (at >= 0) all.splice(at, 1);
    if (all.length === 0) this.carriers!.delete(carrier.table, carrier.key);
  }

  has(carrier: CarrierId, row: { table: string; key: Key }): boolean {
    return this.of(carrier).some((each) => isSame(each, row));
  }

  of(carrier: CarrierId): readonly Carried[] {
    return this.carriers?.get(carrier.table, carrier.key) ?? NONE;
  }
}

const NONE: readonly Carried[] = [];

const isSame = (one: { table: string; key: Key }, other: { table: string; key: Key }): boolean => one.key === other.key && one.table === other.table;

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
