import type { Clock } from '../../contract/clock.ts';
import type { Store } from '../store/store.ts';

/** What a stream processor needs. */
export interface StreamProcessorOptions {
  store: Store;
  clock: Clock;
  /** IANA zone of `now()`, `today()` and cron expressions. @default 'Asia/Shanghai' */
  zone?: string;
  /** Partition number, from 1. */
  partition: number;
  /** Told of trouble that no client can be told of. */
  onError: (error: Error) => void;
  /** Told of each batch that has become durable. */
  onBatch?: (batch: BatchFacts) => void;
  /** Units kept in memory. @default 10,000 */
  cacheLimit?: number;
}

/** What a batch was, for those who measure. */
export interface BatchFacts {
  partition: number;
  commands: number;
  records: number;
  /** Rows of state written or removed. */
  rows: number;
  /** From the statement's sending to its answer. */
  commitMs: number;
  /** Commands that wait for a later batch. */
  waiting: number;
}
