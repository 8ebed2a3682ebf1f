import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { EngineRecord } from '../../protocol/records.ts';
import type { Row } from '../batch.ts';
import { text } from './applier.ts';

/** What the two kinds of user tasks say of themselves in different ways. */
export interface TaskFacts {
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  dueAt: number | null;
  formKey: string | null;
}

/** The row of a user task that has come to be: a job of Zeebe's own type, or a task of the engine. */
export function openTask({ key, timestamp, value }: EngineRecord, { assignee, candidateGroups, candidateUsers, dueAt, formKey }: TaskFacts): Row {
  const { processInstanceKey, processDefinitionKey, bpmnProcessId, processDefinitionVersion, elementId, elementInstanceKey }: JsonObject = value;
  return {
    key,
    process_instance_key: text(processInstanceKey),
    process_definition_key: text(processDefinitionKey),
    bpmn_process_id: text(bpmnProcessId),
    version: Number(processDefinitionVersion),
    element_id: text(elementId),
    element_instance_key: text(elementInstanceKey),
    state: 'open',
    assignee,
    candidate_groups: candidateGroups,
    candidate_users: candidateUsers,
    exclude_users: [],
    due_at: dueAt,
    form_key: formKey,
    created_at: timestamp,
    completed_at: null,
  };
}

/** Epoch ms of an ISO 8601 text as Java writes it, with the zone's name behind the offset perhaps; null when it is none. */
export function dueAt(value: JsonValue | undefined): number | null {
  const ms = Date.parse(text(value).replace(/\[.*$/, ''));
  return Number.isNaN(ms) ? null : ms;
}
