import type { Key } from '../../protocol/key.ts';
import type { EngineRecord, LoggedRecord } from '../../protocol/records.ts';
import type { Counters } from '../state/engine-state.ts';
import type { RowChange, StoredRow } from '../state/row-cache.ts';

/** A row whose time has come. */
export interface DueRow {
  table: string;
  key: Key;
}

/** One batch: everything becomes durable together, or nothing does. */
export interface Batch {
  changes: readonly RowChange[];
  records: readonly EngineRecord[];
  counters: Counters;
}

/** Another broker has taken the partition over: this one must never write again. */
export class FencedError extends Error {
  constructor(options?: ErrorOptions) {
    super('Another Guicheng has taken this database over', options);
  }
}

/** Where a partition's state and records are kept. */
export interface Store {
  /** Prepares the store, also after trouble, and tells where the numbering stands. `lost` is called when it can no longer be sure that the partition is this broker's, until it is opened again. @throws FencedError when it was this broker's and another has taken it over; when another holds it */
  open(lost: (error: Error) => void): Promise<Counters>;
  /** All rows of the units, by unit, oldest first. A unit nobody stored is empty. */
  loadUnits(units: readonly string[]): Promise<Map<string, StoredRow[]>>;
  /** Units of rows, by `table/key`; rows that do not exist are missing. */
  locate(rows: readonly { table: string; key: Key }[]): Promise<Map<string, string>>;
  /** Keys of activatable jobs of a type, oldest first. */
  queued(jobType: string, limit: number): Promise<Key[]>;
  /** Rows due at or before the instant, the longest overdue first. */
  due(now: number, limit: number): Promise<DueRow[]>;
  /** When the next row is due, epoch ms; null when none waits. */
  nextDue(): Promise<number | null>;
  /** @throws FencedError when another broker has taken over */
  commit(batch: Batch): Promise<void>;
  /** Records after a position, in order. */
  readRecords(after: string, limit: number): Promise<LoggedRecord[]>;
  close(): Promise<void>;
}
