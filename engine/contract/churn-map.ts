/** So many entries leave before the table is made anew, when fewer are in it. */
const FEW = 64;

/**
 * A map that lives long while its entries come and go. V8 makes a new table for a Map whenever the old one is full or nearly empty; once a Map is
 * old, the tables it leaves behind stay in old space until the next full collection, and with each all that was in it, so that a young
 * collection has to copy what is long dead. Here the Map itself is made anew every so often, and what it leaves behind dies young.
 *
 * Entries may be deleted while it is gone through; what has come or gone since may then be missed or still be seen.
 */
export class ChurnMap<Key, Value> {
  private map = new Map<Key, Value>();
  private gone = 0;

  get size(): number {
    return this.map.size;
  }

  get(key: Key): Value | undefined {
    return this.map.get(key);
  }

  has(key: Key): boolean {
    return this.map.has(key);
  }

  set(key: Key, value: Value): void {
    this.map.set(key, value);
  }

  /** @returns whether it was there */
  delete(key: Key): boolean {
    if (!this.map.delete(key)) return false;
    this.gone += 1;
    if (this.gone >= FEW && this.gone >= this.map.size) this.renew(this.map);
    return true;
  }

  clear(): void {
    if (this.map.size > 0) this.renew([]);
  }

  /** In the order in which they came. */
  keys(): IterableIterator<Key> {
    return this.map.keys();
  }

  values(): IterableIterator<Value> {
    return this.map.values();
  }

  [Symbol.iterator](): IterableIterator<[Key, Value]> {
    return this.map.entries();
  }

  forEach(look: (value: Value, key: Key) => void): void {
    this.map.forEach(look);
  }

  private renew(entries: Iterable<[Key, Value]>): void {
    this.map = new Map(entries);
    this.gone = 0;
  }
}
