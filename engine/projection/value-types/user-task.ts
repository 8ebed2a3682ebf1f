import { instant } from '../batch.ts';
import { userTask as tasks } from '../tables.ts';
import type { JsonValue } from '../../contract/json.ts';
import { keyOrNull, text, type Applier } from './applier.ts';

/** Tasks of the engine itself (`zeebe:userTask`): they stand in the task list beside those that are jobs. */
export const userTask: Applier = {
  valueTypes: ['USER_TASK'],
  apply(batch, { key, intent, timestamp, value }) {
    const instanceKey = text(value['processInstanceKey']);
    const at = instant(timestamp);
    if (intent === 'CREATED') {
      batch.put(tasks, {
        key,
        process_instance_key: instanceKey,
        process_definition_key: text(value['processDefinitionKey']),
        bpmn_process_id: text(value['bpmnProcessId']),
        version: Number(value['processDefinitionVersion']),
        element_id: text(value['elementId']),
        element_instance_key: text(value['elementInstanceKey']),
        state: 'open',
        assignee: text(value['assignee']) || null,
        candidate_groups: textsOf(value['candidateGroupsList']),
        candidate_users: textsOf(value['candidateUsersList']),
        exclude_users: [],
        due_at: instantOrNull(value['dueDate']),
        form_key: keyOrNull(value['formKey']),
        created_at: at,
        completed_at: null,
        native: true,
        assigned_at: null,
      });
      batch.exclusions.add(instanceKey);
    } else if (intent === 'ASSIGNED') {
      batch.patch(tasks, key, { assignee: text(value['assignee']) || null, assigned_at: at });
    } else if (intent === 'UPDATED') {
      batch.patch(tasks, key, { candidate_groups: textsOf(value['candidateGroupsList']), candidate_users: textsOf(value['candidateUsersList']), due_at: instantOrNull(value['dueDate']) });
    } else if (intent === 'MIGRATED') {
      batch.patch(tasks, key, { element_id: text(value['elementId']), process_definition_key: text(value['processDefinitionKey']), bpmn_process_id: text(value['bpmnProcessId']), version: Number(value['processDefinitionVersion']) });
    } else if (intent === 'COMPLETED' || intent === 'CANCELED') {
      batch.patch(tasks, key, { state: intent === 'COMPLETED' ? 'completed' : 'canceled', completed_at: at });
    } else return;
    batch.instances.add(instanceKey);
    batch.tasks.add(key);
  },
};

const textsOf = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? value.map((each) => text(each)) : []);

/** ISO 8601, as Java writes it. */
function instantOrNull(value: JsonValue | undefined): string | null {
  const ms = Date.parse(text(value).replace(/\[.*$/, ''));
  return Number.isNaN(ms) ? null : instant(ms);
}
