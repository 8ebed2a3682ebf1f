import type { JsonObject } from '../../contract/json.ts';
import { compareKeys, type Key } from '../../protocol/key.ts';
import { idIn, ownedBy, tenantOf, type Owned } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { startLocks, startLockUnit } from './lock-tables.ts';
import { instanceUnit, messages, messageSubscriptions, messageUnit, processMessageSubscriptions, type ElementInstance, type MessageRow, type ProcessMessageSubscription, type ProcessRow } from './tables.ts';

// ---------------------------------------------------------------- messages
function messageValue(message: MessageRow): JsonObject {
  return { name: message.name, correlationKey: message.correlationKey, messageId: message.messageId, timeToLive: message.timeToLive, deadline: message.deadline, variables: message.variables, tenantId: tenantOf(message) };
}

/** Messages buffered under a name and correlation key, oldest first. */
export function bufferedMessages(state: EngineState, under: { name: string; correlationKey: string } & Owned): MessageRow[] {
  return state.rows.all(messageUnit(under), messages);
}

export function findMessage(state: EngineState, key: Key): MessageRow | undefined {
  return state.rows.get(messages, key);
}

export function messagePublished(state: EngineState, message: MessageRow): void {
  state.record('MESSAGE', 'PUBLISHED', message.key, messageValue(message));
  state.rows.put(messageUnit(message), messages, message.key, message);
}

export function messageExpired(state: EngineState, message: MessageRow): void {
  state.record('MESSAGE', 'EXPIRED', message.key, messageValue(message));
  state.rows.delete(messageUnit(message), messages, message.key);
}

/** A message is correlated at most once to instances of one process. */
export function markCorrelated(state: EngineState, message: MessageRow, bpmnProcessId: string): MessageRow {
  const next = { ...message, correlatedTo: [...message.correlatedTo, bpmnProcessId] };
  state.rows.put(messageUnit(message), messages, message.key, next);
  return next;
}

// ---------------------------------------------------------------- subscriptions of process instances
export function subscriptionsOf(state: EngineState, scope: ElementInstance): ProcessMessageSubscription[] {
  return state.rows.find(instanceUnit(scope.processInstanceKey), processMessageSubscriptions, 'element', scope.key);
}

/** Subscriptions waiting under a name and correlation key: that of the oldest element first, whenever it was opened (Zeebe 8.5.8). */
export function waitingSubscriptions(state: EngineState, under: { name: string; correlationKey: string } & Owned): ProcessMessageSubscription[] {
  return state.rows.all(messageUnit(under), messageSubscriptions).sort((a, b) => compareKeys(a.elementInstanceKey, b.elementInstanceKey));
}

const unitOf = ({ messageName, correlationKey, tenantId }: ProcessMessageSubscription): string => messageUnit({ name: messageName, correlationKey, ...ownedBy(tenantId) });

function subscriptionValue(subscription: ProcessMessageSubscription, message?: MessageRow): JsonObject {
  const { key: _key, subscriptionKey: _subscriptionKey, ...value } = subscription;
  return { ...value, messageKey: message?.key ?? '-1', variables: message?.variables ?? {}, tenantId: tenantOf(subscription) };
}

/** PROCESS_MESSAGE_SUBSCRIPTION CREATING: the element waits; `subscriptionCreated` follows once the command's steps are done. */
export function subscriptionCreating(state: EngineState, scope: ElementInstance, wait: { messageName: string; correlationKey: string; elementId: string; interrupting: boolean }): ProcessMessageSubscription {
  const row: ProcessMessageSubscription = {
    ...wait,
    key: state.mintKey(),
    subscriptionKey: state.mintKey(),
    elementInstanceKey: scope.key,
    processInstanceKey: scope.processInstanceKey,
    bpmnProcessId: scope.bpmnProcessId,
    ...ownedBy(scope.tenantId),
  };
  state.record('PROCESS_MESSAGE_SUBSCRIPTION', 'CREATING', row.key, subscriptionValue(row));
  state.rows.put(instanceUnit(scope.processInstanceKey), processMessageSubscriptions, row.key, row);
  state.rows.put(unitOf(row), messageSubscriptions, row.subscriptionKey, row);
  return row;
}

/** MESSAGE_SUBSCRIPTION and PROCESS_MESSAGE_SUBSCRIPTION CREATED. */
export function subscriptionCreated(state: EngineState, subscription: ProcessMessageSubscription): void {
  state.record('MESSAGE_SUBSCRIPTION', 'CREATED', subscription.subscriptionKey, subscriptionValue(subscription));
  state.record('PROCESS_MESSAGE_SUBSCRIPTION', 'CREATED', subscription.key, subscriptionValue(subscription));
}

/** True while nothing has closed or used up the subscription. */
export function isWaiting(state: EngineState, subscription: ProcessMessageSubscription): boolean {
  return state.rows.getIn(instanceUnit(subscription.processInstanceKey), processMessageSubscriptions, subscription.key) !== undefined;
}

