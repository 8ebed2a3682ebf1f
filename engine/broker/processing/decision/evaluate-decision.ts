import { jsonScope } from '../../../contract/feel/index.ts';
import { tenantOf } from '../../../protocol/tenant.ts';
import { evaluateDecisionRow, evaluatedDecisionsOf } from '../../behaviors/shared/decisions.ts';
import { decisionByKey, latestDecision } from '../../state/deployment.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';

/** Evaluates a decision by id (latest version) or key. A failed evaluation is an answer too, with what was evaluated. */
export const evaluateDecision: CommandHandler<'evaluate_decision'> = ({ state }, command) => {
  const { decisionId, decisionKey, variables } = command;
  const named = decisionId === '' ? decisionByKey(state, decisionKey) : latestDecision(state, decisionId, command.tenantId);
  const decision = named !== undefined && tenantOf(named) === tenantOf(command) ? state.seen(named) : undefined;
  if (decision === undefined) {
    return reject('INVALID_ARGUMENT', decisionId === '' ? `Expected to evaluate decision '${decisionKey}', but no decision found for key '${decisionKey}'` : `Expected to evaluate decision '${decisionId}', but no decision found for id '${decisionId}'`);
  }
  const outcome = evaluateDecisionRow(state, decision, jsonScope(variables));
  if (outcome.kind === 'unknown') throw new Error(`decision ${decision.key} is gone`);
  return accept({
    decision,
    output: outcome.kind === 'evaluated' ? outcome.output : null,
    failure: outcome.kind === 'failed' ? { failedDecisionId: outcome.failedDecisionId, message: outcome.message } : null,
    evaluatedDecisions: evaluatedDecisionsOf(state, decision, outcome.evaluation),
  });
};
