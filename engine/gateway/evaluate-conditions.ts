import type { BegunByCondition } from '../broker/processing/condition/evaluate-conditions.ts';
import { execute, readVariables, type GatewayContext } from './rpc.ts';
import { checkTenant } from './tenants.ts';

/** rpc EvaluateConditions, beside the Zeebe protocol: a definition key of 0 or less is none. */
export const evaluateConditions = (context: GatewayContext) => async (request: { variables: string; processDefinitionKey: string; tenantId?: string }) => {
  const tenantId = checkTenant(context, request.tenantId, 'EvaluateConditions');
  const { processDefinitionKey } = request;
  const processInstances = await execute<BegunByCondition[]>(context, 'EVALUATE', { type: 'evaluate_conditions', variables: readVariables(request.variables), tenantId, ...(BigInt(processDefinitionKey) <= 0n ? {} : { processDefinitionKey }) });
  return { processInstances };
};
