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
   * took: few large batches cost much less than many small ones, since what comes and goes within one is written once. @default [50, 500]
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
/** After each page, in ms, while nobody waits and little is behind: others get at the processor in between. */
const BREATH_MS = 2;

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
    const { db, onError, batchSize = 10_000, pollMs = 1000, restMs: [shortest, longest] = [50, 500] } = this.options;
    while (!this.stopped) {
      try {
        this.news = false;
        if (this.failed) this.position = await readPosition(db, this.partition);
        const began = performance.now();
        const { batch, records, last } = await this.fold(batchSize);
        if (last === null) {
          this.caughtUp();
          await this.pause(pollMs);
          continue;
        }
        const changes = await writeBatch(db, { partition: this.partition, batch, after: this.position, last }, this.failed);
        this.failed = false;
        const rest = Math.min(longest, Math.max(shortest, RESTS_PER_WORK * (performance.now() - began)));
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

  /** The next records, folded page by page: what they become is much less than they are. `last` is null when there are none. */
  private async fold(most: number): Promise<{ batch: Batch; records: number; last: LoggedRecord | null }> {
    const { source } = this.options;
    const batch = new Batch();
    let records = 0;
    let last: LoggedRecord | null = null;
    for (const page of (await source.pages?.(this.partition, this.position, most)) ?? [await source.read(this.partition, this.position, most)]) {
      if (page.length === 0) continue;
      if (last === null) this.behind(page[0]!.timestamp);
      await foldRecords(batch, page);
      records += page.length;
      last = page.at(-1)!;
      if (this.hurried === 0 && !this.farBehind) await this.rest(BREATH_MS);
    }
    return { batch, records, last };
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
