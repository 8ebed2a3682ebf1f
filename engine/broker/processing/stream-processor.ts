import type { Clock } from '../../contract/clock.ts';
import type { Answer, Command } from '../../protocol/commands.ts';
import type { Key } from '../../protocol/key.ts';
import { EngineState } from '../state/engine-state.ts';
import { PageFault, type Need } from '../state/row-cache.ts';
import { queuesOf } from '../state/job.ts';
import { DEFINITIONS, jobTypeOf, messages, timers } from '../state/tables.ts';
import type { DueRow, Store } from '../store/store.ts';
import { AwaitedResults } from './awaited-results.ts';
import { Decider, type Decision } from './decider.ts';
import { JobQueues, QUEUE_PAGE } from './job/job-queues.ts';
import { STUCK_RETRY_MS, StuckRows } from './stuck-rows.ts';

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

/** Told of jobs that have become activatable. */
export type JobListener = (jobType: string, jobKeys: readonly Key[]) => void;

interface Waiting {
  command: Command;
  resolve: (answer: Answer) => void;
}

const MAX_BATCH = 256;
const MAX_WAITING = 10_000;
const DUE_PAGE = 500;
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
  private waiting: Waiting[] = [];
  private wake: (() => void) | null = null;
  private committing: Promise<void> = Promise.resolve();
  private inFlight = 0;
  private running: Promise<void> | null = null;
  private failure: Error | null = null;
  private stopped = false;
  private nextDueAt: number | null = null;
  private dueTimer: ReturnType<typeof setInterval> | null = null;
  private dueInProgress = false;
  private readonly results = new AwaitedResults();
  private readonly stuck = new StuckRows();
  private readonly jobListeners = new Set<JobListener>();
  private readonly recordListeners = new Set<(lastPosition: string) => void>();

  constructor(options: StreamProcessorOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    const { store, partition } = this.options;
    this.state = new EngineState(partition, await store.open(), this.options.zone);
    this.decider = new Decider(this.state, this.queues);
    const loaded = await store.loadUnits([DEFINITIONS]);
    this.state.rows.load(DEFINITIONS, loaded.get(DEFINITIONS) ?? []);
    this.nextDueAt = await store.nextDue();
    this.running = this.run();
    this.dueTimer = setInterval(() => void this.checkDue().catch((error: Error) => this.fail(error)), DUE_POLL_MS);
  }

  /** Decides a command; resolves once its outcome is durable. Refused with RESOURCE_EXHAUSTED when too many wait. */
  submit(command: Command): Promise<Answer> {
    if (this.failure !== null || this.stopped) return Promise.reject(new Error('the broker has stopped', { cause: this.failure }));
    if (this.waiting.length >= MAX_WAITING) return Promise.resolve({ ok: false, rejection: 'RESOURCE_EXHAUSTED', reason: 'Expected to handle request, but more requests wait than the broker can take: try again later' });
    return new Promise((resolve) => {
      this.waiting.push({ command, resolve });
      this.wake?.();
    });
  }

  /** Called whenever jobs of a type have become activatable, with their keys. Returns the function that ends it. */
  onJobs(listener: JobListener): () => void {
    this.jobListeners.add(listener);
    return () => this.jobListeners.delete(listener);
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
      await this.checkDue();
      if (this.waiting.length === 0 && this.inFlight === 0 && !this.dueInProgress && !this.isDue()) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.dueTimer !== null) clearInterval(this.dueTimer);
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
    for (const { resolve } of this.waiting.splice(0)) resolve({ ok: false, rejection: 'RESOURCE_EXHAUSTED', reason: 'The broker is stopping: try again later' });
  }

  private async processBatch(batch: readonly Waiting[]): Promise<void> {
    const records: Decision['records'] = [];
    const answers: (() => void)[] = [];
    for (const { command, resolve } of batch) {
      const decision = await this.decide(command);
      if (decision instanceof Error) {
        this.options.onError(decision);
        answers.push(() => resolve({ ok: false, rejection: 'PROCESSING_ERROR', reason: `Expected to process command '${command.type}' without errors, but: ${decision.message}` }));
        continue;
      }
      records.push(...decision.records);
      this.gatherAnswers(decision, resolve, answers);
    }
    await this.write(records, answers);
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
      if (keys.length > 0) for (const listener of this.jobListeners) listener(jobType, keys);
    }
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
      await this.load(outcome.needs);
    }
  }

  private async load(needs: readonly Need[]): Promise<void> {
    const { store } = this.options;
    const units = new Set<string>();
    const rows: { table: string; key: Key }[] = [];
    for (const need of needs) {
      if ('unit' in need) units.add(need.unit);
      else if ('table' in need) rows.push(need);
      else {
        await this.committing; // what is being written must be seen
        this.queues.loaded(need.queue, await store.queued(need.queue, QUEUE_PAGE));
      }
    }
    if (rows.length > 0) {
      const located = await store.locate(rows);
      for (const { table, key } of rows) {
        const unit = located.get(`${table}/${key}`);
        if (unit === undefined || this.state.rows.isLoaded(unit)) this.state.rows.markAbsent(table, key);
        else units.add(unit);
      }
    }
    if (units.size === 0) return;
    for (const [unit, stored] of await store.loadUnits([...units])) this.state.rows.load(unit, stored);
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
      if (change.dueAt !== null && (this.nextDueAt === null || change.dueAt < this.nextDueAt)) this.nextDueAt = change.dueAt;
      if (change.queue === null) continue;
      this.queues.add(change.queue, change.key);
      const keys = arrived.get(change.queue);
      if (keys === undefined) arrived.set(change.queue, [change.key]);
      else keys.push(change.key);
    }
    this.inFlight += 1;
    this.committing = this.options.store.commit({ changes, records, counters }).then(
      () => {
        this.inFlight -= 1;
        finish();
        for (const [queue, keys] of arrived) for (const listener of this.jobListeners) listener(jobTypeOf(queue), keys);
        const last = records.at(-1)?.position;
        if (last !== undefined) for (const listener of this.recordListeners) listener(last);
      },
      (error: Error) => this.fail(new Error(`the batch could not be written: ${error.message}`, { cause: error })),
    );
  }

  // ------------------------------------------------------------ what is due
  private isDue(): boolean {
    return this.nextDueAt !== null && this.nextDueAt <= this.options.clock.now();
  }

  private async checkDue(): Promise<void> {
    if (this.dueInProgress || this.stopped || this.failure !== null || !this.isDue()) return;
    this.dueInProgress = true;
    try {
      await this.committing;
      const now = this.options.clock.now();
      const due = this.stuck.without(await this.options.store.due(now, DUE_PAGE + this.stuck.size), now);
      await Promise.all(due.map((row) => this.submit(commandFor(row)).then((answer) => this.stuck.note(row, answer, now))));
      // From here on every batch notes what it makes due; all before it is in the store.
      this.nextDueAt = null;
      await this.committing;
      const next = await this.options.store.nextDue();
      if (next === null) return;
      // What cannot be done now is not tried again at once.
      const wakeAt = this.stuck.size > 0 ? Math.max(next, now + STUCK_RETRY_MS) : next;
      this.nextDueAt = Math.min(wakeAt, this.nextDueAt ?? wakeAt);
    } finally {
      this.dueInProgress = false;
    }
  }

  private fail(error: Error): void {
    if (this.failure !== null) return;
    this.failure = error;
    this.options.onError(error);
    this.stopped = true;
    this.wake?.();
  }
}

function commandFor({ table, key }: DueRow): Command {
  if (table === timers.name) return { type: 'trigger_timer', timerKey: key };
  if (table === messages.name) return { type: 'expire_message', messageKey: key };
  return { type: 'look_at_job', jobKey: key };
}
