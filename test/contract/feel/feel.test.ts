import { describe, expect, it } from 'vitest';
import { compileExpression, compileUnaryTests, feelToJson, FeelSyntaxError, jsonScope } from '../../../engine/contract/feel/index.ts';
import type { FeelOptions, FeelResult, FeelScope } from '../../../engine/contract/feel/index.ts';
import type { Case } from './cases/case.ts';
import { contextsCases } from './cases/contexts.ts';
import { listsCases } from './cases/lists.ts';
import { logicCases } from './cases/logic.ts';
import { numbersCases } from './cases/numbers.ts';
import { rangesCases } from './cases/ranges.ts';
import { failing, refused } from './cases/refused.ts';
import { temporalCases } from './cases/temporal.ts';
import { textCases } from './cases/text.ts';
import { refusedTests, unaryCases } from './cases/unary.ts';

const options: FeelOptions = { now: () => Date.parse('2024-02-29T10:30:00+08:00'), zone: 'Asia/Shanghai' };
const nothing = jsonScope({});

function evaluate(text: string, variables?: string): FeelResult {
  const scope = variables === undefined ? nothing : (compileExpression(variables).evaluate(nothing).value as FeelScope);
  return compileExpression(text).evaluate(scope, options);
}

// every expected value was read from the engine Zeebe 8.5.8 embeds
const groups: [string, Case[]][] = [
  ['numbers are exact decimals that keep their scale and become integers or doubles on output', numbersCases],
  ['strings are cut, searched and matched as Java does it', textCases],
  ['comparison and logic are three-valued and errors become null', logicCases],
  ['lists are filtered, indexed, walked through and summed up', listsCases],
  ['contexts are built, read and merged', contextsCases],
  ['dates, times and durations calculate and print as java.time does', temporalCases],
  ['ranges and points are related to each other', rangesCases],
];

for (const [name, cases] of groups) {
  describe(name, () => {
    it.each(cases)('%s is %j', (text, expected, variables) => {
      // when
      const result = evaluate(text, variables);
      // then
      expect(result.failure).toBeUndefined();
      expect(feelToJson(result.value)).toEqual(expected);
    });
  });
}

describe('an expression that cannot be saved fails as a whole', () => {
  it.each(failing)('%s', (text) => {
    const result = evaluate(text);
    expect(result.failure).toEqual(expect.any(String));
    expect(result.value).toBeNull();
  });
});

describe('a text that is no expression is refused', () => {
  it.each(refused)('%s', (text) => {
    expect(() => compileExpression(text)).toThrow(FeelSyntaxError);
  });
});

describe('unary tests ask about their input', () => {
  it.each(unaryCases)('%s against %s is %j', (input, tests, expected) => {
    // given
    const { value } = compileExpression(input).evaluate(nothing);
    // when
    const result = compileUnaryTests(tests).evaluate(value, nothing, options);
    // then
    expect(result.value).toBe(expected);
  });

  it.each(refusedTests)('refuse the text "%s"', (text) => {
    expect(() => compileUnaryTests(text)).toThrow(FeelSyntaxError);
  });
});
