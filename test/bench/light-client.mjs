// A gRPC client as light as Node allows: requests are encoded once, answers are read only where somebody looks. So the load client is not the limit.
import { connect, constants } from 'node:http2';
import path from 'node:path';
import { loadSync } from '@grpc/proto-loader';

const gateway = loadSync(path.resolve(import.meta.dirname, '../../engine/protocol/gateway.proto'), { longs: String, defaults: true })['gateway_protocol.Gateway'];
const OK = '0';
const RESOURCE_EXHAUSTED = '8';

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

/** A connection that is replaced when the server asks for it (GOAWAY); calls under way end where they began. */
export class LightClient {
  #address;
  #session;
  #old = new Set();

  constructor(address) {
    this.#address = address;
    this.#open();
  }

  #open() {
    const session = connect(`http://${this.#address}`, { settings: { initialWindowSize: 4 * 1024 * 1024 } });
    session.setMaxListeners(0);
    session.on('error', () => undefined); // calls under way tell
    session.on('goaway', () => this.#replace(session));
    session.on('close', () => this.#replace(session));
    this.#session = session;
  }

  #replace(session) {
    if (this.#session !== session || this.closed) return;
    this.#old.add(session);
    session.on('close', () => this.#old.delete(session));
    this.#open();
  }

  /** Calls an rpc, again when the server has not begun with it, and after a pause when it has too much to do. */
  async call(rpc, frame, onFrame) {
    for (;;) {
      try {
        return await this.#callOnce(rpc, frame, onFrame);
      } catch (error) {
        if (error.status === RESOURCE_EXHAUSTED) await new Promise((resolve) => setTimeout(resolve, 10));
        else if (error.rstCode !== constants.NGHTTP2_REFUSED_STREAM) throw error;
      }
    }
  }

  /** Resolves with the frames of the answer, rejects with status and message. `onFrame` is given each as it comes. */
  #callOnce(rpc, frame, onFrame) {
    return new Promise((resolve, reject) => {
      const stream = this.#session.request({ ':method': 'POST', ':path': `/gateway_protocol.Gateway/${rpc}`, 'content-type': 'application/grpc', te: 'trailers' });
      let received = null;
      let status;
      let message = '';
      const see = (headers) => {
        if (headers['grpc-status'] === undefined) return;
        status = headers['grpc-status'];
        message = decodeURIComponent(headers['grpc-message'] ?? '');
      };
      stream.on('response', see);
      stream.on('trailers', see);
      stream.on('data', (chunk) => {
        received = received === null ? chunk : Buffer.concat([received, chunk]);
        if (onFrame === undefined) return;
        while (received.length >= 5 && received.length >= 5 + received.readUInt32BE(1)) {
          const length = 5 + received.readUInt32BE(1);
          onFrame(received.subarray(0, length));
          received = received.subarray(length);
        }
      });
      stream.on('error', (error) => reject(Object.assign(error, { rstCode: stream.rstCode })));
      stream.on('close', () => (status === OK ? resolve(received) : reject(Object.assign(new Error(`${rpc}: ${message || 'the connection was closed'}`), { status }))));
      stream.end(frame);
    });
  }

  close() {
    this.closed = true;
    for (const session of [this.#session, ...this.#old]) session.destroy(undefined, constants.NGHTTP2_NO_ERROR);
  }
}
