import type { Answer, Command } from '../../protocol/commands.ts';
import { queuesOf } from '../state/job.ts';
import { DEFINITIONS } from '../state/tables.ts';
import { FencedError } from '../store/store.ts';
import { AwaitedResults } from './awaited-results.ts';
import { emptyWork, unavailable, type Work } from './batch-work.ts';
import { CommandQueue, type Waiting } from './command-queue.ts';
import type { Decision } from './decider.ts';
import { arrivedJobs } from './job/arrived-jobs.ts';
import { isEmpty, JobDesk, NO_JOBS } from './job/job-desk.ts';
import type { JobListener } from './job/job-listeners.ts';
import { QUEUE_PAGE } from './job/job-queues.ts';
import type { JobRequest } from './job/job-requests.ts';
import { PartitionMemory } from './partition-memory.ts';
import type { StreamProcessorOptions } from './processor-options.ts';
import { DueWatch } from './timer/due-watch.ts';
import { nextTurn, Turns } from './turns.ts';

const MAX_BATCH = 256;
/** While nothing is being written, so many records are enough to begin: the rest of the batch is decided meanwhile. */
const WORTH_WRITING = 400;
const DUE_POLL_MS = 20;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 1000;

/**
 * The single writer of a partition. Commands that have arrived are decided in memory one after another as a batch; the batch is
 * written in one transaction while the next is being decided; answers leave only after the commit.
 *
 * When a batch cannot be written, or state cannot be read, everything in memory is let go, whoever waits is refused with UNAVAILABLE, and the
 * processor begins anew from what is stored as soon as the store answers.
 */
export class StreamProcessor {
  private readonly options: StreamProcessorOptions;
  private memory!: PartitionMemory;
  private readonly commands = new CommandQueue();
  /** Taken from the queue for a batch that was written before they had their turn. */
  private begun: Waiting[] = [];
  private writing = false;
  private committing: Promise<void> = Promise.resolve();
  private inFlight = 0;
  private running: Promise<void> | null = null;
  /** Why nothing can be written at present. */
  private trouble: Error | null = null;
  private failure: Error | null = null;
  /** The store has said that it may not be ours any more, since it was last opened. */
  private lost = false;
  private stopped = false;
  private due!: DueWatch;
  private dueTimer: ReturnType<typeof setInterval> | null = null;
  private readonly results = new AwaitedResults();
  private readonly jobs = new JobDesk((request) => this.commands.addAgain(request));
  private readonly recordListeners = new Set<(lastPosition: string) => void>();

  constructor(options: StreamProcessorOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    await this.begin();
    this.running = this.run();
    this.dueTimer = setInterval(() => void this.due.check().catch((error: Error) => this.meet(error)), DUE_POLL_MS);
  }

