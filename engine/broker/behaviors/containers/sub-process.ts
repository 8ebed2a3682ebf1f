import type { ElementBehavior } from '../shared/processing.ts';
import { startScope } from './process.ts';

/** Embedded subprocess: opens its event subprocesses, activates its start event, ends when nothing in it is active. */
export const subProcess: ElementBehavior = {
  isScope: true,
  prepare: (processing, element) => (instance) => startScope(processing, element.startEventId, instance),
};
