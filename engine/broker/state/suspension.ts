import { NO_KEY, type Key } from '../../protocol/key.ts';
import { DEFAULT_TENANT } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { DEFINITIONS, elementInstances, instanceUnit, jobs, suspensions, timers, type ElementInstance, type SuspensionRow } from './tables.ts';

/** True while a process instance stands still. */
export const isSuspended = (state: EngineState, processInstanceKey: Key): boolean => processInstanceKey !== NO_KEY && state.rows.get(elementInstances, processInstanceKey)?.suspended === true;

/** True while nothing is begun of a process definition, or handed out of a job type. */
export const isHeld = (state: EngineState, kind: SuspensionRow['kind'], id: string): boolean => state.rows.getIn(DEFINITIONS, suspensions, `${kind}|${id}`) !== undefined;

function record(state: EngineState, intent: 'SUSPENDED' | 'RESUMED', kind: string, id: string): void {
  state.record('SUSPENSION', intent, state.mintKey(), { kind, id, tenantId: DEFAULT_TENANT });
}

/** SUSPENDED: a process definition or a job type is held. */
export function held(state: EngineState, kind: SuspensionRow['kind'], id: string): void {
  record(state, 'SUSPENDED', kind, id);
  state.rows.put(DEFINITIONS, suspensions, `${kind}|${id}`, { kind, id });
}

/** RESUMED: it is let go. */
export function released(state: EngineState, kind: SuspensionRow['kind'], id: string): void {
  record(state, 'RESUMED', kind, id);
  state.rows.delete(DEFINITIONS, suspensions, `${kind}|${id}`);
}

/** SUSPENDED: nobody gets the jobs of the instance, and its timers do not fire. */
export function instanceSuspended(state: EngineState, process: ElementInstance): void {
  record(state, 'SUSPENDED', 'process_instance', process.key);
  const unit = instanceUnit(process.key);
  state.rows.put(unit, elementInstances, process.key, { ...process, suspended: true });
  for (const job of state.rows.all(unit, jobs)) state.rows.put(unit, jobs, job.key, { ...job, suspended: true });
  for (const timer of state.rows.all(unit, timers)) state.rows.put(unit, timers, timer.key, { ...timer, suspended: true });
}

/** RESUMED: jobs are there again, and timers that were due meanwhile fire now. */
export function instanceResumed(state: EngineState, process: ElementInstance): void {
  record(state, 'RESUMED', 'process_instance', process.key);
  const unit = instanceUnit(process.key);
  const { suspended: _process, ...running } = process;
  state.rows.put(unit, elementInstances, process.key, running);
  for (const { suspended: _job, ...job } of state.rows.all(unit, jobs)) state.rows.put(unit, jobs, job.key, job);
  for (const { suspended: _timer, ...timer } of state.rows.all(unit, timers)) state.rows.put(unit, timers, timer.key, timer);
}
