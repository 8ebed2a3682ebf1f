import type { Clock } from '../contract/clock.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Database } from '../database/connect.ts';
import type { Notifier } from '../notifications/notifier.ts';

/** An activated job as a worker sees it. Keys are strings. */
export interface Job {
  key: string;
  type: string;
  processInstanceKey: string;
  processDefinitionKey: string;
  bpmnProcessId: string;
  elementId: string;
  elementInstanceKey: string;
  customHeaders: Readonly<Record<string, string>>;
  retries: number;
  variables: JsonObject;
}

/** What a worker may ask of the engine; spoken over the gateway protocol, so any Zeebe can stand behind it. */
export interface EngineCommands {
  /** Creates an instance of the latest version. */
  createInstance(bpmnProcessId: string, variables: JsonObject): Promise<{ processInstanceKey: string }>;
  /** Publishes a message. `ttlMs` default 1 h; an equal `messageId` within it is refused and counts as done. */
  publishMessage(message: { name: string; correlationKey: string; variables?: JsonObject; messageId?: string; ttlMs?: number }): Promise<void>;
  /** Evaluates the latest version of a decision; its output as JSON (null when nothing matched). */
  evaluateDecision(decisionId: string, variables: JsonObject): Promise<unknown>;
  /** Completes a job, activated or not (a task list completes user tasks so). */
  completeJob(key: string, variables: JsonObject): Promise<void>;
}

/** The rooms a worker's effect may touch. */
export interface WorkerContext {
  db: Database;
  clock: Clock;
  engine: EngineCommands;
  /** IANA zone of the institution. */
  zone: string;
  /** Way out for messages. */
  notifier: Notifier;
  /** 32-byte key archive packages are encrypted with. */
  archiveKey: Buffer;
  /** Address customers reach public links at, without a slash at its end, e.g. `https://service.example.com`. */
  publicUrl: string;
}

/** Expected business failure: becomes a BPMN error that a boundary event may catch. */
export class BpmnError extends Error {
  readonly code: string;
  readonly variables: JsonObject;

  constructor(code: string, message: string, variables: JsonObject = {}) {
    super(message);
    this.name = 'BpmnError';
    this.code = code;
    this.variables = variables;
  }
}

/** One shipped job worker. Idempotent on `elementInstanceKey`: the same job delivered twice has its effect once. */
export interface JobWorker {
  /** Job type, e.g. `notify.send`; the file is `engine/workers/notify/send.ts`. */
  type: string;
  /** Does the work and returns the variables to complete with. Throws `BpmnError`, or any error to have the job retried with back-off. */
  handle(job: Job, context: WorkerContext): Promise<JsonObject>;
}
