import { FeelFailure, FeelFunction, feelToExactJson, printValue, typeOf } from '../../contract/feel/index.ts';
import type { FeelOptions, FeelProblem, FeelScope, FeelValue } from '../../contract/feel/index.ts';
import type { JsonValue } from '../../contract/json.ts';
import { evaluateLogic } from './evaluate-logic.ts';
import type { Decision, DecisionModel, DecisionType, Knowledge } from './model.ts';
import type { EvaluatedInput, MatchedRule, Place } from './place.ts';

/** One decision (or knowledge model) that took part, as Zeebe's record has it. */
export interface EvaluatedDecision {
  readonly decisionId: string;
  readonly decisionName: string;
  readonly decisionType: DecisionType;
  readonly output: JsonValue;
  readonly evaluatedInputs: readonly EvaluatedInput[];
  readonly matchedRules: readonly MatchedRule[];
}

/** Outcome of evaluating a decision. */
export interface DecisionEvaluation {
  /** The result; null when nothing matched or the evaluation failed. */
  readonly output: JsonValue;
  /** In the order of evaluation, required ones first; a business knowledge model stands here under its own id, which is no decision's. */
  readonly evaluatedDecisions: readonly EvaluatedDecision[];
  /** Errors of expressions that became null. */
  readonly problems: readonly FeelProblem[];
  readonly failure?: { readonly failedDecisionId: string; readonly message: string };
}

const checkedTypes: Record<string, string> = {
  string: 'string', number: 'number', boolean: 'boolean', date: 'date', time: 'time', 'date and time': 'date and time', dateTime: 'date and time',
  'days and time duration': 'days and time duration', dayTimeDuration: 'days and time duration',
  'years and months duration': 'years and months duration', yearMonthDuration: 'years and months duration',
};

/**
 * Evaluates a decision and what it requires. Expected failures (several rules under UNIQUE, a failing assertion, an unknown id …) are the
 * result's `failure`, never thrown.
 */
export function evaluateDecision(model: DecisionModel, decisionId: string, variables: FeelScope, options: FeelOptions = {}): DecisionEvaluation {
  const evaluation = new Evaluation(model, options);
  try {
    const value = evaluation.decide(decisionId, variables);
    return { output: feelToExactJson(value), evaluatedDecisions: evaluation.evaluated, problems: evaluation.problems };
  } catch (error) {
    if (!(error instanceof FeelFailure)) throw error;
    const message = `Expected to evaluate decision '${decisionId}', but ${error.message}`;
    const failure = { failedDecisionId: evaluation.failedDecisionId ?? decisionId, message };
    return { output: null, evaluatedDecisions: evaluation.evaluated, problems: evaluation.problems, failure };
  }
}

class Evaluation {
  readonly evaluated: EvaluatedDecision[] = [];
  readonly problems: FeelProblem[] = [];
  failedDecisionId: string | undefined;
  private readonly model: DecisionModel;
  private readonly options: FeelOptions;

  constructor(model: DecisionModel, options: FeelOptions) {
    this.model = model;
    this.options = options;
  }

  decide(id: string, variables: FeelScope): FeelValue {
    const decision = this.model.decisions.find((each) => each.id === id);
    if (decision === undefined) throw new FeelFailure(`no decision found for id '${id}'`);
    const results = new Map<string, FeelValue>();
    for (const required of decision.requiredDecisions) {
      const { resultName } = this.model.decisions.find((each) => each.id === required)!;
      results.set(resultName, this.decide(required, variables));
    }
    const known = this.knowledgeOf(decision.requiredKnowledge, variables);
    try {
      const value = this.run(decision, layered(results, known, variables));
      checkType(value, decision.resultType);
      return value;
    } catch (error) {
      this.failedDecisionId ??= id;
      throw error;
    }
  }

  /** Runs the logic and notes what it did, also when it fails. */
  private run(container: Decision | Knowledge, scope: FeelScope): FeelValue {
    const place: Place = { scope, options: this.options, problems: this.problems, inputs: [], rules: [] };
    let output: FeelValue = null;
    try {
      output = evaluateLogic(container.logic, place);
      return output;
    } finally {
      this.evaluated.push({
        decisionId: container.id,
        decisionName: container.name,
        decisionType: container.logic.type === 'FUNCTION' ? 'LITERAL_EXPRESSION' : container.logic.type,
        output: feelToExactJson(output),
        evaluatedInputs: place.inputs,
        matchedRules: place.rules,
      });
    }
  }

  private knowledgeOf(ids: readonly string[], variables: FeelScope): Map<string, FeelValue> {
    const functions = new Map<string, FeelValue>();
    for (const id of ids) {
      const knowledge = this.model.knowledge.find((each) => each.id === id)!;
      const names = knowledge.parameters.map(({ name }) => name);
      functions.set(knowledge.name, new FeelFunction(names, (args) => {
        knowledge.parameters.forEach(({ type }, index) => checkType(args[index] ?? null, type));
        const given = new Map(names.map((name, index) => [name, args[index] ?? null]));
        return this.run(knowledge, layered(given, this.knowledgeOf(knowledge.requiredKnowledge, variables), variables));
      }));
    }
    return functions;
  }
}

function layered(...scopes: FeelScope[]): FeelScope {
  return {
    get(name) {
      for (const scope of scopes) {
        const value = scope.get(name);
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}

function checkType(value: FeelValue, type: string | undefined): void {
  const expected = type === undefined || !Object.hasOwn(checkedTypes, type) ? undefined : checkedTypes[type];
  if (expected !== undefined && value !== null && typeOf(value) !== expected) throw new FeelFailure(`expected '${type}' but found '${printValue(value)}'`);
}
