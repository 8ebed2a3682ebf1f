import type { Clock } from '../../contract/clock.ts';
import type { Answer, Command } from '../../protocol/commands.ts';
import type { Key } from '../../protocol/key.ts';
import { EngineState } from '../state/engine-state.ts';
import { queuesOf } from '../state/job.ts';
import { PageFault } from '../state/row-cache.ts';
import { DEFINITIONS, jobTypeOf } from '../state/tables.ts';
import type { Store } from '../store/store.ts';
import { AwaitedResults } from './awaited-results.ts';
import { Decider, type Decision } from './decider.ts';
import { JobQueues, QUEUE_PAGE } from './job/job-queues.ts';
import { JobRequests, type JobRequest } from './job/job-requests.ts';
import { StateLoader } from './state-loader.ts';
import { DueWatch } from './timer/due-watch.ts';

export interface StreamProcessorOptions {
  store: Store;
  clock: Clock;
  /** IANA zone of `now()`, `today()` and cron expressions. @default 'Asia/Shanghai' */
  zone?: string;
  /** Partition number, from 1. */
  partition: number;
  /** Told of trouble that no client can be told of. */
  onError: (error: Error) => void;
  /** Units kept in memory. @default 20,000 */
  cacheLimit?: number;
}

/** Told of jobs of its type that have become activatable. False: it cannot take them, others may. */
export type JobListener = (jobKeys: readonly Key[]) => boolean;

interface Waiting {
  command: Command;
  resolve: (answer: Answer) => void;
  request?: JobRequest;
}

const MAX_BATCH = 256;
const MAX_WAITING = 10_000;
const DUE_POLL_MS = 20;

/**
 * The single writer of a partition. Commands that have arrived are decided in memory one after another as a batch; the batch is
 * written in one transaction while the next is being decided; answers leave only after the commit.
 */
export class StreamProcessor {
  private readonly options: StreamProcessorOptions;
  private readonly queues = new JobQueues();
  private state!: EngineState;
  private decider!: Decider;
  private loader!: StateLoader;
  private waiting: Waiting[] = [];
  private wake: (() => void) | null = null;
  private committing: Promise<void> = Promise.resolve();
  private inFlight = 0;
  private running: Promise<void> | null = null;
  private failure: Error | null = null;
  private stopped = false;
  private readonly due: DueWatch;
  private dueTimer: ReturnType<typeof setInterval> | null = null;
  private readonly results = new AwaitedResults();
  private readonly requests = new JobRequests();
  private readonly jobListeners = new Map<string, Set<JobListener>>();
  private readonly recordListeners = new Set<(lastPosition: string) => void>();

  constructor(options: StreamProcessorOptions) {
    this.options = options;
    this.due = new DueWatch({ store: options.store, clock: options.clock, submit: (command) => this.submit(command), committed: () => this.committing });
  }

  async start(): Promise<void> {
    const { store, partition } = this.options;
    this.state = new EngineState(partition, await store.open(), this.options.zone);
    this.decider = new Decider(this.state, this.queues);
    this.loader = new StateLoader(store, this.state, this.queues, () => this.committing);
    const loaded = await store.loadUnits([DEFINITIONS]);
    this.state.rows.load(DEFINITIONS, loaded.get(DEFINITIONS) ?? []);
    await this.due.start();
    this.running = this.run();
    this.dueTimer = setInterval(() => void this.due.check().catch((error: Error) => this.fail(error)), DUE_POLL_MS);
  }

  /** Decides a command; resolves once its outcome is durable. Refused with RESOURCE_EXHAUSTED when too many wait. */
  submit(command: Command): Promise<Answer> {
    return this.enqueue(command);
  }

  /**
   * Asks for jobs and waits for the first: jobs that come later are handed out in the batch that makes them. `cancel` ends the
   * waiting; the answer is an empty list then, unless jobs were already on their way.
   */
  requestJobs(command: JobRequest['command']): { answer: Promise<Answer>; cancel: () => void } {
    const request: JobRequest = { command, resolve: () => undefined, canceled: false };
    return {
      answer: this.enqueue(command, request),
      cancel: () => {
        request.canceled = true;
        if (this.requests.remove(request)) request.resolve(NO_JOBS);
      },
    };
  }

