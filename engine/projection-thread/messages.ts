import type { WrittenBatch } from '../broker/store/postgres/record-reader.ts';
import type { Progress } from '../projection/index.ts';

/** What the thread is given at its start. */
export interface ThreadData {
  /** `postgres://…` of the server and database. */
  url: string;
  /** Number of partitions. */
  partitions: number;
}

export type ToThread = { kind: 'written'; partition: number; batch: WrittenBatch } | { kind: 'hurry' } | { kind: 'release' } | { kind: 'stop' };

export type FromThread = { kind: 'started' } | { kind: 'progress'; progress: Progress } | { kind: 'error'; error: Error } | { kind: 'stopped' };
