import { tenantOf } from '../../../protocol/tenant.ts';
import { ElementFailure } from '../../behaviors/shared/failure.ts';
import { joinWhatWaits, reconsiderJoins } from '../../behaviors/shared/inclusive-join.ts';
import { openSubscriptions } from '../../behaviors/shared/open-subscriptions.ts';
import { elementOf, type ExecutableProcess } from '../../model/executable-process.ts';
import { partsOf } from '../../model/multiple-events.ts';
import { modelOf, processByKey } from '../../state/deployment.ts';
import { compensationMigrated, compensationsOf } from '../../state/compensation.ts';
import { conditionClosed, conditionMigrated, conditionsOf } from '../../state/condition.ts';
import type { EngineState } from '../../state/engine-state.ts';
import { arrivalForgotten, arrivalsOf, eventArrived } from '../../state/event-arrival.ts';
import { incidentMigrated, incidentsOf } from '../../state/incident.ts';
import { findJob, jobMigrated } from '../../state/job.ts';
import { subscriptionDeleted, subscriptionDeleting, subscriptionMigrated, subscriptionsOf } from '../../state/message.ts';
import { childrenIn, elementMigrated, findInstance, tokensMigrated, triggersOf, waitingTokens } from '../../state/process-instance.ts';
import { signalSubscriptionMigrated, signalSubscriptionsOf, signalUnsubscribed } from '../../state/signal.ts';
import { letGoOn, standsStill } from '../../state/suspension.ts';
import type { ElementInstance, ProcessRow } from '../../state/tables.ts';
import { timerCanceled, timerMigrated, timersOf } from '../../state/timer.ts';
import { userTaskMigrated, userTaskOf } from '../../state/user-task.ts';
import { localVariables, variableMigrated } from '../../state/variable.ts';
import { accept, CommandRefused, reject, type CommandHandler, type CommandProcessing } from '../command-handler.ts';
import { eventIdsOf, mappingOf, targetFlowOf, unfitElement, unfitPlan, type Mapping } from './check-migration.ts';

interface Move {
  target: ProcessRow;
  mapping: Mapping;
  from: ExecutableProcess;
  to: ExecutableProcess;
}

/**
 * Moves a running instance to another process definition: every active element goes where the mapping leads it, with its job,
 * incidents and variables. Events it waits for go on when they are mapped, are closed when not, and those it gains are opened (wider
 * than Zeebe 8.5, which refuses elements that wait for events).
 */
export const migrateProcessInstance: CommandHandler<'migrate_process_instance'> = (processing, { processInstanceKey, targetDefinitionKey, mappings }) => {
  const { state } = processing;
  const process = state.seen(findInstance(state, processInstanceKey));
  if (process === undefined || process.type !== 'PROCESS' || process.state !== 'ACTIVATED') return reject('NOT_FOUND', `Expected to migrate process instance but no process instance found with key '${processInstanceKey}'`);
  const target = state.seen(processByKey(state, targetDefinitionKey));
  if (target === undefined || tenantOf(target) !== tenantOf(process)) return reject('NOT_FOUND', `Expected to migrate process instance to process definition but no process definition found with key '${targetDefinitionKey}'`);
  const [from, to] = [modelOf(state, process.processDefinitionKey), modelOf(state, target.key)];
  const expected = `Expected to migrate process instance '${processInstanceKey}' but`;
  const unfit = unfitPlan(mappings, from, to);
  if (unfit !== undefined) return reject('INVALID_ARGUMENT', `${expected} ${unfit}`);
  const mapping = mappingOf(mappings, from, to);
  const instances = withAllInside(state, process);
  for (const instance of instances) {
    const stuck = unfitElement(instance, waitingTokens(state, instance), mapping, from, to);
    if (stuck !== undefined) return reject('INVALID_STATE', `${expected} ${stuck}`);
  }
  const lost = lostCompensation(state, process, mapping);
  if (lost !== undefined) return reject('INVALID_STATE', `${expected} ${lost}`);
  for (const instance of instances) moveInstance(processing, instance, { target, mapping, from, to }, expected);
  for (const subscription of compensationsOf(state, process)) compensationMigrated(state, subscription, target.key, (id) => mapping.get(id) ?? id);
  // Its old definition may have kept it still, and the new one may do so.
  letGoOn(state);
  standsStill(state, process.key);
  state.record('PROCESS_INSTANCE_MIGRATION', 'MIGRATED', state.mintKey(), { processInstanceKey, targetProcessDefinitionKey: target.key, mappingInstructions: mappings.map(({ sourceId, targetId }) => ({ sourceElementId: sourceId, targetElementId: targetId })), tenantId: tenantOf(process) });
  return accept({});
};

/** What can still be compensated and would have no place in the target; undefined when nothing has none. */
function lostCompensation(state: EngineState, process: ElementInstance, mapping: Mapping): string | undefined {
  for (const { compensableActivityId, compensationHandlerId } of compensationsOf(state, process)) {
    for (const id of [compensableActivityId, compensationHandlerId]) if (id !== '' && !mapping.has(id)) return `no mapping instruction defined for element with id '${id}', which may still be compensated.`;
  }
  return undefined;
}

