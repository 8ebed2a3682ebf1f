import { passThrough } from '../shared/pass-through.ts';
import type { ElementBehavior } from '../shared/processing.ts';

/** Manual and undefined tasks: nothing is to be done. */
export const plainTask: ElementBehavior = { ...passThrough, appliesMappings: () => false };
