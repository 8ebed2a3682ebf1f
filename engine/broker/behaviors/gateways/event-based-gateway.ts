import { takeFlow } from '../shared/lifecycle.ts';
import type { ElementBehavior } from '../shared/processing.ts';

/** Event-based gateway: waits for all its events at once; the first that happens takes its flow. */
export const eventBasedGateway: ElementBehavior = {
  leave(processing, element, instance, { triggers }) {
    const trigger = triggers[0];
    const flow = element.outgoing.find((each) => each.targetId === trigger?.elementId);
    if (flow !== undefined && trigger !== undefined) takeFlow(processing, flow, instance, { elementId: trigger.elementId, kind: trigger.kind, variables: trigger.variables });
  },
};
