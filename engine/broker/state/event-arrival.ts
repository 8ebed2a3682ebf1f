import type { JsonObject } from '../../contract/json.ts';
import type { EngineState } from './engine-state.ts';
import { instanceUnit, type ElementInstance } from './tables.ts';
import { eventArrivals, type EventArrival } from './waiting-tables.ts';

/** Which of the events that must all happen to a scope have happened; oldest first. */
export const arrivalsOf = (state: EngineState, scope: ElementInstance): EventArrival[] => state.rows.find(instanceUnit(scope.processInstanceKey), eventArrivals, 'scope', scope.key);

/** One of several has happened; of the same one the last counts. No record shows it: the event was recorded when it happened. */
export function eventArrived(state: EngineState, scope: ElementInstance, elementId: string, variables: JsonObject): void {
  const key = `${scope.key}:${elementId}`;
  state.rows.put(instanceUnit(scope.processInstanceKey), eventArrivals, key, { key, scopeKey: scope.key, elementId, variables });
}

export function arrivalForgotten(state: EngineState, scope: ElementInstance, arrival: EventArrival): void {
  state.rows.delete(instanceUnit(scope.processInstanceKey), eventArrivals, arrival.key);
}
