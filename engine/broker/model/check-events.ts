import { eitherOr } from './check-activities.ts';
import { expressionProblem } from './check-extensions.ts';
import { eventDefinitionsOf, isEventSubprocess, type Diagram, type Report } from './diagram.ts';
import { BPMN } from './namespaces.ts';
import { child, type XmlElement } from './xml.ts';

const BOUNDARY = new Set(['timer', 'message', 'error', 'signal', 'escalation', 'compensate']);
const CATCH = new Set(['message', 'timer', 'signal', 'link']);
const END = new Set(['error', 'message', 'terminate', 'signal', 'escalation', 'compensate']);
const SUPPORTED = new Set(['message', 'timer', 'error', 'signal', 'escalation', 'terminate', 'link', 'compensate']);
const ONE_TIMER = 'Must be exactly one type of timer: timeDuration, timeDate or timeCycle';

/** `message` of `messageEventDefinition`. */
export const kindOfDefinition = (definition: XmlElement): string => definition.name.replace('EventDefinition', '');

type Check = (diagram: Diagram, event: XmlElement, definitions: XmlElement[], report: Report) => void;

const CHECKS: Readonly<Record<string, Check>> = {
  startEvent: checkStart,
  boundaryEvent: checkBoundary,
  intermediateCatchEvent: checkCatch,
  intermediateThrowEvent: checkThrow,
  endEvent: checkEnd,
};

/** The rules of an event and of its definitions. */
export function checkEvent(diagram: Diagram, element: XmlElement, report: Report): void {
  const check = CHECKS[element.name];
  if (check === undefined) return;
  const definitions = eventDefinitionsOf(element);
  check(diagram, element, definitions, report);
  for (const definition of definitions) checkDefinition(diagram, element, definition, report);
}

function checkStart(diagram: Diagram, event: XmlElement, definitions: XmlElement[], report: Report): void {
  const scope = diagram.parentOf(event);
  if (definitions.length > 1 && scope?.name === 'process') report(event, "Start event can't have more than one type");
}

function checkBoundary(diagram: Diagram, event: XmlElement, definitions: XmlElement[], report: Report): void {
  const kinds = definitions.map(kindOfDefinition);
  const host = diagram.byId(event.attrs['attachedToRef']);
  const interrupting = event.attrs['cancelActivity'] !== 'false';
  const hasAssociation = [...diagram.within(diagram.root)].some((each) => each.name === 'association' && each.attrs['sourceRef'] === event.attrs['id']);
  if (host === undefined) report(event, `Must be attached to an activity, but there is none with the id '${event.attrs['attachedToRef'] ?? ''}'`);
  else if (!/(?:[tT]ask|callActivity|[sS]ubProcess|transaction)$/.test(host.name)) report(event, 'Must be attached to an activity');
  if (diagram.outgoing(event).length === 0 && !hasAssociation) report(event, 'Must have at least one outgoing sequence flow or association');
  if (diagram.incoming(event).length > 0) report(event, 'Cannot have incoming sequence flows');
  if (definitions.length !== 1) report(event, 'Must have exactly one event definition');
  else if (!BOUNDARY.has(kinds[0]!)) report(event, 'Boundary events must be one of: timer, message, error, signal, escalation');
  if (kinds.includes('error') && !interrupting) report(event, 'Non-Interrupting event of this type is not allowed');
  if (interrupting && definitions.some((each) => child(each, 'timeCycle', BPMN) !== undefined)) report(event, 'Interrupting timer event with time cycle is not allowed.');
  if (kinds.includes('escalation') && host !== undefined && host.name !== 'subProcess' && host.name !== 'callActivity') report(event, 'An escalation boundary event should only be attached to a subprocess, or a call activity.');
}

function checkCatch(_diagram: Diagram, event: XmlElement, definitions: XmlElement[], report: Report): void {
  const [definition] = definitions;
  if (definitions.length !== 1) report(event, 'Must have exactly one event definition');
  else if (!CATCH.has(kindOfDefinition(definition!))) report(event, 'Event definition must be one of: message, timer, signal, or link');
  else if (kindOfDefinition(definition!) === 'timer' && child(definition!, 'timeDuration', BPMN) === undefined && child(definition!, 'timeDate', BPMN) === undefined) {
    report(event, 'Intermediate timer catch event must have either a time duration or a time date.');
  }
}

function checkThrow(_diagram: Diagram, event: XmlElement, definitions: XmlElement[], report: Report): void {
  if (definitions.length === 1 && kindOfDefinition(definitions[0]!) === 'message') eitherOr(event, 'publishMessage', report);
}

function checkEnd(diagram: Diagram, event: XmlElement, definitions: XmlElement[], report: Report): void {
  if (diagram.outgoing(event).length > 0) report(event, 'End events must not have outgoing sequence flows to other elements.');
  if (definitions.length > 1) report(event, 'Must have at most one event definition');
  else if (definitions.some((each) => !END.has(kindOfDefinition(each)))) report(event, 'End events must be one of: none, error, message, terminate, signal, escalation or compensation');
  checkThrow(diagram, event, definitions, report);
}

/** What a definition says, and what it refers to. */
function checkDefinition(diagram: Diagram, event: XmlElement, definition: XmlElement, report: Report): void {
  const kind = kindOfDefinition(definition);
  const throws = event.name === 'intermediateThrowEvent' || event.name === 'endEvent';
  const referred = diagram.byId(definition.attrs[`${kind}Ref`]);
  if (!SUPPORTED.has(kind)) report(definition, 'Event definition of this type is not supported');
  if (kind === 'message' && referred === undefined && !throws) report(definition, 'Must reference a message');
  if (kind === 'signal' && referred === undefined) report(definition, 'Must reference a signal');
  if (kind === 'link' && (definition.attrs['name'] ?? '') === '') report(definition, 'Link name must be present and not empty.');
  if (kind === 'timer') checkTimer(definition, report);
  if (kind === 'error') checkError(event, definition, referred, report);
  if (kind === 'escalation') {
    if (throws && referred === undefined) report(definition, 'Must reference an escalation');
    if (throws && referred !== undefined && (referred.attrs['escalationCode'] ?? '') === '') report(referred, 'EscalationCode must be present and not empty');
    if (!throws && referred?.attrs['escalationCode']?.startsWith('=') === true) report(definition, 'The escalationCode of the escalation catch event is not allowed to be an expression');
  }
}

function checkError(event: XmlElement, definition: XmlElement, error: XmlElement | undefined, report: Report): void {
  const code = error?.attrs['errorCode'] ?? '';
  if (event.name === 'endEvent') {
    if (error === undefined) report(definition, 'Must reference an error');
    else if (code === '') report(definition, 'ErrorCode must be present and not empty');
  } else if (code.startsWith('=') && event.name !== 'intermediateThrowEvent') report(definition, 'The errorCode of the error catch event is not allowed to be an expression');
}

function checkTimer(definition: XmlElement, report: Report): void {
  const times = ['timeDuration', 'timeDate', 'timeCycle'].map((name) => child(definition, name, BPMN)).filter((each) => each !== undefined);
  if (times.length !== 1) report(definition, ONE_TIMER);
  for (const time of times) {
    const problem = expressionProblem(time.text.trim(), { optional: true });
    if (problem !== undefined) report(definition, problem);
  }
}

/** Whether a start event belongs to an event subprocess. */
export const startsEventSubprocess = (diagram: Diagram, event: XmlElement): boolean => {
  const scope = diagram.parentOf(event);
  return scope !== undefined && isEventSubprocess(scope);
};
