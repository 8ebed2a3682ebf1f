import type { EngineRecord } from '../../../protocol/records.ts';

interface WrittenBatch {
  records: readonly EngineRecord[];
  /** Characters of the text that keeps it: what it takes in memory is in proportion. */
  size: number;
}

/** The last records written, for readers that keep up: they need not ask the database for what has just been in memory. */
export class RecentRecords {
  private batches: WrittenBatch[] = [];
  private size = 0;
  private readonly mostCharacters: number;

  constructor(mostCharacters: number) {
    this.mostCharacters = mostCharacters;
  }

  add(records: readonly EngineRecord[], size: number): void {
    this.batches.push({ records, size });
    this.size += size;
    if (this.size <= this.mostCharacters) return;
    let dropped = 0;
    while (this.size > this.mostCharacters) this.size -= this.batches[dropped++]!.size;
    this.batches.splice(0, dropped);
  }

  /** Records after a position, in order, at least one batch of them if there is any; undefined when older ones are needed. */
  after(position: string, limit: number): EngineRecord[] | undefined {
    const after = Number(position);
    const first = this.batches[0]?.records[0];
    if (first === undefined || after < Number(first.position) - 1) return undefined;
    const found: EngineRecord[] = [];
    for (let at = this.batchAfter(after); at < this.batches.length && found.length < limit; at += 1) {
      for (const record of this.batches[at]!.records) {
        if (found.length === limit) break;
        if (Number(record.position) > after) found.push(record);
      }
    }
    return found;
  }

  /** The first batch that ends after the position. */
  private batchAfter(position: number): number {
    let low = 0;
    let high = this.batches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Number(this.batches[middle]!.records.at(-1)!.position) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
