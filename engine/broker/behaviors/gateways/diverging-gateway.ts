import type { ExecutableElement, SequenceFlow } from '../../model/executable-process.ts';
import { updateInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { evaluateCondition } from '../shared/expressions.ts';
import { ElementFailure } from '../shared/failure.ts';
import { takeFlows } from '../shared/lifecycle.ts';
import type { ElementBehavior } from '../shared/processing.ts';

/** Picks among a gateway's conditional flows, in the order of `outgoing`; `holds` evaluates a flow's condition and may fail. */
export type Choice = (flows: readonly SequenceFlow[], holds: (flow: SequenceFlow) => boolean) => SequenceFlow[];

/** A gateway that decides by conditions while it is activated, and takes the flows chosen, or its default flow, when it is left. */
export function divergingGateway(choice: Choice): ElementBehavior {
  return {
    prepare(processing, element, instance) {
      const holds = (flow: SequenceFlow): boolean => flow.condition === undefined || evaluateCondition(processing.state, flow.condition, instance);
      const chosenFlowIds = chosenFlows(element, choice, holds).map((flow) => flow.id);
      return (activated: ElementInstance) => {
        updateInstance(processing.state, activated, { chosenFlowIds });
        processing.next({ type: 'complete', key: activated.key });
      };
    },
    leave(processing, element, instance) {
      const flows = element.outgoing.filter((flow) => instance.chosenFlowIds?.includes(flow.id));
      takeFlows(processing, flows, instance);
    },
  };
}

function chosenFlows({ outgoing, defaultFlowId }: ExecutableElement, choice: Choice, holds: (flow: SequenceFlow) => boolean): SequenceFlow[] {
  if (outgoing.length === 0) return [];
  const chosen = choice(outgoing.filter((flow) => flow.id !== defaultFlowId), holds);
  if (chosen.length > 0) return chosen;
  const fallback = outgoing.find((flow) => flow.id === defaultFlowId);
  if (fallback === undefined) throw new ElementFailure('CONDITION_ERROR', 'Expected at least one condition to evaluate to true, or to have a default flow');
  return [fallback];
}
