import { describe, expect, test } from 'vitest';
import { exactDouble, exactInteger, exactJsonText, exactNumberText, javaDouble, parseExactJson } from '../../engine/contract/exact-json.ts';

describe('JSON with exact numbers', () => {
  test.each(['9007199254740993', '-9223372036854775808', '1.0', '{"a":[1,2.5,9007199254740993],"b":"12345678901234567890","c":"1.0"}', '"quote \\" 9007199254740993"', '1.0E20'])('%s comes back as it was written', (text) => {
    expect(exactJsonText(parseExactJson(text))).toBe(text);
  });

  test('plain numbers stay plain numbers', () => {
    expect(parseExactJson('{"a":1,"b":2.5,"c":-3,"d":1e-7}')).toEqual({ a: 1, b: 2.5, c: -3, d: 1e-7 });
  });

  test('integers and doubles are told apart when they are written', () => {
    expect([exactInteger(5n), exactDouble(2.5)]).toEqual([5, 2.5]);
    expect(exactJsonText([exactInteger(2n ** 60n), exactDouble(3), exactDouble(1e21)])).toBe('[1152921504606846976,3.0,1.0E21]');
    expect(exactNumberText(exactDouble(3))).toBe('3.0');
    expect(exactNumberText('3.0')).toBeUndefined();
  });

  test('a text that only looks like one of our marks stays a text', () => {
    const forged = '\ufdd01,"x":2';
    expect(exactNumberText(forged)).toBeUndefined();
    expect(JSON.parse(exactJsonText({ a: forged }))).toEqual({ a: forged });
  });

  test('doubles are written as Java writes them', () => {
    expect([0, -0, 1, 0.001, 1e-7, 123456789.5, 1e7, 1e23].map(javaDouble)).toEqual(['0.0', '-0.0', '1.0', '0.001', '1.0E-7', '1.234567895E8', '1.0E7', '1.0E23']);
  });
});
