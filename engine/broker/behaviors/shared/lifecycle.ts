import { NO_KEY, type Key } from '../../../protocol/key.ts';
import { elementOf, type ExecutableElement, type SequenceFlow } from '../../model/executable-process.ts';
import { modelOf } from '../../state/deployment.ts';
import { incidentCreated, incidentResolved, incidentsOf } from '../../state/incident.ts';
import { findJob, jobCanceled } from '../../state/job.ts';
import {
  arriveAtJoin,
  attachTrigger,
  childrenIn,
  elementActivated,
  elementActivating,
  elementCompleted,
  elementCompleting,
  elementTerminated,
  elementTerminating,
  findInstance,
  instanceOf,
  sequenceFlowTaken,
  triggersOf,
} from '../../state/process-instance.ts';
import type { ElementInstance, EventTrigger } from '../../state/tables.ts';
import { mergeVariables, setAllLocal } from '../../state/variable.ts';
import { unlockStartOf } from './message-start.ts';
import { evaluateMappings } from './expressions.ts';
import { ElementFailure } from './failure.ts';
import type { BehaviorRegistry, ElementBehavior, FollowUp, Processing, Trigger } from './processing.ts';
import { closeSubscriptions } from './close-subscriptions.ts';
import { openSubscriptions } from './open-subscriptions.ts';
import { activatePending, pendingSubprocess } from './pending-subprocess.ts';

/** The element an instance is of. */
export function elementFor(processing: Processing, instance: ElementInstance): ExecutableElement {
  return elementOf(modelOf(processing.state, instance.processDefinitionKey), instance.elementId);
}

const behaviorFor = (processing: Processing, instance: ElementInstance): ElementBehavior => processing.behaviors[instance.type as keyof BehaviorRegistry];

/** Does one follow-up step. Steps whose scope has gone or was interrupted meanwhile are void. */
export function doStep(processing: Processing, step: FollowUp): void {
  if (step.type === 'activate') activate(processing, step);
  else if (step.type === 'begin') begin(processing, step);
  else if (step.type === 'complete') complete(processing, step.key);
  else terminate(processing, step.key);
}

// ---------------------------------------------------------------- activation
function begin(processing: Processing, { instance, trigger }: Extract<FollowUp, { type: 'begin' }>): void {
  elementActivating(processing.state, instance, 0);
  if (trigger !== undefined) attachTrigger(processing.state, instance, trigger);
  runActivation(processing, instance);
}

function activate(processing: Processing, step: Extract<FollowUp, { type: 'activate' }>): void {
  const { state } = processing;
  const scope = findInstance(state, step.scopeKey);
  if (scope === undefined || scope.state !== 'ACTIVATED') return;
  if (scope.interruptedBy !== undefined && scope.interruptedBy !== step.elementId) return;
  const element = elementOf(modelOf(state, scope.processDefinitionKey), step.elementId);
  const isBody = element.multiInstance !== undefined && step.loop === undefined;
  const instance: ElementInstance = {
    key: state.mintKey(),
    elementId: element.id,
    type: isBody ? 'MULTI_INSTANCE_BODY' : element.type,
    eventType: element.eventType,
    processInstanceKey: scope.processInstanceKey,
    processDefinitionKey: scope.processDefinitionKey,
    bpmnProcessId: scope.bpmnProcessId,
    version: scope.version,
    flowScopeKey: scope.key,
    parentProcessInstanceKey: NO_KEY,
    parentElementInstanceKey: NO_KEY,
    state: 'ACTIVATING',
    children: 0,
    flows: 0,
    loopCounter: step.loop?.counter ?? 0,
  };
  elementActivating(state, instance, step.consumes);
  if (step.trigger !== undefined) attachTrigger(state, instance, step.trigger);
  if (step.loop !== undefined) {
    const { inputElement, outputVariable } = element.multiInstance!;
    setAllLocal(state, instance, { ...(outputVariable === undefined ? {} : { [outputVariable]: null }), ...(inputElement === undefined ? {} : { [inputElement]: step.loop.item }), loopCounter: step.loop.counter });
  }
  runActivation(processing, instance);
}

/** Zeebe 8.5 applies no input mappings to events that are not jobs, nor any mapping to tasks that do nothing. */
function takesInputs(instance: ElementInstance, element: ExecutableElement): boolean {
  if (instance.type === 'MULTI_INSTANCE_BODY' || instance.type === 'TASK' || instance.type === 'MANUAL_TASK') return false;
  return (instance.type !== 'END_EVENT' && instance.type !== 'INTERMEDIATE_THROW_EVENT') || element.job !== undefined;
}

