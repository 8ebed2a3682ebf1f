import type { FeelScope } from '../../../contract/feel/index.ts';
import { exactJsonText } from '../../../contract/exact-json.ts';
import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import { NO_KEY } from '../../../protocol/key.ts';
import { tenantOf } from '../../../protocol/tenant.ts';
import { evaluateDecision, type DecisionEvaluation } from '../../decisions/index.ts';
import { decisionModelOf, decisionsOf, latestDecision, requirementsByKey } from '../../state/deployment.ts';
import type { EngineState } from '../../state/engine-state.ts';
import type { DecisionRow, ElementInstance } from '../../state/tables.ts';

export type DecisionOutcome = { kind: 'unknown' } | { kind: 'failed'; message: string; failedDecisionId: string; decision: DecisionRow; evaluation: DecisionEvaluation } | { kind: 'evaluated'; output: JsonValue; decision: DecisionRow; evaluation: DecisionEvaluation };

/** Evaluates the latest version of a decision. */
export function evaluateLatestDecision(state: EngineState, decisionId: string, scope: FeelScope, instance: ElementInstance): DecisionOutcome {
  const decision = latestDecision(state, decisionId, instance.tenantId);
  return decision === undefined ? { kind: 'unknown' } : evaluateDecisionRow(state, decision, scope, instance);
}

/** Evaluates a decision and writes its DECISION_EVALUATION record, of failures too. */
export function evaluateDecisionRow(state: EngineState, decision: DecisionRow, scope: FeelScope, instance?: ElementInstance): DecisionOutcome {
  const evaluation = evaluateDecision(decisionModelOf(state, decision.requirementsKey), decision.decisionId, scope, { now: () => state.now, zone: state.zone });
  const { failure } = evaluation;
  state.record('DECISION_EVALUATION', failure === undefined ? 'EVALUATED' : 'FAILED', state.mintKey(), recordValue(state, decision, evaluation, instance));
  if (failure !== undefined) return { kind: 'failed', message: failure.message, failedDecisionId: failure.failedDecisionId, decision, evaluation };
  return { kind: 'evaluated', output: evaluation.output, decision, evaluation };
}

function recordValue(state: EngineState, decision: DecisionRow, evaluation: DecisionEvaluation, instance?: ElementInstance): JsonObject {
  const requirements = requirementsByKey(state, decision.requirementsKey)!;
  return {
    decisionKey: decision.key,
    decisionId: decision.decisionId,
    decisionName: decision.name,
    decisionVersion: decision.version,
    decisionRequirementsId: requirements.id,
    decisionRequirementsKey: requirements.key,
    decisionOutput: exactJsonText(evaluation.output),
    bpmnProcessId: instance?.bpmnProcessId ?? '',
    processDefinitionKey: instance?.processDefinitionKey ?? NO_KEY,
    processInstanceKey: instance?.processInstanceKey ?? NO_KEY,
    elementId: instance?.elementId ?? '',
    elementInstanceKey: instance?.key ?? NO_KEY,
    evaluatedDecisions: evaluatedDecisionsOf(state, decision, evaluation) as unknown as JsonValue,
    evaluationFailureMessage: evaluation.failure?.message ?? '',
    failedDecisionId: evaluation.failure?.failedDecisionId ?? '',
    tenantId: tenantOf(decision),
  };
}

/** The evaluated decisions with their keys and versions; outputs and inputs as JSON text, as records and gateway have them. */
export function evaluatedDecisionsOf(state: EngineState, decision: DecisionRow, evaluation: DecisionEvaluation) {
  const rows = new Map(decisionsOf(state, decision.requirementsKey).map((row) => [row.decisionId, row]));
  return evaluation.evaluatedDecisions.map((each) => ({
    decisionId: each.decisionId,
    decisionName: each.decisionName,
    decisionKey: rows.get(each.decisionId)?.key ?? NO_KEY,
    decisionVersion: rows.get(each.decisionId)?.version ?? -1,
    decisionType: each.decisionType,
    decisionOutput: exactJsonText(each.output),
    tenantId: tenantOf(decision),
    evaluatedInputs: each.evaluatedInputs.map((input) => ({ inputId: input.inputId, inputName: input.inputName, inputValue: exactJsonText(input.inputValue) })),
    matchedRules: each.matchedRules.map((rule) => ({
      ruleId: rule.ruleId,
      ruleIndex: rule.ruleIndex,
      evaluatedOutputs: rule.evaluatedOutputs.map((output) => ({ outputId: output.outputId, outputName: output.outputName, outputValue: exactJsonText(output.outputValue) })),
    })),
  }));
}
