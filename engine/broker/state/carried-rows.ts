import type { Key } from '../../protocol/key.ts';

/** A carrier's row stays below what the database keeps in one piece. */
const MOST_CHARACTERS = 1000;

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
  private carriers: Map<string, Map<string, Carried>> | null = null;

  /** Whether the carrier takes the row (again, with another size perhaps). Carriers and rows go by `table/key`. */
  take(carrier: string, id: string, row: Carried): boolean {
    const all = this.carriers?.get(carrier);
    let size = row.size;
    if (all !== undefined) for (const [other, each] of all) if (other !== id) size += each.size;
    if (size > MOST_CHARACTERS) {
      this.leave(carrier, id);
      return false;
    }
    this.add(carrier, id, row);
    return true;
  }

  /** The carrier has the row. */
  add(carrier: string, id: string, row: Carried): void {
    const all = this.carriers?.get(carrier);
    if (all === undefined) (this.carriers ??= new Map()).set(carrier, new Map([[id, row]]));
    else all.set(id, row);
  }

  /** The row is not carried any more. */
  leave(carrier: string, id: string): void {
    const all = this.carriers?.get(carrier);
    if (all?.delete(id) === true && all.size === 0) this.carriers!.delete(carrier);
  }

  has(carrier: string, id: string): boolean {
    return this.carriers?.get(carrier)?.has(id) === true;
  }

  of(carrier: string): readonly Carried[] {
    const all = this.carriers?.get(carrier);
    return all === undefined ? [] : [...all.values()];
  }
}

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
