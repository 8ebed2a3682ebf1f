import { kindOfDefinition } from './check-events.ts';
import { eventDefinitionsOf, isEventSubprocess, startEventsOf, type Diagram, type Report } from './diagram.ts';
import { BPMN } from './namespaces.ts';
import { childrenOf, type XmlElement } from './xml.ts';

const STARTS_EVENT_SUBPROCESS = new Set(['message', 'timer', 'error', 'signal', 'escalation']);

/** What must be so of the start events of a process or subprocess, and of everything one element waits for at a time. */
export function checkScope(diagram: Diagram, element: XmlElement, report: Report): void {
  if (element.name === 'process') {
    checkProcessStarts(element, report);
    checkLinks(diagram, element, report);
  }
  if (element.name === 'subProcess') checkSubprocess(diagram, element, report);
  // what is attached to a subprocess and what waits inside of it are two places
  checkTwins(diagram, element, waitsIn(diagram, element), report);
  checkTwins(diagram, element, attachedTo(diagram, element), report);
}

function checkProcessStarts(process: XmlElement, report: Report): void {
  const starts = startEventsOf(process);
  if (starts.length === 0) report(process, 'Must have at least one start event');
  if (starts.filter((each) => eventDefinitionsOf(each).length === 0).length > 1) report(process, 'Multiple none start events are not allowed');
}

function checkSubprocess(diagram: Diagram, element: XmlElement, report: Report): void {
  const starts = startEventsOf(element);
  const [start] = starts;
  if (start === undefined || starts.length !== 1) return report(element, 'Must have exactly one start event');
  const kinds = eventDefinitionsOf(start).map(kindOfDefinition);
  if (!isEventSubprocess(element)) {
    if (kinds.length > 0) report(element, 'Start events in subprocesses must be of type none');
    return;
  }
  const compensates = kinds.includes('compensate');
  if (compensates && diagram.parentOf(element)?.name === 'process') report(element, 'A compensation event subprocess is not allowed on the process level');
  if (kinds.length === 0 || kinds.some((kind) => !STARTS_EVENT_SUBPROCESS.has(kind))) report(element, 'Start events in event subprocesses must be one of: message, timer, error, signal or escalation');
  if (start.attrs['isInterrupting'] === 'false' && (compensates || kinds.includes('error'))) report(element, 'Non-Interrupting event of this type is not allowed');
}

/** The events that wait beside each other: behind an event-based gateway, or as long as a scope is there. */
function waitsIn(diagram: Diagram, element: XmlElement): XmlElement[] {
  if (element.name === 'eventBasedGateway') return [...new Set(diagram.outgoing(element).map((flow) => diagram.byId(flow.attrs['targetRef'])))].filter((each) => each !== undefined);
  if (element.name !== 'process' && element.name !== 'subProcess') return [];
  const inside = childrenOf(element, 'subProcess', BPMN).filter(isEventSubprocess).flatMap(startEventsOf);
  const isSignal = (event: XmlElement): boolean => eventDefinitionsOf(event).some(({ name }) => name === 'signalEventDefinition');
  return element.name === 'process' ? [...startEventsOf(element).filter(isSignal), ...inside] : inside;
}

const attachedTo = (diagram: Diagram, element: XmlElement): XmlElement[] =>
  (diagram.parentOf(element)?.children ?? []).filter((each) => each.name === 'boundaryEvent' && each.attrs['attachedToRef'] === element.attrs['id']);

function checkTwins(diagram: Diagram, owner: XmlElement, events: readonly XmlElement[], report: Report): void {
  const seen = new Map<string, number>();
  for (const definition of events.flatMap(eventDefinitionsOf)) {
    const kind = kindOfDefinition(definition);
    const name = nameOf(kind, diagram.byId(definition.attrs[`${kind}Ref`]));
    if (name === undefined) continue;
    const count = (seen.get(`${kind} ${name}`) ?? 0) + 1;
    seen.set(`${kind} ${name}`, count);
    if (count === 2) report(owner, twinsOf(kind, name));
  }
}

function nameOf(kind: string, referred: XmlElement | undefined): string | undefined {
  if (kind === 'message' || kind === 'signal') return referred?.attrs['name'];
  // one that refers to nothing catches everything; one that refers to something without code is let pass
  if (kind === 'error' || kind === 'escalation') return referred === undefined ? '' : referred.attrs[`${kind}Code`] || undefined;
  return undefined;
}

function twinsOf(kind: string, name: string): string {
  if (kind === 'message' || kind === 'signal') return `Multiple ${kind} event definitions with the same name '${name}' are not allowed.`;
  const code = kind === 'error' ? 'error code' : 'escalation code';
  if (name !== '') return `Multiple ${kind} catch events with the same ${code} '${name}' are not supported on the same scope.`;
  return `The same scope can not contain more than one ${kind} catch event without ${code}. An ${kind} catch event without ${code} catches all ${kind}s.`;
}

/** Links connect a throw event with the one catch event of its name. */
function checkLinks(diagram: Diagram, process: XmlElement, report: Report): void {
  const named = (tag: string): string[] =>
    [...diagram.within(process)].filter((each) => each.ns === BPMN && each.name === tag).flatMap(eventDefinitionsOf).filter((each) => each.name === 'linkEventDefinition').map((each) => each.attrs['name'] ?? '').filter((name) => name !== '');
  const caught = named('intermediateCatchEvent');
  for (const name of new Set(caught.filter((each, at) => caught.indexOf(each) !== at))) report(process, `Multiple intermediate catch link event definitions with the same name '${name}' are not allowed.`);
  for (const name of new Set(named('intermediateThrowEvent'))) if (!caught.includes(name)) report(process, `Can't find an catch link event for the throw link event with the name '${name}'.`);
}
