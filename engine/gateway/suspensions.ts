import { status } from '@grpc/grpc-js';
import type { SuspensionTarget } from '../protocol/commands.ts';
import { evaluateConditions } from './evaluate-conditions.ts';
import { execute, RpcError, unary, type GatewayContext } from './rpc.ts';
import { checkTenant, contextOf } from './tenants.ts';

interface SuspensionRequest {
  target?: 'processInstanceKey' | 'processDefinitionKey' | 'jobType';
  processInstanceKey: string;
  processDefinitionKey: string;
  jobType: string;
  tenantId: string;
}

function targetOf(context: GatewayContext, request: SuspensionRequest, rpc: string): SuspensionTarget {
  if (request.target === 'processInstanceKey') return { kind: 'process_instance', key: request.processInstanceKey };
  if (request.target === 'processDefinitionKey') return { kind: 'process_definition', key: request.processDefinitionKey };
  if (request.target === 'jobType' && request.jobType !== '') return { kind: 'job_type', jobType: request.jobType, tenantId: checkTenant(context, request.tenantId, rpc) };
  throw new RpcError(status.INVALID_ARGUMENT, 'Expected a process instance, a process definition or a job type to suspend or resume, but none was named');
}

/** The rpcs beside the Zeebe protocol by name. */
export function extensionsOf(gateway: GatewayContext): Record<string, unknown> {
  const rpc = (name: string, intent: string, type: 'suspend' | 'resume') =>
    unary(async (request: SuspensionRequest, caller) => {
      const context = contextOf(gateway, caller);
      await execute(context, intent, { type, target: targetOf(context, request, name) });
      return {};
    });
  return {
    suspend: rpc('Suspend', 'SUSPEND', 'suspend'),
    resume: rpc('Resume', 'RESUME', 'resume'),
    evaluateConditions: unary((request: Parameters<ReturnType<typeof evaluateConditions>>[0], caller) => evaluateConditions(contextOf(gateway, caller))(request)),
  };
}
