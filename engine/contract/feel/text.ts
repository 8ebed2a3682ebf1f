import { numberText } from './decimal.ts';
import { FeelContext, FeelFunction, FeelRange, isNumber } from './value.ts';
import type { FeelValue } from './value.ts';

/** The value as FEEL prints it inside a list, a context or a message: strings in quotes, nothing escaped. */
export function printValue(value: FeelValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (isNumber(value)) return numberText(value);
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`;
  if (value instanceof FeelContext) return `{${value.pairs().map(([key, each]) => `${key}:${printValue(each)}`).join(', ')}}`;
  if (value instanceof FeelRange) {
    return `${value.startIncluded ? '[' : '('}${printValue(value.start)}..${printValue(value.end)}${value.endIncluded ? ']' : ')'}`;
  }
  if (value instanceof FeelFunction) return `function(${value.parameters.join(', ')})`;
  return String(value);
}

/** What `string(value)` gives; null for null. */
export function feelText(value: FeelValue): string | null {
  if (value === null || typeof value === 'string') return value;
  return printValue(value);
}
