import { elementOf, type ExecutableElement } from '../../model/executable-process.ts';
import type { JsonObject } from '../../../contract/json.ts';
import { modelOf } from '../../state/deployment.ts';
import { childrenIn, consumeTrigger, eventTriggering, forgetFlows, triggersOf, updateInstance } from '../../state/process-instance.ts';
import { arrivalForgotten, arrivalsOf, eventArrived } from '../../state/event-arrival.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { activatePending } from './pending-subprocess.ts';
import type { Processing, Trigger } from './processing.ts';
import { closeInnerSubscriptions } from './close-subscriptions.ts';

/** True when a scope can still react to one of its events. */
export function canTrigger(processing: Processing, scope: ElementInstance, event: ExecutableElement): boolean {
  if (scope.state !== 'ACTIVATED' && !(scope.state === 'ACTIVATING' && event.type === 'BOUNDARY_EVENT')) return false;
  if (scope.interruptedBy !== undefined && event.type !== 'BOUNDARY_EVENT') return false;
  return !triggersOf(processing.state, scope).some((trigger) => isInterrupting(processing, scope, trigger.elementId));
}

function isInterrupting(processing: Processing, scope: ElementInstance, elementId: string): boolean {
  const event = modelOf(processing.state, scope.processDefinitionKey).elements.get(elementId);
  return event !== undefined && (event.type === 'BOUNDARY_EVENT' ? event.interrupting : event.type !== 'START_EVENT' || event.interrupting);
}

/** The event that one with several definitions stands for; undefined while others of them must happen first. */
function wholeOf({ state }: Processing, scope: ElementInstance, happened: ExecutableElement, trigger: Trigger): { event: ExecutableElement; trigger: Trigger } | undefined {
  if (happened.multipleOf === undefined) return { event: happened, trigger };
  const event = elementOf(modelOf(state, scope.processDefinitionKey), happened.multipleOf);
  if (event.isParallelMultiple !== true) return { event, trigger: { ...trigger, elementId: event.id } };
  eventArrived(state, scope, happened.id, trigger.variables);
  const arrivals = arrivalsOf(state, scope).filter((arrival) => event.alternatives!.includes(arrival.elementId));
  if (arrivals.length < event.alternatives!.length) return undefined;
  for (const arrival of arrivals) arrivalForgotten(state, scope, arrival);
  return { event, trigger: { elementId: event.id, kind: trigger.kind, variables: Object.assign({}, ...arrivals.map((arrival) => arrival.variables)) as JsonObject } };
}

/**
 * An event has happened to the scope that waits for it: a catch event goes on, a boundary event leaves its host (ending it when
 * interrupting), an event subprocess starts (ending everything else in its scope when interrupting).
 */
export function triggerEvent(processing: Processing, scope: ElementInstance, happened: ExecutableElement, told: Trigger): void {
  const { state } = processing;
  const whole = wholeOf(processing, scope, happened, told);
  if (whole === undefined) return;
  const { event, trigger } = whole;
  const row = eventTriggering(state, scope, trigger);
  if (event.type === 'BOUNDARY_EVENT') {
    if (event.interrupting) processing.follow({ type: 'terminate', key: scope.key });
    else {
      consumeTrigger(state, scope, row);
      processing.now({ type: 'activate', elementId: event.id, scopeKey: scope.flowScopeKey, consumes: 0, trigger });
    }
    return;
  }
  if (event.type !== 'START_EVENT') {
    processing.follow({ type: 'complete', key: scope.key });
    return;
  }
  const subprocess = elementOf(modelOf(state, scope.processDefinitionKey), event.scopeId);
  if (!event.interrupting) {
    consumeTrigger(state, scope, row);
    processing.follow({ type: 'activate', elementId: subprocess.id, scopeKey: scope.key, consumes: 0, trigger });
    return;
  }
  closeInnerSubscriptions(processing, scope);
  const interrupted = forgetFlows(state, updateInstance(state, scope, { interruptedBy: subprocess.id }));
  const children = childrenIn(state, interrupted);
  if (children.length === 0) activatePending(processing, interrupted, row);
  for (const child of children) processing.follow({ type: 'terminate', key: child.key });
}