/** Their events are open from the moment their start event completes, so that its mappings are seen (Zeebe 8.5.8). */
const SCOPES: ReadonlySet<string> = new Set(['PROCESS', 'SUB_PROCESS', 'EVENT_SUB_PROCESS']);

/** From ACTIVATING to ACTIVATED; again after an incident has been resolved. */
export function runActivation(processing: Processing, instance: ElementInstance): void {
  guarded(processing, instance, () => {
    const { state } = processing;
    const element = elementFor(processing, instance);
    if (takesInputs(instance, element)) setAllLocal(state, instance, evaluateMappings(state, element.inputs, instance));
    const trigger: Trigger | undefined = triggersOf(state, instance)[0];
    const prepared = behaviorFor(processing, instance).prepare?.(processing, element, instance, trigger);
    const { activating, activated } = typeof prepared === 'function' ? { activated: prepared } : (prepared ?? {});
    if (!SCOPES.has(instance.type)) openSubscriptions(processing, element, instance, trigger !== undefined);
    activating?.(instanceOf(state, instance.key));
    const now = elementActivated(state, instanceOf(state, instance.key));
    if (trigger !== undefined && keepsTrigger(processing, now)) setAllLocal(state, now, trigger.variables);
    activated?.(now);
  });
}

/** What began it is seen as its own variables from its activation on; the start of an event subprocess and calls get theirs as they complete. */
function keepsTrigger(processing: Processing, instance: ElementInstance): boolean {
  if (instance.type === 'START_EVENT') return findInstance(processing.state, instance.flowScopeKey)?.type === 'PROCESS';
  return instance.type === 'BOUNDARY_EVENT' || instance.type === 'INTERMEDIATE_CATCH_EVENT';
}

function guarded(processing: Processing, instance: ElementInstance, work: () => void): void {
  try {
    work();
  } catch (failure) {
    if (!(failure instanceof ElementFailure)) throw failure;
    incidentCreated(processing.state, instance, failure.errorType, failure.message);
  }
}

// ---------------------------------------------------------------- completion
function complete(processing: Processing, key: Key): void {
  const instance = findInstance(processing.state, key);
  if (instance === undefined || instance.state !== 'ACTIVATED') return;
  runCompletion(processing, elementCompleting(processing.state, instance));
}

/** From COMPLETING to gone; again after an incident has been resolved. */
export function runCompletion(processing: Processing, instance: ElementInstance): void {
  guarded(processing, instance, () => {
    const { state } = processing;
    const element = elementFor(processing, instance);
    const behavior = behaviorFor(processing, instance);
    const triggers = triggersOf(state, instance);
    if (instance.type !== 'MULTI_INSTANCE_BODY') applyOutputs(processing, element, instance, triggers[0]);
    const kept = behavior.completing?.(processing, element, instance) ?? {};
    const scope = findInstance(state, instance.flowScopeKey);
    if (instance.type === 'START_EVENT' && scope !== undefined) openSubscriptions(processing, elementFor(processing, scope), scope, false);
    const scopeBehavior = scope === undefined ? undefined : behaviorFor(processing, scope);
    scopeBehavior?.childCompleting?.(processing, element, scope!, instance);
    closeSubscriptions(processing, instance);
    elementCompleted(state, instance);
    if (behavior.leave !== undefined) behavior.leave(processing, element, instance, { triggers, kept });
    else if (scope?.type === 'MULTI_INSTANCE_BODY') childGone(processing, scope.key, instance);
    else takeFlows(processing, element.outgoing, instance);
  });
}

/** Its own variables hide nothing of what it passes on: events hold the same ones, a call activity those it has handed down. */
const passesOutside = (instance: ElementInstance): boolean => instance.type.endsWith('_EVENT') || instance.type === 'CALL_ACTIVITY';

/** Variables of what triggered the element, then its output mappings. */
function applyOutputs(processing: Processing, element: ExecutableElement, instance: ElementInstance, trigger: EventTrigger | undefined): void {
  const { state } = processing;
  const passesTriggerOn = instance.type !== 'EVENT_BASED_GATEWAY' && instance.type !== 'EVENT_SUB_PROCESS';
  if (trigger !== undefined && passesTriggerOn) {
    // Variables of an error stay with the boundary event unless an output mapping passes them on (Zeebe 8.5.8).
    if (element.outputs.length > 0) setAllLocal(state, instance, trigger.variables);
    else if (trigger.kind !== 'ERROR' || instance.type !== 'BOUNDARY_EVENT') mergeVariables(state, passesOutside(instance) ? instanceOf(state, instance.flowScopeKey) : instance, trigger.variables);
  }
  if (element.outputs.length === 0 || instance.type === 'TASK' || instance.type === 'MANUAL_TASK') return;
  // A pass of a multi-instance first looks for the target in itself, where its output element reads it; a call never does.
  const outside = findInstance(state, instance.flowScopeKey);
  const scope = outside === undefined || (outside.type === 'MULTI_INSTANCE_BODY' && instance.type !== 'CALL_ACTIVITY') ? instance : outside;
  mergeVariables(state, scope, evaluateMappings(state, element.outputs, instance, scope));
}

