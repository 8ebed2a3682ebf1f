import { conditionClosed, conditionsOf } from '../../state/condition.ts';
import { modelOf } from '../../state/deployment.ts';
import { arrivalForgotten, arrivalsOf } from '../../state/event-arrival.ts';
import { subscriptionDeleting, subscriptionDeleted, subscriptionsOf } from '../../state/message.ts';
import { signalSubscriptionsOf, signalUnsubscribed } from '../../state/signal.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { timerCanceled, timersOf } from '../../state/timer.ts';
import type { Processing } from './processing.ts';

/** Closes whatever an element instance still waits for. */
export function closeSubscriptions(processing: Processing, instance: ElementInstance): void {
  close(processing, instance, () => true);
}

/** Closes what an interrupted scope waits for inside; its boundary events stay open. */
export function closeInnerSubscriptions(processing: Processing, scope: ElementInstance): void {
  const { elements } = modelOf(processing.state, scope.processDefinitionKey);
  close(processing, scope, (elementId) => elements.get(elementId)?.type !== 'BOUNDARY_EVENT');
}

function close(processing: Processing, instance: ElementInstance, closes: (elementId: string) => boolean): void {
  const { state } = processing;
  for (const timer of timersOf(state, instance)) if (closes(timer.targetElementId)) timerCanceled(state, timer);
  for (const arrival of arrivalsOf(state, instance)) if (closes(arrival.elementId)) arrivalForgotten(state, instance, arrival);
  for (const subscription of conditionsOf(state, instance)) if (closes(subscription.elementId)) conditionClosed(state, subscription);
  for (const subscription of signalSubscriptionsOf(state, instance)) if (closes(subscription.catchEventId)) signalUnsubscribed(state, subscription);
  for (const subscription of subscriptionsOf(state, instance)) {
    if (!closes(subscription.elementId)) continue;
    subscriptionDeleting(state, subscription);
    processing.afterSteps(() => subscriptionDeleted(state, subscription));
  }
}
