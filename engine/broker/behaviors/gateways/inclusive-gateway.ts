import { useWaitingFlows } from '../../state/process-instance.ts';
import { arriveAtInclusiveJoin } from '../shared/inclusive-join.ts';
import type { ElementBehavior } from '../shared/processing.ts';
import { divergingGateway } from './diverging-gateway.ts';

/** Inclusive gateway: takes every flow whose condition holds, else the default flow. With several incoming flows it waits for all tokens that can still come. */
export const inclusiveGateway: ElementBehavior = {
  ...divergingGateway((flows, holds) => flows.filter(holds)),
  waitsForReach: true,
  arrive(processing, element, scope, flow) {
    if (element.incoming.length > 1) arriveAtInclusiveJoin(processing, element, scope, flow);
    else processing.follow({ type: 'activate', elementId: element.id, scopeKey: scope.key, consumes: 1 });
  },
  usesWaiting: (processing, element, scope) => useWaitingFlows(processing.state, scope, element.id),
};
