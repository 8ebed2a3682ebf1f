import type { Clock } from '../contract/clock.ts';
import type { Database } from '../database/connect.ts';
import { applyRecords, readPosition, type ProjectionChanges } from './apply-records.ts';
import type { RecordSource } from './record-source.ts';

export interface ProjectionOptions {
  db: Database;
  source: RecordSource;
  clock: Clock;
  /** Told after each batch what it changed. */
  onChange?: (changes: ProjectionChanges) => void;
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

/** The running projection of records into the read model. */
export interface Projection {
  /** Ends after the batch at hand. */
  stop(): Promise<void>;
  /** Position reached in a partition. */
  position(partition: number): string;
  /** How far the read model is behind, in ms: the age of the oldest record not applied; 0 when it has caught up. */
  lagMs(): number;
  /** Resolves true when the position is reached, false after the timeout (ms). */
  waitFor(partition: number, position: string, timeoutMs: number): Promise<boolean>;
  /** Resolves true when the query says so, asked now and after every batch; false after the timeout (ms). */
  waitUntil(holds: () => Promise<boolean>, timeoutMs: number): Promise<boolean>;
  /** Calls the listener after each batch with what it changed. Returns the function that ends it. */
  subscribe(listener: (changes: ProjectionChanges) => void): () => void;
}

const RETRY_MS = 500;
const RESTS_PER_WORK = 3;

/** Starts at the stored position of each partition. The schema `read_model` must be there (`projectionMigrations`). */
export async function startProjection(options: ProjectionOptions): Promise<Projection> {
  const partitions = await Promise.all(Array.from({ length: options.source.partitions }, async (_, index) => new PartitionReader(options, index + 1, await readPosition(options.db, index + 1))));
  const listeners = new Set<(changes: ProjectionChanges) => void>();
  const onApplied = (changes: ProjectionChanges): void => {
    for (const listener of listeners) listener(changes);
    options.onChange?.(changes);
  };
  for (const partition of partitions) partition.run(onApplied);
  const unsubscribe = options.source.subscribe(() => partitions.forEach((partition) => partition.wake()));
  const reader = (partition: number): PartitionReader => partitions[partition - 1] ?? partitions[0]!;
  /** Asks now and after each batch, one question at a time. */
  const waitUntil = async (holds: () => Promise<boolean> | boolean, timeoutMs: number): Promise<boolean> => {
    const until = Date.now() + timeoutMs;
    const release = partitions.map((partition) => partition.hurry());
    try {
      return await ask(holds, until);
    } finally {
      for (const each of release) each();
    }
  };
  const ask = async (holds: () => Promise<boolean> | boolean, until: number): Promise<boolean> => {
    for (;;) {
      let applied = false;
      let wake = (): void => undefined;
      const listener = (): void => {
        applied = true;
        wake();
      };
      listeners.add(listener);
      try {
        if (await holds()) return true;
        const left = until - Date.now();
        if (left <= 0) return false;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          if (applied) wake();
        });
      } finally {
        listeners.delete(listener);
      }
    }
  };
  return {
    async stop() {
      unsubscribe();
      await Promise.all(partitions.map((partition) => partition.stop()));
    },
    position: (partition) => reader(partition).position,
    lagMs: () => Math.max(0, ...partitions.map((partition) => partition.lagMs())),
    waitFor: (partition, position, timeoutMs) => waitUntil(() => BigInt(reader(partition).position) >= BigInt(position), timeoutMs),
    waitUntil,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Follows one partition. */
class PartitionReader {
  position: string;
  private readonly options: ProjectionOptions;
  private readonly partition: number;
  /** Instant of the oldest record known not to be applied, or since when reading fails. */
  private behindSince: number | null = null;
  private stopped = false;
  private news = false;
  private wakeUp: () => void = () => undefined;
  private endRest: () => void = () => undefined;
  private hurried = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(options: ProjectionOptions, partition: number, position: string) {
    this.options = options;
    this.partition = partition;
    this.position = position;
  }

  run(onApplied: (changes: ProjectionChanges) => void): void {
    this.running = this.follow(onApplied);
  }

  wake(): void {
    this.news = true;
    this.wakeUp();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    this.endRest();
    await this.running;
  }

  lagMs(): number {
    return this.behindSince === null ? 0 : Math.max(0, this.options.clock.now() - this.behindSince);
  }

  private async follow(onApplied: (changes: ProjectionChanges) => void): Promise<void> {
    const { db, source, clock, onError, batchSize = 10_000, pollMs = 1000, restMs: [shortest, longest] = [50, 500] } = this.options;
    while (!this.stopped) {
      try {
        this.news = false;
        const records = await source.read(this.partition, this.position, batchSize);
        if (records.length === 0) {
          this.behindSince = null;
          await this.pause(pollMs);
          continue;
        }
        this.behindSince = records[0]!.timestamp;
        const began = performance.now();
        const changes = await applyRecords(db, this.partition, records);
        const rest = Math.min(longest, Math.max(shortest, RESTS_PER_WORK * (performance.now() - began)));
        this.position = records.at(-1)!.position;
        if (records.length < batchSize) this.behindSince = null;
        onApplied(changes);
        if (records.length < batchSize && this.hurried === 0) await this.rest(rest);
      } catch (error) {
        this.behindSince ??= clock.now();
        onError?.(error instanceof Error ? error : new Error(String(error)));
        this.news = false;
        await this.pause(RETRY_MS);
      }
    }
  }

  /** Until the function it returns is called, batches follow one another without a rest. */
  hurry(): () => void {
    this.hurried += 1;
    this.endRest();
    let ended = false;
    return () => {
      if (!ended) this.hurried -= 1;
      ended = true;
    };
  }

  private async rest(ms: number): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.endRest = () => undefined;
  }

  private async pause(ms: number): Promise<void> {
    if (this.news || this.stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = () => undefined;
  }
}
