import type { ElementBehavior } from './processing.ts';

/** Elements that are done in their turn once reached: plain tasks, parallel gateways, start events. */
export const passThrough: ElementBehavior = {
  prepare: (processing) => (instance) => processing.follow({ type: 'complete', key: instance.key }),
};
