import type { Command } from '../../../protocol/commands.ts';
import { elementOf, type ExecutableElement, type ExecutableProcess } from '../../model/executable-process.ts';
import type { ElementInstance } from '../../state/tables.ts';

type Plan = Extract<Command, { type: 'migrate_process_instance' }>['mappings'];

/** From source to target element; the processes themselves included, and the start events of event subprocesses that are mapped. */
export type Mapping = ReadonlyMap<string, string>;

export function mappingOf(plan: Plan, source: ExecutableProcess, target: ExecutableProcess): Mapping {
  const mapping = new Map([[source.id, target.id], ...plan.map(({ sourceId, targetId }) => [sourceId, targetId] as const)]);
  for (const { sourceId, targetId } of plan) {
    const from = source.elements.get(sourceId);
    const to = target.elements.get(targetId);
    if (from?.type === 'EVENT_SUB_PROCESS' && to?.type === 'EVENT_SUB_PROCESS' && !mapping.has(from.startEventId!)) mapping.set(from.startEventId!, to.startEventId!);
  }
  return mapping;
}

/** Why a plan cannot be right whatever runs; undefined when it may be. */
export function unfitPlan(plan: Plan, source: ExecutableProcess, target: ExecutableProcess): string | undefined {
  const sourceIds = plan.map((each) => each.sourceId);
  const duplicates = [...new Set(sourceIds.filter((id, at) => sourceIds.indexOf(id) !== at))];
  if (duplicates.length > 0) return `the mapping instructions contain duplicate source element ids '[${duplicates.join(', ')}]'.`;
  for (const { sourceId, targetId } of plan) {
    if (!source.elements.has(sourceId)) return `mapping instructions contain a non-existing source element id '${sourceId}'. Elements provided in mapping instructions must exist in the source process definition.`;
    if (!target.elements.has(targetId)) return `mapping instructions contain a non-existing target element id '${targetId}'. Elements provided in mapping instructions must exist in the target process definition.`;
  }
  return undefined;
}

/** Why an active element instance cannot go where the mapping leads it; undefined when it can. */
export function unfitElement(instance: ElementInstance, mapping: Mapping, source: ExecutableProcess, target: ExecutableProcess): string | undefined {
  const from = elementOf(source, instance.elementId);
  const active = `active element with id '${from.id}'`;
  const targetId = mapping.get(from.id);
  if (targetId === undefined) return `no mapping instruction defined for ${active}. Elements cannot be migrated without a mapping.`;
  const to = elementOf(target, targetId);
  if (from.type !== to.type) return `${active} and type '${from.type}' is mapped to an element with id '${to.id}' and different type '${to.type}'. Elements must be mapped to elements of the same type.`;
  if (from.eventType !== to.eventType) return `${active} and event type '${from.eventType}' is mapped to an element with id '${to.id}' and different event type '${to.eventType}'. Elements must be mapped to elements of the same event type.`;
  if (implementationOf(from) !== implementationOf(to)) return `active user task with id '${from.id}' and implementation '${implementationOf(from)}' is mapped to an user task with id '${to.id}' and different implementation '${implementationOf(to)}'. Elements must be mapped to elements of the same implementation.`;
  if (from.multiInstance?.sequential !== to.multiInstance?.sequential) return `${active} and its target '${to.id}' do not repeat alike: both must be parallel or sequential multi-instances, or neither.`;
  const expectedScope = from.id === source.id ? target.id : mapping.get(from.scopeId);
  const scopeId = to.id === target.id ? target.id : to.scopeId;
  if (expectedScope !== scopeId) return `the flow scope of ${active} is changed. The flow scope of the active element is expected to be '${expectedScope ?? from.scopeId}' but was '${scopeId}'. The flow scope of an element cannot be changed during migration yet.`;
  if (instance.flows > 0) return 'a concurrent command was executed on the process instance. Please retry the migration.';
  return unfitEvents(from, to, mapping, source, target);
}

const implementationOf = ({ userTask }: ExecutableElement): string | undefined => (userTask === undefined ? undefined : userTask.native === undefined ? 'job worker' : 'zeebe user task');

/** The events an element waits for: they stay with it, are of the same kind, and no two become one. */
function unfitEvents(from: ExecutableElement, to: ExecutableElement, mapping: Mapping, source: ExecutableProcess, target: ExecutableProcess): string | undefined {
  const targets = eventIdsOf(to, target);
  const taken = new Set<string>();
  for (const id of eventIdsOf(from, source)) {
    const targetId = mapping.get(id);
    if (targetId === undefined) continue;
    if (!targets.includes(targetId)) return `catch event with id '${id}' is mapped to '${targetId}', which the element '${to.id}' does not wait for.`;
    const [before, after] = [elementOf(source, id), elementOf(target, targetId)];
    if (before.eventType !== after.eventType) return `catch event with id '${id}' and event type '${before.eventType}' is mapped to a catch event with id '${targetId}' and different event type '${after.eventType}'.`;
    if (taken.has(targetId)) return `several catch events of element '${from.id}' are mapped to '${targetId}'. Catch events cannot be merged.`;
    taken.add(targetId);
  }
  return undefined;
}

/** Events beside the element's own that may happen while it is active. */
export function eventIdsOf(element: ExecutableElement, model: ExecutableProcess): string[] {
  const after = element.type === 'EVENT_BASED_GATEWAY' ? element.outgoing.map((flow) => flow.targetId) : [];
  return [...element.boundaryIds, ...after, ...element.eventSubprocessIds.map((id) => elementOf(model, id).startEventId!)];
}