  /** Takes up what is stored. */
  private async begin(): Promise<void> {
    const { store, clock } = this.options;
    this.lost = false;
    const lost = (error: Error): void => {
      this.lost = true;
      this.meet(error);
    };
    this.memory = await PartitionMemory.open(this.options, () => this.committing, lost);
    this.due = new DueWatch({ store, clock, submit: (command) => this.submit(command), committed: () => this.committing });
    await this.due.start();
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
      cancel: () => this.jobs.cancel(request),
    };
  }

  private enqueue(command: Command, request?: JobRequest): Promise<Answer> {
    if (this.failure !== null || this.stopped) return Promise.reject(new Error('the broker has stopped', { cause: this.failure }));
    if (this.trouble !== null) return Promise.resolve(unavailable(this.trouble));
    return this.commands.add(command, request);
  }

  /** Called whenever jobs of the type have become activatable, before requests for them are considered. Returns the function that ends it. */
  onJobs(jobType: string, listener: JobListener): () => void {
    return this.jobs.listen(jobType, listener);
  }

  /** Called after every commit with records. Returns the function that ends it. */
  onRecords(listener: (lastPosition: string) => void): () => void {
    this.recordListeners.add(listener);
    return () => this.recordListeners.delete(listener);
  }

  /** Position of the last record decided (durable once `idle`). */
  get lastPosition(): string {
    return this.memory.state.standing.position.toString();
  }

  get healthy(): boolean {
    return this.running !== null && this.failure === null && this.trouble === null && !this.stopped;
  }

  /** Resolves when nothing is waiting, being written or due now. */
  async idle(): Promise<void> {
    for (;;) {
      await this.committing;
      await this.due.check();
      if (this.begun.length === 0 && this.commands.length === 0 && this.inFlight === 0 && !this.due.busy) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.dueTimer !== null) clearInterval(this.dueTimer);
    this.due.stop();
    this.commands.wake();
    await this.running;
    await this.committing;
    await this.options.store.close();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      if (this.trouble !== null) {
        await this.recover(this.trouble);
        continue;
      }
      // Answers and the batch before leave at the turn's end: they need not wait until this one is decided.
      if (this.begun.length === 0 && this.commands.length === 0) await this.commands.some();
      else await nextTurn();
      const begun = this.begun.splice(0);
      const batch = [...begun, ...this.commands.take(MAX_BATCH - begun.length)];
      if (batch.length === 0) continue;
      const began = performance.now();
      this.inFlight += batch.length;
      const work = emptyWork();
      try {
        await this.processBatch(batch, work);
      } catch (error) {
        for (const { resolve } of batch.slice(work.commands)) work.asking.push(resolve);
        this.meet(error as Error, work);
      }
      this.inFlight -= batch.length;
      this.commands.measure(work.commands, performance.now() - began);
    }
    await this.committing;
    this.refuseAll({ ok: false, rejection: 'RESOURCE_EXHAUSTED', reason: 'The broker is stopping: try again later' });
  }

  private refuseAll(answer: Answer): void {
    this.results.refuse(answer);
    this.jobs.refuse(this.stopped ? NO_JOBS : answer);
    for (const { resolve } of [...this.begun.splice(0), ...this.commands.take(Infinity)]) resolve(answer);
  }

  /** The store has failed: whoever the work was for is refused, and the loop begins anew. */
  private meet(error: Error, work?: Work): void {
    if (error instanceof FencedError) this.fail(error);
    else if (this.trouble === null) this.options.onError(error);
    this.trouble ??= error;
    for (const refuse of work?.asking ?? []) refuse(unavailable(error));
    this.commands.wake();
  }

  /** Tries until the store answers, then goes on from what it holds. */
  private async recover(trouble: Error): Promise<void> {
    await this.committing;
    this.due.stop();
    this.refuseAll(unavailable(trouble));
    for (let pause = FIRST_RETRY_MS; !this.stopped; pause = Math.min(pause * 2, LAST_RETRY_MS)) {
      try {
        await this.begin();
        if (this.lost) continue;
        this.trouble = null;
        for (const listener of this.recordListeners) listener(this.lastPosition);
        return;
      } catch (error) {
        if (error instanceof FencedError) this.fail(error);
        else await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  private async processBatch(batch: readonly Waiting[], work: Work): Promise<void> {
    const turns = new Turns();
    for (const [at, { command, resolve, request }] of batch.entries()) {
      await turns.pass();
      if (!this.writing && work.records.length >= WORTH_WRITING) {
        this.begun = batch.slice(at);
        break;
      }
      work.commands += 1;
      work.asking.push(resolve);
      const decision = await this.memory.decide(command);
      if (decision instanceof Error) {
        this.options.onError(decision);
        work.answers.push(() => resolve({ ok: false, rejection: 'PROCESSING_ERROR', reason: `Expected to process command '${command.type}' without errors, but: ${decision.message}` }));
        continue;
      }
      work.records.push(...decision.records);
      if (request !== undefined && !request.canceled && isEmpty(decision.answer)) this.jobs.wait(request);
      else this.gatherAnswers(decision, resolve, work.answers);
    }
    const given = (decision: Decision, { resolve }: JobRequest): void => {
      work.records.push(...decision.records);
      if (isEmpty(decision.answer)) return;
      work.asking.push(resolve);
      // Whoever has made the job is answered first, as with Zeebe.
      this.gatherAnswers(decision, (answer) => void setImmediate(resolve, answer), work.answers);
    };
    await this.jobs.handOut(this.memory, given, this.options.onError);
    await this.write(work);
  }

  private gatherAnswers(decision: Decision, resolve: (answer: Answer) => void, answers: (() => void)[]): void {
    const { answer, awaits, completed, terminated, woken } = decision;
    if (answer !== null) answers.push(() => resolve(answer));
    if (awaits !== undefined) this.results.expect(awaits, resolve);
    for (const { processInstanceKey, variables } of completed) answers.push(() => this.results.completed(processInstanceKey, variables));
    for (const processInstanceKey of terminated) answers.push(() => this.results.terminated(processInstanceKey));
    for (const jobType of woken) answers.push(() => void this.wakeWorkers(jobType).catch((error: Error) => this.meet(error)));
  }

  /** Tells workers of the oldest jobs that wait; those who poll find the rest. */
  private async wakeWorkers(jobType: string): Promise<void> {
    for (const queue of queuesOf(this.memory.state, jobType)) {
      const keys = await this.options.store.queued(queue, QUEUE_PAGE);
      if (keys.length > 0) this.jobs.offer(jobType, keys);
    }
  }

  private async write(work: Work): Promise<void> {
    const { records, answers } = work;
    const { rows, standing: counters } = this.memory.state;
    const taken = rows.takeChanges();
    const { changes } = taken;
    await this.committing;
    // What was decided on top of a batch that could not be written must not be written either.
    if (this.trouble !== null) return this.meet(this.trouble, work);
    rows.evict(this.options.cacheLimit ?? 10_000, new Set([DEFINITIONS]));
    const finish = (): void => {
      rows.markCommitted(taken);
      for (const answer of answers) answer();
    };
    if (changes.length === 0 && records.length === 0) {
      finish();
      return;
    }
    for (const { dueAt } of changes) if (dueAt !== null) this.due.note(dueAt);
    const arrived = arrivedJobs(changes, (jobType) => this.jobs.hasListeners(jobType));
    this.inFlight += 1;
    this.writing = true;
    const began = performance.now();
    this.committing = this.options.store.commit({ changes, records, counters }).then(
      () => {
        this.inFlight -= 1;
        this.writing = false;
        this.options.onBatch?.({ partition: this.options.partition, commands: work.commands, records: records.length, rows: changes.length, commitMs: performance.now() - began, waiting: this.commands.length });
        finish();
        for (const [jobType, keys] of arrived) this.jobs.offer(jobType, keys);
        const last = records.at(-1)?.position;
        if (last !== undefined) for (const listener of this.recordListeners) listener(last);
      },
      (error: Error) => {
        this.inFlight -= 1;
        this.writing = false;
        this.meet(error instanceof FencedError ? error : new Error(`The database cannot be written at present (${error.message}): try again later`, { cause: error }), work);
      },
    );
  }

  private fail(error: Error): void {
    if (this.failure !== null) return;
    this.failure = error;
    this.due.stop();
    this.options.onError(error);
    this.stopped = true;
    this.commands.wake();
  }
}
