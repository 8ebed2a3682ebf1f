import { elementInstance, processInstance as instances, takenFlow } from '../tables.ts';
import { keyOrNull, text, type Applier } from './applier.ts';

/** Instances, their element instances and the sequence flows taken. */
export const processInstance: Applier = {
  valueTypes: ['PROCESS_INSTANCE'],
  apply(batch, { key, intent, timestamp: at, value }) {
    const instanceKey = text(value['processInstanceKey']);
    const type = text(value['bpmnElementType']);
    batch.instances.add(instanceKey);
    if (intent === 'SEQUENCE_FLOW_TAKEN') return batch.add(takenFlow, { key, process_instance_key: instanceKey, flow_id: text(value['elementId']), at });
    if (intent === 'ELEMENT_ACTIVATING') {
      batch.add(elementInstance, { key, process_instance_key: instanceKey, process_definition_key: text(value['processDefinitionKey']), element_id: text(value['elementId']), type, state: 'active', flow_scope_key: text(value['flowScopeKey']), started_at: at, ended_at: null });
      if (type !== 'PROCESS') return;
      batch.lifted.add(key); // its variables may have come before it
      return batch.add(instances, {
        key,
        process_definition_key: text(value['processDefinitionKey']),
        bpmn_process_id: text(value['bpmnProcessId']),
        version: Number(value['version']),
        state: 'active',
        parent_instance_key: keyOrNull(value['parentProcessInstanceKey']),
        parent_element_instance_key: keyOrNull(value['parentElementInstanceKey']),
        started_at: at,
        ended_at: null,
        ...(value['businessKey'] === undefined ? {} : { business_key: text(value['businessKey']) }),
      });
    }
    const state = intent === 'ELEMENT_COMPLETED' ? 'completed' : intent === 'ELEMENT_TERMINATED' ? 'terminated' : null;
    if (intent === 'ELEMENT_MIGRATED') return batch.patch(elementInstance, key, { element_id: text(value['elementId']), process_definition_key: text(value['processDefinitionKey']) });
    if (state === null) return;
    batch.patch(elementInstance, key, { state, ended_at: at });
    if (type === 'PROCESS') batch.patch(instances, key, { state, ended_at: at });
    else if (state === 'completed') batch.countCompleted(text(value['processDefinitionKey']), text(value['elementId']));
  },
};
