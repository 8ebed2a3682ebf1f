import { ownedBy } from '../../../protocol/tenant.ts';
import { elementOf, type ExecutableElement } from '../../model/executable-process.ts';
import { conditionOpened } from '../../state/condition.ts';
import { partsOf } from '../../model/multiple-events.ts';
import { modelOf } from '../../state/deployment.ts';
import { isWaiting, subscriptionCreating, subscriptionCreated } from '../../state/message.ts';
import { findInstance } from '../../state/process-instance.ts';
import { signalSubscribed } from '../../state/signal.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { timerCreated } from '../../state/timer.ts';
import { evaluateCorrelationKey, evaluateText } from './expressions.ts';
import { correlateBuffered } from './correlation.ts';
import { evaluateTimer } from './timers.ts';
import type { Processing } from './processing.ts';

const NONE: ReadonlySet<string> = new Set();

/** The message, timer, signal and conditional events that an element waits for while it is active. */
function eventsOf(processing: Processing, element: ExecutableElement, instance: ElementInstance, triggered: boolean): ExecutableElement[] {
  const model = modelOf(processing.state, instance.processDefinitionKey);
  const ids: string[] = [];
  // The boundary events of a multi-instance belong to the whole, not to each pass.
  if (instance.type === 'MULTI_INSTANCE_BODY' || element.multiInstance === undefined) ids.push(...element.boundaryIds);
  if (instance.type === 'EVENT_BASED_GATEWAY') ids.push(...element.outgoing.map((flow) => flow.targetId));
  if (instance.type !== 'MULTI_INSTANCE_BODY') ids.push(...element.eventSubprocessIds.map((id) => elementOf(model, id).startEventId!));
  if ((instance.type === 'INTERMEDIATE_CATCH_EVENT' || instance.type === 'RECEIVE_TASK') && !triggered) ids.push(element.id);
  return ids.flatMap((id) => partsOf(elementOf(model, id))).map((id) => elementOf(model, id)).filter((event) => event.message !== undefined || event.timer !== undefined || event.signal !== undefined || event.condition !== undefined);
}

/** Opens them all (but those that are `already`), or none: everything is evaluated first. Throws ElementFailure. */
export function openSubscriptions(processing: Processing, element: ExecutableElement, instance: ElementInstance, triggered: boolean, already: ReadonlySet<string> = NONE): void {
  const { state } = processing;
  const opening = eventsOf(processing, element, instance, triggered).filter(({ id }) => !already.has(id)).map((event) => {
    // A boundary event is evaluated outside its host, everything else inside the element that waits.
    const from = event.type === 'BOUNDARY_EVENT' ? (findInstance(state, instance.flowScopeKey) ?? instance) : instance;
    const interrupting = event.type === 'INTERMEDIATE_CATCH_EVENT' || event.type === 'RECEIVE_TASK' ? true : event.interrupting;
    if (event.timer !== undefined) {
      const due = evaluateTimer(state, event.timer, from);
      return () => void timerCreated(state, { elementInstanceKey: instance.key, processInstanceKey: instance.processInstanceKey, processDefinitionKey: instance.processDefinitionKey, targetElementId: event.id, ...ownedBy(instance.tenantId), ...due });
    }
    if (event.condition !== undefined) return () => conditionOpened(state, instance, event.id);
    if (event.signal !== undefined) {
      // Unlike those of other boundary events, its name sees the variables of the host (Zeebe 8.5.8).
      const signalName = evaluateText(state, event.signal, instance);
      return () => signalSubscribed(state, { signalName, catchEventId: event.id, catchEventInstanceKey: instance.key, processInstanceKey: instance.processInstanceKey, processDefinitionKey: instance.processDefinitionKey, bpmnProcessId: instance.bpmnProcessId, ...ownedBy(instance.tenantId) });
    }
    const messageName = evaluateText(state, event.message!.name, from);
    const correlationKey = evaluateCorrelationKey(state, event.message!.correlationKey!, from);
    return () => {
      const subscription = subscriptionCreating(state, instance, { messageName, correlationKey, elementId: event.id, interrupting });
      processing.afterSteps(() => {
        if (!isWaiting(state, subscription)) return;
        subscriptionCreated(state, subscription);
        correlateBuffered(processing, subscription);
      });
    };
  });
  for (const open of opening) open();
}
