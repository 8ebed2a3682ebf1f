import { ownedBy } from '../../../protocol/tenant.ts';
import { elementOf } from '../../model/executable-process.ts';
import { modelOf } from '../../state/deployment.ts';
import { bufferedMessages, markCorrelated, subscriptionCorrelated, waitingSubscriptions } from '../../state/message.ts';
import { findInstance } from '../../state/process-instance.ts';
import { standsStill } from '../../state/suspension.ts';
import type { MessageRow, ProcessMessageSubscription } from '../../state/tables.ts';
import { canTrigger, triggerEvent } from './trigger-event.ts';
import type { Processing } from './processing.ts';

/** Correlates a subscription that has just been opened with the oldest buffered message its process has not had. */
export function correlateBuffered(processing: Processing, subscription: ProcessMessageSubscription): void {
  const { state } = processing;
  for (const message of bufferedMessages(state, { name: subscription.messageName, correlationKey: subscription.correlationKey, ...ownedBy(subscription.tenantId) })) {
    if (message.deadline <= state.now || message.correlatedTo.includes(subscription.bpmnProcessId)) continue;
    if (correlate(processing, subscription, message)) markCorrelated(state, message, subscription.bpmnProcessId);
    if (subscription.interrupting) return;
  }
}

/** Correlates a published message with the waiting subscriptions: at most one instance per process. */
export function correlateWaiting(processing: Processing, published: MessageRow): MessageRow {
  let message = published;
  for (const subscription of waitingSubscriptions(processing.state, message)) {
    if (message.correlatedTo.includes(subscription.bpmnProcessId)) continue;
    if (correlate(processing, subscription, message)) message = markCorrelated(processing.state, message, subscription.bpmnProcessId);
  }
  return message;
}

function correlate(processing: Processing, subscription: ProcessMessageSubscription, message: MessageRow): boolean {
  const { state } = processing;
  const scope = findInstance(state, subscription.elementInstanceKey);
  if (scope === undefined || standsStill(state, subscription.processInstanceKey)) return false;
  const event = elementOf(modelOf(state, scope.processDefinitionKey), subscription.elementId);
  if (!canTrigger(processing, scope, event)) return false;
  subscriptionCorrelated(state, subscription, message);
  triggerEvent(processing, scope, event, { elementId: event.id, kind: 'MESSAGE', variables: message.variables });
  return true;
}
