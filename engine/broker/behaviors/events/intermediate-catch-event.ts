import type { ElementBehavior } from '../shared/processing.ts';

/** Message or timer catch event: waits; goes on at once when an event-based gateway has caught its event. */
export const intermediateCatchEvent: ElementBehavior = {
  prepare: (processing, _element, _instance, trigger) => (instance) => {
    if (trigger !== undefined) processing.follow({ type: 'complete', key: instance.key });
  },
};
