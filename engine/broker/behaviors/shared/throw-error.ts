import type { JsonObject } from '../../../contract/json.ts';
import { elementOf, type ExecutableElement, type Expression } from '../../model/executable-process.ts';
import { partsOf } from '../../model/multiple-events.ts';
import { modelOf } from '../../state/deployment.ts';
import type { EngineState } from '../../state/engine-state.ts';
import { findInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { evaluateText } from './expressions.ts';
import { canTrigger, triggerEvent } from './trigger-event.ts';
import type { Processing } from './processing.ts';

interface Catcher {
  scope: ElementInstance;
  event: ExecutableElement;
}

/**
 * Looks for the event that catches a code, outward from an element instance: its boundary events, the event subprocesses of its
 * scopes, and across call activities. A catcher of the very code comes before one that catches all, level by level.
 * A scope that an event subprocess has interrupted catches nothing more, its boundary events included (Zeebe 8.5.8).
 */
function findCatcher(processing: Processing, from: ElementInstance, type: 'ERROR' | 'ESCALATION', code: string): Catcher | undefined {
  const { state } = processing;
  for (let at: ElementInstance | undefined = from; at !== undefined; at = outward(state, at)) {
    if (at.interruptedBy !== undefined) continue;
    const model = modelOf(state, at.processDefinitionKey);
    const element = elementOf(model, at.elementId);
    const inLoop = element.multiInstance !== undefined && at.type !== 'MULTI_INSTANCE_BODY';
    const ids = [...element.eventSubprocessIds.map((id) => elementOf(model, id).startEventId!), ...(inLoop ? [] : element.boundaryIds)];
    const events = [...new Set(ids.flatMap((id) => partsOf(elementOf(model, id))))].map((id) => elementOf(model, id)).filter((event) => event.eventType === type);
    const scope = at;
    const codeOf = (event: ExecutableElement): Expression | undefined => (type === 'ERROR' ? event.errorCode : event.escalationCode);
    const ready = events.filter((event) => canTrigger(processing, scope, event));
    const found = ready.find((event) => codeOf(event) !== undefined && evaluateText(state, codeOf(event)!, scope) === code) ?? ready.find((event) => codeOf(event) === undefined);
    if (found !== undefined) return { scope, event: found };
  }
  return undefined;
}

function outward(state: EngineState, at: ElementInstance): ElementInstance | undefined {
  return findInstance(state, at.type === 'PROCESS' ? at.parentElementInstanceKey : at.flowScopeKey);
}

/** Throws a BPMN error from an element instance. False when nothing catches it. */
export function throwError(processing: Processing, from: ElementInstance, code: string, variables: JsonObject): boolean {
  const catcher = findCatcher(processing, from, 'ERROR', code);
  if (catcher === undefined) return false;
  triggerEvent(processing, catcher.scope, catcher.event, { elementId: catcher.event.id, kind: 'ERROR', variables });
  return true;
}

/** True when something would catch the error. */
export function isErrorCaught(processing: Processing, from: ElementInstance, code: string): boolean {
  return findCatcher(processing, from, 'ERROR', code) !== undefined;
}

/** Throws an escalation. `interrupts` tells whether the catcher ends the scope it was thrown in. */
export function throwEscalation(processing: Processing, from: ElementInstance, code: string): { caught: boolean; interrupts: boolean } {
  const catcher = findCatcher(processing, from, 'ESCALATION', code);
  processing.state.record('ESCALATION', catcher === undefined ? 'NOT_ESCALATED' : 'ESCALATED', processing.state.mintKey(), {
    processInstanceKey: from.processInstanceKey,
    escalationCode: code,
    throwElementId: from.elementId,
    catchElementId: catcher?.event.id ?? '',
  });
  if (catcher === undefined) return { caught: false, interrupts: false };
  triggerEvent(processing, catcher.scope, catcher.event, { elementId: catcher.event.id, kind: 'ESCALATION', variables: {} });
  return { caught: true, interrupts: catcher.event.interrupting };
}
