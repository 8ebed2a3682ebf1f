import { execute, readVariables, type GatewayContext } from './rpc.ts';
import { checkTenant } from './tenants.ts';

/** rpc BroadcastSignal. */
export const broadcastSignal = (context: GatewayContext) => async (request: { signalName: string; variables: string; tenantId?: string }) => {
  const tenantId = checkTenant(context, request.tenantId, 'BroadcastSignal');
  const { key } = await execute<{ key: string }>(context, 'BROADCAST', { type: 'broadcast_signal', signalName: request.signalName, variables: readVariables(request.variables), tenantId });
  return { key, tenantId };
};
