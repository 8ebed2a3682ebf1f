import { compileExpression, compileUnaryTests, FeelSyntaxError, jsonScope } from '../../contract/feel/index.ts';
import type { CompiledUnaryTests, FeelValue } from '../../contract/feel/index.ts';
import { child, childrenOf } from '../model/xml.ts';
import type { XmlElement } from '../model/xml.ts';
import { DecisionModelError } from './model.ts';
import type { Aggregator, DecisionTable, HitPolicy, Output, Rule } from './model.ts';
import { checkLanguage, literalOf, orRefuse, readAll, textOf } from './read-logic.ts';

/** Reads a decision table. @throws DecisionModelError */
export function readTable(element: XmlElement): DecisionTable {
  const hitPolicy = element.attrs['hitPolicy'] ?? 'UNIQUE';
  const aggregation = element.attrs['aggregation'];
  const outputs = readOutputs(childrenOf(element, 'output'));
  if (hitPolicy === 'COLLECT' && aggregation !== undefined && outputs.length > 1) {
    throw new DecisionModelError("hit policy 'COLLECT' with aggregator is not defined for compound output");
  }
  const inputs = readAll(childrenOf(element, 'input'), (input) => ({ id: input.attrs['id'] ?? '', name: input.attrs['label'] ?? '', expression: literalOf(child(input, 'inputExpression')) }));
  return {
    type: 'DECISION_TABLE', inputs, outputs,
    hitPolicy: hitPolicy as HitPolicy,
    ...(aggregation === undefined ? {} : { aggregator: aggregation as Aggregator }),
    rules: readAll(childrenOf(element, 'rule'), readRule),
  };
}

function readOutputs(elements: XmlElement[]): Output[] {
  return readAll(elements, (element) => {
    const { id = '', name = '', label } = element.attrs;
    if (name === '' && elements.length > 1) throw new DecisionModelError(`no output name defined for \`${label ?? ''}\``);
    const fallback = textOf(child(element, 'defaultOutputEntry'));
    return {
      id, name,
      title: label ?? name,
      priorities: readPriorities(textOf(child(element, 'outputValues'))),
      ...(fallback === '' ? {} : { fallback: literalOf(child(element, 'defaultOutputEntry')) }),
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

function readRule(element: XmlElement): Rule {
  const cells = readAll(element.children.filter(({ name }) => name === 'inputEntry' || name === 'outputEntry'), (entry) =>
    (entry.name === 'inputEntry' ? { tests: readTests(entry) } : { result: literalOf(entry) }));
  return {
    id: element.attrs['id'] ?? '',
    tests: cells.filter((cell) => 'tests' in cell).map(({ tests }) => tests),
    results: cells.flatMap((cell) => ('result' in cell && cell.result !== undefined ? [cell.result] : [])),
  };
}

function readTests(entry: XmlElement): CompiledUnaryTests | undefined {
  checkLanguage(entry);
  const text = textOf(entry);
  if (text === '' || text === '-') return undefined;
  return orRefuse('FEEL unary-tests', () => compileUnaryTests(text));
}
