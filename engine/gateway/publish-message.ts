import { execute, readVariables, type GatewayContext } from './rpc.ts';
import { checkTenant } from './tenants.ts';

/** rpc PublishMessage: `timeToLive` in ms. */
export const publishMessage = (context: GatewayContext) => async (request: { name: string; correlationKey: string; timeToLive: string; messageId: string; variables: string; tenantId?: string }) => {
  const tenantId = checkTenant(context, request.tenantId, 'PublishMessage');
  const { key } = await execute<{ key: string }>(context, 'PUBLISH', {
    type: 'publish_message',
    name: request.name,
    correlationKey: request.correlationKey,
    messageId: request.messageId,
    timeToLiveMs: Number(request.timeToLive),
    variables: readVariables(request.variables),
    tenantId,
  });
  return { key, tenantId };
};
