import { fromDouble, isWhole, modulo, negate, parseNumber, setScale, sign, toDouble, toInteger, wholePart } from '../decimal.ts';
import type { FeelNumber, Rounding } from '../decimal.ts';
import { realNumber } from '../arithmetic.ts';
import { FeelDaysDuration, FeelYearsDuration } from '../duration.ts';
import { FeelFailure } from '../evaluation.ts';
import type { Run } from '../evaluation.ts';
import type { FeelValue } from '../value.ts';
import { builtin, failed } from './registry.ts';

const rounding = (name: string, mode: Rounding, zh: string, en: string) =>
  builtin(name, 'n: number, scale: number', zh, en, (_: Run, n: FeelNumber, scale: FeelNumber) => setScale(n, toInteger(scale), mode));

export const numericBuiltins = [
  rounding('decimal', 'half even', '按给定小数位四舍六入五成双', 'Rounds half-even to a number of decimal places'),
  builtin('floor', 'n: number, scale: number?', '向下取整（可给小数位）', 'Rounds towards negative infinity', (_: Run, n: FeelNumber, scale: FeelNumber = 0) => setScale(n, toInteger(scale), 'floor')),
  builtin('ceiling', 'n: number, scale: number?', '向上取整（可给小数位）', 'Rounds towards positive infinity', (_: Run, n: FeelNumber, scale: FeelNumber = 0) => setScale(n, toInteger(scale), 'ceiling')),
  rounding('round up', 'up', '远离零舍入', 'Rounds away from zero'),
  rounding('round down', 'down', '向零舍入', 'Rounds towards zero'),
  rounding('round half up', 'half up', '四舍五入', 'Rounds to the nearest, ties away from zero'),
  rounding('round half down', 'half down', '五舍六入', 'Rounds to the nearest, ties towards zero'),
  builtin('abs', 'n: number|days and time duration|years and months duration', '绝对值', 'Absolute value', (_: Run, n: FeelNumber | FeelDaysDuration | FeelYearsDuration) => {
    if (n instanceof FeelDaysDuration) return n.seconds < 0 || n.nanos < 0 ? n.negated() : n;
    if (n instanceof FeelYearsDuration) return new FeelYearsDuration(Math.abs(n.months));
    return sign(n) < 0 ? negate(n) : n;
  }),
  builtin('modulo', 'dividend: number, divisor: number', '余数（符号随除数）', 'Remainder, with the sign of the divisor', (_: Run, dividend: FeelNumber, divisor: FeelNumber) =>
    modulo(dividend, divisor) ?? divisionByZero()),
  builtin('sqrt', 'number: number', '平方根；负数为 null', 'Square root; null for a negative number', (_: Run, n: FeelNumber) => (sign(n) < 0 ? null : fromDouble(Math.sqrt(toDouble(n))))),
  builtin('log', 'number: number', '自然对数', 'Natural logarithm', (_: Run, n: FeelNumber) => realNumber(Math.log(toDouble(n)))),
  builtin('exp', 'number: number', '自然指数', "Euler's number raised to the number", (_: Run, n: FeelNumber) => realNumber(Math.exp(toDouble(n)))),
  builtin('odd', 'number: number', '是否奇数', 'Whether the number is odd', (_: Run, n: FeelNumber) => isWhole(n) && wholePart(n) % 2n !== 0n),
  builtin('even', 'number: number', '是否偶数', 'Whether the number is even', (_: Run, n: FeelNumber) => isWhole(n) && wholePart(n) % 2n === 0n),
  builtin('random number', '', '0（含）到 1（不含）之间的随机数', 'A random number from 0 up to 1', (run: Run): FeelValue => fromDouble((run.options.random ?? Math.random)())),
  builtin('number', 'from: string, grouping separator: string|null?, decimal separator: string|null?', '把文本转换为数字', 'Reads a number from text', readNumber),
];

function readNumber(run: Run, from: string, grouping?: string | null, decimal?: string | null): FeelValue {
  const known = (grouping ?? null) === null || grouping === ' ' || grouping === '.' || grouping === ',';
  if (!known || !((decimal ?? null) === null || decimal === '.' || decimal === ',') || ((grouping ?? null) !== null && grouping === decimal)) {
    return failed(run, 'number', decimal === undefined ? "illegal argument for grouping. Must be one of ' ', ',' or '.'" : "illegal arguments for grouping or decimal. Must be one of ' ' (grouping only), ',' or '.'");
  }
  const plain = typeof grouping === 'string' ? from.replaceAll(grouping, '') : from;
  const number = parseNumber(decimal === ',' ? plain.replaceAll(',', '.') : plain);
  return number ?? failed(run, 'number', `Can't parse '${from}' as a number`);
}

function divisionByZero(): never {
  throw new FeelFailure('Division by zero', 'java.lang.ArithmeticException');
}
