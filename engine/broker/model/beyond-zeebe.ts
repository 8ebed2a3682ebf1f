import type { ModelProblem } from './read-process.ts';
import { BPMN } from './namespaces.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** Namespace of what this product adds to diagrams. */
export const GUICHENG = 'http://guicheng/bpmn';

const defines = (kind: string) => (element: XmlElement): boolean => element.children.some((each) => each.ns === BPMN && each.name === `${kind}EventDefinition`);
const is = (name: string) => (element: XmlElement): boolean => element.name === name;
const startsByCondition = (element: XmlElement): boolean => element.children.some((each) => each.name === 'startEvent' && defines('conditional')(each));

/** What this engine executes of BPMN although Zeebe 8.5 refuses to deploy it: Zeebe's word, and of which elements it does not hold here. */
const LIFTED: readonly (readonly [message: RegExp, of: (element: XmlElement) => boolean])[] = [
  [/^Currently the inclusive gateway can only have one incoming/, is('inclusiveGateway')],
  [/^Boundary events must be one of/, (element) => defines('conditional')(element) || defines('cancel')(element)],
  [/^Event definition must be one of/, defines('conditional')],
  [/^End events must be one of/, defines('cancel')],
  [/^Event definition of this type is not supported/, (element) => ['conditional', 'cancel'].some((kind) => element.name === `${kind}EventDefinition` || defines(kind)(element))],
  [/^Start events in event subprocesses must be one of/, startsByCondition],
  [/^Elements of type 'Transaction'/, is('transaction')],
  [/^Elements of type 'AdHocSubProcess'/, is('adHocSubProcess')],
];

/**
 * Leaves out the problems that this engine has none with, of diagrams that say they are made for it: `executes="beyond-zeebe"` of the
 * product's namespace on `definitions`. All others are held to exactly what Zeebe 8.5 takes.
 */
export function withoutLifted(xml: string, problems: readonly ModelProblem[]): ModelProblem[] {
  if (problems.length === 0 || !xml.includes(GUICHENG)) return [...problems];
  const root = parseXml(xml);
  if (root.attrs[`{${GUICHENG}}executes`] !== 'beyond-zeebe') return [...problems];
  const byId = new Map<string, XmlElement>();
  index(root, byId);
  // A path `a > signalEventDefinition` begins with the element's id.
  return problems.filter(({ elementId, message }) => {
    const element = byId.get(elementId.split(' > ')[0]!);
    return element === undefined || !LIFTED.some(([word, of]) => word.test(message) && of(element));
  });
}

function index(element: XmlElement, byId: Map<string, XmlElement>): void {
  if (element.attrs['id'] !== undefined) byId.set(element.attrs['id'], element);
  for (const each of element.children) index(each, byId);
}
