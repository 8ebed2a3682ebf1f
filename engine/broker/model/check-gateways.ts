import { expressionProblem } from './check-extensions.ts';
import { eventDefinitionsOf, type Diagram, type Report } from './diagram.ts';
import { BPMN } from './namespaces.ts';
import { child, type XmlElement } from './xml.ts';

const DECIDES = new Set(['exclusiveGateway', 'inclusiveGateway']);
const AWAITED = new Set(['messageEventDefinition', 'timerEventDefinition', 'signalEventDefinition']);

const conditionOf = (flow: XmlElement): XmlElement | undefined => child(flow, 'conditionExpression', BPMN);

/** The rules of gateways, and of conditions anywhere else. */
export function checkGateway(diagram: Diagram, element: XmlElement, report: Report): void {
  const outgoing = diagram.outgoing(element);
  if (element.name === 'exclusiveGateway') checkConditions(element, outgoing, 'Must have a condition or be default flow', report);
  if (element.name === 'inclusiveGateway') {
    checkConditions(element, outgoing, 'Must have a condition', report);
    if (diagram.incoming(element).length > 1) report(element, 'Currently the inclusive gateway can only have one incoming sequence flow');
  }
  if (!DECIDES.has(element.name) && outgoing.some((flow) => conditionOf(flow) !== undefined)) report(element, 'Conditional sequence flows are only supported at exclusive or inclusive gateway');
  if (element.name === 'eventBasedGateway') checkEventBased(diagram, element, outgoing, report);
}

function checkConditions(gateway: XmlElement, outgoing: readonly XmlElement[], message: string, report: Report): void {
  const { default: standard } = gateway.attrs;
  if (outgoing.length > 1) for (const flow of outgoing) if (conditionOf(flow) === undefined && flow.attrs['id'] !== standard) report(flow, message);
  if (standard !== undefined && !outgoing.some((flow) => flow.attrs['id'] === standard)) report(gateway, 'Default flow must start at gateway');
}

function checkEventBased(diagram: Diagram, gateway: XmlElement, outgoing: readonly XmlElement[], report: Report): void {
  if (outgoing.length < 2) report(gateway, 'Event-based gateway must have at least 2 outgoing sequence flows.');
  const targets = outgoing.map((flow) => diagram.byId(flow.attrs['targetRef'])).filter((each) => each !== undefined);
  const awaits = (target: XmlElement): boolean => target.name === 'intermediateCatchEvent' && eventDefinitionsOf(target).every((each) => AWAITED.has(each.name));
  if (targets.some((target) => !awaits(target))) report(gateway, 'Event-based gateway must not have an outgoing sequence flow to other elements than message/timer/signal intermediate catch events.');
  const fromElsewhere = (target: XmlElement): boolean => diagram.incoming(target).some((flow) => flow.attrs['sourceRef'] !== gateway.attrs['id']);
  if (targets.some(fromElsewhere)) report(gateway, 'Target elements of an event gateway must not have any additional incoming sequence flows other than that from the event gateway.');
}

/** A condition must be FEEL. */
export function checkSequenceFlow(flow: XmlElement, report: Report): void {
  const condition = conditionOf(flow);
  const problem = condition === undefined ? undefined : expressionProblem(condition.text.trim(), { feelOnly: true });
  if (problem !== undefined) report(condition!, problem);
}
