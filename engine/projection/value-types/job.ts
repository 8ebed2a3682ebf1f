import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { EngineRecord } from '../../protocol/records.ts';
import type { Batch } from '../batch.ts';
import { job as jobs, userTask } from '../tables.ts';
import { text, type Applier } from './applier.ts';
import { dueAt, openTask } from './open-task.ts';

/** Type of the job a user task is. */
export const USER_TASK_JOB_TYPE = 'io.camunda.zeebe:userTask';
const HEADER = 'io.camunda.zeebe:';

const states: Readonly<Record<string, string>> = { CREATED: 'created', ACTIVATED: 'activated', COMPLETED: 'completed', FAILED: 'failed', CANCELED: 'canceled', ERROR_THROWN: 'error_thrown', TIMED_OUT: 'timed_out', RECURRED_AFTER_BACKOFF: 'created' };
const ends = new Set(['COMPLETED', 'CANCELED', 'ERROR_THROWN']);
const taskStates: Readonly<Record<string, string>> = { COMPLETED: 'completed', CANCELED: 'canceled', ERROR_THROWN: 'canceled', FAILED: 'failed' };

/** Jobs; those of user tasks are the task list as well. */
export const job: Applier = {
  valueTypes: ['JOB'],
  apply(batch, record) {
    const { key, intent, timestamp, value } = record;
    const instanceKey = text(value['processInstanceKey']);
    batch.instances.add(instanceKey);
    if (intent === 'CREATED') {
      batch.add(jobs, {
        key,
        type: text(value['type']),
        process_instance_key: instanceKey,
        process_definition_key: text(value['processDefinitionKey']),
        element_id: text(value['elementId']),
        element_instance_key: text(value['elementInstanceKey']),
        state: 'created',
        retries: Number(value['retries']),
        worker: null,
        error_message: null,
        created_at: timestamp,
        ended_at: null,
      });
    } else {
      const state = states[intent];
      batch.patch(jobs, key, {
        retries: Number(value['retries']),
        worker: text(value['worker']) || null,
        error_message: text(value['errorMessage']) || null,
        ...(state === undefined ? {} : { state, ended_at: ends.has(intent) ? timestamp : null }),
      });
    }
    if (text(value['type']) === USER_TASK_JOB_TYPE) applyTask(batch, record, instanceKey);
  },
};

function applyTask(batch: Batch, record: EngineRecord, instanceKey: string): void {
  const { key, intent, timestamp, value } = record;
  if (intent === 'CREATED') {
    const headers = (value['customHeaders'] ?? {}) as JsonObject;
    const header = (name: string): string => text(headers[HEADER + name]);
    batch.put(
      userTask,
      openTask(record, { assignee: header('assignee') || null, candidateGroups: textList(header('candidateGroups')), candidateUsers: textList(header('candidateUsers')), dueAt: dueAt(header('dueDate')), formKey: header('formKey') || null }),
    );
    batch.exclusions.add(instanceKey);
  } else if (taskStates[intent] !== undefined) {
    batch.patch(userTask, key, { state: taskStates[intent], completed_at: ends.has(intent) ? timestamp : null });
  } else if (intent === 'RETRIES_UPDATED' || intent === 'RECURRED_AFTER_BACKOFF') {
    batch.patch(userTask, key, { state: 'open' });
  } else return;
  batch.tasks.add(key);
}

/** Candidate headers are a JSON list as text. */
function textList(header: string): string[] {
  if (header === '') return [];
  let list: JsonValue;
  try {
    list = JSON.parse(header) as JsonValue;
  } catch {
    // Anybody may deploy a task with such a header by hand; plain text is then the one candidate.
    return [header];
  }
  return Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string') : [header];
}
