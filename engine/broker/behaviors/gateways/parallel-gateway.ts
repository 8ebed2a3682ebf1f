import { arriveAtJoin, useWaitingFlows } from '../../state/process-instance.ts';
import type { ElementBehavior } from '../shared/processing.ts';

/** Parallel gateway: begins once every incoming flow has been taken, and takes every outgoing one at once. */
export const parallelGateway: ElementBehavior = {
  prepare: (processing) => (instance) => processing.next({ type: 'complete', key: instance.key }),
  arrive(processing, element, scope, flow) {
    const activate = (consumes: number): void => processing.follow({ type: 'activate', elementId: element.id, scopeKey: scope.key, consumes });
    if (element.incoming.length <= 1) activate(1);
    else if (arriveAtJoin(processing.state, scope, element.id, flow.id, element.incoming)) activate(element.incoming.length);
  },
  usesWaiting: (processing, element, scope) => useWaitingFlows(processing.state, scope, element.id),
};
