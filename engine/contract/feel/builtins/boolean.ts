import { FeelFailure } from '../evaluation.ts';
import type { Run } from '../evaluation.ts';
import { printValue } from '../text.ts';
import type { FeelValue } from '../value.ts';
import { builtin } from './registry.ts';

export const booleanBuiltins = [
  builtin('not', 'negand: any', '取反；不是布尔值时为 null', 'Logical negation; null for anything but a boolean', (_: Run, value: FeelValue) => (typeof value === 'boolean' ? !value : null)),
  builtin('is defined', 'value: any', '是否有值（不为 null）', 'Whether the value is there and not null', (_: Run, value: FeelValue) => value !== null),
  builtin('get or else', 'value: any, default: any', '值为 null 时取默认值', 'The value, or the default when it is null', (_: Run, value: FeelValue, fallback: FeelValue) => (value === null ? fallback : value)),
  builtin('assert', 'value: any, condition: any, cause: any?', '条件不成立时求值失败，否则返回该值', 'Fails the evaluation unless the condition is true',
    (run: Run, value: FeelValue, condition: FeelValue, cause?: FeelValue) => {
      if (condition === true) return value;
      const why = cause === undefined ? 'The condition is not fulfilled' : typeof cause === 'string' ? cause : `Illegal arguments: ${[value, condition, cause].map((each) => `'${printValue(each)}'`).join(', ')}`;
      run.problem('ASSERT_FAILURE', why);
      throw new FeelFailure(why, 'assert');
    }),
];
