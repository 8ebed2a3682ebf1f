import { childrenIn, findInstance, forgetFlows, updateInstance } from '../../state/process-instance.ts';
import { closeInnerSubscriptions } from '../shared/close-subscriptions.ts';
import { throwCompensation } from '../shared/compensation.ts';
import { evaluateText } from '../shared/expressions.ts';
import { ElementFailure } from '../shared/failure.ts';
import { jobTask } from '../shared/job-task.ts';
import type { ElementBehavior } from '../shared/processing.ts';
import { takeFlows } from '../shared/lifecycle.ts';
import { cancelTransaction, leaveCanceled } from '../shared/transactions.ts';
import { throwsSignal } from '../shared/signals.ts';
import { throwsSeveral } from '../shared/throw-several.ts';
import { isErrorCaught, throwError, throwEscalation } from '../shared/throw-error.ts';

/** End event: none ends the path; message is a job; a signal is broadcast; compensation waits for its handlers; cancel undoes and leaves its transaction; error, escalation and terminate do what their definition says. */
export const endEvent: ElementBehavior = {
  takesInputs: ({ job, eventType }) => job !== undefined || eventType === 'SIGNAL' || eventType === 'MULTIPLE',
  appliesMappings: ({ eventType }) => eventType !== 'COMPENSATION',
  leave: (processing, element, instance) => (element.eventType === 'CANCEL' ? leaveCanceled(processing, instance) : takeFlows(processing, element.outgoing, instance)),
  prepare(processing, element, instance, trigger) {
    const { state } = processing;
    if (element.throws !== undefined) return throwsSeveral(processing, element, instance);
    if (element.job !== undefined) return jobTask.prepare!(processing, element, instance, trigger);
    if (element.eventType === 'SIGNAL') return throwsSignal(processing, element, instance);
    if (element.eventType === 'COMPENSATION') return (activated) => throwCompensation(processing, element, activated);
    if (element.eventType === 'CANCEL') return (activated) => cancelTransaction(processing, element, activated);
    if (element.eventType === 'ERROR') {
      const code = evaluateText(state, element.errorCode!, instance);
      if (!isErrorCaught(processing, instance, code)) throw new ElementFailure('UNHANDLED_ERROR_EVENT', `Expected to throw an error event with the code '${code}', but it was not caught. No error events are available in the scope.`);
      return (activated) => void throwError(processing, activated, code, {});
    }
    if (element.eventType === 'ESCALATION') {
      const code = evaluateText(state, element.escalationCode!, instance);
      return (activated) => {
        if (!throwEscalation(processing, activated, code).interrupts) processing.follow({ type: 'complete', key: activated.key });
      };
    }
    return (activated) => {
      processing.next({ type: 'complete', key: activated.key });
      const scope = findInstance(state, activated.flowScopeKey);
      if (element.eventType !== 'TERMINATE' || scope === undefined) return;
      // Everything else in the scope ends; the scope then completes as usual.
      closeInnerSubscriptions(processing, scope);
      forgetFlows(state, updateInstance(state, scope, { interruptedBy: element.id }));
      for (const other of childrenIn(state, scope)) if (other.key !== activated.key) processing.follow({ type: 'terminate', key: other.key });
    };
  },
};
