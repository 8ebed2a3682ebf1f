import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateDecision, readDecisions } from '../../../engine/broker/decisions/index.ts';
import type { DecisionEvaluation } from '../../../engine/broker/decisions/index.ts';
import { jsonScope } from '../../../engine/contract/feel/index.ts';
import type { JsonObject, JsonValue } from '../../../engine/contract/json.ts';

const diagram = (name: string): string => readFileSync(new URL(`./${name}.dmn`, import.meta.url), 'utf8');
const evaluate = (name: string, decision: string, variables: JsonObject): DecisionEvaluation =>
  evaluateDecision(readDecisions(diagram(name)), decision, jsonScope(variables));

// the expected outcomes were read from the engine Zeebe 8.5.8 embeds
describe('a decision table', () => {
  it.each<[string, string, JsonObject, JsonValue]>([
    ['unique', 'level', { age: 10 }, 'minor'],
    ['first', 'level', { age: 70 }, 'senior'],
    ['any', 'level', { age: 70 }, 'adult'],
    ['priority', 'level', { age: 70 }, 'senior'],
    ['output-order', 'level', { age: 70 }, ['senior', 'adult']],
    ['rule-order', 'level', { age: 70 }, ['adult', 'senior']],
    ['collect', 'level', { age: 70 }, ['adult', 'senior']],
    ['collect-sum', 'points', { age: 70, bonus: 4 }, 6.5],
    ['collect-min', 'points', { age: 70, bonus: 4 }, 2.5],
    ['collect-max', 'points', { age: 70, bonus: 4 }, 4],
    ['collect-count', 'points', { age: 70 }, 2],
    ['several-outputs', 'assessment', { age: 70, country: 'HK' }, [{ level: 'home', points: 71 }, { level: 'senior', points: null }]],
    ['default-output', 'level', { age: 40 }, 'unknown'],
  ])('of hit policy %s decides %s of %j to be %j', (name, decision, variables, expected) => {
    const evaluation = evaluate(name, decision, variables);
    expect(evaluation.failure).toBeUndefined();
    expect(evaluation.output).toEqual(expected);
  });

  it.each(['unique', 'first', 'any', 'priority', 'output-order', 'rule-order', 'collect'])('gives null when no rule matches under %s', (name) => {
    expect(evaluate(name, 'level', {})).toMatchObject({ output: null, evaluatedDecisions: [{ decisionId: 'level', matchedRules: [] }] });
  });

  it.each(['collect-sum', 'collect-min', 'collect-max', 'collect-count'])('gives null when no rule matches under %s', (name) => {
    expect(evaluate(name, 'points', {})).toMatchObject({ output: null });
    expect(evaluate(name, 'points', {}).failure).toBeUndefined();
  });

  it.each<[string, string, JsonObject, string]>([
    ['unique', 'level', { age: 70 }, "multiple values aren't allowed for UNIQUE hit policy"],
    ['any', 'level', { age: 95 }, "different values aren't allowed for ANY hit policy"],
    ['collect-sum', 'points', { age: 70 }, "expected number but found 'null'"],
    ['collect-min', 'points', { age: 70, bonus: 'x' }, "expected number but found '\"x\"'"],
  ])('of hit policy %s fails for %s of %j', (name, decision, variables, message) => {
    const { failure, output } = evaluate(name, decision, variables);
    expect(output).toBeNull();
    expect(failure).toMatchObject({ failedDecisionId: decision, message: expect.stringContaining(message) });
  });

  it('notes inputs, matched rules from 1 and outputs, also when it fails', () => {
    // when
    const { evaluatedDecisions } = evaluate('unique', 'level', { age: 70 });
    // then
    const output = (value: string): JsonObject => ({ outputId: 'out1', outputName: 'result', outputValue: value });
    expect(evaluatedDecisions).toEqual([{
      decisionId: 'level', decisionName: 'level', decisionType: 'DECISION_TABLE', output: null,
      evaluatedInputs: [{ inputId: 'in1', inputName: 'Age', inputValue: 70 }],
      matchedRules: [
        { ruleId: 'rule2', ruleIndex: 2, evaluatedOutputs: [output('adult')] },
        { ruleId: 'rule3', ruleIndex: 3, evaluatedOutputs: [output('senior')] },
      ],
    }]);
  });

  it('takes an input that cannot be evaluated as null, with the problem kept', () => {
    const { problems } = evaluate('unique', 'level', {});
    expect(problems[0]).toMatchObject({ type: 'NO_VARIABLE_FOUND', source: 'age' });
  });
});

describe('required decisions', () => {
  it('are evaluated first, each time they are required, and known by the name of their variable', () => {
    const { output, evaluatedDecisions } = evaluate('required', 'fee', { amount: 2000 });
    expect(output).toBe(400);
    expect(evaluatedDecisions.map(({ decisionId, output: value }) => [decisionId, value]))
      .toEqual([['base', 200], ['risk', 'high'], ['base', 200], ['fee', 400]]);
  });

  it('that fail name themselves', () => {
    const { failure, evaluatedDecisions } = evaluate('literal', 'dependent', { a: 1 });
    expect(failure?.failedDecisionId).toBe('failing');
    expect(failure?.message).toMatch(/^Expected to evaluate decision 'dependent', but .*too small/);
    expect(evaluatedDecisions.map(({ decisionId }) => decisionId)).toEqual(['failing']);
  });
});

describe('other logic', () => {
  it.each<[string, string, JsonObject, string, JsonValue]>([
    ['literal', 'total', { a: 1, b: 2 }, 'LITERAL_EXPRESSION', 3],
    ['knowledge', 'called', { amount: 100 }, 'LITERAL_EXPRESSION', 5],
    ['knowledge', 'invoked', { amount: 100 }, 'INVOCATION', 2],
    ['boxed', 'boxed_context', { amount: 100 }, 'CONTEXT', { net: 100, gross: 113 }],
    ['boxed', 'boxed_result', { amount: 100 }, 'CONTEXT', 101],
    ['boxed', 'boxed_list', { amount: 100 }, 'LIST', [100, 101]],
    ['boxed', 'boxed_relation', { amount: 100 }, 'RELATION', [{ name: 'a', limit: 100 }, { name: 'b', limit: 2 }]],
  ])('of %s, decision %s of %j, is a %s and gives %j', (name, decision, variables, type, expected) => {
    const { output, evaluatedDecisions } = evaluate(name, decision, variables);
    expect(output).toEqual(expected);
    expect(evaluatedDecisions.at(-1)).toMatchObject({ decisionId: decision, decisionType: type, output: expected });
  });

  it('of a result with another type than its variable says fails', () => {
    const xml = diagram('literal').replace('<variable name="total"/>', '<variable name="total" typeRef="string"/>');
    const { failure } = evaluateDecision(readDecisions(xml), 'total', jsonScope({ a: 1, b: 2 }));
    expect(failure?.message).toContain("expected 'string' but found '3'");
  });

  it('of an unknown id fails', () => {
    expect(evaluate('literal', 'nope', {}).failure?.message).toBe("Expected to evaluate decision 'nope', but no decision found for id 'nope'");
  });
});
