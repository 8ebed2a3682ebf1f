import { child, childrenOf, parseXml, XmlSyntaxError } from '../model/xml.ts';
import type { XmlElement } from '../model/xml.ts';
import { fitsSchema } from './check-schema.ts';
import { expressionOf, readAll, readLogic } from './read-logic.ts';
import { readTable } from './read-table.ts';
import { DecisionModelError } from './model.ts';
import type { Decision, DecisionModel, DecisionType, Knowledge, Logic, Parameter } from './model.ts';

const namespace = /^(https?:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/(MODEL\/|dmn\.xsd)|http:\/\/www\.omg\.org\/spec\/DMN\/20151101\/dmn\.xsd)$/;
/** All that Zeebe 8.5 says of a file that is no DMN, or one its schema refuses. */
const UNREADABLE = 'Failed to parse DMN: org.camunda.bpm.model.dmn.DmnModelException: Unable to parse model';
const logicNames = ['decisionTable', 'literalExpression', 'context', 'invocation', 'list', 'relation', 'functionDefinition'];

/**
 * Reads a DMN file and compiles every expression of it.
 * @throws DecisionModelError for whatever Zeebe 8.5 refuses at deployment; the message names the element
 */
export function readDecisions(xml: string): DecisionModel {
  const root = parsed(xml);
  if (root.name !== 'definitions' || !namespace.test(root.ns) || !fitsSchema(root)) throw new DecisionModelError(UNREADABLE);
  const knowledge = childrenOf(root, 'businessKnowledgeModel', root.ns).map(readKnowledge);
  const decisions = readAll(childrenOf(root, 'decision', root.ns), readDecision);
  const model: DecisionModel = {
    id: required(root, 'id', 'definitions'), name: root.attrs['name']!, namespace: root.attrs['namespace'] ?? '', decisions, knowledge,
  };
  checkReferences(model);
  return model;
}

function parsed(xml: string): XmlElement {
  try {
    return parseXml(xml);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new DecisionModelError(UNREADABLE, { cause: error });
  }
}

function readDecision(element: XmlElement): Decision {
  const id = required(element, 'id', 'decision');
  const where = `decision '${id}'`;
  const logic = logicOf(element, where);
  if (logic === undefined || logic.type === 'FUNCTION') throw new DecisionModelError(`unsupported decision expression '${logic === undefined ? 'null' : 'functionDefinition'}'`);
  const variable = child(element, 'variable');
  return {
    id, logic,
    name: required(element, 'name', where),
    type: logic.type satisfies DecisionType,
    resultName: variable?.attrs['name'] ?? id,
    ...(variable?.attrs['typeRef'] === undefined ? {} : { resultType: variable.attrs['typeRef'] }),
    requiredDecisions: references(element, 'informationRequirement', 'requiredDecision'),
    requiredKnowledge: references(element, 'knowledgeRequirement', 'requiredKnowledge'),
  };
}

function readKnowledge(element: XmlElement): Knowledge {
  const id = required(element, 'id', 'businessKnowledgeModel');
  const where = `business knowledge model '${id}'`;
  const body = child(element, 'encapsulatedLogic');
  const parameters = body === undefined ? [] : readParameters(body);
  // without logic it is a mere note in the diagram
  const logic = (body === undefined ? undefined : logicOf(body, where)) ?? ({ type: 'LITERAL_EXPRESSION', expression: expressionOf('null') } as const);
  return { id, parameters, logic, name: required(element, 'name', where), requiredKnowledge: references(element, 'knowledgeRequirement', 'requiredKnowledge') };
}

function logicOf(parent: XmlElement, where: string): Logic | undefined {
  const element = parent.children.find((each) => each.ns === parent.ns && logicNames.includes(each.name));
  return element === undefined ? undefined : readExpression(element, where);
}

function readExpression(element: XmlElement, where: string): Logic {
  return element.name === 'decisionTable' ? readTable(element) : readLogic(element, where, logicOf, readParameters);
}

function readParameters(element: XmlElement): Parameter[] {
  return childrenOf(element, 'formalParameter').map(({ attrs }) => ({
    name: attrs['name'] ?? '', ...(attrs['typeRef'] === undefined ? {} : { type: attrs['typeRef'] }),
  }));
}

function references(element: XmlElement, requirement: string, target: string): string[] {
  return childrenOf(element, requirement).flatMap((each) => childrenOf(each, target)).map(({ attrs }) => (attrs['href'] ?? '').replace(/^.*#/, ''));
}

function required(element: XmlElement, attribute: string, where: string): string {
  const value = element.attrs[attribute];
  if (value === undefined || value === '') throw new DecisionModelError(`${where} has no ${attribute}`);
  return value;
}

function checkReferences(model: DecisionModel): void {
  const decisions = new Map(model.decisions.map((each) => [each.id, each]));
  const knowledge = new Map(model.knowledge.map((each) => [each.id, each]));
  for (const { requiredDecisions, requiredKnowledge, logic } of model.decisions) {
    for (const other of requiredDecisions) if (!decisions.has(other)) throw new DecisionModelError(`Unable to find a model element instance for id ${other}`);
    for (const other of requiredKnowledge) if (!knowledge.has(other)) throw new DecisionModelError(`Unable to find a model element instance for id ${other}`);
    const known = requiredKnowledge.map((each) => knowledge.get(each)!.name);
    if (logic.type === 'INVOCATION' && !known.includes(logic.knowledge)) throw new DecisionModelError(`no BKM found with name '${logic.knowledge}'`);
  }
  for (const { requiredKnowledge } of model.knowledge) {
    for (const other of requiredKnowledge) if (!knowledge.has(other)) throw new DecisionModelError(`Unable to find a model element instance for id ${other}`);
  }
  checkCycles(model.decisions.map(({ id, requiredDecisions }) => [id, requiredDecisions]), 'decisions');
  checkCycles(model.knowledge.map(({ id, requiredKnowledge }) => [id, requiredKnowledge]), 'business knowledge models');
}

function checkCycles(edges: [string, readonly string[]][], what: string): void {
  const next = new Map(edges);
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new DecisionModelError(`Invalid DMN model: Cyclic dependencies between ${what} detected.`);
    if (done.has(id)) return;
    for (const other of next.get(id) ?? []) visit(other, [...path, id]);
    done.add(id);
  };
  for (const [id] of edges) visit(id, []);
}
