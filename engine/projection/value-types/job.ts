import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { EngineRecord } from '../../protocol/records.ts';
import { instant, type Batch } from '../batch.ts';
import { job as jobs, userTask } from '../tables.ts';
import { text, type Applier } from './applier.ts';

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
      batch.put(jobs, {
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
        created_at: instant(timestamp),
        ended_at: null,
      });
    } else {
      const state = states[intent];
      batch.patch(jobs, key, {
        retries: Number(value['retries']),
        worker: text(value['worker']) || null,
        error_message: text(value['errorMessage']) || null,
        ...(state === undefined ? {} : { state, ended_at: ends.has(intent) ? instant(timestamp) : null }),
      });
    }
    if (text(value['type']) === USER_TASK_JOB_TYPE) applyTask(batch, record, instanceKey);
  },
};

function applyTask(batch: Batch, { key, intent, timestamp, value }: EngineRecord, instanceKey: string): void {
  if (intent === 'CREATED') {
    const headers = (value['customHeaders'] ?? {}) as JsonObject;
    const header = (name: string): string => text(headers[HEADER + name]);
    batch.put(userTask, {
      key,
      process_instance_key: instanceKey,
      process_definition_key: text(value['processDefinitionKey']),
      bpmn_process_id: text(value['bpmnProcessId']),
      version: Number(value['processDefinitionVersion']),
      element_id: text(value['elementId']),
      element_instance_key: text(value['elementInstanceKey']),
      state: 'open',
      assignee: header('assignee') || null,
      candidate_groups: textList(header('candidateGroups')),
      candidate_users: textList(header('candidateUsers')),
      exclude_users: [],
      due_at: instantOrNull(header('dueDate')),
      form_key: header('formKey') || null,
      created_at: instant(timestamp),
      completed_at: null,
    });
    batch.exclusions.add(instanceKey);
  } else if (taskStates[intent] !== undefined) {
    batch.patch(userTask, key, { state: taskStates[intent], completed_at: ends.has(intent) ? instant(timestamp) : null });
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

function instantOrNull(header: string): string | null {
  // A zone name may stand behind the offset, as java.time writes it.
  const at = Date.parse(header.replace(/\[.*$/, ''));
  return Number.isNaN(at) ? null : instant(at);
}
