import { parseExactJson } from '../../../contract/exact-json.ts';
import { asBoolean, asNumber, failureText, feelFromJson, feelToExactJson, toInteger, wholePart, type FeelProblem, type FeelScope, type FeelValue } from '../../../contract/feel/index.ts';
import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import type { IncidentErrorType } from '../../../protocol/records.ts';
import type { Expression, Mapping } from '../../model/executable-process.ts';
import type { EngineState } from '../../state/engine-state.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { kindOf } from '../../model/value-kind.ts';
import { feelScope, visibleVariable } from '../../state/variable.ts';
import { ElementFailure } from './failure.ts';

interface Evaluation {
  value: FeelValue;
  /** Why it is null, for the incident's text; empty when nothing went wrong. */
  because: string;
}

function run(state: EngineState, expression: Expression, scope: FeelScope, errorType: IncidentErrorType): Evaluation {
  if (expression.kind === 'static') return { value: feelFromJson(expression.text), because: '' };
  const result = expression.compiled.evaluate(scope, { now: () => state.now, zone: state.zone });
  const because = warningsOf(result.problems);
  if (result.failure !== undefined) throw new ElementFailure(errorType, failureText(expression.text.slice(1), result) + (result.failureKind === 'assert' ? because : ''));
  return { value: result.value, because };
}

/** What an incident or refusal says of the problems of an evaluation; empty when there were none. */
export function warningsOf(problems: readonly FeelProblem[]): string {
  return problems.length === 0 ? '' : ` The evaluation reported the following warnings:\n${problems.map(({ type, message }) => `[${type}] ${message}`).join('\n')}`;
}

/** A value as JSON. */
export function evaluateJson(state: EngineState, expression: Expression, from: ElementInstance, extra?: ReadonlyMap<string, FeelValue>, errorType: IncidentErrorType = 'EXTRACT_VALUE_ERROR'): JsonValue {
  return feelToExactJson(run(state, expression, feelScope(state, from, extra), errorType).value);
}

/** A FEEL value with the scope of an element instance. */
export function evaluateFeel(state: EngineState, expression: Expression, from: ElementInstance): FeelValue {
  return run(state, expression, feelScope(state, from), 'EXTRACT_VALUE_ERROR').value;
}

/** A text; anything else is an incident. */
export function evaluateText(state: EngineState, expression: Expression, from: ElementInstance): string {
  const { value, because } = run(state, expression, feelScope(state, from), 'EXTRACT_VALUE_ERROR');
  if (typeof value !== 'string') throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected result of the expression '${bare(expression)}' to be 'STRING', but was '${kindOf(value)}'.${because}`);
  return value;
}

/** A text or null. */
export function evaluateOptionalText(state: EngineState, expression: Expression, from: ElementInstance): string | null {
  const { value, because } = run(state, expression, feelScope(state, from), 'EXTRACT_VALUE_ERROR');
  if (value !== null && typeof value !== 'string') throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected result of the expression '${bare(expression)}' to be 'STRING', but was '${kindOf(value)}'.${because}`);
  return value;
}

/** A correlation key: text, or a number as text. */
export function evaluateCorrelationKey(state: EngineState, expression: Expression, from: ElementInstance): string {
  const { value, because } = run(state, expression, feelScope(state, from), 'EXTRACT_VALUE_ERROR');
  if (typeof value === 'string') return value;
  // Zeebe reads a number as a whole one.
  const number = asNumber(value);
  if (number !== null) return BigInt.asIntN(64, wholePart(number)).toString();
  throw new ElementFailure('EXTRACT_VALUE_ERROR', `Failed to extract the correlation key for '${bare(expression)}': The value must be either a string or a number, but was '${kindOf(value)}'.${because}`);
}

/** A boolean condition; null or anything else is an incident. */
export function evaluateCondition(state: EngineState, expression: Expression, from: ElementInstance, extra?: ReadonlyMap<string, FeelValue>): boolean {
  const { value, because } = run(state, expression, feelScope(state, from, extra), 'EXTRACT_VALUE_ERROR');
  const answer = asBoolean(value);
  if (answer === null) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected result of the expression '${bare(expression)}' to be 'BOOLEAN', but was '${kindOf(value)}'.${because}`);
  return answer;
}

/** A whole number. */
export function evaluateInteger(state: EngineState, expression: Expression, from: ElementInstance): number {
  const { value, because } = run(state, expression, feelScope(state, from), 'EXTRACT_VALUE_ERROR');
  const number = asNumber(value);
  const json = expression.kind === 'static' ? Number(expression.text) : number === null ? NaN : toInteger(number);
  if (!Number.isFinite(json)) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected result of the expression '${bare(expression)}' to be 'NUMBER', but was '${kindOf(value)}'.${because}`);
  return Math.trunc(json);
}

/** A list of texts: plain text is split at commas. */
export function evaluateTextList(state: EngineState, expression: Expression, from: ElementInstance): string[] {
  if (expression.kind === 'static') return expression.text.split(',').map((part) => part.trim());
  const { value, because } = run(state, expression, feelScope(state, from), 'EXTRACT_VALUE_ERROR');
  if (!Array.isArray(value)) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected result of the expression '${bare(expression)}' to be 'ARRAY', but was '${kindOf(value)}'.${because}`);
  if (value.some((item) => typeof item !== 'string')) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected result of the expression '${bare(expression)}' to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item.`);
  return value as string[];
}

/** A list of JSON items. */
export const evaluateList = (state: EngineState, expression: Expression, from: ElementInstance): JsonValue[] => listOf(state, expression, from).map((item) => feelToExactJson(item));

/** Only sees to it that it is a list. Throws ElementFailure. */
export const checkList = (state: EngineState, expression: Expression, from: ElementInstance): void => void listOf(state, expression, from);

function listOf(state: EngineState, expression: Expression, from: ElementInstance): readonly FeelValue[] {
  const { value, because } = run(state, expression, feelScope(state, from), 'EXTRACT_VALUE_ERROR');
  if (!Array.isArray(value)) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected result of the expression '${bare(expression)}' to be 'ARRAY', but was '${kindOf(value)}'.${because}`);
  return value as readonly FeelValue[];
}

/**
 * Evaluates mappings in order; each sees what those before it wrote. A nested target keeps the other entries of the
 * variable it is written into, as seen from `target`; an input begins a variable of its own. Nothing is stored yet.
 */
export function evaluateMappings(state: EngineState, mappings: readonly Mapping[], from: ElementInstance, target?: ElementInstance): JsonObject {
  const written: JsonObject = {};
  const seen = new Map<string, FeelValue>();
  const scope = feelScope(state, from, seen);
  for (const { source, target: path } of mappings) {
    const value = feelToExactJson(run(state, source, scope, 'IO_MAPPING_ERROR').value);
    const [name, ...rest] = path as [string, ...string[]];
    if (rest.length === 0) written[name] = value;
    else {
      const stored = target === undefined ? undefined : visibleVariable(state, target, name);
      const base = name in written ? written[name]! : stored === undefined ? {} : parseExactJson(stored.value);
      written[name] = putPath(base, rest, value);
    }
    seen.set(name, feelFromJson(written[name]!));
  }
  return written;
}

function putPath(base: JsonValue, [head, ...rest]: string[], value: JsonValue): JsonValue {
  const object = base !== null && typeof base === 'object' && !Array.isArray(base) ? base : {};
  return { ...object, [head!]: rest.length === 0 ? value : putPath(object[head!] ?? {}, rest, value) };
}

const bare = (expression: Expression): string => (expression.kind === 'feel' ? expression.text.slice(1) : expression.text);

export { kindOf };
