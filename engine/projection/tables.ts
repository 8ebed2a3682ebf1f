/** A table of the read model: its columns with their PostgreSQL types, the key first. */
export interface ReadTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
}

const key = 'bigint';
const at = 'timestamptz';

export const processDefinition: ReadTable = {
  name: 'process_definition',
  columns: { key, bpmn_process_id: 'text', version: 'integer', name: 'text', name_en: 'text', code: 'text', description: 'text', resource_name: 'text', xml: 'text', elements: 'jsonb', startable: 'boolean', start_form_id: 'text', start_groups: 'text[]', deployed_at: at, deleted: 'boolean' },
};
export const formDefinition: ReadTable = { name: 'form_definition', columns: { key, form_id: 'text', version: 'integer', resource_name: 'text', content: 'text', deployed_at: at, deleted: 'boolean' } };
export const decisionRequirements: ReadTable = { name: 'decision_requirements', columns: { key, id: 'text', name: 'text', version: 'integer', resource_name: 'text', xml: 'text', deployed_at: at, deleted: 'boolean' } };
export const decision: ReadTable = { name: 'decision', columns: { key, decision_id: 'text', name: 'text', version: 'integer', requirements_key: key, requirements_id: 'text', deleted: 'boolean' } };
export const processInstance: ReadTable = {
  name: 'process_instance',
  columns: { key, process_definition_key: key, bpmn_process_id: 'text', version: 'integer', state: 'text', parent_instance_key: key, parent_element_instance_key: key, started_at: at, ended_at: at, business_key: 'text' },
};
export const elementInstance: ReadTable = { name: 'element_instance', columns: { key, process_instance_key: key, process_definition_key: key, element_id: 'text', type: 'text', state: 'text', flow_scope_key: key, started_at: at, ended_at: at } };
export const takenFlow: ReadTable = { name: 'taken_flow', columns: { key, process_instance_key: key, flow_id: 'text', at } };
export const variable: ReadTable = { name: 'variable', columns: { key, process_instance_key: key, scope_key: key, name: 'text', value: 'text', value_batch: 'bigint', value_line: 'integer', changed_at: at } };
export const job: ReadTable = {
  name: 'job',
  columns: { key, type: 'text', process_instance_key: key, process_definition_key: key, element_id: 'text', element_instance_key: key, state: 'text', retries: 'integer', worker: 'text', error_message: 'text', created_at: at, ended_at: at },
};
export const userTask: ReadTable = {
  name: 'user_task',
  columns: { key, process_instance_key: key, process_definition_key: key, bpmn_process_id: 'text', version: 'integer', element_id: 'text', element_instance_key: key, state: 'text', assignee: 'text', candidate_groups: 'text[]', candidate_users: 'text[]', exclude_users: 'text[]', due_at: at, form_key: 'text', created_at: at, completed_at: at, native: 'boolean', assigned_at: at },
};
export const incident: ReadTable = {
  name: 'incident',
  columns: { key, error_type: 'text', message: 'text', process_instance_key: key, process_definition_key: key, bpmn_process_id: 'text', element_id: 'text', element_instance_key: key, job_key: key, state: 'text', created_at: at, resolved_at: at },
};
export const timer: ReadTable = { name: 'timer', columns: { key, process_instance_key: key, process_definition_key: key, element_id: 'text', due_at: at, state: 'text', changed_at: at } };
export const messageSubscription: ReadTable = { name: 'message_subscription', columns: { key, process_instance_key: key, message_name: 'text', correlation_key: 'text', element_id: 'text', state: 'text', at } };
export const decisionEvaluation: ReadTable = { name: 'decision_evaluation', columns: { key, process_instance_key: key, decision_id: 'text', decision_name: 'text', decision_version: 'integer', element_id: 'text', output: 'text', failure: 'text', detail: 'text', at } };

/** Tables that tell of one process instance each row, beside `process_instance`. */
export const instanceTables: readonly string[] = ['element_instance', 'taken_flow', 'variable', 'job', 'user_task', 'incident', 'timer', 'message_subscription', 'decision_evaluation', 'instance_record'];

/** Tables whose rows the folded batch writes by key, in an order without surprises. */
export const readTables: readonly ReadTable[] = [processDefinition, formDefinition, decisionRequirements, decision, processInstance, elementInstance, takenFlow, variable, job, userTask, incident, timer, messageSubscription, decisionEvaluation];
