import { subscriptionDeleting, subscriptionDeleted, subscriptionsOf } from '../../state/message.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { timerCanceled, timersOf } from '../../state/timer.ts';
import type { Processing } from './processing.ts';

/** Closes whatever an element instance still waits for. */
export function closeSubscriptions(processing: Processing, instance: ElementInstance): void {
  for (const timer of timersOf(processing.state, instance)) timerCanceled(processing.state, timer);
  for (const subscription of subscriptionsOf(processing.state, instance)) {
    subscriptionDeleting(processing.state, subscription);
    processing.afterSteps(() => subscriptionDeleted(processing.state, subscription));
  }
}
