import type { JsonObject, JsonValue } from '../json.ts';
import { compileExpression, compileUnaryTests, FeelSyntaxError, feelToJson, jsonScope, type FeelOptions } from '../feel/index.ts';
import { feelScope, type FormScope, type RowScope } from './scope.ts';

/** True for text holding FEEL (`=…`). */
export function isFeel(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith('=');
}

/** The text after `=`, or the text itself. */
export function feelText(text: string): string {
  return (text.startsWith('=') ? text.slice(1) : text).trim();
}

/** Why a FEEL text cannot be used; null when it can. For the editor. */
export function feelProblem(text: string): string | null {
  try {
    compileExpression(feelText(text));
    return null;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error.message;
    throw error;
  }
}

/** Where an expression is evaluated. */
export interface Place {
  values: JsonObject;
  scope: FormScope;
  at: RowScope;
}

/** The value of FEEL text; null when it cannot be parsed or fails (the form stays usable). */
export function evaluateFeel(text: string, place: Place): JsonValue {
  const compiled = parsed(feelText(text), compileExpression);
  if (compiled === null) return null;
  const { value } = compiled.evaluate(jsonScope(feelScope(place.values, place.scope, place.at)), optionsOf(place.scope));
  return feelToJson(value);
}

/**
 * True only when a condition (`conditional.hide`, `readonly`) is exactly true. The text is read as an expression and, when it is
 * only valid as a unary test, as that: on a missing value both give null, which is not true.
 */
export function holds(text: unknown, place: Place): boolean {
  if (!isFeel(text)) return text === true;
  const source = feelText(text);
  if (parsed(source, compileExpression) !== null) return evaluateFeel(text, place) === true;
  const compiled = parsed(source, compileUnaryTests);
  if (compiled === null) return false;
  const { value } = compiled.evaluate(null, jsonScope(feelScope(place.values, place.scope, place.at)), optionsOf(place.scope));
  return value === true;
}

/** A static value, or the value of its FEEL text. */
export function staticOrFeel(value: JsonValue | undefined, place: Place): JsonValue {
  if (value === undefined) return null;
  return isFeel(value) ? evaluateFeel(value, place) : value;
}

function optionsOf(scope: FormScope): FeelOptions {
  return { now: () => scope.now, zone: scope.zone };
}

/** A text that does not parse acts as null (form-components.md); the editor and the server's check name it. */
function parsed<T>(source: string, compile: (text: string) => T): T | null {
  try {
    return compile(source);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return null;
    throw error;
  }
}
