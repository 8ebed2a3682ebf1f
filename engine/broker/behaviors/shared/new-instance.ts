import { NO_KEY, type Key } from '../../../protocol/key.ts';
import { ownedBy } from '../../../protocol/tenant.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import type { ElementInstance } from '../../state/tables.ts';

/** An instance of an element inside a scope, about to be activated. `loopCounter`: its place in a multi-instance (undefined: the whole of one, or outside). */
export function newInstance(key: Key, element: ExecutableElement, scope: ElementInstance, loopCounter: number | undefined): ElementInstance {
  return {
    key,
    elementId: element.id,
    type: element.multiInstance !== undefined && loopCounter === undefined ? 'MULTI_INSTANCE_BODY' : element.type,
    eventType: element.eventType,
    processInstanceKey: scope.processInstanceKey,
    processDefinitionKey: scope.processDefinitionKey,
    bpmnProcessId: scope.bpmnProcessId,
    version: scope.version,
    ...ownedBy(scope.tenantId),
    flowScopeKey: scope.key,
    parentProcessInstanceKey: NO_KEY,
    parentElementInstanceKey: NO_KEY,
    state: 'ACTIVATING',
    children: 0,
    flows: 0,
    loopCounter: loopCounter ?? 0,
  };
}
