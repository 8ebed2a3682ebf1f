import { describe, expect, test } from 'vitest';
import { readVariables } from '../../engine/gateway/rpc.ts';

const nested = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

describe('variables of a request', () => {
  test('nested up to 1,000 levels are read; beyond, refused in one sentence', () => {
    expect(readVariables(nested(1000))).toHaveProperty('a');
    expect(() => readVariables(nested(1001))).toThrow('at most 1000 levels');
    expect(() => readVariables(nested(10_000))).toThrow('at most 1000 levels');
  });

  test('brackets within texts are no levels', () => {
    expect(readVariables(JSON.stringify({ a: `\\"${'['.repeat(5000)}` }))).toEqual({ a: `\\"${'['.repeat(5000)}` });
  });
});
