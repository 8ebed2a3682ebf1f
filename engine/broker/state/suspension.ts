import { NO_KEY, type Key } from '../../protocol/key.ts';
import { idIn, ownedBy, tenantOf, type Owned } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { suspensions, type SuspensionRow } from './standstill-tables.ts';
import { DEFINITIONS, elementInstances, instanceUnit, jobs, timers, type ElementInstance } from './tables.ts';

type Held = Exclude<SuspensionRow['kind'], 'held_instance'>;

const idOf = (kind: SuspensionRow['kind'], id: string): string => `${kind}|${id}`;

/** True while nothing is begun of a process definition, or handed out of a job type (told apart by its tenant). */
export const isHeld = (state: EngineState, kind: Held, id: string): boolean => state.rows.getIn(DEFINITIONS, suspensions, idOf(kind, id)) !== undefined;

/** The suspended definition that keeps an instance still: its own, or that of an instance that has called it, directly or not. */
export function definitionHolding(state: EngineState, process: ElementInstance): Key | undefined {
  if (state.rows.find(DEFINITIONS, suspensions, 'kind', 'process_definition').length === 0) return undefined;
  for (let at: ElementInstance | undefined = process; at !== undefined; at = at.parentProcessInstanceKey === NO_KEY ? undefined : state.rows.get(elementInstances, at.parentProcessInstanceKey)) {
    if (isHeld(state, 'process_definition', at.processDefinitionKey)) return at.processDefinitionKey;
  }
  return undefined;
}

/** True while a process instance stands still. */
export function isSuspended(state: EngineState, processInstanceKey: Key): boolean {
  if (processInstanceKey === NO_KEY) return false;
  const process = state.rows.get(elementInstances, processInstanceKey);
  return process !== undefined && (process.suspended === true || definitionHolding(state, process) !== undefined);
}

/** The same; one that a definition keeps still is noted, so that it hears of its going on. */
export function standsStill(state: EngineState, processInstanceKey: Key): boolean {
  if (!isSuspended(state, processInstanceKey)) return false;
  const process = state.rows.get(elementInstances, processInstanceKey)!;
  if (definitionHolding(state, process) !== undefined) keptStill(state, process);
  return true;
}

function record(state: EngineState, intent: 'SUSPENDED' | 'RESUMED', kind: string, id: string, owner: Owned): void {
  state.record('SUSPENSION', intent, state.mintKey(), { kind, id, tenantId: tenantOf(owner) });
}

/** SUSPENDED: a process definition or a job type is held. */
export function held(state: EngineState, kind: Held, id: string, owner: Owned): void {
  record(state, 'SUSPENDED', kind, id, owner);
  const key = idOf(kind, kind === 'job_type' ? idIn(owner.tenantId, id) : id);
  state.rows.put(DEFINITIONS, suspensions, key, { kind, id, ...ownedBy(owner.tenantId) });
}

/** RESUMED: it is let go. */
export function released(state: EngineState, kind: Held, id: string, owner: Owned): void {
  record(state, 'RESUMED', kind, id, owner);
  state.rows.delete(DEFINITIONS, suspensions, idOf(kind, kind === 'job_type' ? idIn(owner.tenantId, id) : id));
}

/** Marks what an instance has in queues and among what is due, or takes the marks away. */
function mark(state: EngineState, process: ElementInstance, suspended: boolean): void {
  const unit = instanceUnit(process.key);
  for (const { suspended: _job, ...job } of state.rows.all(unit, jobs)) state.rows.put(unit, jobs, job.key, suspended ? { ...job, suspended } : job);
  for (const { suspended: _timer, ...timer } of state.rows.all(unit, timers)) state.rows.put(unit, timers, timer.key, suspended ? { ...timer, suspended } : timer);
}

/** SUSPENDED: nobody gets the jobs of the instance, and its timers do not fire. */
export function instanceSuspended(state: EngineState, process: ElementInstance): void {
  record(state, 'SUSPENDED', 'process_instance', process.key, process);
  state.rows.put(instanceUnit(process.key), elementInstances, process.key, { ...process, suspended: true });
  mark(state, process, true);
}

/** RESUMED: jobs are there again, and timers that were due meanwhile fire now, unless its definition keeps it still. */
export function instanceResumed(state: EngineState, process: ElementInstance): void {
  record(state, 'RESUMED', 'process_instance', process.key, process);
  const { suspended: _process, ...running } = process;
  state.rows.put(instanceUnit(process.key), elementInstances, process.key, running);
  if (definitionHolding(state, running) === undefined) mark(state, running, false);
}

/** An instance has been met that a suspended definition keeps still: it is marked, and known when the definition goes on. No record shows it; that of the definition does. */
function keptStill(state: EngineState, process: ElementInstance): void {
  if (state.rows.getIn(DEFINITIONS, suspensions, idOf('held_instance', process.key)) !== undefined) return;
  state.rows.put(DEFINITIONS, suspensions, idOf('held_instance', process.key), { kind: 'held_instance', id: process.key });
  mark(state, process, true);
}

/** Instances that were met while a definition kept them still and that nothing keeps still any more. Their marks are taken away, but of those that are suspended themselves. */
export function letGoOn(state: EngineState): ElementInstance[] {
  const rows = state.rows.find(DEFINITIONS, suspensions, 'kind', 'held_instance');
  state.rows.need(rows.map(({ id }) => instanceUnit(id)));
  return rows.flatMap(({ id }) => {
    const process = state.rows.getIn(instanceUnit(id), elementInstances, id);
    if (process !== undefined && definitionHolding(state, process) !== undefined) return [];
    state.rows.delete(DEFINITIONS, suspensions, idOf('held_instance', id));
    if (process === undefined || process.suspended === true) return [];
    mark(state, process, false);
    return [process];
  });
}
