import type pg from 'pg';
import type { LoggedRecord } from '../../../protocol/records.ts';
import { readRecordBatch } from './record-log.ts';

/** A batch as the record log keeps it. */
interface StoredBatch {
  /** Position of its last record. */
  lastPosition: string;
  /** The text that keeps its records. */
  text: string;
}

/** A batch that has just been written. */
export interface WrittenBatch extends StoredBatch {
  /** Position of its first record. */
  firstPosition: string;
}

/** Batches read from the database at once. */
const BATCH_PAGE = 32;

/** Texts kept for a reader that keeps up, in characters: some 60,000 records. */
const RECENT_CHARACTERS = 8_000_000;
/** With so many waiting who reads had better not rest. */
const MANY_CHARACTERS = 2_000_000;

/** Reads the record log of a partition. Batches it is told of as they are written need not be asked for. */
export class RecordReader {
  private readonly pool: pg.Pool;
  private readonly partition: number;
  private recent: WrittenBatch[] = [];
  private size = 0;

  constructor(pool: pg.Pool, partition: number) {
    this.pool = pool;
    this.partition = partition;
  }

  /** A batch has been written. */
  add(batch: WrittenBatch): void {
    const last = this.recent.at(-1);
    // One between them was written, though its writer could not be told so.
    if (last !== undefined && Number(batch.firstPosition) !== Number(last.lastPosition) + 1) this.forget();
    this.recent.push(batch);
    this.size += batch.text.length;
    while (this.size > RECENT_CHARACTERS) this.dropFirst();
  }

  /** Whether so much waits to be read that some of it may soon have to be asked of the database. */
  get isFilling(): boolean {
    return this.size > MANY_CHARACTERS;
  }

  /** Records after a position, in order, at most `limit`. Who reads goes forward: what comes before the position is kept no longer. */
  async read(after: string, limit: number): Promise<LoggedRecord[]> {
    const records: LoggedRecord[] = [];
    for (const page of await this.pages(after, limit)) for (const record of page) records.push(record);
    return records;
  }

  /** The same batch by batch, each of which is parsed when it is asked for. */
  async pages(after: string, limit: number): Promise<Iterable<readonly LoggedRecord[]>> {
    return pagesOf(this.recentAfter(Number(after)) ?? (await this.stored(after, limit)), Number(after), limit);
  }

  /** What it was told of, when that reaches back to the position. */
  private recentAfter(after: number): readonly StoredBatch[] | undefined {
    while (this.recent.length > 0 && Number(this.recent[0]!.lastPosition) <= after) this.dropFirst();
    const [next] = this.recent;
    return next !== undefined && Number(next.firstPosition) <= after + 1 ? [...this.recent] : undefined;
  }

  private dropFirst(): void {
    this.size -= this.recent.shift()!.text.length;
  }

  private forget(): void {
    this.recent = [];
    this.size = 0;
  }

  private async stored(after: string, limit: number): Promise<StoredBatch[]> {
    const { rows } = await this.pool.query<StoredBatch>({
      name: 'read-records',
      text: 'select records as text, last_position as "lastPosition" from broker.record_batch where partition = $1 and last_position > $2 order by last_position limit $3',
      values: [this.partition, after, Math.min(limit, BATCH_PAGE)],
    });
    return rows;
  }
}

function* pagesOf(batches: readonly StoredBatch[], after: number, limit: number): Generator<readonly LoggedRecord[]> {
  let left = limit;
  for (const { text, lastPosition } of batches) {
    const batch = readRecordBatch(text, lastPosition);
    const known = Math.max(0, batch.length - (Number(lastPosition) - after));
    const page = known === 0 && batch.length <= left ? batch : batch.slice(known, known + left);
    yield page;
    left -= page.length;
    if (left === 0) return;
  }
}
