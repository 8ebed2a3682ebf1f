import type { JsonObject } from '../../contract/json.ts';
import { compareKeys, NO_KEY, type Key } from '../../protocol/key.ts';
import { ownedBy, tenantOf } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { DEFINITIONS, instanceUnit, type ElementInstance, type ProcessRow } from './tables.ts';
import { signalSubscriptions, signalUnit, waitingSignals, type SignalSubscription } from './waiting-tables.ts';

export type { SignalSubscription };

/** Where the one who waits keeps the subscription, beside the signal itself. */
const homeOf = ({ processInstanceKey }: SignalSubscription): string => (processInstanceKey === NO_KEY ? DEFINITIONS : instanceUnit(processInstanceKey));

/** Who waits for a signal now, longest first. Needs all their instances at once. */
export function signalSubscriptionsTo(state: EngineState, signalName: string, tenantId?: string): SignalSubscription[] {
  const all = state.rows.all(signalUnit({ signalName, ...ownedBy(tenantId) }), signalSubscriptions).sort((a, b) => compareKeys(a.key, b.key));
  state.rows.need(all.map(homeOf));
  return all;
}

/** What an element instance waits for. */
export const signalSubscriptionsOf = (state: EngineState, scope: ElementInstance): SignalSubscription[] => state.rows.find(instanceUnit(scope.processInstanceKey), waitingSignals, 'element', scope.key);

/** The open signal start events of a process definition. */
export const startsOf = (state: EngineState, processDefinitionKey: Key): SignalSubscription[] => state.rows.find(DEFINITIONS, waitingSignals, 'definition', processDefinitionKey).filter((each) => each.processInstanceKey === NO_KEY);

/** SIGNAL BROADCASTED; its key. */
export function signalBroadcasted(state: EngineState, signalName: string, variables: JsonObject, tenantId?: string): Key {
  const key = state.mintKey();
  state.record('SIGNAL', 'BROADCASTED', key, { signalName, variables, tenantId: tenantOf(ownedBy(tenantId)) });
  return key;
}

function record(state: EngineState, intent: 'CREATED' | 'MIGRATED' | 'DELETED', { key, processInstanceKey: _instance, ...value }: SignalSubscription): void {
  state.record('SIGNAL_SUBSCRIPTION', intent, key, { ...value, tenantId: tenantOf(value) });
}

export function signalSubscribed(state: EngineState, subscription: Omit<SignalSubscription, 'key'>): void {
  const row: SignalSubscription = { ...subscription, key: state.mintKey() };
  record(state, 'CREATED', row);
  state.rows.put(signalUnit(row), signalSubscriptions, row.key, row);
  state.rows.put(homeOf(row), waitingSignals, row.key, row);
}

export function signalUnsubscribed(state: EngineState, subscription: SignalSubscription): void {
  record(state, 'DELETED', subscription);
  state.rows.delete(signalUnit(subscription), signalSubscriptions, subscription.key);
  state.rows.delete(homeOf(subscription), waitingSignals, subscription.key);
}

/** SIGNAL_SUBSCRIPTION MIGRATED: the same wait, for another event. */
export function signalSubscriptionMigrated(state: EngineState, subscription: SignalSubscription, target: ProcessRow, catchEventId: string): void {
  const moved: SignalSubscription = { ...subscription, catchEventId, processDefinitionKey: target.key, bpmnProcessId: target.bpmnProcessId };
  record(state, 'MIGRATED', moved);
  state.rows.put(signalUnit(moved), signalSubscriptions, moved.key, moved);
  state.rows.put(homeOf(moved), waitingSignals, moved.key, moved);
}
