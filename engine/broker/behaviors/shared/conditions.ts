import { asBoolean } from '../../../contract/feel/index.ts';
import { elementOf, type Expression } from '../../model/executable-process.ts';
import { conditionHeld, conditionsIn } from '../../state/condition.ts';
import { modelOf } from '../../state/deployment.ts';
import { findInstance } from '../../state/process-instance.ts';
import { standsStill } from '../../state/suspension.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { feelScope } from '../../state/variable.ts';
import type { Processing } from './processing.ts';
import { canTrigger, triggerEvent } from './trigger-event.ts';

/**
 * Looks at the conditional events of all instances in which something has changed: whoever's condition has become true happens. One that
 * does not interrupt happens anew each time its condition has been false in between. False when nothing had changed.
 */
export function reconsiderConditions(processing: Processing): boolean {
  const { state } = processing;
  const changed = state.takeChangedInstances();
  for (const processInstanceKey of changed) {
    const waiting = conditionsIn(state, processInstanceKey);
    if (waiting.length === 0 || standsStill(state, processInstanceKey)) continue;
    for (const subscription of waiting) {
      const scope = findInstance(state, subscription.elementInstanceKey);
      if (scope === undefined) continue;
      const event = elementOf(modelOf(state, scope.processDefinitionKey), subscription.elementId);
      const holds = isTrue(processing, event.condition, scope);
      if (holds && subscription.held) continue;
      if (holds && !canTrigger(processing, scope, event)) continue;
      conditionHeld(state, subscription, holds);
      if (holds) triggerEvent(processing, scope, event, { elementId: event.id, kind: 'CONDITION', variables: {} });
    }
  }
  return changed.size > 0;
}

/** Null, anything but a boolean and what cannot be evaluated yet are not true. */
function isTrue({ state }: Processing, condition: Expression | undefined, from: ElementInstance): boolean {
  return condition?.kind === 'feel' && asBoolean(condition.compiled.evaluate(feelScope(state, from), { now: () => state.now, zone: state.zone }).value) === true;
}
