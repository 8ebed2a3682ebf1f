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
 * while it is waited for. A throwing one throws them all. Of other events nothing is read.
 */
export function readMultiple(xml: XmlElement, element: ExecutableElement, types: Readonly<Record<string, BpmnEventType>>, definitions: Definitions, report: (message: string) => void): ExecutableElement[] {
  const found = xml.children.filter((each) => each.ns === BPMN && each.name.endsWith('EventDefinition'));
  if (found.length < 2) return [];
  if (!CATCHING.has(element.type)) {
    readThrowing(found, element, types, definitions, report);
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

/** What can be thrown beside other things: a link, an error, a cancellation or a termination leads elsewhere, and compensation is waited for. */
const THROWN_TOGETHER = new Set<BpmnEventType>(['MESSAGE', 'SIGNAL', 'ESCALATION']);

function readThrowing(found: readonly XmlElement[], element: ExecutableElement, types: Readonly<Record<string, BpmnEventType>>, definitions: Definitions, report: (message: string) => void): void {
  const kinds = found.map((definition) => types[definition.name] ?? 'UNSPECIFIED');
  const alone = found.filter((_definition, at) => !THROWN_TOGETHER.has(kinds[at]!));
  for (const { name } of alone) report(`A throwing event with several definitions cannot have one of the type '${name}'`);
  const messages = kinds.filter((kind) => kind === 'MESSAGE').length;
  if (messages > 1) report('A throwing event can throw one message only');
  if (messages === 1 && element.job === undefined) report("A message among several definitions is thrown by a job: 'zeebe:taskDefinition' is missing");
  delete element.signal;
  delete element.escalationCode;
  element.eventType = 'MULTIPLE';
  element.throws = found.flatMap((definition, at) => {
    if (kinds[at] !== 'SIGNAL' && kinds[at] !== 'ESCALATION') return [];
    const part: ExecutableElement = { ...element, id: `${element.id}#${at + 1}`, eventType: kinds[at]! };
    readEvent(definition, part, definitions, report);
    return [part];
  });
}

/** The events to wait for in place of one. */
export const partsOf = (element: ExecutableElement): readonly string[] => element.alternatives ?? [element.id];
