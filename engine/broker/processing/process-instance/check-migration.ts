import type { Command } from '../../../protocol/commands.ts';
import { elementOf, type ExecutableElement, type ExecutableProcess } from '../../model/executable-process.ts';
import type { ElementInstance, TakenFlow } from '../../state/tables.ts';

type Plan = Extract<Command, { type: 'migrate_process_instance' }>['mappings'];

/** From source to target element; the processes themselves included, and the start events of event subprocesses that are mapped. */
export type Mapping = ReadonlyMap<string, string>;

export function mappingOf(plan: Plan, source: ExecutableProcess, target: ExecutableProcess): Mapping {
  const mapping = new Map([[source.id, target.id], ...plan.map(({ sourceId, targetId }) => [sourceId, targetId] as const)]);
  for (const { sourceId, targetId } of plan) {
    const from = source.elements.get(sourceId);
    const to = target.elements.get(targetId);
    pairParts(from, to, mapping);
    if (from?.type === 'EVENT_SUB_PROCESS' && to?.type === 'EVENT_SUB_PROCESS' && !mapping.has(from.startEventId!)) {
      mapping.set(from.startEventId!, to.startEventId!);
      pairParts(source.elements.get(from.startEventId!), target.elements.get(to.startEventId!), mapping);
    }
  }
  return mapping;
}

/** The definitions of events with several of them go in the order of the file. */
function pairParts(from: ExecutableElement | undefined, to: ExecutableElement | undefined, mapping: Map<string, string>): void {
  from?.alternatives?.forEach((id, at) => {
    const part = to?.alternatives?.[at];
    if (part !== undefined) mapping.set(id, part);
  });
}

/** Whether two events wait for the same kinds of things in the same way. */
function waitAlike(from: ExecutableElement, to: ExecutableElement, source: ExecutableProcess, target: ExecutableProcess): boolean {
  const kinds = (element: ExecutableElement, model: ExecutableProcess): string => (element.alternatives ?? []).map((id) => elementOf(model, id).eventType).join();
  return kinds(from, source) === kinds(to, target) && from.isParallelMultiple === to.isParallelMultiple;
}

/** Why a plan cannot be right whatever runs; undefined when it may be. */
export function unfitPlan(plan: Plan, source: ExecutableProcess, target: ExecutableProcess): string | undefined {
  const sourceIds = plan.map((each) => each.sourceId);
  const duplicates = [...new Set(sourceIds.filter((id, at) => sourceIds.indexOf(id) !== at))];
  if (duplicates.length > 0) return `the mapping instructions contain duplicate source element ids '[${duplicates.join(', ')}]'.`;
  for (const { sourceId, targetId } of plan) {
    if (!source.elements.has(sourceId) && !source.flows.has(sourceId)) return `mapping instructions contain a non-existing source element id '${sourceId}'. Elements provided in mapping instructions must exist in the source process definition.`;
    if (!target.elements.has(targetId) && !target.flows.has(targetId)) return `mapping instructions contain a non-existing target element id '${targetId}'. Elements provided in mapping instructions must exist in the target process definition.`;
  }
  return undefined;
}

/** Why an active element instance cannot go where the mapping leads it; undefined when it can. */
export function unfitElement(instance: ElementInstance, waiting: readonly TakenFlow[], mapping: Mapping, source: ExecutableProcess, target: ExecutableProcess): string | undefined {
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
  if (!waitAlike(from, to, source, target)) return `${active} waits for other definitions than its target '${to.id}'. Events with several definitions must have the same kinds in the same order.`;
  if (instance.flows > waiting.reduce((sum, token) => sum + token.count, 0)) return 'a concurrent command was executed on the process instance. Please retry the migration.';
  return unfitTokens(waiting, mapping, source, target) ?? unfitEvents(from, to, mapping, source, target);
}

/** The flow by which a token that waits at a joining gateway has come to the gateway of the target: the one it is mapped to, of the same id, or from the mapped element. */
export function targetFlowOf({ gatewayId, flowId }: Pick<TakenFlow, 'gatewayId' | 'flowId'>, mapping: Mapping, source: ExecutableProcess, target: ExecutableProcess): string | undefined {
  const incoming = target.elements.get(mapping.get(gatewayId) ?? '')?.incoming ?? [];
  const named = mapping.get(flowId) ?? flowId;
  if (incoming.includes(named)) return named;
  if (mapping.has(flowId)) return undefined;
  const from = mapping.get(source.flows.get(flowId)?.sourceId ?? '');
  const found = incoming.filter((id) => target.flows.get(id)?.sourceId === from);
  return found.length === 1 ? found[0] : undefined;
}

/** Tokens that wait before a joining gateway go to one that joins in the same way, each by a flow of its own. */
function unfitTokens(waiting: readonly TakenFlow[], mapping: Mapping, source: ExecutableProcess, target: ExecutableProcess): string | undefined {
  const taken = new Map<string, string>();
  for (const token of waiting) {
    const gateway = `gateway with id '${token.gatewayId}', at which a sequence flow waits for others`;
    const targetId = mapping.get(token.gatewayId);
    if (targetId === undefined) return `no mapping instruction defined for the ${gateway}. Gateways that wait cannot be migrated without a mapping.`;
    const [before, after] = [elementOf(source, token.gatewayId), target.elements.get(targetId)];
    if (before.type !== after?.type) return `the ${gateway}, and of type '${before.type}' is mapped to an element with id '${targetId}' and different type '${after?.type ?? 'SEQUENCE_FLOW'}'. Elements must be mapped to elements of the same type.`;
    if ((mapping.get(before.scopeId) ?? before.scopeId) !== after.scopeId) return `the flow scope of the ${gateway}, is changed. The flow scope of an element cannot be changed during migration yet.`;
    const flowId = targetFlowOf(token, mapping, source, target);
    if (flowId === undefined) return `sequence flow '${token.flowId}' has been taken to the ${gateway}, but the target gateway '${targetId}' has no sequence flow that it could be: map the sequence flow.`;
    if (taken.has(flowId)) return `sequence flows '${taken.get(flowId)!}' and '${token.flowId}' are mapped to the same sequence flow '${flowId}'. Sequence flows cannot be merged.`;
    taken.set(flowId, token.flowId);
  }
  return undefined;
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
    if (!waitAlike(before, after, source, target)) return `catch event with id '${id}' waits for other definitions than '${targetId}'. Events with several definitions must have the same kinds in the same order.`;
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

