import type { ExecutableElement } from '../../model/executable-process.ts';
import type { ElementBehavior } from '../shared/processing.ts';
import { multiInstanceBody } from './multi-instance-body.ts';
import { standardLoop } from './standard-loop.ts';

const kindOf = (element: ExecutableElement): ElementBehavior => (element.multiInstance!.standardLoop === undefined ? multiInstanceBody : standardLoop);

/** What holds the passes of an activity: a multi-instance or a standard loop. */
export const loopBody: ElementBehavior = {
  appliesMappings: () => false,
  prepare: (processing, element, instance, trigger) => kindOf(element).prepare!(processing, element, instance, trigger),
  beginPasses: (processing, element, body, items) => kindOf(element).beginPasses?.(processing, element, body, items),
  childCompleting: (processing, element, scope, child) => kindOf(element).childCompleting!(processing, element, scope, child),
  childGone: (processing, element, scope, child) => kindOf(element).childGone!(processing, element, scope, child),
  completing: (processing, element, instance) => kindOf(element).completing?.(processing, element, instance) ?? [],
};