/** The instance and everything active in it, level by level. */
function withAllInside(state: EngineState, process: ElementInstance): ElementInstance[] {
  const all = [process];
  for (let at = 0; at < all.length; at += 1) all.push(...childrenIn(state, all[at]!));
  return all;
}

function moveInstance(processing: CommandProcessing, instance: ElementInstance, move: Move, expected: string): void {
  const { state } = processing;
  const { target, mapping } = move;
  const elementId = mapping.get(instance.elementId)!;
  const moved = elementMigrated(state, instance, target, elementId, (id) => mapping.get(id) ?? id);
  const job = moved.jobKey === undefined ? undefined : findJob(state, moved.jobKey);
  if (job !== undefined) jobMigrated(state, job, target, elementId);
  const userTask = userTaskOf(state, moved);
  if (userTask !== undefined) userTaskMigrated(state, userTask, target, elementId);
  for (const incident of incidentsOf(state, moved)) incidentMigrated(state, incident, target, elementId);
  for (const variable of localVariables(state, moved)) variableMigrated(state, moved, variable);
  moveTokens(processing, moved, move);
  moveEvents(processing, instance, moved, move, expected);
}

/** What waits before joining gateways waits before those of the target, which may have waited long enough. */
function moveTokens(processing: CommandProcessing, moved: ElementInstance, { mapping, from, to }: Move): void {
  const { state } = processing;
  const waiting = waitingTokens(state, moved);
  if (waiting.length === 0) return;
  tokensMigrated(state, moved, waiting.map((token) => ({ ...token, gatewayId: mapping.get(token.gatewayId)!, flowId: targetFlowOf(token, mapping, from, to)! })));
  processing.afterSteps(() => {
    for (const gatewayId of new Set(waiting.map((token) => mapping.get(token.gatewayId)!))) joinWhatWaits(processing, moved.key, gatewayId);
    reconsiderJoins(processing, moved.key);
  });
}

/** Keeps what is mapped, closes what is not, opens what is new. */
function moveEvents(processing: CommandProcessing, before: ElementInstance, moved: ElementInstance, { target, mapping, from, to }: Move, expected: string): void {
  const { state } = processing;
  const kept = new Set<string>();
  const targetOf = (elementId: string): string | undefined => {
    const id = mapping.get(elementId);
    if (id !== undefined) kept.add(id);
    return id;
  };
  const interrupting = (id: string): boolean => id === moved.elementId || elementOf(to, id).multipleOf === moved.elementId || elementOf(to, id).type === 'INTERMEDIATE_CATCH_EVENT' || elementOf(to, id).interrupting;
  for (const timer of timersOf(state, moved)) {
    const id = targetOf(timer.targetElementId);
    if (id === undefined) timerCanceled(state, timer);
    else timerMigrated(state, timer, target, id);
  }
  for (const subscription of conditionsOf(state, moved)) {
    const id = targetOf(subscription.elementId);
    if (id === undefined) conditionClosed(state, subscription);
    else conditionMigrated(state, subscription, id);
  }
  for (const arrival of arrivalsOf(state, moved)) {
    const id = mapping.get(arrival.elementId);
    arrivalForgotten(state, moved, arrival);
    if (id !== undefined) eventArrived(state, moved, id, arrival.variables);
  }
  for (const subscription of signalSubscriptionsOf(state, moved)) {
    const id = targetOf(subscription.catchEventId);
    if (id === undefined) signalUnsubscribed(state, subscription);
    else signalSubscriptionMigrated(state, subscription, target, id);
  }
  for (const subscription of subscriptionsOf(state, moved)) {
    const id = targetOf(subscription.elementId);
    if (id !== undefined) {
      subscriptionMigrated(state, subscription, target, id, interrupting(id));
      continue;
    }
    subscriptionDeleting(state, subscription);
    processing.afterSteps(() => subscriptionDeleted(state, subscription));
  }
  if (!waitsFor(state, before)) return;
  // What is mapped was waited for already; if it is not any more, it has happened.
  for (const id of eventIdsOf(elementOf(from, before.elementId), from)) if (mapping.has(id)) for (const part of [mapping.get(id)!, ...partsOf(elementOf(to, mapping.get(id)!))]) kept.add(part);
  try {
    openSubscriptions(processing, elementOf(to, moved.elementId), moved, true, kept);
  } catch (failure) {
    if (!(failure instanceof ElementFailure)) throw failure;
    throw new CommandRefused('INVALID_STATE', `${expected} the catch events of target element '${moved.elementId}' cannot be opened: ${failure.message}`);
  }
}

/** True while what an element waits for is open: from its activation on, of a scope until something has interrupted it. */
const waitsFor = (state: EngineState, instance: ElementInstance): boolean => instance.state === 'ACTIVATED' && instance.interruptedBy === undefined && !triggersOf(state, instance).some((trigger) => trigger.kind !== 'JOB');
