import { modelOf } from '../../state/deployment.ts';
import { consumeTrigger, triggersOf } from '../../state/process-instance.ts';
import type { ElementInstance, EventTrigger } from '../../state/tables.ts';
import type { Processing } from './processing.ts';

/** The trigger of the event subprocess that has interrupted a scope and waits until everything else in it is gone. */
export function pendingSubprocess(processing: Processing, scope: ElementInstance): EventTrigger | undefined {
  const { elements } = modelOf(processing.state, scope.processDefinitionKey);
  return triggersOf(processing.state, scope).find((trigger) => {
    const event = elements.get(trigger.elementId);
    return event?.type === 'START_EVENT' && scope.interruptedBy === event.scopeId && event.scopeId !== scope.elementId;
  });
}

/** Starts the event subprocess that interrupted a scope, now that everything else in it is gone. */
export function activatePending(processing: Processing, scope: ElementInstance, trigger: EventTrigger): void {
  consumeTrigger(processing.state, scope, trigger);
  processing.follow({ type: 'activate', elementId: scope.interruptedBy!, scopeKey: scope.key, consumes: 0, trigger });
}
