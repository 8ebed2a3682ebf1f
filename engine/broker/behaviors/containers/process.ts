import { modelOf } from '../../state/deployment.ts';
import { consumeTrigger, triggersOf } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { localVariables } from '../../state/variable.ts';
import { forgetAllCompensation } from '../shared/compensation.ts';
import { unlockStartOf } from '../shared/message-start.ts';
import type { ElementBehavior, Processing } from '../shared/processing.ts';
import { NO_KEY } from '../../../protocol/key.ts';
import { returnToCaller } from './call-activity.ts';

/** A process: opens its event subprocesses, activates its start event, and ends when nothing in it is active. */
export const process: ElementBehavior = {
  isScope: true,
  prepare: (processing, element) => (instance) => startScope(processing, element.startEventId, instance),
  terminating: (processing, _element, instance) => forgetAllCompensation(processing, instance),
  completing(processing, _element, instance) {
    forgetAllCompensation(processing, instance);
    return localVariables(processing.state, instance);
  },
  leave(processing, _element, instance, { kept: variables }) {
    unlockStartOf(processing, instance);
    if (instance.parentElementInstanceKey !== NO_KEY) returnToCaller(processing, instance, variables);
    processing.processCompleted(instance, variables);
  },
};

/** Activates a scope's start event: the one that was triggered, else its none start. */
export function startScope(processing: Processing, startEventId: string | undefined, instance: ElementInstance): void {
  const trigger = triggersOf(processing.state, instance)[0];
  if (trigger !== undefined) consumeTrigger(processing.state, instance, trigger);
  const { elements } = modelOf(processing.state, instance.processDefinitionKey);
  const elementId = trigger === undefined ? startEventId : (elements.get(trigger.elementId)?.multipleOf ?? trigger.elementId);
  if (elementId === undefined) throw new Error(`process '${instance.bpmnProcessId}' has no start event to begin with`);
  processing.follow({ type: 'activate', elementId, scopeKey: instance.key, consumes: 0, ...(trigger === undefined ? {} : { trigger: { elementId, kind: trigger.kind, variables: trigger.variables } }) });
}
