import { compareNumbers } from './decimal.ts';
import { FeelDaysDuration, FeelYearsDuration } from './duration.ts';
import { FeelFailure } from './evaluation.ts';
import type { Run, Span } from './evaluation.ts';
import type { CompareOperator } from './syntax.ts';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.ts';
import { printValue } from './text.ts';
import { FeelContext, FeelRange, isNumber } from './value.ts';
import type { FeelValue } from './value.ts';

/** Equality by type; null when the two have different types. Nothing but null equals null. */
export function equal(left: FeelValue, right: FeelValue): boolean | null {
  if (left === null || right === null) return left === right;
  if (typeof left !== 'object' && typeof left === typeof right) return left === right;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (Array.isArray(left)) {
    return Array.isArray(right) ? left.length === right.length && left.every((item, index) => equal(item, right[index]!) === true) : null;
  }
  if (left instanceof FeelContext) return right instanceof FeelContext ? equalContexts(left, right) : null;
  if (left instanceof FeelTime && right instanceof FeelTime && left.local === right.local) return left.toString() === right.toString();
  if (left instanceof FeelDateTime && right instanceof FeelDateTime && left.local === right.local) return left.compareTo(right) === 0;
  if (left instanceof FeelRange && right instanceof FeelRange) return printValue(left) === printValue(right);
  const order = orderOf(left, right);
  return order === null ? null : order === 0;
}

function equalContexts(left: FeelContext, right: FeelContext): boolean {
  const keys = left.keys();
  if (keys.length !== right.keys().length) return false;
  return keys.every((key) => {
    const other = right.get(key);
    return other !== undefined && equal(left.get(key) ?? null, other) === true;
  });
}

/** Negative, zero or positive; null when the two have no order. */
export function orderOf(left: FeelValue, right: FeelValue): number | null {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  if (left instanceof FeelDate && right instanceof FeelDate) return left.compareTo(right);
  if (left instanceof FeelTime && right instanceof FeelTime && left.local === right.local) return left.instant - right.instant;
  if (left instanceof FeelDateTime && right instanceof FeelDateTime && left.local === right.local) return left.compareTo(right);
  if (left instanceof FeelYearsDuration && right instanceof FeelYearsDuration) return left.months - right.months;
  if (left instanceof FeelDaysDuration && right instanceof FeelDaysDuration) return left.compareTo(right);
  return null;
}

/** `=`, `!=`, `<` …: null, with a problem, when the two cannot be compared. */
export function compare(operator: CompareOperator, left: FeelValue, right: FeelValue, run: Run, span: Span): boolean | null {
  if (operator === '=' || operator === '!=') {
    const same = equal(left, right);
    if (same === null) {
      notComparable(left, right, run, span);
      // a != b is not(a = b)
      return operator === '=' ? null : run.problem('INVALID_TYPE', "Expected boolean but found 'null'", span);
    }
    return operator === '=' ? same : !same;
  }
  const order = orderOf(left, right);
  if (order === null) {
    // Zeebe 8.5 fails the whole expression here
    if (Array.isArray(left) && Array.isArray(right)) throw new FeelFailure(`${printValue(left)} can not be compared to ${printValue(right)}`, 'java.lang.IllegalArgumentException');
    return notComparable(left, right, run, span);
  }
  switch (operator) {
    case '<': return order < 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    case '>=': return order >= 0;
  }
}

/** Whether a value lies in an interval; null, with a problem, when it cannot be compared with both ends. */
export function within(value: FeelValue, low: FeelValue, high: FeelValue, lowIncluded: boolean, highIncluded: boolean, run: Run, span: Span): boolean | null {
  const above = orderOf(value, low);
  const below = orderOf(value, high);
  if (above === null || below === null) {
    return run.problem('NOT_COMPARABLE', `Can't compare '${printValue(value)}' with '${printValue(low)}' and '${printValue(high)}'`, span);
  }
  return (lowIncluded ? above >= 0 : above > 0) && (highIncluded ? below <= 0 : below < 0);
}

function notComparable(left: FeelValue, right: FeelValue, run: Run, span: Span): null {
  return run.problem('NOT_COMPARABLE', `Can't compare '${printValue(left)}' with '${printValue(right)}'`, span);
}