/** Takes flows out of an element that has completed; the path ends when there are none. */
export function takeFlows(processing: Processing, flows: readonly SequenceFlow[], instance: ElementInstance): void {
  if (flows.length === 0) {
    childGone(processing, instance.flowScopeKey, instance);
    return;
  }
  for (const flow of flows) takeFlow(processing, flow, instance);
}

function takeFlow(processing: Processing, flow: SequenceFlow, instance: ElementInstance): void {
  const { state } = processing;
  sequenceFlowTaken(state, instance, flow.id);
  const target = elementOf(modelOf(state, instance.processDefinitionKey), flow.targetId);
  if (target.type === 'PARALLEL_GATEWAY' && target.incoming.length > 1) {
    const scope = instanceOf(state, instance.flowScopeKey);
    if (arriveAtJoin(state, scope, target.id, flow.id, target.incoming)) processing.follow({ type: 'activate', elementId: target.id, scopeKey: scope.key, consumes: target.incoming.length });
    return;
  }
  processing.follow({ type: 'activate', elementId: target.id, scopeKey: instance.flowScopeKey, consumes: 1 });
}

/** A child of a scope has gone: the scope may be done, or may go on with what interrupted it. */
export function childGone(processing: Processing, scopeKey: Key, child: ElementInstance): void {
  const scope = findInstance(processing.state, scopeKey);
  if (scope === undefined) return;
  if (scope.state === 'TERMINATING') {
    if (scope.children === 0) finishTermination(processing, scope);
    return;
  }
  const behavior = behaviorFor(processing, scope);
  if (behavior.childGone !== undefined) {
    behavior.childGone(processing, elementFor(processing, scope), scope, child);
    return;
  }
  if (scope.children > 0) return;
  const pending = pendingSubprocess(processing, scope);
  if (pending !== undefined) activatePending(processing, scope, pending);
  else if (scope.flows === 0) processing.follow({ type: 'complete', key: scope.key });
}

// ---------------------------------------------------------------- termination
function terminate(processing: Processing, key: Key): void {
  const { state } = processing;
  const found = findInstance(state, key);
  if (found === undefined || found.state === 'TERMINATING') return;
  const instance = elementTerminating(state, found);
  closeSubscriptions(processing, instance);
  cancelJob(processing, instance);
  for (const incident of incidentsOf(state, instance)) incidentResolved(state, incident);
  if (instance.calledInstanceKey !== undefined && findInstance(state, instance.calledInstanceKey) !== undefined) {
    processing.follow({ type: 'terminate', key: instance.calledInstanceKey });
    return;
  }
  const children = childrenIn(state, instance);
  for (const child of children) processing.follow({ type: 'terminate', key: child.key });
  if (children.length === 0) finishTermination(processing, instance);
}

/** Takes back the job of an element that is left without it. */
export function cancelJob(processing: Processing, instance: ElementInstance): void {
  const job = instance.jobKey === undefined ? undefined : findJob(processing.state, instance.jobKey);
  if (job !== undefined) jobCanceled(processing.state, job);
}

function finishTermination(processing: Processing, instance: ElementInstance): void {
  const { state } = processing;
  const model = modelOf(state, instance.processDefinitionKey);
  const boundary = triggersOf(state, instance).find((trigger) => model.elements.get(trigger.elementId)?.type === 'BOUNDARY_EVENT');
  elementTerminated(state, instance);
  if (instance.type === 'PROCESS') {
    unlockStartOf(processing, instance);
    processing.processTerminated(instance);
    const caller = findInstance(state, instance.parentElementInstanceKey);
    if (caller?.state === 'TERMINATING') finishTermination(processing, caller);
    return;
  }
  if (boundary !== undefined) {
    const scope = findInstance(state, instance.flowScopeKey);
    if (scope?.state === 'ACTIVATED' && scope.interruptedBy === undefined) {
      processing.follow({ type: 'activate', elementId: boundary.elementId, scopeKey: scope.key, consumes: 0, trigger: boundary });
      return;
    }
  }
  childGone(processing, instance.flowScopeKey, instance);
}
