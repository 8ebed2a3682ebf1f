import { add, divide, fromDouble, isWhole, multiply, negate, powerOf, subtract, toDouble, toInteger } from './decimal.ts';
import type { FeelNumber } from './decimal.ts';
import { FeelDaysDuration, FeelYearsDuration } from './duration.ts';
import { FeelFailure } from './evaluation.ts';
import type { Run, Span } from './evaluation.ts';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.ts';
import { printValue } from './text.ts';
import { isNumber } from './value.ts';
import type { FeelValue } from './value.ts';

/** `+`: numbers, strings, durations, and a temporal value with a duration on either side. */
export function plus(left: FeelValue, right: FeelValue, run: Run, span: Span): FeelValue {
  if (isNumber(left) && isNumber(right)) return add(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  const sum = left instanceof FeelDaysDuration && right instanceof FeelDaysDuration ? left.plus(right)
    : left instanceof FeelYearsDuration && right instanceof FeelYearsDuration ? new FeelYearsDuration(left.months + right.months)
      : shifted(left, right) ?? shifted(right, left);
  return sum ?? run.problem('INVALID_TYPE', `Can't add '${printValue(right)}' to '${printValue(left)}'`, span);
}

/** `-`: numbers, durations, two temporal values of one kind, or a temporal value and a duration. */
export function minus(left: FeelValue, right: FeelValue, run: Run, span: Span): FeelValue {
  if (isNumber(left) && isNumber(right)) return subtract(left, right);
  const difference = between(left, right) ?? (
    right instanceof FeelDaysDuration ? shifted(left, right.negated())
      : right instanceof FeelYearsDuration ? shifted(left, new FeelYearsDuration(0 - right.months)) : null);
  return difference ?? run.problem('INVALID_TYPE', `Can't subtract '${printValue(right)}' from '${printValue(left)}'`, span);
}

/** `*`: numbers, or a duration and a number, of which only the whole part counts. */
export function times(left: FeelValue, right: FeelValue, run: Run, span: Span): FeelValue {
  if (isNumber(left) && isNumber(right)) return multiply(left, right);
  const product = isNumber(right) ? repeated(left, right) : isNumber(left) ? repeated(right, left) : null;
  return product ?? run.problem('INVALID_TYPE', `Can't multiply '${printValue(left)}' by '${printValue(right)}'`, span);
}

/** `/`: numbers, a duration by a number, or two durations of one kind. Division by zero gives null. */
export function dividedBy(left: FeelValue, right: FeelValue, run: Run, span: Span): FeelValue {
  const quotient = isNumber(left) && isNumber(right) ? divide(left, right) : share(left, right);
  return quotient ?? run.problem('INVALID_TYPE', `Can't divide '${printValue(left)}' by '${printValue(right)}'`, span);
}

/** `**`: exact for whole exponents, a double's power otherwise. @throws FeelFailure when there is no real result */
export function power(left: FeelValue, right: FeelValue, run: Run, span: Span): FeelValue {
  if (!isNumber(left) || !isNumber(right)) {
    return run.problem('INVALID_TYPE', `Expected number but found '${printValue(isNumber(left) ? right : left)}'`, span);
  }
  return isWhole(right) ? wholePower(left, toInteger(right)) : realNumber(toDouble(left) ** toDouble(right));
}

function wholePower(base: FeelNumber, exponent: number): FeelNumber {
  if (Math.abs(exponent) > 999_999_999) throw new FeelFailure('Invalid operation', 'java.lang.ArithmeticException');
  const result = powerOf(base, exponent);
  if (result === null) throw new FeelFailure('Division by zero', 'java.lang.ArithmeticException');
  return result;
}

/** A double as number. @throws FeelFailure when it is infinite or none */
export function realNumber(value: number): FeelNumber {
  const number = fromDouble(value);
  if (number === null) throw new FeelFailure(`Character ${Number.isNaN(value) ? 'N' : 'I'} is neither a decimal digit number, decimal point, nor "e" notation exponential mark.`, 'java.lang.NumberFormatException');
  return number;
}

/** Unary minus: numbers only. */
export function negated(value: FeelValue, run: Run, span: Span): FeelValue {
  if (isNumber(value)) return negate(value);
  return run.problem('INVALID_TYPE', `Expected number but found '${printValue(value)}'`, span);
}

function shifted(value: FeelValue, by: FeelValue): FeelValue {
  if (by instanceof FeelYearsDuration) {
    return value instanceof FeelDate || value instanceof FeelDateTime ? value.plusMonths(by.months) : null;
  }
  if (!(by instanceof FeelDaysDuration)) return null;
  if (value instanceof FeelTime || value instanceof FeelDateTime) return value.plus(by);
  // a date stays a date: counted from its midnight, the time dropped
  return value instanceof FeelDate ? new FeelDateTime(value, 0).plus(by).date : null;
}

function between(left: FeelValue, right: FeelValue): FeelValue {
  if (left instanceof FeelDate && right instanceof FeelDate) return new FeelDaysDuration((left.epochDay - right.epochDay) * 86_400);
  if (left instanceof FeelDateTime && right instanceof FeelDateTime && left.local === right.local) return left.minus(right);
  if (left instanceof FeelTime && right instanceof FeelTime && left.local === right.local) {
    const nanos = left.instant - right.instant;
    return new FeelDaysDuration(Math.trunc(nanos / 1e9), nanos % 1e9);
  }
  if (left instanceof FeelDaysDuration && right instanceof FeelDaysDuration) return left.plus(right.negated());
  if (left instanceof FeelYearsDuration && right instanceof FeelYearsDuration) return new FeelYearsDuration(left.months - right.months);
  return null;
}

function repeated(value: FeelValue, count: FeelNumber): FeelValue {
  const factor = toInteger(count);
  if (value instanceof FeelYearsDuration) return new FeelYearsDuration(value.months * factor + 0);
  return value instanceof FeelDaysDuration ? new FeelDaysDuration(value.seconds * factor, value.nanos * factor) : null;
}

function share(left: FeelValue, right: FeelValue): FeelValue {
  if (left instanceof FeelYearsDuration) {
    if (right instanceof FeelYearsDuration) return divide(left.months, right.months);
    const months = isNumber(right) ? divide(left.months, right) : null;
    return months === null ? null : new FeelYearsDuration(toInteger(months));
  }
  if (left instanceof FeelDaysDuration) {
    if (right instanceof FeelDaysDuration) return divide(left.toMillis(), right.toMillis());
    const millis = isNumber(right) ? divide(left.toMillis(), right) : null;
    return millis === null ? null : FeelDaysDuration.ofMillis(toInteger(millis));
  }
  return null;
}
