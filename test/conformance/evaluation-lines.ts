import { exactJsonText, parseExactJson } from '../../engine/contract/exact-json.ts';

interface EvaluatedRule {
  ruleId: string;
  ruleIndex: number;
  evaluatedOutputs: { outputId: string; outputName: string; outputValue: string }[];
}

/** The answer to EvaluateDecision. */
export interface EvaluationAnswer {
  decisionId: string;
  decisionName: string;
  decisionVersion: number;
  decisionRequirementsId: string;
  decisionOutput: string;
  failedDecisionId: string;
  failureMessage: string;
  evaluatedDecisions: { decisionId: string; decisionName: string; decisionVersion: number; decisionType: string; decisionOutput: string; evaluatedInputs: { inputId: string; inputName: string; inputValue: string }[]; matchedRules: EvaluatedRule[] }[];
}

/** The answer, a line per decision, input and rule. Decisions that took part stand in their order. */
export function describeEvaluation(answer: EvaluationAnswer): string[] {
  const { decisionId, decisionName, decisionVersion, decisionRequirementsId, decisionOutput, failedDecisionId, failureMessage } = answer;
  return [
    `${decisionId} "${decisionName}" ${decisionVersion} of ${decisionRequirementsId}: ${failedDecisionId === '' ? sorted(decisionOutput) : `failed at ${failedDecisionId} (${decisionOutput}): ${failureMessage}`}`,
    ...answer.evaluatedDecisions.flatMap((each) => [
      `  ${each.decisionId} "${each.decisionName}" ${each.decisionVersion} ${each.decisionType}: ${sorted(each.decisionOutput)}`,
      ...each.evaluatedInputs.map((input) => `    input ${input.inputId} "${input.inputName}" ${input.inputValue}`),
      ...each.matchedRules.map((rule) => `    rule ${rule.ruleIndex} ${rule.ruleId}: ${rule.evaluatedOutputs.map((output) => `${output.outputId} "${output.outputName}" ${output.outputValue}`).join(', ')}`),
    ]),
  ];
}

/** A DECISION_EVALUATION record in the same lines. */
export function describeRecord(value: Record<string, unknown>): string[] {
  return describeEvaluation({ ...(value as unknown as EvaluationAnswer), failureMessage: String(value['evaluationFailureMessage'] ?? ''), evaluatedDecisions: (value['evaluatedDecisions'] ?? []) as EvaluationAnswer['evaluatedDecisions'] });
}

/** JSON with the entries of objects in the order of their names: Zeebe's is that of a hash table. */
function sorted(json: string | undefined): string {
  if (json === undefined || json === '') return '';
  const arranged = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(arranged);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, arranged(each)]));
  };
  return exactJsonText(arranged(parseExactJson(json)));
}
