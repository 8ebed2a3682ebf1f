import { childGone } from '../shared/lifecycle.ts';
import type { ElementBehavior } from '../shared/processing.ts';
import { startScope } from './process.ts';

/** Event subprocess: begun by its start event's trigger, whose variables go to the scope around it. */
export const eventSubProcess: ElementBehavior = {
  isScope: true,
  sharesCompensation: true,
  passesTriggerOn: false,
  prepare: (processing, element) => (instance) => startScope(processing, element.startEventId, instance),
  leave: (processing, _element, instance) => childGone(processing, instance.flowScopeKey, instance),
};
