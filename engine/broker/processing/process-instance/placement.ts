import { PlacementFailure, scopesAround } from '../../behaviors/shared/activate-anywhere.ts';
import type { ExecutableElement, ExecutableProcess } from '../../model/executable-process.ts';
import { CommandRefused } from '../command-handler.ts';

/** What begins by an event of its own, or is no element at all. */
const NOT_ON_THEIR_OWN: ReadonlySet<string> = new Set(['START_EVENT', 'BOUNDARY_EVENT', 'PROCESS']);

/** The type that keeps an element from being begun out of its turn; undefined when it may be. */
export function typeInTheWay(model: ExecutableProcess, elementId: string): string | undefined {
  const type = model.flows.has(elementId) ? 'SEQUENCE_FLOW' : model.elements.get(elementId)?.type;
  return type === 'SEQUENCE_FLOW' || (type !== undefined && NOT_ON_THEIR_OWN.has(type)) ? type : undefined;
}

/** True for an event that an event-based gateway waits for. */
export const isAfterEventGateway = (model: ExecutableProcess, element: ExecutableElement): boolean =>
  element.incoming.some((flowId) => model.elements.get(model.flows.get(flowId)?.sourceId ?? '')?.type === 'EVENT_BASED_GATEWAY');

/** Why an instance cannot begin at these elements; undefined when it can. */
export function unfitStart(model: ExecutableProcess, elementIds: readonly string[]): string | undefined {
  for (const id of elementIds) {
    const element = model.elements.get(id);
    if ((element === undefined || id === model.id) && !model.flows.has(id)) return `no element found with id '${id}'.`;
    const type = typeInTheWay(model, id);
    if (type !== undefined) return `the element with id '${id}' targets unsupported element type '${type}'. Elements that begin by an event of their own, and sequence flows, cannot be started.`;
    if (scopesAround(model, element!).some((scope) => scope.multiInstance !== undefined)) return `the element with id '${id}' is inside a multi-instance subprocess. The creation of elements inside a multi-instance subprocess is not supported.`;
    if (isAfterEventGateway(model, element!)) return `the element with id '${id}' belongs to an event-based gateway. The creation of elements belonging to an event-based gateway is not supported.`;
  }
  return undefined;
}

/** Refuses the command when an element cannot be placed. Throws CommandRefused. */
export function refusingPlacement<Value>(work: () => Value, reason: (failure: PlacementFailure) => string): Value {
  try {
    return work();
  } catch (failure) {
    if (!(failure instanceof PlacementFailure)) throw failure;
    throw new CommandRefused('INVALID_ARGUMENT', reason(failure));
  }
}
