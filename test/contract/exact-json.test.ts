import { describe, expect, test } from 'vitest';
import { exactDouble, exactInteger, exactJsonText, exactNumberText, javaDouble, memberText, parseExactJson, parseVariables } from '../../engine/contract/exact-json.ts';
import type { JsonObject } from '../../engine/contract/json.ts';

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

describe('long JSON', () => {
  const long = 'ab 1.0 12345678901234567890 甲'.repeat(300);
  const written = (object: unknown): string => Object.keys(object as object).map((name) => `${JSON.stringify(name)}:${memberText(object as JsonObject, name)}`).join(',');

  test.each([
    ['one long text', `{"document":"${long}"}`],
    ['exact numbers around long texts', `{"a":12345678901234567890,"document":"${long}","b":1.0,"other":"${long}1"}`],
    ['escapes in a long text', `{"document":"${long}\\n\\"1.0\\\\","a":1.0}`],
    ['a quote behind escaped backslashes', `{"document":"${long}\\\\\\\\","a":[1.0,"\\\\"],"b":"${long}"}`],
    ['more strings than are looked at one by one', `{"list":[${Array.from({ length: 200 }, (_, at) => `"${at}.0"`).join(',')}],"document":"${long}","a":1.0}`],
    ['a long name', `{"${long}":"${long}","b":1.0}`],
    ['characters that stand for others', `{"document":"${long}","a":"\ufdd10"}`],
    ['long texts inside a member', `{"a":{"document":"${long}","n":1.0},"document":"${long}"}`],
  ])('%s comes back as it was written', (_, text) => {
    const read = parseVariables(text);
    expect(`{${written(read)}}`).toBe(text);
    expect(exactJsonText(read)).toBe(text);
    expect(exactJsonText(parseExactJson(text))).toBe(text);
  });

  test('what is not JSON is refused however long it is', () => {
    for (const text of [`{"document":"${long}`, `{"document":"${long}\\"}`, `{"a":1.0 "document":"${long}"}`]) expect(() => parseVariables(text)).toThrow(SyntaxError);
  });

  test('what is wrong in a long text is said of the whole of it', () => {
    const text = `{"document":"${'x'.repeat(5000)}" "a":1}`;
    let whole = '';
    try {
      JSON.parse(text);
    } catch (error) {
      whole = (error as Error).message;
    }
    expect(whole).toMatch(/position \d{4}/);
    expect(() => parseVariables(text)).toThrow(whole);
  });

  test('of members with one name the last counts', () => {
    expect(parseVariables(`{"a":"${long}","a":"${long}1"}`)).toEqual({ a: `${long}1` });
    expect(parseVariables(`{"a":"${long}","a":1}`)).toEqual({ a: 1 });
  });

  test('an escaped character that stands for others is itself', () => {
    expect(parseVariables(`{"a":"\\uFDD10","b":{"document":"${long}"}}`)).toEqual({ a: '\ufdd10', b: { document: long } });
  });

  test('what is not an object is read as it is', () => {
    expect([parseVariables(`"${long}"`), parseVariables(`["${long}"]`), parseVariables(`null${' '.repeat(5000)}`)]).toEqual([long, [long], null]);
  });

  test('a text that takes the place of a remembered one is written itself', () => {
    const read = parseVariables(`{"document":"${long}"}`) as JsonObject;
    read['document'] = `${long.slice(0, -1)}"`;
    expect(JSON.parse(memberText(read, 'document'))).toBe(read['document']);
  });
});
