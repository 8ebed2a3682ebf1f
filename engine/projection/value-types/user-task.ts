import { userTask as tasks } from '../tables.ts';
import type { JsonValue } from '../../contract/json.ts';
import { keyOrNull, text, type Applier } from './applier.ts';
import { dueAt, openTask } from './open-task.ts';

/** Tasks of the engine itself (`zeebe:userTask`): they stand in the task list beside those that are jobs. */
export const userTask: Applier = {
  valueTypes: ['USER_TASK'],
  apply(batch, record) {
    const { key, intent, timestamp: at, value } = record;
    const instanceKey = text(value['processInstanceKey']);
    if (intent === 'CREATED') {
      const facts = { assignee: text(value['assignee']) || null, candidateGroups: textsOf(value['candidateGroupsList']), candidateUsers: textsOf(value['candidateUsersList']), dueAt: dueAt(value['dueDate']), formKey: keyOrNull(value['formKey']) };
      batch.put(tasks, { ...openTask(record, facts), native: true, assigned_at: null });
      batch.exclusions.add(instanceKey);
    } else if (intent === 'ASSIGNED') {
      batch.patch(tasks, key, { assignee: text(value['assignee']) || null, assigned_at: at });
    } else if (intent === 'UPDATED') {
      batch.patch(tasks, key, { candidate_groups: textsOf(value['candidateGroupsList']), candidate_users: textsOf(value['candidateUsersList']), due_at: dueAt(value['dueDate']) });
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
