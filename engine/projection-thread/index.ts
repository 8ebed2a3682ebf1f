import { Worker } from 'node:worker_threads';
import type { WrittenBatch } from '../broker/store/postgres/record-reader.ts';
import type { Clock } from '../contract/clock.ts';
import { watchProjection, type Following, type Progress, type Projection } from '../projection/index.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

export interface ProjectionThreadOptions extends ThreadData {
  /** The built thread (`thread.ts`). */
  file: string;
  /** The machine's, which the thread has too. */
  clock: Clock;
  /** Told when the read model could not be brought up to date, or the thread has ended by itself; it is tried again after a pause. */
  onError: (error: Error) => void;
}

/** The projection in a thread of its own. */
export interface ProjectionThread extends Projection {
  /** The broker has written a batch of records. */
  written(partition: number, batch: WrittenBatch): void;
}

const RESTART_MS = 500;
/** Young garbage of the thread, in MiB: little of it outlives a batch. */
const YOUNG_MIB = 24;

/** Starts the thread; resolves once it follows the records. */
export async function startProjectionThread(options: ProjectionThreadOptions): Promise<ProjectionThread> {
  let thread!: FollowingThread;
  const projection = await watchProjection(options.clock, async (onProgress) => {
    thread = new FollowingThread(options, onProgress);
    await thread.started;
    return thread;
  });
  return { ...projection, written: (partition, batch) => thread.tell({ kind: 'written', partition, batch }) };
}

/** Keeps the thread running, and carries words to it and from it. */
class FollowingThread implements Following {
  readonly started: Promise<void>;
  private readonly options: ProjectionThreadOptions;
  private readonly onProgress: (progress: Progress) => void;
  private worker: Worker | null = null;
  private hurried = 0;
  private stopping = false;
  private restart: ReturnType<typeof setTimeout> | undefined;
  private hasStarted: () => void = () => undefined;
  private hasStopped: () => void = () => undefined;

  constructor(options: ProjectionThreadOptions, onProgress: (progress: Progress) => void) {
    this.options = options;
    this.onProgress = onProgress;
    this.started = new Promise((resolve) => (this.hasStarted = resolve));
    this.begin();
  }

  tell(message: ToThread): void {
    this.worker?.postMessage(message);
  }

  hurry(): () => void {
    this.hurried += 1;
    this.tell({ kind: 'hurry' });
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.hurried -= 1;
      this.tell({ kind: 'release' });
    };
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    if (this.worker === null) return;
    const gone = new Promise<void>((resolve) => (this.hasStopped = resolve));
    this.tell({ kind: 'stop' });
    await gone;
  }

  private begin(): void {
    const { file, url, partitions, onError } = this.options;
    const workerData: ThreadData = { url, partitions };
    const worker = new Worker(file, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } });
    this.worker = worker;
    worker.on('message', (message: FromThread) => this.receive(message));
    worker.on('error', onError);
    worker.on('exit', () => {
      this.worker = null;
      this.hasStopped();
      if (!this.stopping) this.restart = setTimeout(() => this.begin(), RESTART_MS);
    });
    for (let each = 0; each < this.hurried; each += 1) this.tell({ kind: 'hurry' });
  }

  private receive(message: FromThread): void {
    if (message.kind === 'progress') this.onProgress(message.progress);
    else if (message.kind === 'error') this.options.onError(message.error);
    else if (message.kind === 'started') this.hasStarted();
    else void this.worker?.terminate();
  }
}
