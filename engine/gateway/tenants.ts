import { status } from '@grpc/grpc-js';
import { DEFAULT_TENANT } from '../protocol/tenant.ts';
import type { Caller } from './server-call.ts';
import { RpcError, type GatewayContext } from './rpc.ts';

const MOST_CHARACTERS = 31;

/** The gateway as one call sees it: with multi-tenancy the caller acts for the tenants its token names, or for the default one when there are no tokens or they do not say. */
export const contextOf = (context: GatewayContext, { source, bearer }: Caller): GatewayContext => ({ ...context, source, ...(context.multiTenancy === true ? { authorized: bearer?.tenants ?? [DEFAULT_TENANT] } : {}) });

/** Refuses a tenant the caller may not act for. While multi-tenancy is off only the default one may be named; while it is on one has to be. Which it is. */
export function checkTenant({ multiTenancy = false, authorized = [DEFAULT_TENANT] }: GatewayContext, tenantId: string | undefined, rpc: string): string {
  const refuse = (code: status, why: string): never => {
    throw new RpcError(code, `Expected to handle gRPC request ${rpc} with tenant identifier '${tenantId ?? ''}', but ${why}`);
  };
  if (!multiTenancy) {
    if (tenantId !== undefined && tenantId !== '' && tenantId !== DEFAULT_TENANT) refuse(status.INVALID_ARGUMENT, 'multi-tenancy is disabled');
    return DEFAULT_TENANT;
  }
  if (tenantId === undefined || tenantId === '') refuse(status.INVALID_ARGUMENT, 'no tenant identifier was provided');
  else if (tenantId.length > MOST_CHARACTERS) refuse(status.INVALID_ARGUMENT, `tenant identifier is longer than ${MOST_CHARACTERS} characters`);
  else if (tenantId !== DEFAULT_TENANT && !/^[\w.-]+$/.test(tenantId)) refuse(status.INVALID_ARGUMENT, 'tenant identifier contains illegal characters');
  else if (!authorized.includes(tenantId)) refuse(status.PERMISSION_DENIED, 'tenant is not authorized to perform this request');
  return tenantId!;
}

/** The same for rpcs that take several; those they are for. */
export function checkTenants(context: GatewayContext, tenantIds: readonly string[], rpc: string): readonly string[] {
  if (tenantIds.length === 0) checkTenant(context, undefined, rpc);
  for (const tenantId of tenantIds) checkTenant(context, tenantId, rpc);
  return context.multiTenancy === true ? tenantIds : [DEFAULT_TENANT];
}
