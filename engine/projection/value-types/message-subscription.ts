import { messageSubscription as subscriptions } from '../tables.ts';
import { text, type Applier } from './applier.ts';

/** What instances wait for, and what has come. */
export const messageSubscription: Applier = {
  valueTypes: ['PROCESS_MESSAGE_SUBSCRIPTION'],
  apply(batch, { key, intent, timestamp: at, value }) {
    const instanceKey = text(value['processInstanceKey']);
    batch.instances.add(instanceKey);
    if (intent === 'CREATED') {
      return batch.put(subscriptions, { key, process_instance_key: instanceKey, message_name: text(value['messageName']), correlation_key: text(value['correlationKey']), element_id: text(value['elementId']), state: 'waiting', at });
    }
    const state = intent === 'CORRELATED' ? 'correlated' : intent === 'DELETED' ? 'deleted' : null;
    if (state !== null) batch.patch(subscriptions, key, { state, at });
  },
};
