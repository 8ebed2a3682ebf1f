import { status } from '@grpc/grpc-js';
import { RpcError, unary } from './rpc.ts';
import type { ServerCall } from './server-call.ts';

interface HealthCheckRequest {
  service: string;
}

/** A gateway that answers at all serves; it stops answering when its broker stops. */
const KNOWN: ReadonlySet<string> = new Set(['', 'gateway_protocol.Gateway']);

/** gRPC's health checks by name. */
export const healthHandlers: Record<string, unknown> = {
  check: unary(({ service }: HealthCheckRequest) => (KNOWN.has(service) ? Promise.resolve({ status: 'SERVING' }) : Promise.reject(new RpcError(status.NOT_FOUND, `unknown service ${service}`)))),
  watch: (call: ServerCall<HealthCheckRequest, { status: string }>): void => void call.write({ status: KNOWN.has(call.request.service) ? 'SERVING' : 'SERVICE_UNKNOWN' }),
};
