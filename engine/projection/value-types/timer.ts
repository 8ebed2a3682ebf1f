import { timer as timers } from '../tables.ts';
import { keyOrNull, text, type Applier } from './applier.ts';

/** Timers of running instances; those that start instances belong to no instance and are left out. */
export const timer: Applier = {
  valueTypes: ['TIMER'],
  apply(batch, { key, intent, timestamp: at, value }) {
    const instanceKey = keyOrNull(value['processInstanceKey']);
    if (instanceKey === null) return;
    batch.instances.add(instanceKey);
    if (intent === 'CREATED') {
      return batch.put(timers, { key, process_instance_key: instanceKey, process_definition_key: text(value['processDefinitionKey']), element_id: text(value['targetElementId']), due_at: Number(value['dueDate']), state: 'waiting', changed_at: at });
    }
    const state = intent === 'TRIGGERED' ? 'triggered' : intent === 'CANCELED' ? 'canceled' : null;
    if (state !== null) batch.patch(timers, key, { state, changed_at: at });
  },
};
