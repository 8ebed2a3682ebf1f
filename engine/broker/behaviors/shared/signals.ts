import type { JsonObject } from '../../../contract/json.ts';
import { NO_KEY } from '../../../protocol/key.ts';
import { ownedBy } from '../../../protocol/tenant.ts';
import { elementOf, type ExecutableElement } from '../../model/executable-process.ts';
import { modelOf, processByKey } from '../../state/deployment.ts';
import { findInstance } from '../../state/process-instance.ts';
import { signalBroadcasted, signalSubscribed, signalSubscriptionsTo, signalUnsubscribed, startsOf, type SignalSubscription } from '../../state/signal.ts';
import { isHeld, isSuspended } from '../../state/suspension.ts';
import type { ElementInstance, ProcessRow } from '../../state/tables.ts';
import { localVariablesOf } from '../../state/variable.ts';
import { evaluateText } from './expressions.ts';
import type { Processing } from './processing.ts';
import { startInstance } from './start-instance.ts';
import { canTrigger, triggerEvent } from './trigger-event.ts';

/** A throwing event: the signal carries the event's own variables, which are its inputs. */
export function throwsSignal(processing: Processing, element: ExecutableElement, instance: ElementInstance): (activated: ElementInstance) => void {
  const signalName = evaluateText(processing.state, element.signal!, instance);
  return (activated) => {
    processing.follow({ type: 'broadcast', signalName, variables: localVariablesOf(processing.state, activated), ...ownedBy(activated.tenantId) });
    processing.follow({ type: 'complete', key: activated.key });
  };
}

/** SIGNAL BROADCASTED: every element that waits for it goes on, every process that starts with it begins. Nobody hears it later. */
export function broadcastSignal(processing: Processing, signalName: string, variables: JsonObject, tenantId?: string): string {
  const key = signalBroadcasted(processing.state, signalName, variables, tenantId);
  for (const subscription of signalSubscriptionsTo(processing.state, signalName, tenantId)) hear(processing, subscription, variables);
  return key;
}

function hear(processing: Processing, subscription: SignalSubscription, variables: JsonObject): void {
  const { state } = processing;
  const { catchEventId, catchEventInstanceKey, processDefinitionKey } = subscription;
  const start = { elementId: catchEventId, kind: 'SIGNAL' as const, variables };
  if (catchEventInstanceKey === NO_KEY) {
    const process = processByKey(state, processDefinitionKey);
    if (process !== undefined && !isHeld(state, 'process_definition', process.key)) startInstance(processing, process, { variables: {}, start });
    return;
  }
  const scope = findInstance(state, catchEventInstanceKey);
  if (scope === undefined || isSuspended(state, scope.processInstanceKey)) return;
  const event = elementOf(modelOf(state, scope.processDefinitionKey), catchEventId);
  if (canTrigger(processing, scope, event) && !isDoomed(processing, scope)) triggerEvent(processing, scope, event, start);
}

/** True when the same signal has interrupted a scope around this one, which is about to end. */
function isDoomed(processing: Processing, instance: ElementInstance): boolean {
  const around = findInstance(processing.state, instance.flowScopeKey);
  if (around === undefined) return false;
  return (around.interruptedBy !== undefined && around.interruptedBy !== instance.elementId) || isDoomed(processing, around);
}

/** Opens the signal start events of a process definition. Their names are plain text, or FEEL without variables. */
export function openSignalStarts({ state }: Processing, process: ProcessRow): void {
  const model = modelOf(state, process.key);
  for (const id of elementOf(model, model.id).eventStartIds) {
    const { signal } = elementOf(model, id);
    if (signal === undefined) continue;
    const signalName = signal.kind === 'static' ? signal.text : signal.compiled.evaluate({ get: () => undefined }).value;
    signalSubscribed(state, { signalName: String(signalName), catchEventId: id, catchEventInstanceKey: NO_KEY, processInstanceKey: NO_KEY, processDefinitionKey: process.key, bpmnProcessId: process.bpmnProcessId, ...ownedBy(process.tenantId) });
  }
}

/** Closes them: another version has them, or none. */
export function closeSignalStarts({ state }: Processing, process: ProcessRow): void {
  for (const subscription of startsOf(state, process.key)) signalUnsubscribed(state, subscription);
}
