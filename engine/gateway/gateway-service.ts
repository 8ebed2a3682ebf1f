import type { CheckToken } from './bearer-tokens.ts';
import { extensionsProtocol, gatewayProtocol, healthProtocol } from '../protocol/gateway-protocol.ts';
import { GrpcServer } from './grpc-server.ts';
import { healthHandlers } from './health.ts';
import { requireToken } from './require-token.ts';
import { extensionsOf } from './suspensions.ts';
import { handlersOf } from './rpcs.ts';
import type { GatewayContext } from './rpc.ts';

/** Largest message a client may send, as Zeebe's default. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** Silence after which a client is asked whether it is still there, and how long it may take to answer. */
const KEEP_ALIVE_MS = 30_000;
const KEEP_ALIVE_ANSWER_MS = 20_000;

export interface GatewayOptions extends GatewayContext {
  /** @default '127.0.0.1' */
  host?: string;
  /** 0 takes any free port. @default 26500 */
  port?: number;
  /** PEM texts. With `clientCa` only clients with a certificate signed by it are let in. @default plain text */
  tls?: { cert: Buffer; key: Buffer; clientCa?: Buffer };
  /** Checks the bearer token that every call then has to carry. */
  checkToken?: CheckToken;
}

export interface Gateway {
  /** `host:port` clients connect to. */
  address: string;
  stop(): Promise<void>;
}

/** The port is taken, or may not be opened. */
export class GatewayPortError extends Error {}

/** Starts the Zeebe gateway in front of a broker. */
export async function startGateway({ host = '127.0.0.1', port = 26500, tls, checkToken, ...context }: GatewayOptions): Promise<Gateway> {
  const server = new GrpcServer({ maxBytes: MAX_MESSAGE_BYTES, keepAliveMs: KEEP_ALIVE_MS, keepAliveAnswerMs: KEEP_ALIVE_ANSWER_MS, ...(tls === undefined ? {} : { tls }), ...(checkToken === undefined ? {} : { admit: requireToken(checkToken) }) });
  server.addService(gatewayProtocol.service, handlersOf(context));
  server.addService(extensionsProtocol.service, extensionsOf(context));
  server.addService(healthProtocol.service, healthHandlers);
  const bound = await server.listen(host, port).catch((cause: Error) => {
    throw new GatewayPortError(`The gateway cannot listen on ${host}:${port}: the port is in use or not allowed. Stop what uses it, or set GATEWAY_PORT.`, { cause });
  });
  return { address: `${host}:${bound}`, stop: () => server.stop() };
}
