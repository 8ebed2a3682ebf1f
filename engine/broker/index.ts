import type { Clock } from '../contract/clock.ts';
import type { Answer, Command } from '../protocol/commands.ts';
import { partitionOf, type Key } from '../protocol/key.ts';
import type { LoggedRecord } from '../protocol/records.ts';
import type { JobListener } from './processing/job/job-listeners.ts';
import type { BatchFacts } from './processing/processor-options.ts';
import { StreamProcessor } from './processing/stream-processor.ts';
import type { Store } from './store/store.ts';

export interface BrokerOptions {
  /** One store per partition, in order; at least one. */
  stores: readonly Store[];
  clock: Clock;
  /** IANA zone of `now()`, `today()` and cron expressions. @default 'Asia/Shanghai' */
  zone?: string;
  /** Told of trouble that no client can be told of. */
  onError: (error: Error) => void;
  /** Told of each batch that has become durable. */
  onBatch?: (batch: BatchFacts) => void;
}

export type { BatchFacts } from './processing/processor-options.ts';

/** A key names a partition that this broker does not have. */
export class UnknownPartitionError extends Error {}

/** The embedded broker: its partitions, and the way of a command to the right one. */
export class Broker {
  private readonly partitions: readonly StreamProcessor[];
  private readonly options: BrokerOptions;
  private nextPartition = 0;

  constructor(options: BrokerOptions) {
    this.options = options;
    this.partitions = options.stores.map((store, index) => new StreamProcessor({ store, clock: options.clock, ...(options.zone === undefined ? {} : { zone: options.zone }), partition: index + 1, onError: options.onError, ...(options.onBatch === undefined ? {} : { onBatch: options.onBatch }) }));
  }

  async start(): Promise<void> {
    for (const partition of this.partitions) await partition.start();
  }

  async stop(): Promise<void> {
    for (const partition of this.partitions) await partition.stop();
  }

  /** Decides a command on the partition its key belongs to. Throws UnknownPartitionError. */
  submit(command: Command): Promise<Answer> {
    return this.partitionFor(command).submit(command);
  }

  private partitionFor(command: Command): StreamProcessor {
    const key = keyIn(command);
    if (key !== undefined) {
      const partition = this.partitions[partitionOf(key) - 1];
      if (partition === undefined) throw new UnknownPartitionError(`Expected to execute the command on partition ${partitionOf(key)} of key '${key}', but there is no such partition`);
      return partition;
    }
    // Deployments begin on the first partition; instances are spread.
    if (command.type !== 'create_process_instance') return this.partitions[0]!;
    this.nextPartition = (this.nextPartition + 1) % this.partitions.length;
    return this.partitions[this.nextPartition]!;
  }

  get partitionCount(): number {
    return this.partitions.length;
  }

  get healthy(): boolean {
    return this.partitions.every((partition) => partition.healthy);
  }

  /** Position of the last record decided in a partition. */
  lastPosition(partition: number): string {
    return this.partitions[partition - 1]!.lastPosition;
  }

  /** Asks for jobs and waits for the first, until `cancel`. See `StreamProcessor.requestJobs`. */
  requestJobs(command: Extract<Command, { type: 'activate_jobs' }>): { answer: Promise<Answer>; cancel: () => void } {
    return this.partitions[0]!.requestJobs(command);
  }

  /** Called whenever jobs of the type have become activatable, with their keys. Returns the function that ends it. */
  onJobs(jobType: string, listener: JobListener): () => void {
    const ends = this.partitions.map((partition) => partition.onJobs(jobType, listener));
    return () => ends.forEach((end) => end());
  }

  onRecords(listener: () => void): () => void {
    const ends = this.partitions.map((partition) => partition.onRecords(listener));
    return () => ends.forEach((end) => end());
  }

  /** Records of a partition after a position, in order. */
  readRecords(partition: number, after: string, limit: number): Promise<LoggedRecord[]> {
    return this.options.stores[partition - 1]!.readRecords(after, limit);
  }

  /** Resolves when nothing is waiting, being written or due now. */
  async idle(): Promise<void> {
    for (const partition of this.partitions) await partition.idle();
  }
}

function keyIn(command: Command): Key | undefined {
  if ('jobKey' in command) return command.jobKey;
  if ('userTaskKey' in command) return command.userTaskKey;
  if ('incidentKey' in command) return command.incidentKey;
  if ('elementInstanceKey' in command) return command.elementInstanceKey;
  if ('processInstanceKey' in command) return command.processInstanceKey;
  if ('resourceKey' in command) return command.resourceKey;
  // Definitions and job types belong to the first partition.
  if ('target' in command && command.target.kind === 'process_instance') return command.target.key;
  return undefined;
}
