import { elementOf, type ExecutableElement } from '../../model/executable-process.ts';
import { modelOf } from '../../state/deployment.ts';
import { childrenIn, findInstance, forgetFlows, instanceOf, updateInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { closeInnerSubscriptions } from './close-subscriptions.ts';
import { throwCompensation } from './compensation.ts';
import { childGone, elementFor } from './lifecycle.ts';
import type { Processing } from './processing.ts';
import { triggerEvent } from './trigger-event.ts';

/** A cancel end event: everything else in the transaction ends, then what has completed in it is undone; the end event waits for that. */
export function cancelTransaction(processing: Processing, element: ExecutableElement, canceling: ElementInstance): void {
  const { state } = processing;
  const scope = instanceOf(state, canceling.flowScopeKey);
  closeInnerSubscriptions(processing, scope);
  forgetFlows(state, updateInstance(state, scope, { interruptedBy: element.id }));
  for (const other of childrenIn(state, scope)) if (other.key !== canceling.key) processing.follow({ type: 'terminate', key: other.key });
  processing.afterSteps(() => {
    if (findInstance(state, canceling.key)?.state === 'ACTIVATED') throwCompensation(processing, element, canceling);
  });
}

/** All is undone: the transaction is left by its cancel boundary event, or completes when it has none. */
export function leaveCanceled(processing: Processing, instance: ElementInstance): void {
  const { state } = processing;
  const scope = instanceOf(state, instance.flowScopeKey);
  const model = modelOf(state, scope.processDefinitionKey);
  const boundary = elementFor(processing, scope).boundaryIds.map((id) => elementOf(model, id)).find((event) => event.eventType === 'CANCEL');
  if (boundary === undefined) return childGone(processing, scope.key, instance);
  // The boundary events of a multi-instance belong to the whole.
  const around = instanceOf(state, scope.flowScopeKey);
  const host = scope.loopCounter > 0 && around.elementId === scope.elementId ? around : scope;
  triggerEvent(processing, host, boundary, { elementId: boundary.id, kind: 'CANCEL', variables: {} });
}
