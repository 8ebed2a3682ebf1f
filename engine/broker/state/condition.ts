import type { Key } from '../../protocol/key.ts';
import type { EngineState } from './engine-state.ts';
import { instanceUnit, type ElementInstance } from './tables.ts';
import { conditionSubscriptions, type ConditionSubscription } from './waiting-tables.ts';

export type { ConditionSubscription };

/** The conditions that a process instance waits for anywhere, longest first. */
export const conditionsIn = (state: EngineState, processInstanceKey: Key): ConditionSubscription[] => state.rows.all(instanceUnit(processInstanceKey), conditionSubscriptions);

export const conditionsOf = (state: EngineState, scope: ElementInstance): ConditionSubscription[] => state.rows.find(instanceUnit(scope.processInstanceKey), conditionSubscriptions, 'element', scope.key);

const put = (state: EngineState, row: ConditionSubscription): void => state.rows.put(instanceUnit(row.processInstanceKey), conditionSubscriptions, row.key, row);

/** An element begins to wait for a condition. Zeebe 8.5 knows no record of it. */
export function conditionOpened(state: EngineState, scope: ElementInstance, elementId: string): void {
  put(state, { key: state.mintKey(), elementInstanceKey: scope.key, processInstanceKey: scope.processInstanceKey, elementId, held: false });
  state.noteChange(scope.processInstanceKey);
}

export function conditionHeld(state: EngineState, subscription: ConditionSubscription, held: boolean): void {
  if (subscription.held !== held) put(state, { ...subscription, held });
}

/** The same wait, for another event; its condition is looked at anew. */
export function conditionMigrated(state: EngineState, subscription: ConditionSubscription, elementId: string): void {
  put(state, { ...subscription, elementId });
  state.noteChange(subscription.processInstanceKey);
}

export function conditionClosed(state: EngineState, subscription: ConditionSubscription): void {
  state.rows.delete(instanceUnit(subscription.processInstanceKey), conditionSubscriptions, subscription.key);
}
