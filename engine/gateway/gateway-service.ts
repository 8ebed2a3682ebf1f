import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { gatewayProtocol } from '../protocol/gateway-protocol.ts';
import { recycleSessions } from './recycle-sessions.ts';
import { handlersOf } from './rpcs.ts';
import type { GatewayContext } from './rpc.ts';

/** Largest message a client may send, as Zeebe's default. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

export interface GatewayOptions extends GatewayContext {
  /** @default '127.0.0.1' */
  host?: string;
  /** 0 takes any free port. @default 26500 */
  port?: number;
}

export interface Gateway {
  /** `host:port` clients connect to. */
  address: string;
  stop(): Promise<void>;
}

/** The port is taken, or may not be opened. */
export class GatewayPortError extends Error {}

/** Starts the Zeebe gateway in front of a broker. */
export async function startGateway({ host = '127.0.0.1', port = 26500, ...context }: GatewayOptions): Promise<Gateway> {
  const server = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES, 'grpc.max_send_message_length': -1 });
  server.addService(gatewayProtocol.service, handlersOf(context) as UntypedServiceImplementation);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, actual) => {
      if (error !== null) reject(new GatewayPortError(`The gateway cannot listen on ${host}:${port}: the port is in use or not allowed. Stop what uses it, or set GATEWAY_PORT.`, { cause: error }));
      else resolve(actual);
    });
  });
  recycleSessions(server);
  return {
    address: `${host}:${bound}`,
    stop: () =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.forceShutdown(), 300);
        server.tryShutdown(() => {
          clearTimeout(force);
          resolve();
        });
      }),
  };
}

