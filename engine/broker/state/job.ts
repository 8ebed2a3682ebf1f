import type { JsonObject } from '../../contract/json.ts';
import type { Key } from '../../protocol/key.ts';
import { idIn, ownedBy, tenantOf } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { updateInstance } from './process-instance.ts';
import { standsStill } from './suspension.ts';
import { DEFAULT_JOB_PRIORITY, DEFINITIONS, instanceUnit, jobLevels, jobs, queueFor, type ElementInstance, type JobRow, type ProcessRow } from './tables.ts';

export function findJob(state: EngineState, key: Key): JobRow | undefined {
  return state.rows.get(jobs, key);
}

function record(state: EngineState, intent: string, job: JobRow, variables: JsonObject = {}): void {
  state.record('JOB', intent, job.key, {
    type: job.type,
    retries: job.retries,
    worker: job.worker,
    deadline: job.deadline,
    customHeaders: job.customHeaders,
    variables,
    errorMessage: job.errorMessage,
    errorCode: job.errorCode,
    elementId: job.elementId,
    elementInstanceKey: job.elementInstanceKey,
    processInstanceKey: job.processInstanceKey,
    processDefinitionKey: job.processDefinitionKey,
    bpmnProcessId: job.bpmnProcessId,
    processDefinitionVersion: job.version,
    ...(job.priority === undefined ? {} : { priority: job.priority }),
    tenantId: tenantOf(job),
  });
}

/** The queues of a job type (told apart by its tenant), those of the highest priority first. */
export function queuesOf(state: EngineState, type: string): string[] {
  const levels = state.rows.getIn(DEFINITIONS, jobLevels, type)?.levels ?? [];
  return [...levels, DEFAULT_JOB_PRIORITY].sort((a, b) => b - a).map((priority) => queueFor(type, priority));
}

function noteLevel(state: EngineState, type: string, priority: number): void {
  const levels = state.rows.getIn(DEFINITIONS, jobLevels, type)?.levels ?? [];
  if (!levels.includes(priority)) state.rows.put(DEFINITIONS, jobLevels, type, { levels: [...levels, priority] });
}

function store(state: EngineState, intent: string, job: JobRow, variables?: JsonObject): JobRow {
  record(state, intent, job, variables);
  state.rows.put(instanceUnit(job.processInstanceKey), jobs, job.key, job);
  return job;
}

function removeJob(state: EngineState, intent: string, job: JobRow, variables?: JsonObject): void {
  record(state, intent, job, variables);
  state.rows.delete(instanceUnit(job.processInstanceKey), jobs, job.key);
}

export function jobCreated(state: EngineState, instance: ElementInstance, type: string, retries: number, customHeaders: Record<string, string>, priority = DEFAULT_JOB_PRIORITY): JobRow {
  const job: JobRow = {
    key: state.mintKey(),
    type,
    state: 'ACTIVATABLE',
    retries,
    deadline: -1,
    recurAt: -1,
    worker: '',
    customHeaders,
    elementInstanceKey: instance.key,
    elementId: instance.elementId,
    processInstanceKey: instance.processInstanceKey,
    processDefinitionKey: instance.processDefinitionKey,
    bpmnProcessId: instance.bpmnProcessId,
    version: instance.version,
    errorMessage: '',
    errorCode: '',
    ...ownedBy(instance.tenantId),
    ...(priority === DEFAULT_JOB_PRIORITY ? {} : { priority }),
    ...(standsStill(state, instance.processInstanceKey) ? { suspended: true as const } : {}),
  };
  if (priority !== DEFAULT_JOB_PRIORITY) noteLevel(state, idIn(instance.tenantId, type), priority);
  updateInstance(state, instance, { jobKey: job.key });
  return store(state, 'CREATED', job);
}

export const jobActivated = (state: EngineState, job: JobRow, worker: string, deadline: number): JobRow => store(state, 'ACTIVATED', { ...job, state: 'ACTIVATED', worker, deadline });

export const jobCompleted = (state: EngineState, job: JobRow, variables: JsonObject): void => removeJob(state, 'COMPLETED', job, variables);

export const jobCanceled = (state: EngineState, job: JobRow): void => removeJob(state, 'CANCELED', job);

export function jobFailed(state: EngineState, job: JobRow, failure: { retries: number; errorMessage: string; recurAt: number; variables: JsonObject }): JobRow {
  const next = failure.retries <= 0 ? 'FAILED' : failure.recurAt > state.now ? 'BACKOFF' : 'ACTIVATABLE';
  return store(state, 'FAILED', { ...job, state: next, retries: failure.retries, errorMessage: failure.errorMessage, recurAt: failure.recurAt, deadline: -1 }, failure.variables);
}

export const jobRecurred = (state: EngineState, job: JobRow): JobRow => store(state, 'RECURRED_AFTER_BACKOFF', { ...job, state: 'ACTIVATABLE', recurAt: -1 });

export const jobTimedOut = (state: EngineState, job: JobRow): JobRow => store(state, 'TIMED_OUT', { ...job, state: 'ACTIVATABLE', deadline: -1 });

export const jobTimeoutUpdated = (state: EngineState, job: JobRow, deadline: number): JobRow => store(state, 'TIMEOUT_UPDATED', { ...job, deadline });

export const jobMigrated = (state: EngineState, job: JobRow, target: ProcessRow, elementId: string): JobRow => store(state, 'MIGRATED', { ...job, elementId, processDefinitionKey: target.key, bpmnProcessId: target.bpmnProcessId, version: target.version });

export const jobRetriesUpdated = (state: EngineState, job: JobRow, retries: number): JobRow => store(state, 'RETRIES_UPDATED', { ...job, retries });

/** ERROR_THROWN: removed when something catches it, else kept until its incident is resolved. */
export function jobErrorThrown(state: EngineState, job: JobRow, error: { errorCode: string; errorMessage: string; variables: JsonObject }, caught: boolean): JobRow {
  const thrown: JobRow = { ...job, state: 'ERROR_THROWN', errorCode: error.errorCode, errorMessage: error.errorMessage, deadline: -1 };
  if (caught) removeJob(state, 'ERROR_THROWN', thrown, error.variables);
  else store(state, 'ERROR_THROWN', thrown, error.variables);
  return thrown;
}

/** Keeps a job from the workers until its incident is resolved. No record shows it. */
export function jobDisabled(state: EngineState, job: JobRow): JobRow {
  const next: JobRow = { ...job, state: 'FAILED' };
  state.rows.put(instanceUnit(job.processInstanceKey), jobs, job.key, next);
  return next;
}

/** Gives a job back to the workers after its incident was resolved. No record shows it. */
export function jobReopened(state: EngineState, job: JobRow): JobRow {
  const next: JobRow = { ...job, state: 'ACTIVATABLE' };
  state.rows.put(instanceUnit(job.processInstanceKey), jobs, job.key, next);
  return next;
}
