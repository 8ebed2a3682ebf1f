// A gRPC client that costs as little as the server: requests are encoded once, answers are read only where somebody looks. So the load client is not the limit.
import { connect } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadSync } from '@grpc/proto-loader';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const gateway = loadSync(path.join(root, 'engine/protocol/gateway.proto'), { longs: String, defaults: true })['gateway_protocol.Gateway'];
const { GrpcServer, Http2Connection, encodeHeaders, gatewayProtocol } = await importWire();
const OK = '0';
const RESOURCE_EXHAUSTED = '8';

/** Builds and imports the client's side of HTTP/2; packages stay in node_modules. */
async function importWire() {
  const outDir = path.join(root, 'dist/bench');
  await build({ configFile: false, logLevel: 'error', root, publicDir: false, build: { ssr: 'test/bench/wire.ts', outDir, emptyOutDir: true, target: 'node20' } });
  return await import(pathToFileURL(path.join(outDir, 'wire.js')).href);
}

/** A request as it goes over the wire: the message with the five bytes gRPC puts before it. */
export function encode(rpc, request) {
  const bytes = gateway[rpc].requestSerialize(request);
  const frame = Buffer.allocUnsafe(bytes.length + 5);
  frame[0] = 0;
  frame.writeUInt32BE(bytes.length, 1);
  frame.set(bytes, 5);
  return frame;
}

/** The message an answer's frame holds. */
export function decode(rpc, frame) {
  return gateway[rpc].responseDeserialize(frame.subarray(5));
}

/** A connection that is replaced when the server asks for it (GOAWAY) or has gone; calls under way end where they began. */
export class LightClient {
  #address;
  #connection;
  #sockets = new Set();
  #headers = new Map();

  constructor(address) {
    this.#address = address;
    this.#open();
  }

  #open() {
    const [host, port] = this.#address.split(':');
    const socket = connect({ host, port: Number(port), noDelay: true });
    this.#sockets.add(socket);
    const replace = () => {
      if (this.#connection === connection && !this.closed) this.#open();
    };
    const connection = new Http2Connection(socket, {
      onGoaway: replace,
      onClose: () => {
        this.#sockets.delete(socket);
        replace();
      },
    });
    this.#connection = connection;
  }

  /** Calls an rpc, again after a pause when the server has too much to do. */
  async call(rpc, frame, onFrame) {
    for (;;) {
      try {
        return await this.#callOnce(rpc, frame, onFrame);
      } catch (error) {
        if (error.status !== RESOURCE_EXHAUSTED) throw error;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }

  /** Resolves with the frames of the answer, rejects with status and message. `onFrame` is given each as it comes. */
  #callOnce(rpc, frame, onFrame) {
    return new Promise((resolve, reject) => {
      let received = null;
      let status;
      let message = '';
      const ended = () => (status === OK ? resolve(received) : reject(Object.assign(new Error(`${rpc}: ${message || 'the connection was closed'}`), { status })));
      const stream = this.#connection.open(this.#headersOf(rpc), {
        headers(headers, end) {
          if (headers.get('grpc-status') !== undefined) {
            status = headers.get('grpc-status');
            message = decodeURIComponent(headers.get('grpc-message') ?? '');
          }
          if (end) ended();
        },
        data(chunk, end) {
          received = received === null ? chunk : Buffer.concat([received, chunk]);
          if (onFrame !== undefined) {
            while (received.length >= 5 && received.length >= 5 + received.readUInt32BE(1)) {
              const length = 5 + received.readUInt32BE(1);
              onFrame(received.subarray(0, length));
              received = received.subarray(length);
            }
          }
          if (end) ended();
        },
        reset: ended,
      });
      stream.sendLastData(frame);
    });
  }

  #headersOf(rpc) {
    let headers = this.#headers.get(rpc);
    if (headers === undefined) this.#headers.set(rpc, (headers = encodeHeaders([[':method', 'POST'], [':scheme', 'http'], [':path', `/gateway_protocol.Gateway/${rpc}`], [':authority', this.#address], ['content-type', 'application/grpc'], ['te', 'trailers']])));
    return headers;
  }

  close() {
    this.closed = true;
    for (const socket of this.#sockets) socket.destroy();
  }
}

const NULL_CALLS = 20_000;

/** Calls per second of the client against a server that does nothing, both on one core: what it could load an engine with. */
export async function clientLimit() {
  const server = new GrpcServer({ maxBytes: 4 * 1024 * 1024, keepAliveMs: 60_000, keepAliveAnswerMs: 60_000 });
  server.addService(gatewayProtocol.service, Object.fromEntries(Object.keys(gatewayProtocol.service).map((name) => [name.charAt(0).toLowerCase() + name.slice(1), (call) => call.end({})])));
  const client = new LightClient(`127.0.0.1:${await server.listen('127.0.0.1', 0)}`);
  const frame = encode('CompleteJob', { jobKey: '2251799813685251', variables: '{"a":1}' });
  let left = NULL_CALLS;
  const began = performance.now();
  await Promise.all(Array.from({ length: 64 }, async () => {
    while (left-- > 0) await client.call('CompleteJob', frame);
  }));
  const rate = (NULL_CALLS * 1000) / (performance.now() - began);
  client.close();
  await server.stop();
  return rate;
}
