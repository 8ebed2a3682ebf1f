import type { ElementBehavior } from '../shared/processing.ts';

/** Event-based gateway: waits for all its events at once; the first that happens is begun. No record shows its flow taken (Zeebe 8.5.8). */
export const eventBasedGateway: ElementBehavior = {
  passesTriggerOn: false,
  leave(processing, element, instance, { triggers }) {
    const trigger = triggers[0];
    const flow = element.outgoing.find((each) => each.targetId === trigger?.elementId);
    if (flow !== undefined && trigger !== undefined) {
      processing.follow({ type: 'activate', elementId: flow.targetId, scopeKey: instance.flowScopeKey, consumes: 0, trigger: { elementId: trigger.elementId, kind: trigger.kind, variables: trigger.variables } });
    }
  },
};
