import { status } from '@grpc/grpc-js';
import { DEFAULT_TENANT } from '../protocol/records.ts';
import { RpcError, type GatewayContext } from './rpc.ts';

const MOST_CHARACTERS = 31;

/** Refuses a tenant the caller may not act for. While multi-tenancy is off only the default one may be named; while it is on one has to be. */
export function checkTenant({ multiTenancy = false }: GatewayContext, tenantId: string | undefined, rpc: string): void {
  const refuse = (code: status, why: string): never => {
    throw new RpcError(code, `Expected to handle gRPC request ${rpc} with tenant identifier '${tenantId ?? ''}', but ${why}`);
  };
  if (!multiTenancy) {
    if (tenantId !== undefined && tenantId !== '' && tenantId !== DEFAULT_TENANT) refuse(status.INVALID_ARGUMENT, 'multi-tenancy is disabled');
    return;
  }
  if (tenantId === undefined || tenantId === '') refuse(status.INVALID_ARGUMENT, 'no tenant identifier was provided');
  else if (tenantId === DEFAULT_TENANT) return;
  else if (tenantId.length > MOST_CHARACTERS) refuse(status.INVALID_ARGUMENT, `tenant identifier is longer than ${MOST_CHARACTERS} characters`);
  else if (!/^[\w.-]+$/.test(tenantId)) refuse(status.INVALID_ARGUMENT, 'tenant identifier contains illegal characters');
  // The broker holds the default tenant alone, so nobody has been given another.
  else refuse(status.PERMISSION_DENIED, 'tenant is not authorized to perform this request');
}

/** The same for rpcs that take several. */
export function checkTenants(context: GatewayContext, tenantIds: readonly string[], rpc: string): void {
  if (tenantIds.length === 0) checkTenant(context, undefined, rpc);
  for (const tenantId of tenantIds) checkTenant(context, tenantId, rpc);
}
