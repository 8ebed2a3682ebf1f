import type { ElementBehavior } from './processing.ts';

/** Elements that are done as soon as they are reached: manual and undefined tasks, none events, boundary and start events. */
export const passThrough: ElementBehavior = {
  prepare: (processing) => (instance) => processing.follow({ type: 'complete', key: instance.key }),
};
