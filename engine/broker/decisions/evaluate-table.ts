import { asNumber, compileExpression, failureText, FeelContext, feelEqual, FeelFailure, feelToExactJson, printValue } from '../../contract/feel/index.ts';
import type { FeelScope, FeelValue } from '../../contract/feel/index.ts';
import type { DecisionTable, Output, Rule } from './model.ts';
import { valueOf } from './place.ts';
import type { Place } from './place.ts';

const aggregations = {
  SUM: compileExpression('sum(values)'), MIN: compileExpression('min(values)'), MAX: compileExpression('max(values)'), COUNT: compileExpression('count(values)'),
};

/** Evaluates a decision table and notes its inputs and matching rules. @throws FeelFailure when the hit policy is violated */
export function evaluateTable(table: DecisionTable, place: Place): FeelValue {
  const inputs = table.inputs.map((input) => {
    const value = valueOf(input.expression, place);
    return { value, record: { inputId: input.id, inputName: input.name, inputValue: feelToExactJson(value) } };
  });
  place.inputs.push(...inputs.map(({ record }) => record));
  const values = inputs.map(({ value }) => value);
  const hits: FeelValue[][] = [];
  // FIRST needs no further rules than the first that matches
  for (const [index, rule] of table.rules.entries()) {
    if (!matches(rule, values, place)) continue;
    const results = rule.results.map((result) => valueOf(result, place));
    hits.push(results);
    place.rules.push({
      ruleId: rule.id,
      ruleIndex: index + 1,
      evaluatedOutputs: table.outputs.map(({ id, title }, at) => ({ outputId: id, outputName: title, outputValue: feelToExactJson(results[at] ?? null) })),
    });
    if (table.hitPolicy === 'FIRST') break;
  }
  return hits.length === 0 ? fallback(table.outputs, place) : resultOf(table, hits, place.scope);
}

function matches(rule: Rule, values: FeelValue[], place: Place): boolean {
  return rule.tests.every((tests, index) => {
    if (tests === undefined || index >= values.length) return true;
    const result = tests.evaluate(values[index]!, place.scope, place.options);
    place.problems.push(...result.problems);
    if (result.failure !== undefined) throw new FeelFailure(failureText(tests.text, result));
    return result.value === true;
  });
}

/** No rule matched: null under every hit policy, unless outputs have default values. */
function fallback(outputs: readonly Output[], place: Place): FeelValue {
  if (outputs.every((output) => output.fallback === undefined)) return null;
  return combined(outputs, outputs.map((output) => (output.fallback === undefined ? null : valueOf(output.fallback, place))));
}

function resultOf(table: DecisionTable, hits: FeelValue[][], scope: FeelScope): FeelValue {
  const { hitPolicy, outputs, aggregator } = table;
  const all = (rows: FeelValue[][]): FeelValue[] => rows.map((row) => combined(outputs, row));
  switch (hitPolicy) {
    case 'UNIQUE':
      if (hits.length > 1) throw new FeelFailure(`multiple values aren't allowed for UNIQUE hit policy. found: '${listed(outputs, hits)}'`);
      return all(hits)[0]!;
    case 'FIRST': return all(hits)[0]!;
    case 'ANY': {
      const results = all(hits);
      if (!results.every((result) => feelEqual(result, results[0]!) === true)) {
        throw new FeelFailure(`different values aren't allowed for ANY hit policy. found: '${listed(outputs, different(hits))}'`);
      }
      return results[0]!;
    }
    case 'PRIORITY': return all(byPriority(outputs, hits))[0]!;
    case 'OUTPUT ORDER': return all(byPriority(outputs, hits));
    case 'RULE ORDER': return all(hits);
    case 'COLLECT': return aggregator === undefined ? all(hits) : aggregated(aggregator, all(hits), scope);
  }
}

/** Results as Zeebe's messages list them. */
function listed(outputs: readonly Output[], rows: FeelValue[][]): string {
  return `List(${rows.map((row) => `Map(${outputs.map(({ name }, at) => `${name} -> ${printValue(row[at]!)}`).join(', ')})`).join(', ')})`;
}

function different(rows: FeelValue[][]): FeelValue[][] {
  return rows.filter((row, at) => rows.findIndex((other) => other.every((value, n) => feelEqual(value, row[n]!) === true)) === at);
}

function aggregated(aggregator: keyof typeof aggregations, values: FeelValue[], scope: FeelScope): FeelValue {
  if (aggregator !== 'COUNT') {
    const wrong = values.find((value) => asNumber(value) === null);
    if (wrong !== undefined) throw new FeelFailure(`expected number but found '${printValue(wrong)}'`);
  }
  return aggregations[aggregator].evaluate({ get: (name) => (name === 'values' ? values : scope.get(name)) }).value;
}

/** By the first output's list of values, then by the second's …; a value that is in no list comes last. */
function byPriority(outputs: readonly Output[], hits: FeelValue[][]): FeelValue[][] {
  const rank = ({ priorities }: Output, value: FeelValue): number => {
    const at = priorities.findIndex((each) => feelEqual(each, value) === true);
    return at < 0 ? priorities.length : at;
  };
  return [...hits].sort((left, right) => {
    for (const [index, output] of outputs.entries()) {
      const order = rank(output, left[index]!) - rank(output, right[index]!);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** One output: its value; several: a context by their names. */
function combined(outputs: readonly Output[], row: FeelValue[]): FeelValue {
  return outputs.length === 1 ? row[0]! : new FeelContext(new Map(outputs.map(({ name }, index) => [name, row[index] ?? null])));
}
