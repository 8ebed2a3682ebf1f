import type { Answer, Command } from '../../protocol/commands.ts';
import type { Key } from '../../protocol/key.ts';
import type { EngineRecord } from '../../protocol/records.ts';
import { behaviors } from '../behaviors/index.ts';
import { reconsiderConditions } from '../behaviors/shared/conditions.ts';
import { doStep } from '../behaviors/shared/lifecycle.ts';
import type { FollowUp } from '../behaviors/shared/processing.ts';
import type { EngineState } from '../state/engine-state.ts';
import { PageFault } from '../state/row-cache.ts';
import type { Variable } from '../state/tables.ts';
import { VariableTooLarge } from '../state/variable.ts';
import { CommandRefused, reject, type AwaitedResult, type CommandProcessing } from './command-handler.ts';
import { handlers } from './index.ts';
import type { JobQueues } from './job/job-queues.ts';
import { refusalWhileSuspended } from './suspension/suspend.ts';
import type { CreatedInstance } from './process-instance/create-process-instance.ts';

/** Most follow-up steps one command may lead to; beyond it the process is taken to run in a circle. */
const MAX_STEPS = 100_000;

/** A decision that stands: its records, and the answers it gives. */
export interface Decision {
  records: EngineRecord[];
  /** Answer to the command itself; null when it waits for its result. */
  answer: Answer | null;
  /** Instance whose completion answers the command. */
  awaits?: { processInstanceKey: Key; created: CreatedInstance } & AwaitedResult;
  /** Process instances that have completed, with their variables. */
  completed: { processInstanceKey: Key; variables: readonly Variable[] }[];
  /** Process instances that were terminated. */
  terminated: Key[];
  /** Job types whose workers are to look again. */
  woken: string[];
}

/** Decides commands one after another, without waiting: pure but for the state it is given. */
export class Decider {
  private readonly state: EngineState;
  private readonly queues: JobQueues;

  constructor(state: EngineState, queues: JobQueues) {
    this.state = state;
    this.queues = queues;
  }

  /** Decides a command with everything it leads to. A PageFault says what has to be loaded first; nothing has changed then. */
  decide(command: Command, now: number): Decision | PageFault {
    this.state.now = now;
    this.state.authorized = command.authorized ?? null;
    const steps: FollowUp[] = [];
    let at = -1;
    const afterSteps: (() => void)[] = [];
    const afterDecision: (() => void)[] = [];
    const decision: Decision = { records: [], answer: null, completed: [], terminated: [], woken: [] };
    const processing: CommandProcessing = {
      state: this.state,
      behaviors,
      queues: this.queues,
      completions: new Map(),
      follow: (step) => void steps.push(step),
      now: (step) => doStep(processing, step),
      next: (step) => void steps.splice(at + 1, 0, step),
      afterSteps: (work) => void afterSteps.push(work),
      afterDecision: (work) => void afterDecision.push(work),
      processCompleted: (instance, variables) => void decision.completed.push({ processInstanceKey: instance.key, variables }),
      processTerminated: (instance) => void decision.terminated.push(instance.key),
      wakeWorkers: (jobType) => void decision.woken.push(jobType),
      awaitResult: (processInstanceKey, created, wanted) => void (decision.awaits = { processInstanceKey, created, ...wanted }),
    };
    try {
      decision.answer = refusalWhileSuspended(this.state, command) ?? (handlers[command.type] as (processing: CommandProcessing, command: Command) => Answer | null)(processing, command);
      for (;;) {
        if (at + 1 === steps.length) {
          if (reconsiderConditions(processing)) continue;
          const work = afterSteps.shift();
          if (work === undefined) break;
          work();
          continue;
        }
        at += 1;
        if (at > MAX_STEPS) throw new Error(`more than ${MAX_STEPS} steps follow from one ${command.type}: the process runs in a circle without waiting`);
        doStep(processing, steps[at]!);
      }
    } catch (thrown) {
      this.state.undo();
      if (thrown instanceof PageFault) return thrown;
      if (thrown instanceof CommandRefused) return { records: [], answer: thrown.answer, completed: [], terminated: [], woken: [] };
      this.state.rows.forgetAbsent();
      if (thrown instanceof VariableTooLarge) return { records: [], answer: reject('EXCEEDED_BATCH_RECORD_SIZE', thrown.message), completed: [], terminated: [], woken: [] };
      throw thrown;
    }
    decision.records = this.state.keep();
    runAll(afterDecision);
    return decision;
  }
}

function runAll(works: (() => void)[]): void {
  for (let work = works.shift(); work !== undefined; work = works.shift()) work();
}
