import type { ElementBehavior } from '../shared/processing.ts';

/** Boundary event: begun by what it caught before anything else goes on, and left in its turn. */
export const boundaryEvent: ElementBehavior = {
  keepsErrorVariables: true,
  keepsTrigger: () => true,
  prepare: (processing) => (instance) => processing.follow({ type: 'complete', key: instance.key }),
};
