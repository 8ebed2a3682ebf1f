import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { status } from '@grpc/grpc-js';
import { DEFAULT_TENANT } from '../../protocol/tenant.ts';
import { TokenRefused, type Bearer } from '../bearer-tokens.ts';
import { GatewayPortError, type Gateway, type GatewayOptions } from '../gateway-service.ts';
import { execute, RpcError, type GatewayContext } from '../rpc.ts';
import { topology } from '../topology.ts';
import { Problem, sendProblem } from './problem.ts';
import { assignUserTask, completeUserTask, unassignUserTask, updateUserTask } from './user-tasks.ts';

type Handle = (context: GatewayContext, request: IncomingMessage, userTaskKey: string) => Promise<object | null>;

const userTask =
  (route: typeof completeUserTask): Handle =>
  async (context, request, userTaskKey) => {
    if (!/^-?\d+$/.test(userTaskKey)) throw new Problem(400, 'Bad Request', 'Type mismatch.');
    const { intent, command } = await route(userTaskKey, request);
    await execute(context, intent, command);
    return null;
  };

/** Names of an answer's enums are small letters here. */
const tellTopology: Handle = async (context) => {
  const told = await topology(context)();
  return { ...told, brokers: told.brokers.map((broker) => ({ ...broker, partitions: broker.partitions.map((each) => ({ ...each, role: each.role.toLowerCase(), health: each.health.toLowerCase() })) })) };
};

const ROUTES: readonly { path: RegExp; methods: Readonly<Record<string, Handle>> }[] = [
  { path: /^\/v1\/topology$/, methods: { GET: tellTopology } },
  { path: /^\/v1\/user-tasks\/([^/]+)\/completion$/, methods: { POST: userTask(completeUserTask) } },
  { path: /^\/v1\/user-tasks\/([^/]+)\/assignment$/, methods: { POST: userTask(assignUserTask) } },
  { path: /^\/v1\/user-tasks\/([^/]+)\/assignee$/, methods: { DELETE: userTask(unassignUserTask) } },
  { path: /^\/v1\/user-tasks\/([^/]+)$/, methods: { PATCH: userTask(updateUserTask) } },
];

/** HTTP of the rejections that Zeebe maps by name; the others are 500. */
const HTTP: Readonly<Partial<Record<status, number>>> = {
  [status.INVALID_ARGUMENT]: 400,
  [status.NOT_FOUND]: 404,
  [status.ALREADY_EXISTS]: 409,
  [status.FAILED_PRECONDITION]: 409,
  [status.RESOURCE_EXHAUSTED]: 503,
  [status.UNAVAILABLE]: 503,
  [status.DEADLINE_EXCEEDED]: 504,
};

const TITLE: Readonly<Partial<Record<status, string>>> = { [status.FAILED_PRECONDITION]: 'INVALID_STATE' };

/** Starts REST in front of a broker, with the same doorkeepers as the gateway. */
export async function startRest({ host = '127.0.0.1', port = 8080, tls, checkToken, ...context }: GatewayOptions): Promise<Gateway> {
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '/').split('?')[0]!;
    answer(context, checkToken, request, path).then(
      (body) => send(response, body),
      (error: Error) => sendProblem(response, problemOf(error), path),
    );
  };
  const server: Server = tls === undefined ? createPlainServer(serve) : createTlsServer({ cert: tls.cert, key: tls.key, ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }) }, serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new GatewayPortError(`REST of the gateway cannot listen on ${host}:${port}: the port is in use or not allowed. Stop what uses it, or set GATEWAY_REST_PORT.`, { cause })));
    server.listen(port, host, resolve);
  });
  return {
    address: `${host}:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(gateway: GatewayContext, checkToken: GatewayOptions['checkToken'], request: IncomingMessage, path: string): Promise<object | null> {
  let bearer: Bearer | undefined;
  if (checkToken !== undefined) {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw new Problem(401, 'Unauthorized', 'Expected a valid bearer token in the authorization header, but there is none', { 'www-authenticate': 'Bearer' });
    bearer = await checkToken(token);
  }
  const context = { ...gateway, source: 'rest', ...(gateway.multiTenancy === true ? { authorized: bearer?.tenants ?? [DEFAULT_TENANT] } : {}) };
  const route = ROUTES.find((each) => each.path.test(path));
  if (route === undefined) throw new Problem(404, 'Not Found');
  const handle = route.methods[request.method ?? ''];
  if (handle === undefined) {
    const allowed = Object.keys(route.methods).join(', ');
    throw new Problem(405, 'Method Not Allowed', `Supported methods: [${allowed}]`, { allow: allowed });
  }
  return handle(context, request, route.path.exec(path)?.[1] ?? '');
}

function problemOf(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TokenRefused) return new Problem(401, 'Unauthorized', `Expected a valid bearer token in the authorization header, but ${error.message}`, { 'www-authenticate': 'Bearer' });
  if (!(error instanceof RpcError)) return new Problem(500, 'Internal Server Error', `Unexpected error occurred during the request processing: ${error.message}`);
  // What the request itself has wrong is told without the command's name.
  const detail = error.code === status.INVALID_ARGUMENT ? error.message.replace(/^Command '\w+' rejected with code '\w+': /, '') : error.message;
  return new Problem(HTTP[error.code] ?? 500, TITLE[error.code] ?? status[error.code], detail);
}

function send(response: ServerResponse, body: object | null): void {
  if (body === null) {
    response.writeHead(204).end();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
