import { NO_KEY, type Key } from '../../../protocol/key.ts';
import { elementOf, type ExecutableElement, type SequenceFlow } from '../../model/executable-process.ts';
import { modelOf } from '../../state/deployment.ts';
import { incidentCreated, incidentResolved, incidentsOf } from '../../state/incident.ts';
import { findJob, jobCanceled } from '../../state/job.ts';
import {
  attachTrigger,
  emptyTrigger,
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
import { mergeVariables, setAllLocal, VariableTooLarge } from '../../state/variable.ts';
import { forgetCompensation, handlerCompleted, keepForCompensation } from './compensation.ts';
import { reconsiderJoins } from './inclusive-join.ts';
import { unlockStartOf } from './message-start.ts';
import { broadcastSignal } from './signals.ts';
import { evaluateMappings } from './expressions.ts';
import { ElementFailure } from './failure.ts';
import { newInstance } from './new-instance.ts';
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
  else if (step.type === 'broadcast') broadcastSignal(processing, step.signalName, step.variables, step.tenantId);
  else if (step.type === 'begin passes') beginPasses(processing, step);
  else if (step.type === 'complete') complete(processing, step.key);
  else terminate(processing, step.key);
}

// ---------------------------------------------------------------- activation
function begin(processing: Processing, { instance, trigger }: Extract<FollowUp, { type: 'begin' }>): void {
  elementActivating(processing.state, instance, 0);
  if (trigger !== undefined) attachTrigger(processing.state, instance, trigger);
  runActivation(processing, instance);
}

function beginPasses(processing: Processing, { key, items }: Extract<FollowUp, { type: 'begin passes' }>): void {
  const body = findInstance(processing.state, key);
  if (body?.state === 'ACTIVATED') behaviorFor(processing, body).beginPasses?.(processing, elementFor(processing, body), body, items);
}

function activate(processing: Processing, step: Extract<FollowUp, { type: 'activate' }>): void {
  const { state } = processing;
  const scope = findInstance(state, step.scopeKey);
  if (scope === undefined || scope.state !== 'ACTIVATED') return;
  if (scope.interruptedBy !== undefined && scope.interruptedBy !== step.elementId && step.compensates === undefined) return;
  const element = elementOf(modelOf(state, scope.processDefinitionKey), step.elementId);
  const instance = { ...newInstance(step.key ?? state.mintKey(), element, scope, step.loop?.counter), ...(step.compensates === undefined ? {} : { compensates: step.compensates }) };
  elementActivating(state, instance, step.consumes);
  if (step.trigger !== undefined) attachTrigger(state, instance, step.trigger);
  if (step.loop !== undefined) {
    const { inputElement, outputVariable } = element.multiInstance!;
    setAllLocal(state, instance, { ...(outputVariable === undefined ? {} : { [outputVariable]: null }), ...(inputElement === undefined ? {} : { [inputElement]: step.loop.item }), loopCounter: step.loop.counter });
  }
  runActivation(processing, instance);
}

/** From ACTIVATING to ACTIVATED; again after an incident has been resolved. */
export function runActivation(processing: Processing, instance: ElementInstance): void {
  guarded(processing, instance, () => {
    const { state } = processing;
    const element = elementFor(processing, instance);
    const behavior = behaviorFor(processing, instance);
    if ((behavior.appliesMappings?.(element) ?? true) && (behavior.takesInputs?.(element) ?? true)) setAllLocal(state, instance, evaluateMappings(state, element.inputs, instance));
    const trigger: Trigger | undefined = triggersOf(state, instance)[0];
    const prepared = behavior.prepare?.(processing, element, instance, trigger);
    const { activating, activated } = typeof prepared === 'function' ? { activated: prepared } : (prepared ?? {});
    if (behavior.isScope !== true) openSubscriptions(processing, element, instance, trigger !== undefined);
    activating?.(instanceOf(state, instance.key));
    const now = elementActivated(state, instanceOf(state, instance.key));
    if (trigger !== undefined && behavior.keepsTrigger?.(processing, now) === true) setAllLocal(state, now, trigger.variables);
    activated?.(now);
  });
}

/** A failure becomes an incident; `failed` runs before it. */
function guarded(processing: Processing, instance: ElementInstance, work: () => void, failed?: () => void): void {
  try {
    work();
  } catch (failure) {
    if (!(failure instanceof ElementFailure || failure instanceof VariableTooLarge)) throw failure;
    failed?.();
    incidentCreated(processing.state, instance, failure instanceof ElementFailure ? failure.errorType : 'MESSAGE_SIZE_EXCEEDED', failure.message);
  }
}

/** Completions of one element in one scope within one decision, after which it is taken to run in a circle that nothing ever ends. */
const MOST_COMPLETIONS = 5000;

