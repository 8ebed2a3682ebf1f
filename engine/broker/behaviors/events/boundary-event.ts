import type { ElementBehavior } from '../shared/processing.ts';

/** Boundary event: begun by what it caught, and left before anything else goes on. */
export const boundaryEvent: ElementBehavior = {
  passesOutside: true,
  keepsErrorVariables: true,
  keepsTrigger: () => true,
  prepare: (processing) => (instance) => processing.next({ type: 'complete', key: instance.key }),
};
