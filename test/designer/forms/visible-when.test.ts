import { describe, expect, test } from 'vitest';
import { hideUnless, readSimple, visibleWhen } from '../../../designer/forms/editor/visible-when.ts';

describe('visible when', () => {
  test('is the inside of what hides, there and back', () => {
    for (const hide of ['=not(finding != "false")', '=not(list contains(measures, "compensation"))', '=a = "x)"', '=not(a) or not(b)']) expect(hideUnless(visibleWhen(hide))).toBe(hide);
    expect(visibleWhen('=not(finding != "false")')).toBe('finding != "false"');
    expect(visibleWhen('=done = true')).toBe('not(done = true)');
  });

  test('nothing means always visible', () => {
    expect(visibleWhen(undefined)).toBe('');
    expect(hideUnless('  ')).toBeUndefined();
  });

  test('a field compared with a value can be picked, more must be written', () => {
    expect(readSimple('finding != "false"')).toEqual({ field: 'finding', operator: '!=', value: '"false"' });
    expect(readSimple('requestExtension = true')).toEqual({ field: 'requestExtension', operator: '=', value: 'true' });
    expect(readSimple('a = 1 and b = 2')).toBeNull();
  });
});
