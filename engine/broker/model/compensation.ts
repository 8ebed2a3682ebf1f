import type { ExecutableElement, ExecutableProcess } from './executable-process.ts';
import { BPMN } from './namespaces.ts';
import { childrenOf, type XmlElement } from './xml.ts';

/** Leads the compensation boundary events of a scope to their handlers, by the scope's associations. */
export function connectHandlers(scope: XmlElement, elements: ReadonlyMap<string, ExecutableElement>): void {
  for (const { attrs } of childrenOf(scope, 'association', BPMN)) {
    const event = elements.get(attrs['sourceRef'] ?? '');
    const handler = elements.get(attrs['targetRef'] ?? '');
    if (event?.type === 'BOUNDARY_EVENT' && event.compensation !== undefined && handler !== undefined) event.compensation.handlerId ??= handler.id;
  }
}

/** The compensation boundary event of an activity. */
export function compensationEventOf(process: ExecutableProcess, activity: ExecutableElement): ExecutableElement | undefined {
  return activity.boundaryIds.map((id) => process.elements.get(id)).find((event) => event?.compensation !== undefined);
}

/** What undoes an activity: the handler at its compensation boundary event, else the compensation event subprocess in it (which Zeebe 8.5 does not know). */
export function handlerOf(process: ExecutableProcess, activity: ExecutableElement): string | undefined {
  const inside = activity.eventSubprocessIds.find((id) => process.elements.get(process.elements.get(id)?.startEventId ?? '')?.eventType === 'COMPENSATION');
  return compensationEventOf(process, activity)?.compensation?.handlerId ?? inside;
}

/** Zeebe's rules about handlers, and about what a throwing event may refer to. */
export function checkCompensation(process: ExecutableProcess, report: (elementId: string, message: string) => void): void {
  for (const element of process.elements.values()) {
    if (element.isForCompensation) {
      if (element.outgoing.length > 0) report(element.id, 'A compensation handler should have no outgoing sequence flows');
      if (element.incoming.length > 0) report(element.id, 'A compensation handler should have no incoming sequence flows');
      if (element.boundaryIds.length > 0) report(element.id, 'A compensation handler should have no boundary events');
    }
    const ref = element.compensation?.activityId;
    if (ref === undefined || element.type === 'BOUNDARY_EVENT') continue;
    const activity = process.elements.get(ref);
    if (activity === undefined) report(element.id, `The referenced compensation activity '${ref}' doesn't exist`);
    else if (activity.scopeId !== element.scopeId && process.elements.get(element.scopeId)?.type !== 'EVENT_SUB_PROCESS') report(element.id, `The referenced compensation activity '${ref}' must be in the same scope as the compensation throw event`);
    else if (activity.type !== 'SUB_PROCESS' && compensationEventOf(process, activity) === undefined) report(element.id, `The referenced compensation activity '${ref}' must have either a compensation boundary event or be a subprocess`);
  }
}
