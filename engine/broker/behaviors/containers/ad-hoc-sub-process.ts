import { childrenIn, findInstance, forgetFlows, instanceOf, updateInstance } from '../../state/process-instance.ts';
import { modelOf } from '../../state/deployment.ts';
import type { Key } from '../../../protocol/key.ts';
import { evaluateCondition, evaluateTextList } from '../shared/expressions.ts';
import { ElementFailure } from '../shared/failure.ts';
import { elementFor } from '../shared/lifecycle.ts';
import type { ElementBehavior, Processing } from '../shared/processing.ts';

/**
 * Ad-hoc subprocess: begins the elements that its collection names, and ends when nothing in it is active or, asked after each
 * element, its completion condition holds. What is active then is terminated, or (`cancelRemainingInstances="false"`) awaited.
 */
export const adHocSubProcess: ElementBehavior = {
  prepare(processing, element, instance) {
    const { state } = processing;
    const { activeElements } = element.adHoc!;
    const ids = activeElements === undefined ? [] : evaluateTextList(state, activeElements, instance);
    const { elements } = modelOf(state, instance.processDefinitionKey);
    for (const id of ids) {
      const found = elements.get(id);
      const canBegin = found?.scopeId === element.id && found.incoming.length === 0 && found.type !== 'BOUNDARY_EVENT' && !found.isForCompensation;
      if (!canBegin) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected to activate the elements [${ids.join(', ')}] of the ad-hoc subprocess '${element.id}', but '${id}' is none of those in it without incoming sequence flows`);
    }
    return (activated) => {
      if (ids.length === 0) processing.follow({ type: 'complete', key: activated.key });
      for (const elementId of ids) processing.follow({ type: 'activate', elementId, scopeKey: activated.key, consumes: 0 });
    };
  },
  childCompleting(processing, _element, scope) {
    const { completionCondition, cancelRemaining } = elementFor(processing, scope).adHoc!;
    if (completionCondition === undefined || !cancelRemaining || scope.interruptedBy !== undefined) return;
    if (!evaluateCondition(processing.state, completionCondition, instanceOf(processing.state, scope.key))) return;
    // Nothing more begins in it from here on.
    updateInstance(processing.state, instanceOf(processing.state, scope.key), { interruptedBy: scope.elementId });
    processing.afterSteps(() => end(processing, scope.key));
  },
  childGone(processing, _element, scope) {
    if (scope.children === 0 && scope.flows === 0) processing.follow({ type: 'complete', key: scope.key });
  },
};

function end(processing: Processing, key: Key): void {
  const { state } = processing;
  const scope = findInstance(state, key);
  if (scope === undefined || scope.state !== 'ACTIVATED') return;
  const rest = childrenIn(state, forgetFlows(state, scope));
  for (const each of rest) processing.follow({ type: 'terminate', key: each.key });
  if (rest.length === 0) processing.follow({ type: 'complete', key });
}
