import type { ServiceDefinition } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Bearer } from './bearer-tokens.ts';
import { Http2Connection } from './http2/connection.ts';
import { encodeHeaders } from './http2/hpack.ts';
import type { Http2Stream, StreamListener } from './http2/stream.ts';
import { GrpcCall, RpcError, type RpcHandler, type RpcMethod } from './server-call.ts';

export interface GrpcServerOptions {
  /** Largest message a client may send, in bytes. */
  maxBytes: number;
  /** Silence after which a client is asked whether it is still there, and how long it may take to answer, in ms. */
  keepAliveMs: number;
  keepAliveAnswerMs: number;
  /** PEM texts. With `clientCa` only clients with a certificate signed by it are let in. @default plain text */
  tls?: { cert: Buffer; key: Buffer; clientCa?: Buffer };
  /** Says by a call's headers who makes it; the call ends with what it throws. */
  admit?: (headers: ReadonlyMap<string, string>) => Promise<Bearer>;
}

const NOT_GRPC = encodeHeaders([[':status', '415']]);
const NOT_POST = encodeHeaders([[':status', '405']]);
const LOOK_MS = 1000;
const ENDING_MS = 300;

/** Serves gRPC methods of one request and one or more answers over HTTP/2. */
export class GrpcServer {
  private readonly options: GrpcServerOptions;
  private readonly methods = new Map<string, RpcMethod>();
  private readonly connections = new Set<Http2Connection>();
  private readonly server: Server;
  private readonly watch: ReturnType<typeof setInterval>;
  private connectionCount = 0;

  constructor(options: GrpcServerOptions) {
    this.options = options;
    const { tls } = options;
    this.server =
      tls === undefined
        ? createServer({ noDelay: true }, (socket) => this.connected(socket))
        : createTlsServer({ cert: tls.cert, key: tls.key, ALPNProtocols: ['h2'], ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }) }, (socket) => this.connected(socket));
    // A handshake that fails concerns its client alone, which is told by TLS.
    this.server.on('tlsClientError', (_error: Error, socket: Socket) => void socket.destroy());
    this.watch = setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Adds all methods of a service; handlers by method name with a small first letter. */
  addService(service: ServiceDefinition, handlers: Readonly<Record<string, unknown>>): void {
    for (const [name, { path, requestDeserialize, responseSerialize }] of Object.entries(service)) {
      const handle = handlers[name.charAt(0).toLowerCase() + name.slice(1)] as RpcHandler<unknown, unknown> | undefined;
      if (handle === undefined) throw new Error(`no handler for ${path}`);
      this.methods.set(path, { handle, deserialize: requestDeserialize, serialize: responseSerialize });
    }
  }

  /** Listens; the port it has got. @throws the system's error when it may not */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        const address = this.server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  /** Takes no more calls, lets those under way end for a moment, then closes. */
  async stop(): Promise<void> {
    clearInterval(this.watch);
    const closed = new Promise<void>((resolve) => void this.server.close(() => resolve()));
    for (const connection of this.connections) connection.drain();
    const force = setTimeout(() => {
      for (const connection of this.connections) connection.destroy();
    }, ENDING_MS);
    await closed;
    clearTimeout(force);
  }

  private connected(socket: Socket): void {
    socket.setNoDelay(true);
    const source = `connection ${(this.connectionCount += 1)}`;
    const connection = new Http2Connection(socket, { onStream: (stream, headers) => this.called(source, stream, headers), onClose: () => void this.connections.delete(connection) });
    this.connections.add(connection);
  }

  private called(source: string, stream: Http2Stream, headers: ReadonlyMap<string, string>): StreamListener {
    if (headers.get(':method') !== 'POST') return turnedAway(stream, NOT_POST);
    if (headers.get('content-type')?.startsWith('application/grpc') !== true) return turnedAway(stream, NOT_GRPC);
    const { maxBytes, admit } = this.options;
    const path = headers.get(':path') ?? '';
    const method = this.methods.get(path);
    const call = new GrpcCall(stream, method ?? UNKNOWN, headers, maxBytes, source, admit === undefined ? null : admit(headers));
    if (method === undefined) call.fail(new RpcError(status.UNIMPLEMENTED, `The server does not implement the method ${path}`));
    return call;
  }

  /** Connections whose other side has vanished are noticed, and what is on its way to it goes to others. */
  private look(): void {
    const now = performance.now();
    const { keepAliveMs, keepAliveAnswerMs } = this.options;
    for (const connection of this.connections) {
      if (connection.pingedAt !== null && connection.heardAt < connection.pingedAt) {
        if (now - connection.pingedAt > keepAliveAnswerMs) connection.destroy();
      } else if (now - connection.heardAt > keepAliveMs) {
        connection.ping();
      }
    }
  }
}

function turnedAway(stream: Http2Stream, headers: Buffer): StreamListener {
  stream.sendHeaders(headers, true);
  return { data: () => undefined, reset: () => undefined };
}

const nothing = (): never => {
  throw new Error('never called');
};
const UNKNOWN: RpcMethod = { handle: nothing, deserialize: nothing, serialize: nothing };
