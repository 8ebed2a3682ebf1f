import type { JsonObject } from '../../contract/json.ts';
import { NO_KEY } from '../../protocol/key.ts';
import { tenantOf } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { standsStill } from './suspension.ts';
import { DEFINITIONS, instanceUnit, timers, type ElementInstance, type ProcessRow, type TimerRow } from './tables.ts';

const unitOf = (timer: TimerRow): string => (timer.processInstanceKey === NO_KEY ? DEFINITIONS : instanceUnit(timer.processInstanceKey));

export function timersOf(state: EngineState, scope: ElementInstance): TimerRow[] {
  return state.rows.find(instanceUnit(scope.processInstanceKey), timers, 'element', scope.key);
}

function valueOf(timer: TimerRow): JsonObject {
  const { key: _key, suspended: _suspended, ...value } = timer;
  return { ...value, tenantId: tenantOf(timer) };
}

export function timerCreated(state: EngineState, timer: Omit<TimerRow, 'key'>): TimerRow {
  const { suspended: _suspended, ...rest } = timer;
  const row: TimerRow = { ...rest, key: state.mintKey(), ...(standsStill(state, timer.processInstanceKey) ? { suspended: true as const } : {}) };
  state.record('TIMER', 'CREATED', row.key, valueOf(row));
  state.rows.put(unitOf(row), timers, row.key, row);
  return row;
}

export function timerTriggered(state: EngineState, timer: TimerRow): void {
  state.record('TIMER', 'TRIGGERED', timer.key, valueOf(timer));
  state.rows.delete(unitOf(timer), timers, timer.key);
}

export function timerCanceled(state: EngineState, timer: TimerRow): void {
  state.record('TIMER', 'CANCELED', timer.key, valueOf(timer));
  state.rows.delete(unitOf(timer), timers, timer.key);
}

export function timerMigrated(state: EngineState, timer: TimerRow, target: ProcessRow, targetElementId: string): void {
  const moved: TimerRow = { ...timer, targetElementId, processDefinitionKey: target.key };
  state.record('TIMER', 'MIGRATED', moved.key, valueOf(moved));
  state.rows.put(unitOf(moved), timers, moved.key, moved);
}