/** CORRELATED. An interrupting subscription is gone with it; the others wait for the next message. */
export function subscriptionCorrelated(state: EngineState, subscription: ProcessMessageSubscription, message: MessageRow): void {
  const value = subscriptionValue(subscription, message);
  state.record('MESSAGE_SUBSCRIPTION', 'CORRELATING', subscription.subscriptionKey, value);
  state.record('PROCESS_MESSAGE_SUBSCRIPTION', 'CORRELATED', subscription.key, value);
  state.record('MESSAGE_SUBSCRIPTION', 'CORRELATED', subscription.subscriptionKey, value);
  if (subscription.interrupting) removeSubscription(state, subscription);
}

/** PROCESS_MESSAGE_SUBSCRIPTION DELETING: nothing is correlated from here on. */
export function subscriptionDeleting(state: EngineState, subscription: ProcessMessageSubscription): void {
  state.record('PROCESS_MESSAGE_SUBSCRIPTION', 'DELETING', subscription.key, subscriptionValue(subscription));
  removeSubscription(state, subscription);
}

/** MESSAGE_SUBSCRIPTION and PROCESS_MESSAGE_SUBSCRIPTION DELETED, once the command's steps are done. */
export function subscriptionDeleted(state: EngineState, subscription: ProcessMessageSubscription): void {
  state.record('MESSAGE_SUBSCRIPTION', 'DELETED', subscription.subscriptionKey, subscriptionValue(subscription));
  state.record('PROCESS_MESSAGE_SUBSCRIPTION', 'DELETED', subscription.key, subscriptionValue(subscription));
}

/** PROCESS_MESSAGE_SUBSCRIPTION and MESSAGE_SUBSCRIPTION MIGRATED: the same wait, for another event. */
export function subscriptionMigrated(state: EngineState, subscription: ProcessMessageSubscription, target: ProcessRow, elementId: string, interrupting: boolean): void {
  const moved: ProcessMessageSubscription = { ...subscription, elementId, interrupting, bpmnProcessId: target.bpmnProcessId };
  state.record('PROCESS_MESSAGE_SUBSCRIPTION', 'MIGRATED', moved.key, subscriptionValue(moved));
  state.record('MESSAGE_SUBSCRIPTION', 'MIGRATED', moved.subscriptionKey, subscriptionValue(moved));
  state.rows.put(instanceUnit(moved.processInstanceKey), processMessageSubscriptions, moved.key, moved);
  state.rows.put(unitOf(moved), messageSubscriptions, moved.subscriptionKey, moved);
}

function removeSubscription(state: EngineState, subscription: ProcessMessageSubscription): void {
  state.rows.delete(instanceUnit(subscription.processInstanceKey), processMessageSubscriptions, subscription.key);
  state.rows.delete(unitOf(subscription), messageSubscriptions, subscription.subscriptionKey);
}

// ---------------------------------------------------------------- starting by message
const lockKey = (processId: string, correlationKey: string): string => `${processId}|${correlationKey}`;

/** A process and the correlation key of what has started it. */
export interface LockedStart extends Owned {
  bpmnProcessId: string;
  correlationKey: string;
}

/** The instance that a message with this correlation key has started and that has not ended. */
export function startLockHolder(state: EngineState, { bpmnProcessId, correlationKey, tenantId }: LockedStart): Key | undefined {
  const processId = idIn(tenantId, bpmnProcessId);
  return state.rows.getIn(startLockUnit(processId, correlationKey), startLocks, lockKey(processId, correlationKey))?.processInstanceKey;
}

export function lockStart(state: EngineState, { bpmnProcessId, correlationKey, tenantId }: LockedStart, processInstanceKey: Key): void {
  const processId = idIn(tenantId, bpmnProcessId);
  state.rows.put(startLockUnit(processId, correlationKey), startLocks, lockKey(processId, correlationKey), { processInstanceKey });
}

export function unlockStart(state: EngineState, { bpmnProcessId, correlationKey, tenantId }: LockedStart): void {
  const processId = idIn(tenantId, bpmnProcessId);
  state.rows.delete(startLockUnit(processId, correlationKey), startLocks, lockKey(processId, correlationKey));
}

export function startSubscriptionRecord(state: EngineState, intent: 'CREATED' | 'CORRELATED' | 'DELETED', value: { processDefinitionKey: Key; bpmnProcessId: string; startEventId: string; messageName: string } & Owned, message?: MessageRow, processInstanceKey = '-1'): void {
  state.record('MESSAGE_START_EVENT_SUBSCRIPTION', intent, state.mintKey(), {
    ...value,
    processInstanceKey,
    messageKey: message?.key ?? '-1',
    correlationKey: message?.correlationKey ?? '',
    variables: message?.variables ?? {},
    tenantId: tenantOf(value),
  });
}
