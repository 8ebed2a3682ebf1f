import { FeelFailure, failureText } from '../../contract/feel/index.ts';
import type { CompiledExpression, FeelOptions, FeelProblem, FeelScope, FeelValue } from '../../contract/feel/index.ts';
import type { JsonValue } from '../../contract/json.ts';

export interface EvaluatedInput {
  readonly inputId: string;
  /** The input's label; empty without one. */
  readonly inputName: string;
  readonly inputValue: JsonValue;
}

export interface MatchedRule {
  readonly ruleId: string;
  /** From 1. */
  readonly ruleIndex: number;
  readonly evaluatedOutputs: readonly { readonly outputId: string; readonly outputName: string; readonly outputValue: JsonValue }[];
}

/** Where a logic runs: its variables, and where it leaves what it met. */
export interface Place {
  readonly scope: FeelScope;
  readonly options: FeelOptions;
  readonly problems: FeelProblem[];
  readonly inputs: EvaluatedInput[];
  readonly rules: MatchedRule[];
}

/** Evaluates an expression; its problems are kept. @throws FeelFailure */
export function valueOf(expression: CompiledExpression, place: Place): FeelValue {
  const result = expression.evaluate(place.scope, place.options);
  place.problems.push(...result.problems);
  if (result.failure !== undefined) throw new FeelFailure(failureText(expression.text, result));
  return result.value;
}