  private enqueue(command: Command, request?: JobRequest): Promise<Answer> {
    if (this.failure !== null || this.stopped) return Promise.reject(new Error('the broker has stopped', { cause: this.failure }));
    if (this.waiting.length >= MAX_WAITING) return Promise.resolve({ ok: false, rejection: 'RESOURCE_EXHAUSTED', reason: 'Expected to handle request, but more requests wait than the broker can take: try again later' });
    return new Promise((resolve) => {
      if (request !== undefined) request.resolve = resolve;
      this.waiting.push({ command, resolve, ...(request === undefined ? {} : { request }) });
      this.wake?.();
    });
  }

  /** Called whenever jobs of the type have become activatable, before requests for them are considered. Returns the function that ends it. */
  onJobs(jobType: string, listener: JobListener): () => void {
    const listeners = this.jobListeners.get(jobType) ?? new Set();
    this.jobListeners.set(jobType, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.jobListeners.get(jobType) === listeners) this.jobListeners.delete(jobType);
      this.askAgain(jobType);
    };
  }

  /** Lets the oldest request for a type be decided anew. */
  private askAgain(jobType: string): void {
    const request = this.requests.first(jobType);
    if (request === undefined) return;
    this.requests.remove(request);
    this.waiting.push({ command: request.command, resolve: request.resolve, request });
    this.wake?.();
  }

  /** Called after every commit with records. Returns the function that ends it. */
  onRecords(listener: (lastPosition: string) => void): () => void {
    this.recordListeners.add(listener);
    return () => this.recordListeners.delete(listener);
  }

  /** Position of the last record decided (durable once `idle`). */
  get lastPosition(): string {
    return this.state.standing.position.toString();
  }

  get healthy(): boolean {
    return this.running !== null && this.failure === null && !this.stopped;
  }

  /** Resolves when nothing is waiting, being written or due now. */
  async idle(): Promise<void> {
    for (;;) {
      await this.committing;
      await this.due.check();
      if (this.waiting.length === 0 && this.inFlight === 0 && !this.due.busy) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.dueTimer !== null) clearInterval(this.dueTimer);
    this.due.stop();
    this.wake?.();
    await this.running;
    await this.committing.catch(() => undefined); // reported by fail() when it happened
    await this.options.store.close();
  }

  // ------------------------------------------------------------ the loop
  private async run(): Promise<void> {
    try {
      while (!this.stopped) {
        if (this.waiting.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
        this.wake = null;
        const batch = this.waiting.splice(0, MAX_BATCH);
        if (batch.length === 0) continue;
        this.inFlight += batch.length;
        await this.processBatch(batch);
        this.inFlight -= batch.length;
      }
    } catch (error) {
      this.fail(error as Error);
    }
    this.results.clear();
    for (const request of this.requests.drain()) request.resolve(NO_JOBS);
    for (const { resolve } of this.waiting.splice(0)) resolve({ ok: false, rejection: 'RESOURCE_EXHAUSTED', reason: 'The broker is stopping: try again later' });
  }

  private async processBatch(batch: readonly Waiting[]): Promise<void> {
    const records: Decision['records'] = [];
    const answers: (() => void)[] = [];
    for (const { command, resolve, request } of batch) {
      const decision = await this.decide(command);
      if (decision instanceof Error) {
        this.options.onError(decision);
        answers.push(() => resolve({ ok: false, rejection: 'PROCESSING_ERROR', reason: `Expected to process command '${command.type}' without errors, but: ${decision.message}` }));
        continue;
      }
      records.push(...decision.records);
      if (request !== undefined && !request.canceled && isEmpty(decision.answer)) this.requests.add(request);
      else this.gatherAnswers(decision, resolve, answers);
    }
    await this.handOut(records, answers);
    await this.write(records, answers);
  }

  /** Hands jobs that this batch has made to requests that wait for them. */
  private async handOut(records: Decision['records'], answers: (() => void)[]): Promise<void> {
    const jobTypes = new Set<string>();
    for (const [queue, keys] of this.state.rows.takeArrivals()) {
      for (const key of keys) this.queues.add(queue, key);
      jobTypes.add(jobTypeOf(queue));
    }
    for (const jobType of jobTypes) {
      if (this.jobListeners.has(jobType)) continue;
      for (let request = this.requests.first(jobType); request !== undefined; request = this.requests.first(jobType)) {
        const decision = await this.decide(request.command);
        if (decision instanceof Error) {
          this.options.onError(decision);
          break;
        }
        records.push(...decision.records);
        if (isEmpty(decision.answer)) break;
        this.requests.remove(request);
        // Whoever has made the job is answered first, as with Zeebe.
        const { resolve } = request;
        this.gatherAnswers(decision, (answer) => void setImmediate(resolve, answer), answers);
      }
    }
  }

  private gatherAnswers(decision: Decision, resolve: (answer: Answer) => void, answers: (() => void)[]): void {
    const { answer, awaits, completed, terminated, woken } = decision;
    if (answer !== null) answers.push(() => resolve(answer));
    if (awaits !== undefined) this.results.expect(awaits, resolve);
    for (const { processInstanceKey, variables } of completed) answers.push(() => this.results.completed(processInstanceKey, variables));
    for (const processInstanceKey of terminated) answers.push(() => this.results.terminated(processInstanceKey));
    for (const jobType of woken) answers.push(() => void this.wakeWorkers(jobType).catch((error: Error) => this.fail(error)));
  }

  /** Tells workers of the oldest jobs that wait; those who poll find the rest. */
  private async wakeWorkers(jobType: string): Promise<void> {
    for (const queue of queuesOf(this.state, jobType)) {
      const keys = await this.options.store.queued(queue, QUEUE_PAGE);
      if (keys.length > 0) this.offer(jobType, keys);
    }
  }

  /** Offers jobs that are durable to those who listen; what they do not take is for who asks. */
  private offer(jobType: string, keys: readonly Key[]): void {
    const taken = [...(this.jobListeners.get(jobType) ?? [])].map((listener) => listener(keys));
    if (!taken.includes(true)) this.askAgain(jobType);
  }

  private async decide(command: Command): Promise<Decision | Error> {
    for (let attempt = 0; ; attempt += 1) {
      let outcome: Decision | PageFault;
      try {
        outcome = this.decider.decide(command, this.options.clock.now());
      } catch (error) {
        return error as Error;
      }
      if (!(outcome instanceof PageFault)) return outcome;
      if (attempt > 100_000) return new Error(`${command.type} needs more state than can be loaded`);
      await this.loader.load(outcome.needs);
    }
  }

  private async write(records: Decision['records'], answers: readonly (() => void)[]): Promise<void> {
    const { batch, changes } = this.state.rows.takeChanges();
    const counters = this.state.standing;
    await this.committing;
    this.state.rows.evict(this.options.cacheLimit ?? 20_000, new Set([DEFINITIONS]));
    const finish = (): void => {
      this.state.rows.markCommitted(batch, changes);
      for (const answer of answers) answer();
    };
    if (changes.length === 0 && records.length === 0) {
      finish();
      return;
    }
    const arrived = new Map<string, Key[]>();
    for (const change of changes) {
      if (change.dueAt !== null) this.due.note(change.dueAt);
      if (change.queue === null) continue;
      const jobType = jobTypeOf(change.queue);
      if (!this.jobListeners.has(jobType)) continue;
      const keys = arrived.get(jobType);
      if (keys === undefined) arrived.set(jobType, [change.key]);
      else keys.push(change.key);
    }
    this.inFlight += 1;
    this.committing = this.options.store.commit({ changes, records, counters }).then(
      () => {
        this.inFlight -= 1;
        finish();
        for (const [jobType, keys] of arrived) this.offer(jobType, keys);
        const last = records.at(-1)?.position;
        if (last !== undefined) for (const listener of this.recordListeners) listener(last);
      },
      (error: Error) => this.fail(new Error(`the batch could not be written: ${error.message}`, { cause: error })),
    );
  }

  private fail(error: Error): void {
    if (this.failure !== null) return;
    this.failure = error;
    this.due.stop();
    this.options.onError(error);
    this.stopped = true;
    this.wake?.();
  }
}

const NO_JOBS: Answer = { ok: true, value: [] };

function isEmpty(answer: Answer | null): boolean {
  return answer?.ok === true && Array.isArray(answer.value) && answer.value.length === 0;
}
