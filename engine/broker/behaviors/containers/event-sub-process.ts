import { triggersOf } from '../../state/process-instance.ts';
import { setAllLocal } from '../../state/variable.ts';
import { childGone } from '../shared/lifecycle.ts';
import type { ElementBehavior } from '../shared/processing.ts';
import { startScope } from './process.ts';

/** Event subprocess: begun by its start event's trigger; an error's variables are seen inside it only. */
export const eventSubProcess: ElementBehavior = {
  prepare: (processing, element) => (instance) => {
    const trigger = triggersOf(processing.state, instance)[0];
    if (trigger?.kind === 'ERROR') setAllLocal(processing.state, instance, trigger.variables);
    startScope(processing, element.startEventId, instance);
  },
  leave: (processing, _element, instance) => childGone(processing, instance.flowScopeKey, instance),
};
