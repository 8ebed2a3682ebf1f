import type { JsonObject } from '../../contract/json.ts';
import { NO_KEY, type Key } from '../../protocol/key.ts';
import { idIn, tenantOf, type Owned } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { businessKeys, businessKeyUnit } from './lock-tables.ts';
import { DEFINITIONS, elementInstances, eventTriggers, instanceUnit, running, takenFlows, variables, type ElementInstance, type EventTrigger, type ProcessRow, type TakenFlow } from './tables.ts';

/** The element instance, or undefined when it has ended or never was. */
export function findInstance(state: EngineState, key: Key): ElementInstance | undefined {
  return key === NO_KEY ? undefined : state.rows.get(elementInstances, key);
}

/** The element instance, which must be there. */
export function instanceOf(state: EngineState, key: Key): ElementInstance {
  const instance = findInstance(state, key);
  if (instance === undefined) throw new Error(`element instance ${key} is gone`);
  return instance;
}

/** Element instances directly inside a scope, oldest first. */
export function childrenIn(state: EngineState, scope: ElementInstance): ElementInstance[] {
  return state.rows.find(instanceUnit(scope.processInstanceKey), elementInstances, 'scope', scope.key);
}

/** Changes bookkeeping that no record shows. */
export function updateInstance(state: EngineState, instance: ElementInstance, change: Partial<ElementInstance>): ElementInstance {
  const next = { ...instance, ...change };
  state.rows.put(instanceUnit(instance.processInstanceKey), elementInstances, instance.key, next);
  return next;
}

function valueOf(instance: ElementInstance): JsonObject {
  return {
    bpmnProcessId: instance.bpmnProcessId,
    version: instance.version,
    processDefinitionKey: instance.processDefinitionKey,
    processInstanceKey: instance.processInstanceKey,
    elementId: instance.elementId,
    flowScopeKey: instance.flowScopeKey,
    bpmnElementType: instance.type,
    bpmnEventType: instance.eventType,
    parentProcessInstanceKey: instance.parentProcessInstanceKey,
    parentElementInstanceKey: instance.parentElementInstanceKey,
    ...(instance.businessKey === undefined ? {} : { businessKey: instance.businessKey.value }),
    tenantId: tenantOf(instance),
  };
}

/** ELEMENT_ACTIVATING: it exists. `consumes`: incoming flows that this activation uses up. */
export function elementActivating(state: EngineState, instance: ElementInstance, consumes: number): void {
  state.record('PROCESS_INSTANCE', 'ELEMENT_ACTIVATING', instance.key, valueOf(instance));
  const scope = findInstance(state, instance.flowScopeKey);
  if (scope !== undefined) updateInstance(state, scope, { children: scope.children + 1, flows: scope.flows - consumes });
  if (instance.type === 'PROCESS') countRunning(state, instance.processDefinitionKey, 1);
  if (instance.businessKey?.unique === true) state.rows.put(...businessKeyPlace(instance.businessKey, instance), { processInstanceKey: instance.key });
  state.rows.put(instanceUnit(instance.processInstanceKey), elementInstances, instance.key, instance);
}

function businessKeyPlace({ bpmnProcessId, value }: { bpmnProcessId: string; value: string }, { tenantId }: Owned): [string, typeof businessKeys, string] {
  const processId = idIn(tenantId, bpmnProcessId);
  return [businessKeyUnit(processId, value), businessKeys, `${processId}|${value}`];
}

/** The running instance of a process that has a unique business key. */
export const businessKeyHolder = (state: EngineState, process: ProcessRow, businessKey: string): Key | undefined => state.rows.getIn(...businessKeyPlace({ bpmnProcessId: process.bpmnProcessId, value: businessKey }, process))?.processInstanceKey;

function countRunning(state: EngineState, processDefinitionKey: Key, by: 1 | -1): void {
  state.rows.put(DEFINITIONS, running, processDefinitionKey, { count: Math.max(0, runningInstances(state, processDefinitionKey) + by) });
}

/** How many instances of a process definition have not ended. */
export const runningInstances = (state: EngineState, processDefinitionKey: Key): number => state.rows.getIn(DEFINITIONS, running, processDefinitionKey)?.count ?? 0;

export function elementActivated(state: EngineState, instance: ElementInstance): ElementInstance {
  state.record('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED', instance.key, valueOf(instance));
  return updateInstance(state, instance, { state: 'ACTIVATED' });
}

