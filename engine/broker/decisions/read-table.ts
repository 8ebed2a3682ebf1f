import { compileExpression, compileUnaryTests, FeelSyntaxError, jsonScope } from '../../contract/feel/index.ts';
import type { CompiledUnaryTests, FeelValue } from '../../contract/feel/index.ts';
import { child, childrenOf } from '../model/xml.ts';
import type { XmlElement } from '../model/xml.ts';
import { DecisionModelError } from './model.ts';
import type { Aggregator, DecisionTable, HitPolicy, Output, Rule } from './model.ts';
import { checkLanguage, literalOf, orRefuse, textOf } from './read-logic.ts';

const hitPolicies = new Set<string>(['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT']);
const aggregators = new Set<string>(['SUM', 'MIN', 'MAX', 'COUNT']);

/** Reads a decision table. @throws DecisionModelError */
export function readTable(element: XmlElement, where: string): DecisionTable {
  const hitPolicy = element.attrs['hitPolicy'] ?? 'UNIQUE';
  const aggregation = element.attrs['aggregation'];
  if (!hitPolicies.has(hitPolicy)) throw new DecisionModelError(`${where}: unknown hit policy '${hitPolicy}'`);
  if (aggregation !== undefined && !aggregators.has(aggregation)) throw new DecisionModelError(`${where}: unknown aggregation '${aggregation}'`);
  const outputs = readOutputs(childrenOf(element, 'output'), where);
  if (hitPolicy === 'COLLECT' && aggregation !== undefined && outputs.length > 1) {
    throw new DecisionModelError(`${where}: hit policy 'COLLECT' with aggregator is not defined for compound output`);
  }
  const inputs = childrenOf(element, 'input').map((input, index) => {
    const id = input.attrs['id'] ?? '';
    return { id, name: input.attrs['label'] ?? '', expression: literalOf(child(input, 'inputExpression'), `${where}, input ${quotedOr(id, index)}`) };
  });
  return {
    type: 'DECISION_TABLE', inputs, outputs,
    hitPolicy: hitPolicy as HitPolicy,
    ...(aggregation === undefined ? {} : { aggregator: aggregation as Aggregator }),
    rules: childrenOf(element, 'rule').map((rule, index) => readRule(rule, index, outputs, where)),
  };
}

function readOutputs(elements: XmlElement[], where: string): Output[] {
  if (elements.length === 0) throw new DecisionModelError(`${where}: the decision table has no output`);
  return elements.map((element, index) => {
    const { id = '', name = '', label } = element.attrs;
    if (name === '' && elements.length > 1) throw new DecisionModelError(`${where}: output ${quotedOr(id, index)} has no name, which a table of several outputs needs`);
    const fallback = textOf(child(element, 'defaultOutputEntry'));
    const place = `${where}, default of output ${quotedOr(id, index)}`;
    return {
      id, name,
      title: label ?? name,
      priorities: readPriorities(textOf(child(element, 'outputValues'))),
      ...(fallback === '' ? {} : { fallback: literalOf(child(element, 'defaultOutputEntry'), place) }),
    };
  });
}

// a hint for the editor otherwise, so a text that is no list of values is not refused
function readPriorities(text: string): FeelValue[] {
  try {
    const { value } = compileExpression(`[${text}]`).evaluate(jsonScope({}));
    return Array.isArray(value) ? value : [];
  } catch (error) {
    if (error instanceof FeelSyntaxError) return [];
    throw error;
  }
}

function readRule(element: XmlElement, index: number, outputs: Output[], where: string): Rule {
  const id = element.attrs['id'] ?? '';
  const place = `${where}, rule ${quotedOr(id, index)}`;
  const results = childrenOf(element, 'outputEntry');
  if (results.length !== outputs.length) throw new DecisionModelError(`${place} has ${results.length} output entries for ${outputs.length} outputs`);
  return {
    id,
    tests: childrenOf(element, 'inputEntry').map((entry, at) => readTests(entry, `${place}, input entry ${at + 1}`)),
    results: results.map((entry, at) => literalOf(entry, `${place}, output entry ${at + 1}`)),
  };
}

function readTests(entry: XmlElement, where: string): CompiledUnaryTests | undefined {
  checkLanguage(entry, where);
  const text = textOf(entry);
  if (text === '' || text === '-') return undefined;
  return orRefuse(where, 'FEEL unary-tests', () => compileUnaryTests(text));
}

function quotedOr(id: string, index: number): string {
  return id === '' ? String(index + 1) : `'${id}'`;
}
