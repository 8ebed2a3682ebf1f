import type { EngineRecord } from '../../../protocol/records.ts';

/** The last records written, for readers that keep up: they need not ask the database for what has just been in memory. */
export class RecentRecords {
  private records: EngineRecord[] = [];
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  add(records: readonly EngineRecord[]): void {
    this.records.push(...records);
    // Cut rarely, so that it costs nothing per record.
    if (this.records.length > this.limit * 2) this.records = this.records.slice(-this.limit);
  }

  /** Records after a position, in order; undefined when older ones are needed. */
  after(position: string, limit: number): EngineRecord[] | undefined {
    const first = this.records[0];
    if (first === undefined || Number(position) < Number(first.position) - 1) return undefined;
    const from = this.indexAfter(Number(position));
    return this.records.slice(from, from + limit);
  }

  private indexAfter(position: number): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Number(this.records[middle]!.position) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