export function elementCompleting(state: EngineState, instance: ElementInstance): ElementInstance {
  state.record('PROCESS_INSTANCE', 'ELEMENT_COMPLETING', instance.key, valueOf(instance));
  return updateInstance(state, instance, { state: 'COMPLETING' });
}

export function elementCompleted(state: EngineState, instance: ElementInstance): void {
  state.record('PROCESS_INSTANCE', 'ELEMENT_COMPLETED', instance.key, valueOf(instance));
  remove(state, instance);
}

export function elementTerminating(state: EngineState, instance: ElementInstance): ElementInstance {
  state.record('PROCESS_INSTANCE', 'ELEMENT_TERMINATING', instance.key, valueOf(instance));
  return updateInstance(state, instance, { state: 'TERMINATING' });
}

export function elementTerminated(state: EngineState, instance: ElementInstance): void {
  state.record('PROCESS_INSTANCE', 'ELEMENT_TERMINATED', instance.key, valueOf(instance));
  remove(state, instance);
}

function remove(state: EngineState, instance: ElementInstance): void {
  const unit = instanceUnit(instance.processInstanceKey);
  for (const variable of state.rows.find(unit, variables, 'scope', instance.key)) state.rows.delete(unit, variables, `${variable.scopeKey}:${variable.name}`);
  for (const trigger of state.rows.find(unit, eventTriggers, 'scope', instance.key)) state.rows.delete(unit, eventTriggers, trigger.key);
  for (const taken of state.rows.find(unit, takenFlows, 'scope', instance.key)) state.rows.delete(unit, takenFlows, `${taken.scopeKey}:${taken.flowId}`);
  state.rows.delete(unit, elementInstances, instance.key);
  if (instance.type === 'PROCESS') countRunning(state, instance.processDefinitionKey, -1);
  if (instance.businessKey?.unique === true) state.rows.delete(...businessKeyPlace(instance.businessKey, instance));
  const scope = findInstance(state, instance.flowScopeKey);
  if (scope !== undefined) updateInstance(state, scope, { children: scope.children - 1 });
}

/** ELEMENT_MIGRATED: it is an instance of another element from here on; `idOf` says what the others it names have become. */
export function elementMigrated(state: EngineState, instance: ElementInstance, target: ProcessRow, elementId: string, idOf: (elementId: string) => string): ElementInstance {
  const moved: ElementInstance = {
    ...instance,
    elementId,
    processDefinitionKey: target.key,
    bpmnProcessId: target.bpmnProcessId,
    version: target.version,
    ...(instance.interruptedBy === undefined ? {} : { interruptedBy: idOf(instance.interruptedBy) }),
    // The message that started it frees the process it started.
    ...(instance.startLock === undefined ? {} : { startLock: { bpmnProcessId: instance.bpmnProcessId, ...instance.startLock } }),
  };
  state.record('PROCESS_INSTANCE', 'ELEMENT_MIGRATED', instance.key, valueOf(moved));
  const unit = instanceUnit(instance.processInstanceKey);
  state.rows.put(unit, elementInstances, instance.key, moved);
  for (const trigger of triggersOf(state, instance)) state.rows.put(unit, eventTriggers, trigger.key, { ...trigger, elementId: idOf(trigger.elementId) });
  if (instance.type === 'PROCESS') {
    countRunning(state, instance.processDefinitionKey, -1);
    countRunning(state, target.key, 1);
  }
  return moved;
}

/** SEQUENCE_FLOW_TAKEN in a scope. */
export function sequenceFlowTaken(state: EngineState, source: ElementInstance, flowId: string): void {
  const scope = instanceOf(state, source.flowScopeKey);
  state.record('PROCESS_INSTANCE', 'SEQUENCE_FLOW_TAKEN', state.mintKey(), { ...valueOf(source), elementId: flowId, bpmnElementType: 'SEQUENCE_FLOW', bpmnEventType: 'UNSPECIFIED' });
  updateInstance(state, scope, { flows: scope.flows + 1 });
}

/** Counts a flow into a joining gateway. */
export function tokenArrived(state: EngineState, scope: ElementInstance, gatewayId: string, flowId: string): void {
  const unit = instanceUnit(scope.processInstanceKey);
  const key = `${scope.key}:${flowId}`;
  const before = state.rows.getIn(unit, takenFlows, key);
  state.rows.put(unit, takenFlows, key, { scopeKey: scope.key, gatewayId, flowId, count: (before?.count ?? 0) + 1 });
}

/** What has come to joining gateways of a scope and waits there. */
export const waitingTokens = (state: EngineState, scope: ElementInstance): TakenFlow[] => state.rows.find(instanceUnit(scope.processInstanceKey), takenFlows, 'scope', scope.key);

