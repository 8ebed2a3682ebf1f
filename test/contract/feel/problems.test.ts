import { describe, expect, it } from 'vitest';
import {
  asBoolean, asNumber, asText, builtinNames, compileExpression, feelFromJson, FeelSyntaxError, feelToJson, jsonScope,
} from '../../../engine/contract/feel/index.ts';

describe('problems', () => {
  it('keep where they were, what was read there and why it became null', () => {
    // given
    const compiled = compileExpression('1 + amount * 2');
    // when
    const { value, problems } = compiled.evaluate(jsonScope({}));
    // then
    expect(value).toBeNull();
    expect(problems[0]).toEqual({ type: 'NO_VARIABLE_FOUND', message: "No variable found with name 'amount'", position: 4, source: 'amount' });
    expect(problems[1]).toMatchObject({ type: 'INVALID_TYPE', message: "Can't multiply 'null' by '2'", source: 'amount * 2' });
  });

  it('of a function name the function and its arguments', () => {
    const { problems } = compileExpression('upper case(5)').evaluate(jsonScope({}));
    expect(problems).toEqual([{
      type: 'FUNCTION_INVOCATION_FAILURE', message: "Failed to invoke function 'upper case': Illegal arguments: '5'", position: 0, source: 'upper case(5)',
    }]);
  });

  it('of an index that was only tried are not reported', () => {
    const { value, problems } = compileExpression('[1,2][odd(item)]').evaluate(jsonScope({}));
    expect(value).toEqual([1]);
    expect(problems).toEqual([]);
  });

  it('of the syntax name line and column', () => {
    let error: unknown;
    try {
      compileExpression('1 +\n  * 2');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(FeelSyntaxError);
    expect(error).toMatchObject({ position: 6, line: 2, column: 3 });
    expect(String(error)).toContain("unexpected '*'");
  });

  it('of a failing assertion carry its cause', () => {
    const result = compileExpression('assert(x, x > 1, "too small")').evaluate(jsonScope({ x: 1 }));
    expect(result).toMatchObject({ value: null, failure: 'too small' });
  });
});

describe('numbers out of all proportion', () => {
  it.each(['10**999999999 + 1', 'round up(1, 999999999)'])('%s fails at once', (text) => {
    expect(compileExpression(text).evaluate(jsonScope({})).failure).toContain('too large');
  });

  it('become zero on output, as 64 bits hold nothing of them', () => {
    expect(feelToJson(compileExpression('10**200000').evaluate(jsonScope({})).value)).toBe(0);
  });
});

describe('values from and to JSON', () => {
  it('survive a round trip', () => {
    const json = { a: [1, 1.5, 'x', true, null, { b: {} }], '__proto__x': 1 };
    expect(feelToJson(feelFromJson(json))).toEqual(json);
  });

  it('are converted only when a variable is read', () => {
    // given
    const touched: string[] = [];
    const source = new Proxy({ a: 1, b: 2 }, { get: (target, key: 'a' | 'b') => (touched.push(key), target[key]) });
    // when
    compileExpression('a + a').evaluate(jsonScope(source));
    // then
    expect(touched).toEqual(['a']);
  });

  it('give the clock of the caller to now and today, in its zone', () => {
    const options = { now: () => Date.parse('2024-12-31T20:00:00Z'), zone: 'Asia/Shanghai' };
    expect(feelToJson(compileExpression('[now(), today()]').evaluate(jsonScope({}), options).value))
      .toEqual(['2025-01-01T04:00+08:00[Asia/Shanghai]', '2025-01-01']);
  });

  it('give null for now without a clock', () => {
    expect(compileExpression('now()').evaluate(jsonScope({})).value).toBeNull();
  });

  it('are read as boolean, text or number or not at all', () => {
    expect([asBoolean('true'), asBoolean(true), asText(1), asText('a'), asNumber('1'), asNumber(1)]).toEqual([null, true, null, 'a', null, 1]);
  });
});

describe('builtin functions', () => {
  it('are described in both languages', () => {
    expect(builtinNames.length).toBeGreaterThan(80);
    expect(builtinNames.every(({ zh, en }) => /\p{Script=Han}/u.test(zh) && /^[A-Z]/.test(en))).toBe(true);
    expect(builtinNames.find(({ name }) => name === 'substring')?.parameters).toEqual(['string', 'start position', 'length?']);
  });
});
