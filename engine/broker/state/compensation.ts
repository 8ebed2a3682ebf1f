import { NO_KEY, type Key } from '../../protocol/key.ts';
import { ownedBy, tenantOf } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { instanceUnit, type ElementInstance } from './tables.ts';
import { compensationSubscriptions, type CompensationSubscription } from './waiting-tables.ts';

export type { CompensationSubscription };

const find = (state: EngineState, processInstanceKey: Key, index: string, key: Key): CompensationSubscription[] => state.rows.find(instanceUnit(processInstanceKey), compensationSubscriptions, index, key);

/** What can be undone, or is being undone, of a scope; oldest first. */
export const compensationsIn = (state: EngineState, processInstanceKey: Key, scopeKey: Key): CompensationSubscription[] => find(state, processInstanceKey, 'scope', scopeKey);

/** What a throwing event is waiting for. */
export const compensationsBy = (state: EngineState, throwing: Pick<ElementInstance, 'processInstanceKey' | 'key'>): CompensationSubscription[] => find(state, throwing.processInstanceKey, 'throw', throwing.key);

/** The subscription of the scope that another one's activity ran in. */
export const compensationAround = (state: EngineState, subscription: CompensationSubscription): CompensationSubscription | undefined => find(state, subscription.processInstanceKey, 'activity', subscription.compensableActivityScopeKey)[0];

/** All of a process instance, oldest first. */
export const compensationsOf = (state: EngineState, instance: ElementInstance): CompensationSubscription[] => state.rows.all(instanceUnit(instance.processInstanceKey), compensationSubscriptions);

export const compensationByKey = (state: EngineState, handler: ElementInstance): CompensationSubscription | undefined => state.rows.getIn(instanceUnit(handler.processInstanceKey), compensationSubscriptions, handler.compensates!);

/** True once something undoes it. */
export const isTriggered = (subscription: CompensationSubscription): boolean => subscription.throwEventInstanceKey !== NO_KEY;

function record(state: EngineState, intent: string, { key, ...value }: CompensationSubscription): void {
  state.record('COMPENSATION_SUBSCRIPTION', intent, key, { ...value, variables: {}, tenantId: tenantOf(value) });
}

const put = (state: EngineState, row: CompensationSubscription): void => state.rows.put(instanceUnit(row.processInstanceKey), compensationSubscriptions, row.key, row);

const remove = (state: EngineState, row: CompensationSubscription): void => state.rows.delete(instanceUnit(row.processInstanceKey), compensationSubscriptions, row.key);

export function compensationCreated(state: EngineState, activity: ElementInstance, handlerId: string): void {
  const row: CompensationSubscription = {
    key: state.mintKey(),
    compensableActivityId: activity.elementId,
    compensableActivityInstanceKey: activity.key,
    compensableActivityScopeKey: activity.flowScopeKey,
    compensationHandlerId: handlerId,
    compensationHandlerInstanceKey: NO_KEY,
    throwEventId: '',
    throwEventInstanceKey: NO_KEY,
    processInstanceKey: activity.processInstanceKey,
    processDefinitionKey: activity.processDefinitionKey,
    ...ownedBy(activity.tenantId),
  };
  record(state, 'CREATED', row);
  put(state, row);
}

export function compensationTriggered(state: EngineState, subscription: CompensationSubscription, throwing: ElementInstance, handlerKey: Key): void {
  const row: CompensationSubscription = { ...subscription, compensationHandlerInstanceKey: handlerKey, throwEventId: throwing.elementId, throwEventInstanceKey: throwing.key };
  record(state, 'TRIGGERED', row);
  put(state, row);
}

/** MIGRATED: what can be undone belongs to other elements. */
export function compensationMigrated(state: EngineState, subscription: CompensationSubscription, processDefinitionKey: Key, idOf: (elementId: string) => string): void {
  const { compensableActivityId, compensationHandlerId, throwEventId } = subscription;
  const row: CompensationSubscription = { ...subscription, processDefinitionKey, compensableActivityId: idOf(compensableActivityId), compensationHandlerId: idOf(compensationHandlerId), throwEventId: idOf(throwEventId) };
  record(state, 'MIGRATED', row);
  put(state, row);
}

export function compensationCompleted(state: EngineState, subscription: CompensationSubscription): void {
  record(state, 'COMPLETED', subscription);
  remove(state, subscription);
}

export function compensationDeleted(state: EngineState, subscription: CompensationSubscription): void {
  record(state, 'DELETED', subscription);
  remove(state, subscription);
}
