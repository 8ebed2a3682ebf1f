import { FeelDecimal } from './decimal.ts';
import type { FeelNumber } from './decimal.ts';
import { FeelDaysDuration, FeelYearsDuration } from './duration.ts';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.ts';

/** Anything a FEEL expression can yield. A `number` is always a safe integer. */
export type FeelValue =
  | null | boolean | string | FeelNumber
  | FeelDate | FeelTime | FeelDateTime | FeelYearsDuration | FeelDaysDuration
  | FeelValue[] | FeelContext | FeelRange | FeelFunction;

/** Where an expression finds its variables; `undefined` means that there is no such variable. */
export interface FeelScope {
  get(name: string): FeelValue | undefined;
}

/** Entries by key, in order. */
export class FeelContext implements FeelScope {
  readonly entries: ReadonlyMap<string, FeelValue>;

  constructor(entries: ReadonlyMap<string, FeelValue>) {
    this.entries = entries;
  }

  get(key: string): FeelValue | undefined {
    return this.entries.get(key);
  }

  keys(): string[] {
    return [...this.entries.keys()];
  }

  /** A copy with one entry more, or another value for it. */
  with(key: string, value: FeelValue): FeelContext {
    return new FeelContext(new Map(this.pairs()).set(key, value));
  }

  pairs(): [string, FeelValue][] {
    return this.keys().map((key) => [key, this.get(key) ?? null]);
  }
}

/** An interval between two values, as the range functions take it. */
export class FeelRange {
  readonly start: FeelValue;
  readonly end: FeelValue;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;

  constructor(start: FeelValue, end: FeelValue, startIncluded: boolean, endIncluded: boolean) {
    this.start = start;
    this.end = end;
    this.startIncluded = startIncluded;
    this.endIncluded = endIncluded;
  }
}

/** A function value: a lambda, or knowledge a decision brings along. */
export class FeelFunction {
  readonly parameters: readonly string[];
  readonly invoke: (args: FeelValue[]) => FeelValue;

  constructor(parameters: readonly string[], invoke: (args: FeelValue[]) => FeelValue) {
    this.parameters = parameters;
    this.invoke = invoke;
  }
}

/** Name of a value's type, as `instance of` knows it. */
export type FeelTypeName =
  | 'null' | 'boolean' | 'string' | 'number' | 'date' | 'time' | 'date and time'
  | 'years and months duration' | 'days and time duration' | 'list' | 'context' | 'range' | 'function';

/** The type of a value. */
export function typeOf(value: FeelValue): FeelTypeName {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'number': return 'number';
    case 'string': return 'string';
    case 'boolean': return 'boolean';
  }
  if (Array.isArray(value)) return 'list';
  if (value instanceof FeelDecimal) return 'number';
  if (value instanceof FeelContext) return 'context';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof FeelDaysDuration) return 'days and time duration';
  if (value instanceof FeelYearsDuration) return 'years and months duration';
  return value instanceof FeelRange ? 'range' : 'function';
}

export function isNumber(value: FeelValue): value is FeelNumber {
  return typeof value === 'number' || value instanceof FeelDecimal;
}

/** The boolean, or null for anything else. */
export function asBoolean(value: FeelValue): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** The text, or null for anything that is not a string. */
export function asText(value: FeelValue): string | null {
  return typeof value === 'string' ? value : null;
}

/** The number, or null for anything else. */
export function asNumber(value: FeelValue): FeelNumber | null {
  return isNumber(value) ? value : null;
}
