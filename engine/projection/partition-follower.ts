import type { Clock } from '../contract/clock.ts';
import type { Database } from '../database/connect.ts';
import { foldRecords, readPosition, writeBatch, type ProjectionChanges } from './apply-records.ts';
import { Batch } from './batch.ts';
import type { LoggedRecord } from '../protocol/records.ts';
import type { RecordSource } from './record-source.ts';
import { Sleep } from './sleep.ts';

/** How the records of partitions are followed. */
export interface FollowerOptions {
  db: Database;
  source: RecordSource;
  clock: Clock;
  /** Told when reading or writing failed; it is tried again after a pause. */
  onError?: (error: Error) => void;
  /** Most records applied in one transaction. @default 10,000 */
  batchSize?: number;
  /** Longest wait for news that nobody announced, in ms. @default 1000 */
  pollMs?: number;
  /**
   * Shortest and longest rest between two batches while nobody waits for the read model, in ms. It grows with what applying the last batch
   * took: what comes and goes within one batch is written once, but a large one keeps the processor from the broker for longer. @default [25, 50]
   */
  restMs?: readonly [shortest: number, longest: number];
}

/** How far a partition has been followed. */
export interface Progress {
  partition: number;
  /** Of the last record applied. */
  position: string;
  /** Instant of the oldest record known not to be applied, or since when reading fails; null when it has caught up. */
  behindSince: number | null;
  /** What a batch has changed; missing when none has been applied since the last word. */
  changes?: ProjectionChanges;
}

const RETRY_MS = 500;
const RESTS_PER_WORK = 3;
/** Between pages, in ms, while nobody waits and little is behind: others get at the processor. */
const BREATH_MS = 2;
/** So many records at least lie between two breaths: pages may be small and many. */
const RECORDS_PER_BREATH = 500;

/** Applies the records of one partition as they come, batch by batch. */
export class PartitionFollower {
  private readonly options: FollowerOptions;
  private readonly onProgress: (progress: Progress) => void;
  private readonly partition: number;
  private position: string;
  private behindSince: number | null = null;
  /** The last batch was a full one. */
  private farBehind = false;
  /** The last batch was not written, or nobody knows whether it was. */
  private failed = false;
  private stopped = false;
  private news = false;
  private readonly pausing = new Sleep();
  private readonly resting = new Sleep();
  private hurried = 0;
  private readonly running: Promise<void>;

  /** Begins after the position. */
  constructor(options: FollowerOptions, partition: number, position: string, onProgress: (progress: Progress) => void) {
    this.options = options;
    this.partition = partition;
    this.position = position;
    this.onProgress = onProgress;
    this.running = this.follow();
  }

  /** There is news; a rest goes on unless there is `much` of it. */
  wake(much = false): void {
    this.news = true;
    this.behind(this.options.clock.now());
    this.pausing.end();
    if (much) this.resting.end();
  }

  /** Ends after the batch at hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.pausing.end();
    this.resting.end();
    await this.running;
  }

  /** Until the function it returns is called, batches follow one another without a rest. */
  hurry(): () => void {
    this.hurried += 1;
    this.resting.end();
    let ended = false;
    return () => {
      if (!ended) this.hurried -= 1;
      ended = true;
    };
  }

  private async follow(): Promise<void> {
    const { db, onError, batchSize = 10_000, pollMs = 1000, restMs: [shortest, longest] = [25, 50] } = this.options;
    while (!this.stopped) {
      try {
        this.news = false;
        if (this.failed) this.position = await readPosition(db, this.partition);
        const began = performance.now();
        const { batch, records, last, restedMs } = await this.fold(batchSize);
        if (last === null) {
          this.failed = false;
          this.caughtUp();
          await this.pause(pollMs);
          continue;
        }
        const changes = await writeBatch(db, { partition: this.partition, batch, after: this.position, last }, this.failed);
        this.failed = false;
        const rest = Math.min(longest, Math.max(shortest, RESTS_PER_WORK * (performance.now() - began - restedMs)));
        this.position = last.position;
        this.farBehind = records >= batchSize;
        this.behindSince = this.farBehind || this.news ? last.timestamp : null;
        this.tell(changes);
        if (!this.farBehind && this.hurried === 0) await this.rest(rest);
      } catch (error) {
        this.failed = true;
        this.behind(this.options.clock.now());
        onError?.(error instanceof Error ? error : new Error(String(error)));
        this.news = false;
        await this.pause(RETRY_MS);
      }
    }
  }

  /** The next records, folded page by page: what they become is much less than they are. `last` is null when there are none; `restedMs`: how long others were let in between. */
  private async fold(most: number): Promise<{ batch: Batch; records: number; last: LoggedRecord | null; restedMs: number }> {
    const { source } = this.options;
    const batch = new Batch();
    let records = 0;
    let last: LoggedRecord | null = null;
    let restedMs = 0;
    let breathedAt = 0;
    for (const page of (await source.pages?.(this.partition, this.position, most)) ?? [await source.read(this.partition, this.position, most)]) {
      if (page.length === 0) continue;
      if (last === null) this.behind(page[0]!.timestamp);
      await foldRecords(batch, page);
      records += page.length;
      last = page.at(-1)!;
      if (this.hurried > 0 || this.farBehind || records - breathedAt < RECORDS_PER_BREATH) continue;
      breathedAt = records;
      const began = performance.now();
      await this.rest(BREATH_MS);
      restedMs += performance.now() - began;
    }
    return { batch, records, last, restedMs };
  }

  /** Not all is applied, since then at least. */
  private behind(since: number): void {
    if (this.behindSince !== null) return;
    this.behindSince = since;
    this.tell();
  }

  private caughtUp(): void {
    if (this.behindSince === null || this.news) return;
    this.behindSince = null;
    this.tell();
  }

  private tell(changes?: ProjectionChanges): void {
    this.onProgress({ partition: this.partition, position: this.position, behindSince: this.behindSince, ...(changes === undefined ? {} : { changes }) });
  }

  private async rest(ms: number): Promise<void> {
    if (!this.stopped) await this.resting.for(ms);
  }

  private async pause(ms: number): Promise<void> {
    if (!this.news && !this.stopped) await this.pausing.for(ms);
  }
}