/** What waits in a scope waits at other gateways, or has come by other flows. */
export function tokensMigrated(state: EngineState, scope: ElementInstance, tokens: readonly TakenFlow[]): void {
  const unit = instanceUnit(scope.processInstanceKey);
  for (const before of waitingTokens(state, scope)) state.rows.delete(unit, takenFlows, `${scope.key}:${before.flowId}`);
  for (const token of tokens) state.rows.put(unit, takenFlows, `${scope.key}:${token.flowId}`, token);
}

/** Counts a flow into a joining gateway; true when every incoming flow has been taken, which uses one of each up. */
export function arriveAtJoin(state: EngineState, scope: ElementInstance, gatewayId: string, flowId: string, incoming: readonly string[]): boolean {
  tokenArrived(state, scope, gatewayId, flowId);
  const arrived = state.rows.find(instanceUnit(scope.processInstanceKey), takenFlows, 'gateway', `${scope.key}:${gatewayId}`);
  if (arrived.length < incoming.length) return false;
  useWaitingFlows(state, scope, gatewayId);
  return true;
}

/** Uses up one of each flow that waits at a joining gateway; their number. */
export function useWaitingFlows(state: EngineState, scope: ElementInstance, gatewayId: string): number {
  const unit = instanceUnit(scope.processInstanceKey);
  const arrived = state.rows.find(unit, takenFlows, 'gateway', `${scope.key}:${gatewayId}`);
  for (const taken of arrived) {
    const id = `${scope.key}:${taken.flowId}`;
    if (taken.count === 1) state.rows.delete(unit, takenFlows, id);
    else state.rows.put(unit, takenFlows, id, { ...taken, count: taken.count - 1 });
  }
  return arrived.length;
}

/** An interrupted scope forgets what was on its way. */
export function forgetFlows(state: EngineState, scope: ElementInstance): ElementInstance {
  const unit = instanceUnit(scope.processInstanceKey);
  for (const taken of state.rows.find(unit, takenFlows, 'scope', scope.key)) state.rows.delete(unit, takenFlows, `${taken.scopeKey}:${taken.flowId}`);
  return updateInstance(state, scope, { flows: 0 });
}

// ---------------------------------------------------------------- event triggers
/** PROCESS_EVENT TRIGGERING: something happened to a waiting scope; it is consumed when the event's element completes. */
export function eventTriggering(state: EngineState, scope: ElementInstance, trigger: Omit<EventTrigger, 'key' | 'scopeKey'>): EventTrigger {
  const key = state.mintKey();
  const row: EventTrigger = { ...trigger, key, scopeKey: scope.key };
  if (trigger.kind !== 'JOB') {
    state.record('PROCESS_EVENT', 'TRIGGERING', key, {
      scopeKey: scope.key,
      targetElementId: trigger.elementId,
      variables: trigger.variables,
      processDefinitionKey: scope.processDefinitionKey,
      processInstanceKey: scope.processInstanceKey,
      tenantId: tenantOf(scope),
    });
  }
  state.rows.put(instanceUnit(scope.processInstanceKey), eventTriggers, key, row);
  return row;
}

/** Hands a trigger to the instance of its event. No record shows it: the event was recorded when it happened. */
export function attachTrigger(state: EngineState, instance: ElementInstance, trigger: Omit<EventTrigger, 'key' | 'scopeKey'>): void {
  const key = state.mintKey();
  state.rows.put(instanceUnit(instance.processInstanceKey), eventTriggers, key, { elementId: trigger.elementId, kind: trigger.kind, variables: trigger.variables, key, scopeKey: instance.key });
}

export function triggersOf(state: EngineState, scope: ElementInstance): EventTrigger[] {
  return state.rows.find(instanceUnit(scope.processInstanceKey), eventTriggers, 'scope', scope.key);
}

/** What a trigger brought has been taken in; that it happened stays known. */
export function emptyTrigger(state: EngineState, scope: ElementInstance, trigger: EventTrigger): void {
  state.rows.put(instanceUnit(scope.processInstanceKey), eventTriggers, trigger.key, { ...trigger, variables: {} });
}

/** Takes a trigger out of its scope, to be consumed or handed to the event's own instance. */
export function consumeTrigger(state: EngineState, scope: ElementInstance, trigger: EventTrigger): void {
  state.rows.delete(instanceUnit(scope.processInstanceKey), eventTriggers, trigger.key);
}
