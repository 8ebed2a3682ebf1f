import { child, childrenOf, parseXml, XmlSyntaxError } from '../model/xml.ts';
import type { XmlElement } from '../model/xml.ts';
import { expressionOf, readLogic } from './read-logic.ts';
import { readTable } from './read-table.ts';
import { DecisionModelError } from './model.ts';
import type { Decision, DecisionModel, DecisionType, Knowledge, Logic, Parameter } from './model.ts';

const namespace = /^(https?:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/(MODEL\/|dmn\.xsd)|http:\/\/www\.omg\.org\/spec\/DMN\/20151101\/dmn\.xsd)$/;
const logicNames = ['decisionTable', 'literalExpression', 'context', 'invocation', 'list', 'relation', 'functionDefinition'];

/**
 * Reads a DMN file and compiles every expression of it.
 * @throws DecisionModelError for whatever Zeebe 8.5 refuses at deployment; the message names the element
 */
export function readDecisions(xml: string): DecisionModel {
  const root = parsed(xml);
  if (root.name !== 'definitions' || !namespace.test(root.ns)) throw new DecisionModelError(`the file is no DMN: its root is '${root.name}' of namespace '${root.ns}'`);
  const knowledge = childrenOf(root, 'businessKnowledgeModel', root.ns).map(readKnowledge);
  const decisions = childrenOf(root, 'decision', root.ns).map(readDecision);
  const model: DecisionModel = {
    id: required(root, 'id', 'definitions'), name: required(root, 'name', 'definitions'), namespace: root.attrs['namespace'] ?? '', decisions, knowledge,
  };
  checkReferences(model);
  return model;
}

function parsed(xml: string): XmlElement {
  try {
    return parseXml(xml);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new DecisionModelError(`the file is not well-formed: ${error.message}`, { cause: error });
  }
}

function readDecision(element: XmlElement): Decision {
  const id = required(element, 'id', 'decision');
  const where = `decision '${id}'`;
  const logic = logicOf(element, where);
  if (logic === undefined || logic.type === 'FUNCTION') throw new DecisionModelError(`${where} has no logic: a decision table, literal expression, context, list, relation or invocation is expected`);
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
  const logic = (body === undefined ? undefined : logicOf(body, where)) ?? ({ type: 'LITERAL_EXPRESSION', expression: expressionOf('null', where) } as const);
  return { id, parameters, logic, name: required(element, 'name', where), requiredKnowledge: references(element, 'knowledgeRequirement', 'requiredKnowledge') };
}

function logicOf(parent: XmlElement, where: string): Logic | undefined {
  const element = parent.children.find((each) => each.ns === parent.ns && logicNames.includes(each.name));
  return element === undefined ? undefined : readExpression(element, where);
}

function readExpression(element: XmlElement, where: string): Logic {
  return element.name === 'decisionTable' ? readTable(element, where) : readLogic(element, where, logicOf, readParameters);
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
  if (decisions.size < model.decisions.length) throw new DecisionModelError(`two decisions of '${model.id}' have the same id`);
  for (const { id, requiredDecisions, requiredKnowledge, logic } of model.decisions) {
    for (const other of requiredDecisions) if (!decisions.has(other)) throw new DecisionModelError(`decision '${id}' requires decision '${other}', which is not in the file`);
    for (const other of requiredKnowledge) if (!knowledge.has(other)) throw new DecisionModelError(`decision '${id}' requires business knowledge model '${other}', which is not in the file`);
    const known = requiredKnowledge.map((each) => knowledge.get(each)!.name);
    if (logic.type === 'INVOCATION' && !known.includes(logic.knowledge)) throw new DecisionModelError(`decision '${id}' invokes '${logic.knowledge}', but requires no business knowledge model of that name`);
  }
  for (const { id, requiredKnowledge } of model.knowledge) {
    for (const other of requiredKnowledge) if (!knowledge.has(other)) throw new DecisionModelError(`business knowledge model '${id}' requires '${other}', which is not in the file`);
  }
  checkCycles(model.decisions.map(({ id, requiredDecisions }) => [id, requiredDecisions]), 'decision');
  checkCycles(model.knowledge.map(({ id, requiredKnowledge }) => [id, requiredKnowledge]), 'business knowledge model');
}

function checkCycles(edges: [string, readonly string[]][], what: string): void {
  const next = new Map(edges);
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new DecisionModelError(`${what} '${id}' requires itself: ${[...path.slice(path.indexOf(id)), id].join(' → ')}`);
    if (done.has(id)) return;
    for (const other of next.get(id) ?? []) visit(other, [...path, id]);
    done.add(id);
  };
  for (const [id] of edges) visit(id, []);
}
