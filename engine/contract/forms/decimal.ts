import { Decimal } from 'decimal.js';
import type { JsonValue } from '../json.ts';

const Exact = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });

/** A number as a person types it: `,` counts as `.`; null when it is none. */
export function toDecimal(value: JsonValue | undefined): Decimal | null {
  if (typeof value === 'number') return Number.isFinite(value) ? new Exact(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim().replace(',', '.');
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? new Exact(text) : null;
}

/** The value to store: text when asked for or when a double would change it, else a number. */
export function storedNumber(value: Decimal, asText: boolean): number | string {
  if (asText) return value.toFixed();
  const double = value.toNumber();
  return new Exact(double).equals(value) ? double : value.toFixed();
}

export function decimalPlaces(value: Decimal): number {
  return value.decimalPlaces();
}

/** The multiples of `step` next to a value; null when it is one itself. */
export function nearestMultiples(value: Decimal, step: Decimal): { below: string; above: string } | null {
  if (step.lessThanOrEqualTo(0) || value.modulo(step).isZero()) return null;
  const below = value.dividedBy(step).floor().times(step);
  return { below: below.toFixed(), above: below.plus(step).toFixed() };
}
