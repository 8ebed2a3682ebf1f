import type { ModelProblem } from './read-process.ts';
import { BPMN } from './namespaces.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** Namespace of what this product adds to diagrams. */
const GUICHENG = 'http://guicheng/bpmn';

/** Whether a diagram says it is made for this engine: `executes="beyond-zeebe"` of the product's namespace on `definitions`. All others mean what they mean to Zeebe 8.5. */
export const asksForMore = (root: XmlElement): boolean => root.attrs[`{${GUICHENG}}executes`] === 'beyond-zeebe';

const defines = (kind: string) => (element: XmlElement): boolean => element.children.some((each) => each.ns === BPMN && each.name === `${kind}EventDefinition`);
const definesSeveral = (element: XmlElement): boolean => element.children.filter((each) => each.ns === BPMN && each.name.endsWith('EventDefinition')).length > 1;
const is = (name: string) => (element: XmlElement): boolean => element.name === name;
const startsBy = (kind: string) => (element: XmlElement): boolean => element.children.some((each) => each.name === 'startEvent' && defines(kind)(each));

const AWAITED = new Set(['messageEventDefinition', 'timerEventDefinition', 'signalEventDefinition', 'conditionalEventDefinition']);

/** An event-based gateway with nothing behind it but events that can be waited for, conditional ones included. */
function awaitsEventsAlone(gateway: XmlElement, byId: ReadonlyMap<string, XmlElement>): boolean {
  const targets = [...byId.values()].filter((each) => each.name === 'sequenceFlow' && each.attrs['sourceRef'] === gateway.attrs['id']).map((flow) => byId.get(flow.attrs['targetRef'] ?? ''));
  return targets.every((target) => target?.name === 'intermediateCatchEvent' && target.children.filter((each) => each.name.endsWith('EventDefinition')).every((each) => AWAITED.has(each.name)));
}

/** What this engine executes of BPMN although Zeebe 8.5 refuses to deploy it: Zeebe's word, and of which elements it does not hold here. */
const LIFTED: readonly (readonly [message: RegExp, of: (element: XmlElement, byId: ReadonlyMap<string, XmlElement>) => boolean])[] = [
  [/^Event-based gateway must not have an outgoing sequence flow to other elements/, awaitsEventsAlone],
  [/^Currently the inclusive gateway can only have one incoming/, is('inclusiveGateway')],
  [/^Boundary events must be one of/, (element) => defines('conditional')(element) || defines('cancel')(element)],
  [/^Event definition must be one of/, defines('conditional')],
  [/^End events must be one of/, defines('cancel')],
  [/^Event definition of this type is not supported/, (element) => ['conditional', 'cancel'].some((kind) => element.name === `${kind}EventDefinition` || defines(kind)(element))],
  [/^Start events in event subprocesses must be one of/, (element) => startsBy('conditional')(element) || startsBy('compensate')(element)],
  [/^Must have at least one start event/, (element) => element.children.some((each) => each.name === 'receiveTask' && each.attrs['instantiate'] === 'true')],
  [/^Must have exactly one event definition/, definesSeveral],
  [/^Must have at most one event definition/, definesSeveral],
  [/^Start event can't have more than one type/, definesSeveral],
  [/^Elements of type 'Transaction'/, is('transaction')],
  [/^Elements of type 'AdHocSubProcess'/, is('adHocSubProcess')],
];

/** Leaves out the problems that this engine has none with, of diagrams that are made for it. */
export function withoutLifted(xml: string, problems: readonly ModelProblem[]): ModelProblem[] {
  if (problems.length === 0 || !xml.includes(GUICHENG)) return [...problems];
  const root = parseXml(xml);
  if (!asksForMore(root)) return [...problems];
  const byId = new Map<string, XmlElement>();
  index(root, byId);
  // A path `a > signalEventDefinition` begins with the element's id.
  return problems.filter(({ elementId, message }) => {
    const element = byId.get(elementId.split(' > ')[0]!);
    return element === undefined || !LIFTED.some(([word, of]) => word.test(message) && of(element, byId));
  });
}

function index(element: XmlElement, byId: Map<string, XmlElement>): void {
  if (element.attrs['id'] !== undefined) byId.set(element.attrs['id'], element);
  for (const each of element.children) index(each, byId);
}
