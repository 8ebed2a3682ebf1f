import { javaDouble } from '../exact-json.ts';
import { FeelFailure } from './evaluation.ts';

/** Significant digits of a result, rounded half-even (IEEE 754 decimal128), unless an operand already has more. */
const precision = 34;
const safeLimit = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * A number of FEEL: a safe JS integer, or a decimal for everything else.
 * The two never overlap for scale 0, so a whole number within 2^53 is always a plain `number` unless it has decimal places (`1.0`).
 */
export type FeelNumber = number | FeelDecimal;

/** How a number loses places. */
export type Rounding = 'up' | 'down' | 'ceiling' | 'floor' | 'half up' | 'half down' | 'half even';

/** A decimal number that keeps its scale: `unscaled / 10^scale`, so `1.10` stays `1.10`. */
export class FeelDecimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }
}

const powers: bigint[] = [1n];

// far beyond any amount; without a bound `10**999999999 + 1` would hold up the whole engine
const longestShift = 100_000;

function tenTo(exponent: number): bigint {
  if (exponent > longestShift) throw new FeelFailure('a number is too large or too precise to calculate with');
  for (let next = powers.length; next <= exponent && next < 200; next += 1) powers.push(powers[next - 1]! * 10n);
  return powers[exponent] ?? 10n ** BigInt(exponent);
}

const limit = tenTo(precision);

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function digits(value: bigint): number {
  return magnitude(value).toString().length;
}

function settle(unscaled: bigint, scale: number): FeelNumber {
  if (scale === 0 && unscaled <= safeLimit && unscaled >= -safeLimit) return Number(unscaled);
  return new FeelDecimal(unscaled, scale);
}

function widen(value: FeelNumber): FeelDecimal {
  return typeof value === 'number' ? new FeelDecimal(BigInt(value), 0) : value;
}

function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor;
  const rest = dividend - quotient * divisor;
  if (rest === 0n) return quotient;
  const negative = dividend < 0n !== divisor < 0n;
  const away = quotient + (negative ? -1n : 1n);
  const twice = magnitude(rest) * 2n;
  const unit = magnitude(divisor);
  switch (rounding) {
    case 'up': return away;
    case 'down': return quotient;
    case 'ceiling': return negative ? quotient : away;
    case 'floor': return negative ? away : quotient;
    case 'half up': return twice >= unit ? away : quotient;
    case 'half down': return twice > unit ? away : quotient;
    case 'half even': return twice > unit || (twice === unit && quotient % 2n !== 0n) ? away : quotient;
  }
}

function limited(unscaled: bigint, scale: number, left: FeelDecimal): FeelNumber {
  if (magnitude(unscaled) < limit) return settle(unscaled, scale);
  const allowed = Math.max(precision, digits(left.unscaled));
  const excess = digits(unscaled) - allowed;
  if (excess <= 0) return settle(unscaled, scale);
  const rounded = divideRounded(unscaled, tenTo(excess), 'half even');
  // rounding 99…9 up gives one digit too many
  return digits(rounded) > allowed ? settle(rounded / 10n, scale - excess - 1) : settle(rounded, scale - excess);
}

function aligned(left: FeelDecimal, right: FeelDecimal): [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale);
  return [left.unscaled * tenTo(scale - left.scale), right.unscaled * tenTo(scale - right.scale), scale];
}

/** Sum. */
export function add(left: FeelNumber, right: FeelNumber): FeelNumber {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const wide = widen(left);
  const [a, b, scale] = aligned(wide, widen(right));
  return limited(a + b, scale, wide);
}

/** Difference. */
export function subtract(left: FeelNumber, right: FeelNumber): FeelNumber {
  return add(left, negate(right));
}

/** The number with the other sign; zero stays zero. */
export function negate(value: FeelNumber): FeelNumber {
  return typeof value === 'number' ? 0 - value : new FeelDecimal(-value.unscaled, value.scale);
}

/** Product. */
export function multiply(left: FeelNumber, right: FeelNumber): FeelNumber {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  const a = widen(left);
  const b = widen(right);
  return limited(a.unscaled * b.unscaled, a.scale + b.scale, a);
}

