import type { Answer, Command } from '../../protocol/commands.ts';
import { BackPressure } from './back-pressure.ts';
import { FairQueue } from './fair-queue.ts';
import type { JobRequest } from './job/job-requests.ts';

/** A command that waits to be decided, and who waits for its answer. */
export interface Waiting {
  command: Command;
  resolve: (answer: Answer) => void;
  request?: JobRequest;
}

/** Who asks when no client does. */
const OWN = '';

const TOO_MUCH: Answer = { ok: false, rejection: 'RESOURCE_EXHAUSTED', reason: 'Expected to handle request, but more requests wait than the broker can take: try again later' };

/** Where commands wait for their batch: each source in its turn, none longer than is of use. Who asks for jobs comes first: a worker's hands are empty, what it has done can wait. */
export class CommandQueue {
  private readonly commands = new FairQueue<Waiting>();
  private readonly requests = new FairQueue<Waiting>();
  private readonly pressure = new BackPressure();
  private wakeUp: (() => void) | null = null;

  get length(): number {
    return this.commands.length + this.requests.length;
  }

  /** Resolves with the command's answer. A request's `resolve` is set to who waits. */
  add(command: Command, request?: JobRequest): Promise<Answer> {
    if (this.isTooMuch(command)) return Promise.resolve(TOO_MUCH);
    return new Promise((resolve) => {
      if (request !== undefined) request.resolve = resolve;
      this.put({ command, resolve, ...(request === undefined ? {} : { request }) });
    });
  }

  /** One that was accepted before. */
  addAgain(request: JobRequest): void {
    this.put({ command: request.command, resolve: request.resolve, request });
  }

  private put(waiting: Waiting): void {
    (waiting.request === undefined ? this.commands : this.requests).push(waiting.command.source ?? OWN, waiting);
    this.wake();
  }

  /** A client may fill its share of what can wait; what the broker asks of itself (timers, say) is never refused. */
  private isTooMuch({ source }: Command): boolean {
    if (source === undefined) return false;
    const { most } = this.pressure;
    return this.length >= most && this.commands.waitingOf(source) + this.requests.waitingOf(source) >= most / Math.max(1, this.commands.sources, this.requests.sources);
  }

  /** What the broker asks of itself is due, or late already: up to seven eighths are its. Clients have the rest, each in turn. */
  take(most: number): Waiting[] {
    const own = this.commands.takeOf(OWN, Math.floor((most * 7) / 8));
    const requests = this.requests.take(Math.ceil((most - own.length) / 2));
    return [...own, ...requests, ...this.commands.take(most - own.length - requests.length)];
  }

  /** A batch was decided and handed over for writing in so much time. */
  measure(commands: number, ms: number): void {
    if (this.length > 0) this.pressure.measure(commands, ms);
  }

  /** Resolves when a command waits, or at `wake`. */
  async some(): Promise<void> {
    if (this.length === 0) await new Promise<void>((resolve) => (this.wakeUp = resolve));
    this.wakeUp = null;
  }

  /** Ends the waiting of `some`. */
  wake(): void {
    this.wakeUp?.();
  }
}
