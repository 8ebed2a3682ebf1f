import type { Answer } from '../../../protocol/commands.ts';
import type { Key } from '../../../protocol/key.ts';
import { jobTypeOf } from '../../state/tables.ts';
import type { Decision } from '../decider.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import { JobListeners, type JobListener } from './job-listeners.ts';
import { JobRequests, type JobRequest } from './job-requests.ts';

/** The answer of a request for jobs when there are none. */
export const NO_JOBS: Answer = { ok: true, value: [] };

/** Whether a request for jobs got none. */
export const isEmpty = (answer: Answer | null): boolean => answer?.ok === true && Array.isArray(answer.value) && answer.value.length === 0;

/** Where jobs and those who want them meet: requests that wait, and listeners who are told. */
export class JobDesk {
  private readonly requests = new JobRequests();
  private readonly listeners = new JobListeners();
  private readonly decideAgain: (request: JobRequest) => void;

  /** `decideAgain`: considers a request that has waited once more. */
  constructor(decideAgain: (request: JobRequest) => void) {
    this.decideAgain = decideAgain;
  }

  wait(request: JobRequest): void {
    this.requests.add(request);
  }

  /** Nobody waits for it any more. */
  cancel(request: JobRequest): void {
    request.canceled = true;
    if (this.requests.remove(request)) request.resolve(NO_JOBS);
  }

  /** Ends all waiting. */
  refuse(answer: Answer): void {
    for (const request of this.requests.drain()) request.resolve(answer);
  }

  /** Returns the function that ends it. */
  listen(jobType: string, listener: JobListener): () => void {
    const end = this.listeners.add(jobType, listener);
    return () => {
      end();
      this.askAgain(jobType);
    };
  }

  hasListeners(jobType: string): boolean {
    return this.listeners.has(jobType);
  }

  /** Offers jobs that are durable to those who listen; what they do not take is for who asks. */
  offer(jobType: string, keys: readonly Key[]): void {
    if (!this.listeners.offer(jobType, keys)) this.askAgain(jobType);
  }

  /** Hands jobs that a batch has made to requests that wait for them; `given` is told of each decision, the request's error of `failed`. */
  async handOut(memory: PartitionMemory, given: (decision: Decision, request: JobRequest) => void, failed: (error: Error) => void): Promise<void> {
    const jobTypes = new Set<string>();
    for (const [queue, keys] of memory.state.rows.takeArrivals()) {
      for (const key of keys) memory.queues.add(queue, key);
      jobTypes.add(jobTypeOf(queue));
    }
    for (const jobType of jobTypes) {
      if (this.listeners.has(jobType)) continue;
      for (let request = this.requests.first(jobType); request !== undefined; request = this.requests.first(jobType)) {
        const decision = await memory.decide(request.command);
        if (decision instanceof Error) {
          failed(decision);
          break;
        }
        if (!isEmpty(decision.answer)) this.requests.remove(request);
        given(decision, request);
        if (isEmpty(decision.answer)) break;
      }
    }
  }

  /** Lets the oldest request for a type be decided anew. */
  private askAgain(jobType: string): void {
    const request = this.requests.first(jobType);
    if (request === undefined) return;
    this.requests.remove(request);
    this.decideAgain(request);
  }
}
