import { status } from '@grpc/grpc-js';
import { exactJsonText } from '../contract/exact-json.ts';
import type { JsonObject } from '../contract/json.ts';
import { execute, readVariables, RpcError, within, type GatewayContext } from './rpc.ts';
import { checkTenant } from './tenants.ts';

interface CreateProcessInstanceRequest {
  processDefinitionKey: string;
  bpmnProcessId: string;
  version: number;
  variables: string;
  startInstructions: { elementId: string }[];
  businessKey: string;
  uniqueBusinessKey: boolean;
  tenantId?: string;
}

interface Created {
  processDefinitionKey: string;
  bpmnProcessId: string;
  version: number;
  processInstanceKey: string;
  tenantId: string;
}

function createCommand(context: GatewayContext, request: CreateProcessInstanceRequest, rpc: string) {
  const tenantId = checkTenant(context, request.tenantId, rpc);
  return { type: 'create_process_instance' as const, bpmnProcessId: request.bpmnProcessId, processDefinitionKey: request.processDefinitionKey, version: request.version, variables: readVariables(request.variables), tenantId, startElementIds: request.startInstructions.map((each) => each.elementId), ...(request.businessKey === '' ? {} : { businessKey: { value: request.businessKey, unique: request.uniqueBusinessKey } }) };
}

/** rpc CreateProcessInstance: by id and version (-1: latest) or by definition key. */
export const createProcessInstance = (context: GatewayContext) => async (request: CreateProcessInstanceRequest) => {
  return execute<Created>(context, 'CREATE', createCommand(context, request, 'CreateProcessInstance'));
};

/** rpc CreateProcessInstanceWithResult: answers when the instance has completed; DEADLINE_EXCEEDED after `requestTimeout` ms (0: 10 s), at once when it was terminated. */
export const createProcessInstanceWithResult = (context: GatewayContext) => async ({ request, requestTimeout, fetchVariables }: { request: CreateProcessInstanceRequest; requestTimeout: string; fetchVariables: string[] }) => {
  const timeout = Number(requestTimeout) > 0 ? Number(requestTimeout) : 10_000;
  const created = execute<Created & { variables: JsonObject }>(context, 'CREATE_WITH_AWAITING_RESULT', { ...createCommand(context, request, 'CreateProcessInstanceWithResult'), awaitResult: { fetchVariables, timeoutMs: timeout } });
  const result = await within(created, timeout, () => new RpcError(status.DEADLINE_EXCEEDED, `Time out between gateway and broker: the process instance has not completed within ${timeout} ms; it goes on`));
  return { ...result, variables: exactJsonText(result.variables) };
};

/** rpc CancelProcessInstance. */
export const cancelProcessInstance = (context: GatewayContext) => async ({ processInstanceKey }: { processInstanceKey: string }) => {
  await execute(context, 'CANCEL', { type: 'cancel_process_instance', processInstanceKey });
  return {};
};

/** rpc SetVariables. */
export const setVariables = (context: GatewayContext) => async ({ elementInstanceKey, variables, local }: { elementInstanceKey: string; variables: string; local: boolean }) =>
  execute<{ key: string }>(context, 'UPDATE', { type: 'set_variables', elementInstanceKey, variables: readVariables(variables), local });

/** rpc ResolveIncident. */
export const resolveIncident = (context: GatewayContext) => async ({ incidentKey }: { incidentKey: string }) => {
  await execute(context, 'RESOLVE', { type: 'resolve_incident', incidentKey });
  return {};
};

/** rpc DeleteResource. */
export const deleteResource = (context: GatewayContext) => async ({ resourceKey }: { resourceKey: string }) => {
  await execute(context, 'DELETE', { type: 'delete_resource', resourceKey });
  return {};
};
