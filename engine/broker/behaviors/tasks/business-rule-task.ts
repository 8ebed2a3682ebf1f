import { attachTrigger } from '../../state/process-instance.ts';
import { feelScope } from '../../state/variable.ts';
import { evaluateLatestDecision } from '../shared/decisions.ts';
import { evaluateText } from '../shared/expressions.ts';
import { ElementFailure } from '../shared/failure.ts';
import { jobTask } from '../shared/job-task.ts';
import type { ElementBehavior } from '../shared/processing.ts';

/** Business rule task: the latest version of a decision evaluated in place, or a job. */
export const businessRuleTask: ElementBehavior = {
  prepare(processing, element, instance, trigger) {
    if (element.calledDecision === undefined) return jobTask.prepare!(processing, element, instance, trigger);
    const decisionId = evaluateText(processing.state, element.calledDecision.decisionId, instance);
    const outcome = evaluateLatestDecision(processing.state, decisionId, feelScope(processing.state, instance), instance);
    if (outcome.kind === 'unknown') throw new ElementFailure('CALLED_DECISION_ERROR', `Expected to evaluate decision '${decisionId}', but no decision found for id '${decisionId}'`);
    if (outcome.kind === 'failed') throw new ElementFailure('DECISION_EVALUATION_ERROR', `Expected to evaluate decision '${decisionId}', but ${outcome.message}`);
    return (activated) => {
      attachTrigger(processing.state, activated, { elementId: element.id, kind: 'JOB', variables: { [element.calledDecision!.resultVariable]: outcome.output } });
      processing.follow({ type: 'complete', key: activated.key });
    };
  },
};
