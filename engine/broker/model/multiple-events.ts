import type { BpmnEventType } from '../../protocol/records.ts';
import type { ExecutableElement } from './executable-process.ts';
import { BPMN, type Definitions } from './namespaces.ts';
import { readBeyondZeebe } from './read-beyond-zeebe.ts';
import { readEvent } from './read-extensions.ts';
import type { XmlElement } from './xml.ts';

/** Where an event may wait for several things. */
const CATCHING = new Set(['START_EVENT', 'BOUNDARY_EVENT', 'INTERMEDIATE_CATCH_EVENT']);

/**
 * Reads an event with several definitions: it becomes of the type MULTIPLE, and each definition an event of its own that stands for it
 * while it is waited for. Of other events nothing is read. Throwing events have one definition.
 */
export function readMultiple(xml: XmlElement, element: ExecutableElement, types: Readonly<Record<string, BpmnEventType>>, definitions: Definitions, report: (message: string) => void): ExecutableElement[] {
  const found = xml.children.filter((each) => each.ns === BPMN && each.name.endsWith('EventDefinition'));
  if (found.length < 2) return [];
  if (!CATCHING.has(element.type)) {
    report('A throwing event must have one event definition');
    return [];
  }
  const { message: _message, timer: _timer, signal: _signal, errorCode: _error, escalationCode: _escalation, condition: _condition, compensation: _compensation, link: _link, ...plain } = element;
  const parts = found.map((definition, at): ExecutableElement => {
    const part: ExecutableElement = { ...plain, id: `${element.id}#${at + 1}`, eventType: types[definition.name] ?? 'UNSPECIFIED', multipleOf: element.id, incoming: [], outgoing: [], inputs: [], outputs: [], boundaryIds: [], eventSubprocessIds: [], eventStartIds: [] };
    readEvent(definition, part, definitions, report);
    readBeyondZeebe({ ...xml, children: [definition] }, definition, part, report);
    if (part.eventType === 'LINK' || part.eventType === 'CANCEL' || part.eventType === 'COMPENSATION') report(`An event with several definitions cannot have one of the type '${definition.name}'`);
    if ((part.eventType === 'ERROR' || part.eventType === 'ESCALATION') && xml.attrs['parallelMultiple'] === 'true') report('Errors and escalations are caught at once: they cannot be waited for together with other events');
    return part;
  });
  for (const name of ['message', 'timer', 'signal', 'errorCode', 'escalationCode', 'condition', 'compensation', 'link'] as const) delete element[name];
  element.eventType = 'MULTIPLE';
  element.alternatives = parts.map((part) => part.id);
  if (xml.attrs['parallelMultiple'] === 'true') element.isParallelMultiple = true;
  return parts;
}

/** The events to wait for in place of one. */
export const partsOf = (element: ExecutableElement): readonly string[] => element.alternatives ?? [element.id];
