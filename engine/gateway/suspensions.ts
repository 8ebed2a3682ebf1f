import { status } from '@grpc/grpc-js';
import type { SuspensionTarget } from '../protocol/commands.ts';
import { execute, RpcError, unary, type GatewayContext } from './rpc.ts';

interface SuspensionRequest {
  target?: 'processInstanceKey' | 'processDefinitionKey' | 'jobType';
  processInstanceKey: string;
  processDefinitionKey: string;
  jobType: string;
}

function targetOf(request: SuspensionRequest): SuspensionTarget {
  if (request.target === 'processInstanceKey') return { kind: 'process_instance', key: request.processInstanceKey };
  if (request.target === 'processDefinitionKey') return { kind: 'process_definition', key: request.processDefinitionKey };
  if (request.target === 'jobType' && request.jobType !== '') return { kind: 'job_type', jobType: request.jobType };
  throw new RpcError(status.INVALID_ARGUMENT, 'Expected a process instance, a process definition or a job type to suspend or resume, but none was named');
}

/** The rpcs beside the Zeebe protocol by name. */
export function extensionsOf(context: GatewayContext): Record<string, unknown> {
  const rpc = (intent: string, type: 'suspend' | 'resume') =>
    unary(async (request: SuspensionRequest) => {
      await execute(context, intent, { type, target: targetOf(request) });
      return {};
    });
  return { suspend: rpc('SUSPEND', 'suspend'), resume: rpc('RESUME', 'resume') };
}