/** Quotient, rounded to 34 digits; null when the divisor is zero. */
export function divide(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (sign(right) === 0) return null;
  if (typeof left === 'number' && typeof right === 'number' && left % right === 0) return left / right + 0;
  const a = widen(left);
  const b = widen(right);
  const wanted = a.scale - b.scale;
  if (a.unscaled === 0n) return settle(0n, wanted);
  const shift = Math.max(0, precision + 3 + digits(b.unscaled) - digits(a.unscaled));
  const scaled = a.unscaled * tenTo(shift);
  let quotient = scaled / b.unscaled;
  let scale = wanted + shift;
  if (quotient * b.unscaled !== scaled) {
    // a sticky digit keeps ties apart from near-ties when the tail is cut off
    const sticky = scaled < 0n !== b.unscaled < 0n ? -1n : 1n;
    return limited(quotient * 10n + sticky, scale + 1, a);
  }
  while (scale > wanted && quotient % 10n === 0n) {
    quotient /= 10n;
    scale -= 1;
  }
  return limited(quotient, scale, a);
}

/** Floored remainder, with the sign of the divisor; null when the divisor is zero. */
export function modulo(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  const quotient = divide(left, right);
  return quotient === null ? null : subtract(left, multiply(right, setScale(quotient, 0, 'floor')));
}

/** Power with a whole exponent; null when the result would be a division by zero. */
export function powerOf(base: FeelNumber, exponent: number): FeelNumber | null {
  let result: FeelNumber = 1;
  let square = base;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  return exponent < 0 ? divide(1, result) : result;
}

/** -1, 0 or 1. */
export function sign(value: FeelNumber): number {
  if (typeof value === 'number') return Math.sign(value);
  return value.unscaled === 0n ? 0 : value.unscaled < 0n ? -1 : 1;
}

/** Negative, zero or positive as `left` is below, equal to or above `right`; scale does not count. */
export function compareNumbers(left: FeelNumber, right: FeelNumber): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = aligned(widen(left), widen(right));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The number with exactly `scale` decimal places (negative: tens, hundreds …). */
export function setScale(value: FeelNumber, scale: number, rounding: Rounding): FeelNumber {
  const wide = widen(value);
  if (wide.scale <= scale) return settle(wide.unscaled * tenTo(scale - wide.scale), scale);
  return settle(divideRounded(wide.unscaled, tenTo(wide.scale - scale), rounding), scale);
}

/** Whether nothing but zeros follows the decimal point. */
export function isWhole(value: FeelNumber): boolean {
  return typeof value === 'number' || value.scale <= 0 || value.unscaled % tenTo(value.scale) === 0n;
}

/** The whole part, towards zero, of any size. */
export function wholePart(value: FeelNumber): bigint {
  if (typeof value === 'number') return BigInt(value);
  return value.scale <= 0 ? value.unscaled * tenTo(-value.scale) : value.unscaled / tenTo(value.scale);
}

/** The whole part as a JS integer, as an index or a count needs it. */
export function toInteger(value: FeelNumber): number {
  return typeof value === 'number' ? value : Number(wholePart(value));
}

/** The nearest double. */
export function toDouble(value: FeelNumber): number {
  return typeof value === 'number' ? value : Number(numberText(value));
}

/** The decimal a finite double prints as (a whole one gets the place `.0`); null for NaN and infinities. */
export function fromDouble(value: number): FeelNumber | null {
  if (!Number.isFinite(value)) return null;
  return parseNumber(javaDouble(value));
}

/** Reads `12`, `-1.50`, `.5`, `1e5`; null when the text is not a number. */
export function parseNumber(text: string): FeelNumber | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text);
  if (match === null) return null;
  const whole = match[2]!;
  const fraction = match[3] ?? '';
  if (whole === '' && fraction === '') return null;
  const unscaled = BigInt(whole + fraction);
  return settle(match[1] === '-' ? -unscaled : unscaled, fraction.length - Number(match[4] ?? 0));
}

/** The number as text, decimal places kept; very large and very small ones with an exponent, as Java prints a BigDecimal. */
export function numberText(value: FeelNumber): string {
  if (typeof value === 'number') return String(value);
  const { unscaled, scale } = value;
  const minus = unscaled < 0n ? '-' : '';
  const text = magnitude(unscaled).toString();
  if (scale === 0) return minus + text;
  const exponent = text.length - 1 - scale;
  if (scale > 0 && exponent >= -6) {
    const padded = text.padStart(scale + 1, '0');
    return `${minus}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const mantissa = text.length > 1 ? `${text[0]}.${text.slice(1)}` : text;
  return exponent === 0 ? minus + mantissa : `${minus}${mantissa}E${exponent > 0 ? '+' : ''}${exponent}`;
}
