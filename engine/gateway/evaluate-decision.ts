import { exactJsonText } from '../contract/exact-json.ts';
import type { JsonValue } from '../contract/json.ts';
import { execute, readVariables, type GatewayContext } from './rpc.ts';
import { checkTenant } from './tenants.ts';

interface Evaluated {
  decision: { decisionId: string; key: string; name: string; version: number; requirementsId: string; requirementsKey: string };
  output: JsonValue;
  failure: { failedDecisionId: string; message: string } | null;
  evaluatedDecisions: unknown[];
}

/** rpc EvaluateDecision: by id (latest) or key. */
export const evaluateDecision = (context: GatewayContext) => async (request: { decisionKey: string; decisionId: string; variables: string; tenantId?: string }) => {
  const tenantId = checkTenant(context, request.tenantId, 'EvaluateDecision');
  const { decision, output, failure, evaluatedDecisions } = await execute<Evaluated>(context, 'EVALUATE', { type: 'evaluate_decision', decisionId: request.decisionId, decisionKey: request.decisionKey, variables: readVariables(request.variables), tenantId });
  return {
    decisionKey: decision.key,
    decisionId: decision.decisionId,
    decisionName: decision.name,
    decisionVersion: decision.version,
    decisionRequirementsId: decision.requirementsId,
    decisionRequirementsKey: decision.requirementsKey,
    decisionOutput: failure === null ? exactJsonText(output) : '',
    evaluatedDecisions,
    failedDecisionId: failure?.failedDecisionId ?? '',
    failureMessage: failure?.message ?? '',
    tenantId,
  };
};
