import type { Broker } from '../broker/index.ts';
import type { JsonObject } from '../contract/json.ts';
import type { ActivatedJob, Answer, Command } from '../protocol/commands.ts';
import { BpmnError, type EngineCommands, type JobWorker, type WorkerContext } from '../workers/job-worker.ts';

const HOUR_MS = 3_600_000;
const AT_ONCE = 256;
const BACK_OFF_MS = 2000;

/**
 * Runs the shipped job workers beside the broker, without a network between them, and one job after the other in the order of their keys: that
 * is faster while playing, and the same cases give the same numbers every time.
 */
export class JobRunner {
  private readonly broker: Broker;
  private readonly workers: ReadonlyMap<string, JobWorker>;
  private readonly context: WorkerContext;
  private readonly onProblem: (message: string) => void;
  private readonly waiting = new Set<string>();
  /** Jobs done. */
  done = 0;

  constructor(options: { broker: Broker; workers: readonly JobWorker[]; context: WorkerContext; onProblem: (message: string) => void }) {
    this.broker = options.broker;
    this.workers = new Map(options.workers.map((worker) => [worker.type, worker]));
    this.context = options.context;
    this.onProblem = options.onProblem;
    for (const type of this.workers.keys()) {
      this.broker.onJobs(type, () => {
        this.waiting.add(type);
        return true;
      });
    }
  }

  /** Works until neither broker nor workers have anything left to do now. */
  async settle(): Promise<void> {
    for (;;) {
      await this.broker.idle();
      if (this.waiting.size === 0) return;
      const types = [...this.waiting].sort();
      this.waiting.clear();
      const taken = await Promise.all(types.map((type) => this.take(type)));
      const jobs = taken.flat().sort((a, b) => (BigInt(a.key) < BigInt(b.key) ? -1 : 1));
      const answers: Promise<Answer>[] = [];
      for (const job of jobs) answers.push(this.broker.submit(await this.work(job)));
      await Promise.all(answers);
      this.done += jobs.length;
    }
  }

  private async take(type: string): Promise<ActivatedJob[]> {
    const answer = await this.broker.submit({ type: 'activate_jobs', jobType: type, worker: `guicheng:${type}`, timeoutMs: 60_000, maxJobs: AT_ONCE, fetchVariables: [] });
    const jobs = valueOf<ActivatedJob[]>(answer);
    if (jobs.length === AT_ONCE) this.waiting.add(type);
    return jobs;
  }

  private async work(job: ActivatedJob): Promise<Command> {
    try {
      return { type: 'complete_job', jobKey: job.key, variables: await this.workers.get(job.type)!.handle(job, this.context) };
    } catch (error) {
      if (error instanceof BpmnError) return { type: 'throw_error', jobKey: job.key, errorCode: error.code, errorMessage: error.message, variables: error.variables };
      const retries = Math.max(0, job.retries - 1);
      const message = error instanceof Error ? error.message : String(error);
      this.onProblem(`${job.type} at ${job.elementId} of ${job.bpmnProcessId}: ${message}`);
      return { type: 'fail_job', jobKey: job.key, errorMessage: message, retries, backOffMs: retries === 0 ? 0 : BACK_OFF_MS * 4 ** Math.max(0, 2 - retries), variables: {} };
    }
  }
}

/** The engine as workers ask it, without a network between. */
export function engineOf(broker: Broker): EngineCommands {
  return {
    async createInstance(bpmnProcessId, variables) {
      const answer = await broker.submit({ type: 'create_process_instance', bpmnProcessId, processDefinitionKey: '0', version: -1, variables });
      return { processInstanceKey: valueOf<{ processInstanceKey: string }>(answer).processInstanceKey };
    },
    async publishMessage(message) {
      await publish(broker, message);
    },
    async evaluateDecision(decisionId, variables) {
      const { output, failure } = valueOf<{ output: unknown; failure: { message: string } | null }>(await broker.submit({ type: 'evaluate_decision', decisionId, decisionKey: '0', variables }));
      if (failure !== null) throw new Error(`decision ${decisionId} failed: ${failure.message}`);
      return output;
    },
    async completeJob(key, variables) {
      valueOf(await broker.submit({ type: 'complete_job', jobKey: key, variables }));
    },
  };
}

/** False when a message of the same id was there before. */
export async function publish(broker: Broker, { name, correlationKey, variables = {}, messageId = '', ttlMs = HOUR_MS }: { name: string; correlationKey: string; variables?: JsonObject; messageId?: string; ttlMs?: number }): Promise<boolean> {
  const answer = await broker.submit({ type: 'publish_message', name, correlationKey, messageId, timeToLiveMs: ttlMs, variables });
  if (!answer.ok && answer.rejection === 'ALREADY_EXISTS') return false;
  valueOf(answer);
  return true;
}

/** What a command has given. Throws with the engine's reason. */
export function valueOf<Value>(answer: Answer): Value {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value as Value;
}
