import type { ExecutableElement, SequenceFlow } from '../../model/executable-process.ts';
import { updateInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { evaluateCondition } from '../shared/expressions.ts';
import { ElementFailure } from '../shared/failure.ts';
import { takeFlows } from '../shared/lifecycle.ts';
import type { ElementBehavior, Processing } from '../shared/processing.ts';

/** Diverging inclusive gateway: takes every flow whose condition holds, else the default flow. */
export const inclusiveGateway: ElementBehavior = {
  prepare(processing, element, instance) {
    const chosenFlowIds = choose(processing, element, instance).map((flow) => flow.id);
    return (activated) => {
      updateInstance(processing.state, activated, { chosenFlowIds });
      processing.follow({ type: 'complete', key: activated.key });
    };
  },
  leave(processing, element, instance) {
    const flows = element.outgoing.filter((flow) => instance.chosenFlowIds?.includes(flow.id));
    takeFlows(processing, flows, instance);
  },
};

function choose(processing: Processing, element: ExecutableElement, instance: ElementInstance): SequenceFlow[] {
  const { outgoing, defaultFlowId } = element;
  if (outgoing.length === 0) return [];
  const chosen = outgoing.filter((flow) => flow.id !== defaultFlowId && (flow.condition === undefined || evaluateCondition(processing.state, flow.condition, instance)));
  if (chosen.length > 0) return chosen;
  const fallback = outgoing.find((flow) => flow.id === defaultFlowId);
  if (fallback === undefined) throw new ElementFailure('CONDITION_ERROR', 'Expected at least one condition to evaluate to true, or to have a default flow');
  return [fallback];
}
