import { incident as incidents } from '../tables.ts';
import { keyOrNull, text, type Applier } from './applier.ts';

/** Incidents, open and resolved. */
export const incident: Applier = {
  valueTypes: ['INCIDENT'],
  apply(batch, { key, intent, timestamp, value }) {
    const instanceKey = text(value['processInstanceKey']);
    batch.instances.add(instanceKey);
    if (intent === 'RESOLVED') return batch.patch(incidents, key, { state: 'resolved', resolved_at: timestamp });
    if (intent !== 'CREATED') return;
    batch.put(incidents, {
      key,
      error_type: text(value['errorType']),
      message: text(value['errorMessage']),
      process_instance_key: instanceKey,
      process_definition_key: text(value['processDefinitionKey']),
      bpmn_process_id: text(value['bpmnProcessId']),
      element_id: text(value['elementId']),
      element_instance_key: text(value['elementInstanceKey']),
      job_key: keyOrNull(value['jobKey']),
      state: 'open',
      created_at: timestamp,
      resolved_at: null,
    });
  },
};
