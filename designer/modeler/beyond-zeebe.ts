import type { BpmnElement, BusinessObject, ModelerServices } from './services.ts';

/** What this product adds to diagrams, for the editor to read and keep: `executes="beyond-zeebe"` on `definitions`. */
export const guichengModdle = {
  name: 'Guicheng',
  uri: 'http://guicheng/bpmn',
  prefix: 'guicheng',
  xml: { tagAlias: 'lowerCase' },
  types: [{ name: 'MadeForThisEngine', extends: ['bpmn:Definitions'], properties: [{ name: 'executes', type: 'String', isAttr: true }] }],
};

const MADE_FOR_THIS_ENGINE = 'beyond-zeebe';

/** A node of the diagram as lint rules and the editor see it. */
export interface DiagramNode {
  $type: string;
  id: string;
  $parent?: DiagramNode;
  get?(name: string): unknown;
}

const read = (node: DiagramNode, name: string): unknown => node.get?.(name);

/** The root a node belongs to. */
function definitionsOf(node: DiagramNode): DiagramNode {
  let at = node;
  while (at.$parent !== undefined) at = at.$parent;
  return at;
}

/** Whether the diagram of a node says that it is made for this engine. */
export const isMadeForThisEngine = (node: DiagramNode): boolean => read(definitionsOf(node), 'guicheng:executes') === MADE_FOR_THIS_ENGINE;

/** Says so, or takes it back, as one undoable step. */
export function setMadeForThisEngine(services: ModelerServices, root: BpmnElement, made: boolean): void {
  const definitions = definitionsOf(root.businessObject as unknown as DiagramNode) as unknown as BusinessObject;
  services.get('modeling').updateModdleProperties(root, definitions, { 'guicheng:executes': made ? MADE_FOR_THIS_ENGINE : undefined });
}

const kindsOf = (node: DiagramNode): string[] => ((read(node, 'eventDefinitions') as DiagramNode[] | undefined) ?? []).map((each) => each.$type);

/** Whether Zeebe 8.5 refuses an element, or passes it over, that the embedded engine runs. */
export function isBeyondZeebe(node: DiagramNode): boolean {
  const kinds = node.$type.endsWith('Event') ? kindsOf(node) : [];
  if (kinds.length > 1 || kinds.includes('bpmn:ConditionalEventDefinition') || kinds.includes('bpmn:CancelEventDefinition')) return true;
  if (node.$type === 'bpmn:Transaction' || node.$type === 'bpmn:AdHocSubProcess') return true;
  if (node.$type === 'bpmn:InclusiveGateway') return ((read(node, 'incoming') as unknown[] | undefined) ?? []).length > 1;
  if (node.$type === 'bpmn:ReceiveTask' && read(node, 'instantiate') === true) return true;
  if (node.$type === 'bpmn:StartEvent' && kinds.includes('bpmn:CompensateEventDefinition')) return true;
  return (read(node, 'loopCharacteristics') as DiagramNode | undefined)?.$type === 'bpmn:StandardLoopCharacteristics';
}
