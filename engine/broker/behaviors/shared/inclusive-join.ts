import { elementOf, type ExecutableElement, type ExecutableProcess, type SequenceFlow } from '../../model/executable-process.ts';
import type { Key } from '../../../protocol/key.ts';
import { modelOf } from '../../state/deployment.ts';
import { childrenIn, findInstance, tokenArrived, useWaitingFlows, waitingTokens } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import type { BehaviorRegistry, Processing } from './processing.ts';

/** A token waits at a joining inclusive gateway until no other one of its scope can come by a flow that none has come by yet. */
export function arriveAtInclusiveJoin(processing: Processing, gateway: ExecutableElement, scope: ElementInstance, flow: SequenceFlow): void {
  tokenArrived(processing.state, scope, gateway.id, flow.id);
  processing.afterSteps(() => tryJoin(processing, scope.key, gateway.id));
}

/** Something in a scope has moved on or ended: gateways in it that wait may have waited long enough. */
export function reconsiderJoins(processing: Processing, scopeKey: Key): void {
  const { state } = processing;
  const scope = findInstance(state, scopeKey);
  if (scope === undefined || scope.flows <= 0) return;
  const model = modelOf(state, scope.processDefinitionKey);
  const gateways = new Set(waitingTokens(state, scope).map((token) => token.gatewayId));
  for (const id of gateways) {
    const type = elementOf(model, id).type as keyof BehaviorRegistry;
    if (processing.behaviors[type].waitsForReach === true) processing.afterSteps(() => tryJoin(processing, scopeKey, id));
  }
}

/** Begins a joining gateway whose flows have all been taken; one that waits for reach is left to `reconsiderJoins`. */
export function joinWhatWaits(processing: Processing, scopeKey: Key, gatewayId: string): void {
  const { state } = processing;
  const scope = findInstance(state, scopeKey);
  if (scope === undefined || scope.state !== 'ACTIVATED' || scope.interruptedBy !== undefined) return;
  const gateway = elementOf(modelOf(state, scope.processDefinitionKey), gatewayId);
  if (processing.behaviors[gateway.type as keyof BehaviorRegistry].waitsForReach === true) return;
  const arrived = new Set(waitingTokens(state, scope).filter((token) => token.gatewayId === gatewayId).map((token) => token.flowId));
  if (gateway.incoming.every((flowId) => arrived.has(flowId))) processing.follow({ type: 'activate', elementId: gatewayId, scopeKey, consumes: useWaitingFlows(state, scope, gatewayId) });
}

function tryJoin(processing: Processing, scopeKey: Key, gatewayId: string): void {
  const { state } = processing;
  const scope = findInstance(state, scopeKey);
  if (scope === undefined || scope.state !== 'ACTIVATED' || scope.interruptedBy !== undefined) return;
  const waiting = waitingTokens(state, scope);
  const arrived = new Set(waiting.filter((token) => token.gatewayId === gatewayId).map((token) => token.flowId));
  if (arrived.size === 0) return;
  const model = modelOf(state, scope.processDefinitionKey);
  const gateway = elementOf(model, gatewayId);
  const missing = reachedFrom(model, gateway, (flowId) => !arrived.has(flowId));
  const present = reachedFrom(model, gateway, (flowId) => arrived.has(flowId));
  const tokens = [...childrenIn(state, scope).map((child) => child.elementId), ...waiting.filter((token) => token.gatewayId !== gatewayId).map((token) => token.gatewayId)];
  // Whoever may also come by a flow that has its token does not hold the gateway up (BPMN 2.0.2, 13.4.3).
  if (tokens.some((id) => missing.has(id) && !present.has(id))) return;
  processing.follow({ type: 'activate', elementId: gatewayId, scopeKey, consumes: useWaitingFlows(state, scope, gatewayId) });
}

/** Ids of the elements from which a path leads to the gateway by one of the flows wanted, without passing it before. */
function reachedFrom(model: ExecutableProcess, gateway: ExecutableElement, wants: (flowId: string) => boolean): ReadonlySet<string> {
  const found = new Set<string>();
  const next = gateway.incoming.filter(wants).map((id) => model.flows.get(id)!.sourceId);
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (found.has(id) || id === gateway.id) continue;
    found.add(id);
    const element = elementOf(model, id);
    next.push(...element.incoming.map((flowId) => model.flows.get(flowId)!.sourceId));
    if (element.attachedToId !== undefined) next.push(element.attachedToId);
    if (element.type === 'INTERMEDIATE_CATCH_EVENT' && element.link !== undefined) for (const other of model.elements.values()) if (other.link?.targetId === id) next.push(other.id);
  }
  return found;
}
