import { compensationEventOf, handlerOf } from '../../model/compensation.ts';
import { compareKeys, NO_KEY } from '../../../protocol/key.ts';
import { elementOf, type ExecutableElement } from '../../model/executable-process.ts';
import {
  compensationAround,
  compensationByKey,
  compensationCompleted,
  compensationCreated,
  compensationDeleted,
  compensationsBy,
  compensationsIn,
  compensationsOf,
  compensationTriggered,
  isTriggered,
  type CompensationSubscription,
} from '../../state/compensation.ts';
import { modelOf } from '../../state/deployment.ts';
import { elementActivated, elementActivating, elementCompleted, elementCompleting, instanceOf } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { newInstance } from './new-instance.ts';
import type { BehaviorRegistry, ElementBehavior, Processing } from './processing.ts';

const behaviorOf = (processing: Processing, instance: ElementInstance): ElementBehavior => processing.behaviors[instance.type as keyof BehaviorRegistry];

/** An activity completes: from now on it can be undone, if it has a handler or something in it has. Passes of a multi-instance leave the handler to the whole. */
export function keepForCompensation(processing: Processing, element: ExecutableElement, instance: ElementInstance): void {
  if (behaviorOf(processing, instance).sharesCompensation === true) return;
  const { state } = processing;
  const isPass = element.multiInstance !== undefined && instance.loopCounter > 0;
  const model = modelOf(state, instance.processDefinitionKey);
  // A compensation event subprocess is inside of each pass, a boundary event outside of the whole.
  const found = handlerOf(model, element);
  const isInside = found !== undefined && elementOf(model, found).scopeId === element.id;
  const handlerId = isPass === isInside || element.multiInstance === undefined ? found : undefined;
  const hasInner = compensationsIn(state, instance.processInstanceKey, instance.key).some((each) => !isTriggered(each));
  if (handlerId !== undefined || hasInner) compensationCreated(state, instance, handlerId ?? '');
}

/** A throwing event is active: begins the handlers of what it undoes, and goes on at once when there is nothing to undo. */
export function throwCompensation(processing: Processing, element: ExecutableElement, throwing: ElementInstance): void {
  const { state } = processing;
  const scope = instanceOf(state, throwing.flowScopeKey);
  const { activityId } = element.compensation!;
  const own = compensationsIn(state, scope.processInstanceKey, scope.key);
  const undoing = scope.compensates === undefined ? undefined : compensationByKey(state, scope);
  const around = behaviorOf(processing, scope).sharesCompensation === true ? compensationsIn(state, scope.processInstanceKey, undoing?.compensableActivityInstanceKey ?? scope.flowScopeKey) : [];
  const found = [...around, ...own].sort((a, b) => compareKeys(a.key, b.key)).filter((each) => !isTriggered(each) && (activityId === undefined || each.compensableActivityId === activityId));
  for (const each of found) trigger(processing, each, throwing);
  if (found.length === 0) processing.next({ type: 'complete', key: throwing.key });
}

function trigger(processing: Processing, subscription: CompensationSubscription, throwing: ElementInstance): void {
  const { state } = processing;
  const model = modelOf(state, throwing.processDefinitionKey);
  let handlerKey = NO_KEY;
  let undoesItself = false;
  if (subscription.compensationHandlerId !== '') {
    const event = compensationEventOf(model, elementOf(model, subscription.compensableActivityId));
    const handler = elementOf(model, subscription.compensationHandlerId);
    if (event !== undefined) passBoundary(processing, event, throwing);
    handlerKey = state.mintKey();
    const begin = { type: 'activate', key: handlerKey, elementId: handler.id, scopeKey: throwing.flowScopeKey, consumes: 0, compensates: subscription.key } as const;
    // An event subprocess undoes what is inside by itself, as far as it throws compensation.
    undoesItself = handler.type === 'EVENT_SUB_PROCESS';
    processing.follow(undoesItself ? { ...begin, trigger: { elementId: handler.startEventId!, kind: 'COMPENSATION', variables: {} } } : begin);
  }
  compensationTriggered(state, subscription, throwing, handlerKey);
  if (undoesItself) return;
  for (const inner of compensationsIn(state, subscription.processInstanceKey, subscription.compensableActivityInstanceKey)) if (!isTriggered(inner)) trigger(processing, inner, throwing);
}

/** The boundary event comes and goes before its handler begins. */
function passBoundary({ state }: Processing, event: ExecutableElement, throwing: ElementInstance): void {
  const instance = newInstance(state.mintKey(), event, instanceOf(state, throwing.flowScopeKey), undefined);
  elementActivating(state, instance, 0);
  elementCompleted(state, elementCompleting(state, elementActivated(state, instance)));
}

/** A handler has completed; the throwing event goes on once the last one has. */
export function handlerCompleted(processing: Processing, handler: ElementInstance): void {
  const { state } = processing;
  const subscription = compensationByKey(state, handler);
  if (subscription === undefined) return;
  const throwing = { processInstanceKey: subscription.processInstanceKey, key: subscription.throwEventInstanceKey };
  for (let done: CompensationSubscription | undefined = subscription; done !== undefined; ) {
    compensationCompleted(state, done);
    // A scope without a handler of its own is undone with the last of what is in it.
    const around: CompensationSubscription | undefined = compensationAround(state, done);
    const isDone = around !== undefined && isTriggered(around) && around.compensationHandlerId === '' && !compensationsIn(state, around.processInstanceKey, around.compensableActivityInstanceKey).some(isTriggered);
    done = isDone ? around : undefined;
  }
  if (compensationsBy(state, throwing).length === 0) processing.follow({ type: 'complete', key: throwing.key });
}

/** What ran in a scope cannot be undone: the scope is terminated. */
export function forgetCompensation({ state }: Processing, scope: ElementInstance): void {
  for (const subscription of compensationsIn(state, scope.processInstanceKey, scope.key)) compensationDeleted(state, subscription);
}

/** Nothing of a process instance can be undone any more. */
export function forgetAllCompensation({ state }: Processing, instance: ElementInstance): void {
  for (const subscription of compensationsOf(state, instance)) compensationDeleted(state, subscription);
}