/** Nobody else is served while a decision lasts: a process that goes round without ever waiting becomes an incident. Passes of a multi-instance are counted by nobody. */
function endCircle({ completions }: Processing, { flowScopeKey, elementId, loopCounter }: ElementInstance): void {
  if (loopCounter > 0) return;
  const place = `${flowScopeKey}:${elementId}`;
  const times = (completions.get(place) ?? 0) + 1;
  completions.set(place, times);
  if (times > MOST_COMPLETIONS) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected the process to wait somewhere, but '${elementId}' was completed ${MOST_COMPLETIONS} times in a row without: it runs in a circle. Resolve the incident to let it go on`);
}

// ---------------------------------------------------------------- completion
function complete(processing: Processing, key: Key): void {
  const instance = findInstance(processing.state, key);
  // What is still active in it completes it in its turn.
  if (instance === undefined || instance.state !== 'ACTIVATED' || instance.children > 0) return;
  runCompletion(processing, elementCompleting(processing.state, instance));
}

/** From COMPLETING to gone; again after an incident has been resolved. */
export function runCompletion(processing: Processing, instance: ElementInstance): void {
  guarded(processing, instance, () => {
    const { state } = processing;
    const element = elementFor(processing, instance);
    const behavior = behaviorFor(processing, instance);
    endCircle(processing, instance);
    const triggers = triggersOf(state, instance);
    if (behavior.appliesMappings?.(element) ?? true) applyOutputs(processing, behavior, element, instance, triggers[0]);
    const kept = behavior.completing?.(processing, element, instance) ?? [];
    const scope = findInstance(state, instance.flowScopeKey);
    const scopeBehavior = scope === undefined ? undefined : behaviorFor(processing, scope);
    scopeBehavior?.childCompleting?.(processing, element, scope!, instance);
    closeSubscriptions(processing, instance);
    keepForCompensation(processing, element, instance);
    elementCompleted(state, instance);
    if (instance.compensates !== undefined) handlerCompleted(processing, instance);
    if (behavior.leave !== undefined) behavior.leave(processing, element, instance, { triggers, kept });
    else if (scope?.type === 'MULTI_INSTANCE_BODY') childGone(processing, scope.key, instance);
    else takeFlows(processing, element.outgoing, instance);
    reconsiderJoins(processing, instance.flowScopeKey);
  }, () => passedOn(processing, instance));
}

/** What its triggers brought has gone where it belongs and does not go there again when the incident is resolved (Zeebe 8.5.8). */
function passedOn(processing: Processing, instance: ElementInstance): void {
  if (behaviorFor(processing, instance).passesTriggerOn === false) return;
  for (const trigger of triggersOf(processing.state, instance)) emptyTrigger(processing.state, instance, trigger);
}

/** Variables of what triggered the element, then its output mappings. */
function applyOutputs(processing: Processing, behavior: ElementBehavior, element: ExecutableElement, instance: ElementInstance, trigger: EventTrigger | undefined): void {
  const { state } = processing;
  if (trigger !== undefined && behavior.passesTriggerOn !== false) {
    if (element.outputs.length > 0) setAllLocal(state, instance, trigger.variables);
    else if (trigger.kind !== 'ERROR' || behavior.keepsErrorVariables !== true) mergeVariables(state, instance, trigger.variables);
  }
  if (element.outputs.length === 0) return;
  // A pass of a multi-instance first looks for the target in itself, where its output element reads it.
  const outside = findInstance(state, instance.flowScopeKey);
  const scope = outside === undefined || outside.type === 'MULTI_INSTANCE_BODY' ? instance : outside;
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
  const { arrive } = processing.behaviors[target.type as keyof BehaviorRegistry];
  if (arrive !== undefined) arrive(processing, target, instanceOf(state, instance.flowScopeKey), flow);
  else processing.follow({ type: 'activate', elementId: target.id, scopeKey: instance.flowScopeKey, consumes: 1 });
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
  cancelJob(processing, instance);
  behaviorFor(processing, instance).terminating?.(processing, elementFor(processing, instance), instance);
  // the incident of a job goes with it
  for (const incident of incidentsOf(state, instance)) if (incident.jobKey !== NO_KEY) incidentResolved(state, incident);
  closeSubscriptions(processing, instance);
  forgetCompensation(processing, instance);
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
function cancelJob(processing: Processing, instance: ElementInstance): void {
  const job = instance.jobKey === undefined ? undefined : findJob(processing.state, instance.jobKey);
  if (job !== undefined) jobCanceled(processing.state, job);
}

function finishTermination(processing: Processing, instance: ElementInstance): void {
  const { state } = processing;
  const model = modelOf(state, instance.processDefinitionKey);
  const boundary = triggersOf(state, instance).find((trigger) => model.elements.get(trigger.elementId)?.type === 'BOUNDARY_EVENT');
  elementTerminated(state, instance);
  reconsiderJoins(processing, instance.flowScopeKey);
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
      processing.now({ type: 'activate', elementId: boundary.elementId, scopeKey: scope.key, consumes: 0, trigger: boundary });
      return;
    }
  }
  childGone(processing, instance.flowScopeKey, instance);
}
