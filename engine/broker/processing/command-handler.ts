import type { Answer, Command, CommandType } from '../../protocol/commands.ts';
import type { Key } from '../../protocol/key.ts';
import type { RejectionType } from '../../protocol/records.ts';
import type { Processing } from '../behaviors/shared/processing.ts';
import type { CreatedInstance } from './process-instance/create-process-instance.ts';
import type { JobQueues } from './job/job-queues.ts';

/** What a client awaits of an instance: the variables with these names (none: all), for so long (ms). */
export interface AwaitedResult {
  fetchVariables: readonly string[];
  timeoutMs: number;
}

/** What a command's processor works with. */
export interface CommandProcessing extends Processing {
  readonly queues: JobQueues;
  /** Answers the command at hand when the instance has completed. */
  awaitResult(processInstanceKey: Key, created: CreatedInstance, wanted: AwaitedResult): void;
  /** Tells workers that wait for a job type to look again, once the decision is durable. */
  wakeWorkers(jobType: string): void;
  /** Runs once the decision stands (not when it is taken back to load state). */
  afterDecision(work: () => void): void;
}

/** Decides one command: changes state through events, and answers. `null` answers later (await result). */
export type CommandHandler<Type extends CommandType> = (processing: CommandProcessing, command: Extract<Command, { type: Type }>) => Answer | null;

export const accept = <Value>(value: Value): Answer<Value> => ({ ok: true, value });

/** Ends a decision that has already changed something: all of it is taken back, and this is the answer. */
export class CommandRefused extends Error {
  readonly answer: Answer<never>;

  constructor(rejection: RejectionType, reason: string) {
    super(reason);
    this.answer = reject(rejection, reason);
  }
}

export const reject = (rejection: RejectionType, reason: string): Answer<never> => ({ ok: false, rejection, reason });
