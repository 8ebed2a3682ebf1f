import { compile } from './compile.ts';
import { compileUnary } from './compile-tests.ts';
import { FeelFailure, RootEnv, Run } from './evaluation.ts';
import type { FeelOptions, FeelResult } from './evaluation.ts';
import { parseExpression, parseUnaryTests } from './parser.ts';
import type { FeelScope, FeelValue } from './value.ts';

export { builtinNames } from './builtins/index.ts';
export type { BuiltinDescription } from './builtins/index.ts';
export { FeelDecimal, isWhole, numberText, parseNumber, toDouble, toInteger, wholePart } from './decimal.ts';
export type { FeelNumber } from './decimal.ts';
export { FeelDaysDuration, FeelYearsDuration, parseDuration } from './duration.ts';
export { FeelFailure } from './evaluation.ts';
export { failureText } from './failure-text.ts';
export type { FeelOptions, FeelProblem, FeelProblemType, FeelResult } from './evaluation.ts';
export { feelFromJson, feelToExactJson, feelToJson, jsonScope } from './json.ts';
export { FeelSyntaxError } from './syntax.ts';
export { FeelDate, FeelDateTime, FeelTime, parseDate, parseDateTime, parseTime } from './temporal.ts';
export { feelText, printValue } from './text.ts';
export { asBoolean, asNumber, asText, FeelContext, FeelFunction, FeelRange, typeOf } from './value.ts';
export type { FeelScope, FeelTypeName, FeelValue } from './value.ts';
export { equal as feelEqual, orderOf as feelOrder } from './compare.ts';

/** An expression, parsed once. */
export interface CompiledExpression {
  readonly text: string;
  /** Never throws for what the expression does: errors become null with a problem, real failures `failure`. */
  evaluate(scope: FeelScope, options?: FeelOptions): FeelResult;
}

/** Unary tests, parsed once. The result is true, false or null. */
export interface CompiledUnaryTests {
  readonly text: string;
  /** `input` is what the tests are about, also reachable as `?`. */
  evaluate(input: FeelValue, scope: FeelScope, options?: FeelOptions): FeelResult;
}

const keptTexts = 5000;
const expressions = new Map<string, CompiledExpression>();
const unaryTests = new Map<string, CompiledUnaryTests>();

/**
 * Compiles an expression (without a leading `=`). The same text gives the same object while it is among the last 5,000.
 * @throws FeelSyntaxError when the text is no expression
 */
export function compileExpression(text: string): CompiledExpression {
  return cached(expressions, text, () => {
    const code = compile(parseExpression(text));
    return { text, evaluate: (scope, options = {}) => evaluated(text, options, (run) => code(new RootEnv(run, scope))) };
  });
}

/**
 * Compiles unary tests: `< 5`, `[1..3], 7`, `not("a")`, `-`, or a condition with `?`.
 * @throws FeelSyntaxError when the text is none
 */
export function compileUnaryTests(text: string): CompiledUnaryTests {
  return cached(unaryTests, text, () => {
    const code = compileUnary(compile, parseUnaryTests(text));
    return { text, evaluate: (input, scope, options = {}) => evaluated(text, options, (run) => code(input, new RootEnv(run, scope))) };
  });
}

function evaluated(text: string, options: FeelOptions, body: (run: Run) => FeelValue): FeelResult {
  const run = new Run(text, options);
  try {
    return { value: body(run), problems: run.problems };
  } catch (error) {
    if (!(error instanceof FeelFailure)) throw error;
    return { value: null, problems: run.problems, failure: error.message, ...(error.kind === undefined ? {} : { failureKind: error.kind }) };
  }
}

function cached<T>(cache: Map<string, T>, text: string, make: () => T): T {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size >= keptTexts) cache.delete(cache.keys().next().value!);
  cache.set(text, made);
  return made;
}
