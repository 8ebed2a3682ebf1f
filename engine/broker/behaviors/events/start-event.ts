import { findInstance } from '../../state/process-instance.ts';
import { elementFor } from '../shared/lifecycle.ts';
import { openSubscriptions } from '../shared/open-subscriptions.ts';
import { passThrough } from '../shared/pass-through.ts';
import type { ElementBehavior } from '../shared/processing.ts';

/** Start event: opens the events of its scope as it completes. That of a process keeps what began it as its own variables. */
export const startEvent: ElementBehavior = {
  ...passThrough,
  keepsTrigger: ({ state }, instance) => findInstance(state, instance.flowScopeKey)?.type === 'PROCESS',
  completing(processing, _element, instance) {
    const scope = findInstance(processing.state, instance.flowScopeKey);
    if (scope !== undefined) openSubscriptions(processing, elementFor(processing, scope), scope, false);
    return [];
  },
};
