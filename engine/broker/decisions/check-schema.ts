import type { XmlElement } from '../model/xml.ts';

const NAMED = new Set(['definitions', 'decision', 'businessKnowledgeModel', 'inputData', 'knowledgeSource', 'decisionService', 'organizationUnit', 'performanceIndicator']);
const LOGIC = ['literalExpression', 'invocation', 'decisionTable', 'context', 'functionDefinition', 'relation', 'list', 'conditional', 'for', 'every', 'some', 'filter'];
const DRG = ['decision', 'businessKnowledgeModel', 'decisionService', 'inputData', 'knowledgeSource', 'invocable', 'drgElement'];
const base = ['description', 'extensionElements', 'extensionAttribute'];

/** Children in the order the DMN schema wants them; alternatives share a place. */
const ORDERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  definitions: [...base.map((each) => [each]), ['import'], ['itemDefinition'], DRG, ['textAnnotation', 'association', 'group', 'artifact'], ['performanceIndicator', 'organizationUnit', 'elementCollection', 'businessContextElement'], ['DMNDI']],
  decision: [...base.map((each) => [each]), ['question'], ['allowedAnswers'], ['variable'], ['informationRequirement'], ['knowledgeRequirement'], ['authorityRequirement'], ['supportedObjective'], ['impactedPerformanceIndicator'], ['decisionMaker'], ['decisionOwner'], ['usingProcess'], ['usingTask'], LOGIC],
  businessKnowledgeModel: [...base.map((each) => [each]), ['variable'], ['encapsulatedLogic'], ['knowledgeRequirement'], ['authorityRequirement']],
  decisionTable: [...base.map((each) => [each]), ['input'], ['output'], ['annotation'], ['rule']],
  rule: [...base.map((each) => [each]), ['inputEntry'], ['outputEntry'], ['annotationEntry']],
};

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  definitions: ['id', 'name', 'label', 'namespace', 'expressionLanguage', 'typeLanguage', 'exporter', 'exporterVersion'],
  decision: ['id', 'name', 'label'],
  businessKnowledgeModel: ['id', 'name', 'label'],
  inputData: ['id', 'name', 'label'],
  decisionTable: ['id', 'label', 'typeRef', 'hitPolicy', 'aggregation', 'preferredOrientation', 'outputLabel'],
  literalExpression: ['id', 'label', 'typeRef', 'expressionLanguage'],
};

const HIT_POLICIES = new Set(['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT']);
const AGGREGATIONS = new Set(['SUM', 'MIN', 'MAX', 'COUNT']);

/** Whether the DMN schema lets a file pass, as far as decisions and their tables go. */
export function fitsSchema(root: XmlElement): boolean {
  return fits(root, root.ns, new Set());
}

function fits(element: XmlElement, ns: string, ids: Set<string>): boolean {
  const { name, attrs } = element;
  const { id } = attrs;
  if (id !== undefined && ids.has(id)) return false;
  if (id !== undefined) ids.add(id);
  if (NAMED.has(name) && attrs['name'] === undefined) return false;
  if (name === 'definitions' && attrs['namespace'] === undefined) return false;
  if (name === 'decisionTable' && (!HIT_POLICIES.has(attrs['hitPolicy'] ?? 'UNIQUE') || !AGGREGATIONS.has(attrs['aggregation'] ?? 'SUM') || !element.children.some((each) => each.name === 'output'))) return false;
  const known = ATTRIBUTES[name];
  if (known !== undefined && Object.keys(attrs).some((each) => !each.startsWith('{') && !known.includes(each))) return false;
  return inOrder(element, ns) && element.children.every((each) => each.ns !== ns || each.name === 'extensionElements' || fits(each, ns, ids));
}

function inOrder(element: XmlElement, ns: string): boolean {
  const order = ORDERS[element.name];
  if (order === undefined) return true;
  let reached = 0;
  for (const each of element.children) {
    if (each.ns !== ns) continue;
    const place = order.findIndex((names, at) => at >= reached && names.includes(each.name));
    if (place < 0) return false;
    reached = place;
  }
  return true;
}
