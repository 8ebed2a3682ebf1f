import type { LoggedRecord } from '../protocol/records.ts';

/** Where the projection reads the engine's facts: the embedded broker's log, or what a Zeebe cluster's exporter has delivered. */
export interface RecordSource {
  /** Number of partitions; they are numbered from 1. */
  readonly partitions: number;
  /** Records of a partition after a position (`0`: from the beginning), in order, at most `limit`. */
  read(partition: number, after: string, limit: number): Promise<LoggedRecord[]>;
  /** The same as pages, each of which is read when it is asked for: no more than one need be in memory. */
  pages?(partition: number, after: string, limit: number): Promise<Iterable<readonly LoggedRecord[]>>;
  /** Calls the listener when new records may be there; `many`: so many wait that they had better be read now. Returns the function that ends it. */
  subscribe(listener: (many?: boolean) => void): () => void;
  /** Position of the newest record of a partition; missing when the source cannot know it. */
  latestPosition?(partition: number): Promise<string>;
}
