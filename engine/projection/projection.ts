import type { Clock } from '../contract/clock.ts';
import { readPosition, type ProjectionChanges } from './apply-records.ts';
import { PartitionFollower, type FollowerOptions, type Progress } from './partition-follower.ts';
import { Sleep } from './sleep.ts';

/** The running projection of records into the read model. */
export interface Projection {
  /** Ends after the batch at hand. */
  stop(): Promise<void>;
  /** Position reached in a partition. */
  position(partition: number): string;
  /** How far the read model is behind, in ms: the age of the oldest record known not to be applied; 0 when it has caught up. */
  lagMs(): number;
  /** Resolves true when the position is reached, false after the timeout (ms). */
  waitFor(partition: number, position: string, timeoutMs: number): Promise<boolean>;
  /** Resolves true when the query says so, asked now and after every batch; false after the timeout (ms). */
  waitUntil(holds: () => Promise<boolean>, timeoutMs: number): Promise<boolean>;
  /** Calls the listener after each batch with what it changed. Returns the function that ends it. */
  subscribe(listener: (changes: ProjectionChanges) => void): () => void;
}

/** Those who follow the records of all partitions, in this thread or in another. */
export interface Following {
  /** Until the function it returns is called, batches follow one another without a rest. */
  hurry(): () => void;
  stop(): Promise<void>;
}

/** Follows all partitions in this thread, from their stored positions on. The schema `read_model` must be there (`projectionMigrations`). */
export async function startFollowing(options: FollowerOptions, onProgress: (progress: Progress) => void): Promise<Following> {
  const positions = await Promise.all(Array.from({ length: options.source.partitions }, (_, index) => readPosition(options.db, index + 1)));
  for (const [index, position] of positions.entries()) onProgress({ partition: index + 1, position, behindSince: null });
  const followers = positions.map((position, index) => new PartitionFollower(options, index + 1, position, onProgress));
  const unsubscribe = options.source.subscribe((many) => followers.forEach((each) => each.wake(many)));
  return {
    hurry() {
      const releases = followers.map((each) => each.hurry());
      return () => releases.forEach((release) => release());
    },
    async stop() {
      unsubscribe();
      await Promise.all(followers.map((each) => each.stop()));
    },
  };
}

/** The projection in this thread. */
export const startProjection = (options: FollowerOptions): Promise<Projection> => watchProjection(options.clock, (onProgress) => startFollowing(options, onProgress));

/** What those who follow have reached, for all who wait for it. `start` resolves once the first position of each partition has been told. */
export async function watchProjection(clock: Clock, start: (onProgress: (progress: Progress) => void) => Promise<Following>): Promise<Projection> {
  const progress = new Map<number, Progress>();
  const listeners = new Set<(changes: ProjectionChanges) => void>();
  const following = await start((each) => {
    progress.set(each.partition, each);
    if (each.changes !== undefined) for (const listener of listeners) listener(each.changes);
  });
  const position = (partition: number): string => progress.get(partition)?.position ?? '0';

  /** Asks now and after each batch, one question at a time. */
  const waitUntil = async (holds: () => Promise<boolean> | boolean, timeoutMs: number): Promise<boolean> => {
    const until = Date.now() + timeoutMs;
    const release = following.hurry();
    try {
      for (;;) {
        const applied = nextBatch(listeners);
        try {
          if (await holds()) return true;
          const left = until - Date.now();
          if (left <= 0) return false;
          await applied.within(left);
        } finally {
          applied.end();
        }
      }
    } finally {
      release();
    }
  };
  return {
    stop: () => following.stop(),
    position,
    lagMs: () => Math.max(0, ...[...progress.values()].map(({ behindSince }) => (behindSince === null ? 0 : clock.now() - behindSince))),
    waitFor: (partition, wanted, timeoutMs) => waitUntil(() => BigInt(position(partition)) >= BigInt(wanted), timeoutMs),
    waitUntil,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The next batch from now on: `within` resolves when it has been applied, or after so many ms. */
function nextBatch(listeners: Set<(changes: ProjectionChanges) => void>): { within: (ms: number) => Promise<void>; end: () => void } {
  let applied = false;
  const sleep = new Sleep();
  const listener = (): void => {
    applied = true;
    sleep.end();
  };
  listeners.add(listener);
  return {
    within: async (ms) => {
      if (!applied) await sleep.for(ms);
    },
    end: () => void listeners.delete(listener),
  };
}
