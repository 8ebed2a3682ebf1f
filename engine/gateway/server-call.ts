import { status } from '@grpc/grpc-js';
import { gunzipSync, inflateSync } from 'node:zlib';
import type { Bearer } from './bearer-tokens.ts';
import { ErrorCode } from './http2/frames.ts';
import { encodeHeaders } from './http2/hpack.ts';
import type { Http2Stream, StreamListener } from './http2/stream.ts';

/** A refusal with its gRPC status. */
export class RpcError extends Error {
  readonly code: status;
  readonly details: string;

  constructor(code: status, details: string) {
    super(details);
    this.name = 'RpcError';
    this.code = code;
    this.details = details;
  }
}

/** Who makes a call. */
export interface Caller {
  /** The connection it comes by. */
  source: string;
  /** What the token says, when tokens are checked. */
  bearer?: Bearer;
}

/** A call as its handler sees it: one request, any number of answers. */
export interface ServerCall<Request, Response> {
  readonly request: Request;
  readonly caller: Caller;
  /** The client has given up or gone. */
  readonly cancelled: boolean;
  /** Called once when the client gives up or goes before the call has ended. */
  onCancelled(listener: () => void): void;
  /** Sends an answer; false when the client reads slowly (see `drained`). */
  write(response: Response): boolean;
  /** Resolves when the client can read on, or has gone. */
  drained(): Promise<void>;
  /** Ends well, with a last answer when there is one. */
  end(response?: Response): void;
  /** Ends with the status of an RpcError; any other error is INTERNAL. */
  fail(error: Error): void;
}

export type RpcHandler<Request, Response> = (call: ServerCall<Request, Response>) => void;

/** What a call needs of its method. */
export interface RpcMethod {
  handle: RpcHandler<unknown, unknown>;
  deserialize: (bytes: Buffer) => unknown;
  serialize: (message: unknown) => Buffer;
}

const PREFIX_BYTES = 5;
const RESPONSE_HEADERS = encodeHeaders([[':status', '200'], ['content-type', 'application/grpc+proto'], ['grpc-accept-encoding', 'identity,deflate,gzip']]);
const OK_TRAILERS = encodeHeaders([['grpc-status', '0']]);
const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One call of the gateway: reads the request off its stream, hands it to the method, writes what it answers. */
export class GrpcCall implements ServerCall<unknown, unknown>, StreamListener {
  request: unknown;
  caller: Caller;
  cancelled = false;
  private readonly stream: Http2Stream;
  private readonly method: RpcMethod;
  private readonly requestHeaders: ReadonlyMap<string, string>;
  private readonly maxBytes: number;
  /** Who the caller is, which has to be known before the request is looked at; null when nobody asks. */
  private readonly admitted: Promise<Bearer> | null;
  private parts: Buffer[] = [];
  private bytes = 0;
  private started = false;
  private ended = false;
  private clientEnded = false;
  private deadline: ReturnType<typeof setTimeout> | undefined;
  private cancelListeners: (() => void)[] = [];
  private drainListeners: (() => void)[] = [];

  constructor(stream: Http2Stream, method: RpcMethod, headers: ReadonlyMap<string, string>, maxBytes: number, source: string, admitted: Promise<Bearer> | null) {
    this.stream = stream;
    this.method = method;
    this.requestHeaders = headers;
    this.maxBytes = maxBytes;
    this.caller = { source };
    this.admitted = admitted;
    // Refused before the request has come: said when it has.
    admitted?.catch(() => undefined);
    const timeout = /^(\d{1,8})([HMSmun])$/.exec(headers.get('grpc-timeout') ?? '');
    if (timeout !== null) this.deadline = setTimeout(() => this.expire(), Math.min(LONGEST_TIMER_MS, Math.ceil(Number(timeout[1]) * UNIT_MS[timeout[2]!]!)));
  }

  // ------------------------------------------------------------ the request
  data(chunk: Buffer, end: boolean): void {
    this.clientEnded ||= end;
    if (this.ended) return;
    if (chunk.length > 0) {
      this.parts.push(chunk);
      this.bytes += chunk.length;
    }
    if (this.bytes > PREFIX_BYTES + this.maxBytes) return this.fail(new RpcError(status.RESOURCE_EXHAUSTED, `Received message larger than max (${this.bytes - PREFIX_BYTES} vs ${this.maxBytes})`));
    if (!end) return;
    if (this.admitted === null) return this.begin();
    this.admitted.then(
      (bearer) => {
        this.caller = { ...this.caller, bearer };
        this.begin();
      },
      (error: Error) => this.fail(error),
    );
  }

  reset(): void {
    this.clientEnded = true;
    this.cancel();
  }

  private begin(): void {
    if (this.ended || this.cancelled) return;
    try {
      this.request = this.method.deserialize(this.message());
    } catch (error) {
      return this.fail(error instanceof RpcError ? error : new RpcError(status.INTERNAL, `Expected to read the request, but: ${(error as Error).message}`));
    }
    try {
      this.method.handle(this);
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private message(): Buffer {
    const bytes = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
    this.parts = [];
    if (bytes.length < PREFIX_BYTES || bytes.readUInt32BE(1) !== bytes.length - PREFIX_BYTES) throw new RpcError(status.INTERNAL, 'Expected exactly one message in the request');
    const message = bytes.subarray(PREFIX_BYTES);
    if (bytes[0] === 0) return message;
    const encoding = this.requestHeaders.get('grpc-encoding');
    try {
      if (encoding === 'gzip') return gunzipSync(message, { maxOutputLength: this.maxBytes });
      if (encoding === 'deflate') return inflateSync(message, { maxOutputLength: this.maxBytes });
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new RpcError(status.RESOURCE_EXHAUSTED, `Received message larger than max (${this.maxBytes})`) : error;
    }
    throw new RpcError(status.UNIMPLEMENTED, `Expected a message that is not compressed, or by gzip or deflate, but it was by ${encoding ?? 'nothing that is named'}`);
  }

  // ------------------------------------------------------------ the answer
  write(response: unknown): boolean {
    if (this.ended || this.cancelled) return false;
    if (!this.started) this.stream.sendHeaders(RESPONSE_HEADERS, false);
    this.started = true;
    return this.stream.sendData(this.frame(response));
  }

  end(response?: unknown): void {
    if (this.ended || this.cancelled) return;
    if (response !== undefined && !this.started) {
      this.stream.respond(RESPONSE_HEADERS, this.frame(response), OK_TRAILERS);
    } else {
      if (response !== undefined) this.stream.sendData(this.frame(response));
      if (!this.started) this.stream.sendHeaders(RESPONSE_HEADERS, false);
      this.stream.sendTrailers(OK_TRAILERS);
    }
    this.finish();
  }

  fail(error: Error): void {
    if (this.ended || this.cancelled) return;
    const { code, details } = error instanceof RpcError ? error : { code: status.INTERNAL, details: error.message };
    const trailers = [['grpc-status', String(code)], ['grpc-message', percentEncoded(details)]] as const;
    if (this.started) this.stream.sendTrailers(encodeHeaders(trailers));
    else this.stream.sendHeaders(encodeHeaders([[':status', '200'], ['content-type', 'application/grpc+proto'], ...trailers]), true);
    this.finish();
  }

  drained(): Promise<void> {
    if (this.cancelled || this.ended) return Promise.resolve();
    return new Promise((resolve) => void this.drainListeners.push(resolve));
  }

  /** The stream has room again. */
  readOn(): void {
    const listeners = this.drainListeners;
    this.drainListeners = [];
    for (const listener of listeners) listener();
  }

  onCancelled(listener: () => void): void {
    if (this.cancelled) listener();
    else if (!this.ended) this.cancelListeners.push(listener);
  }

  private frame(response: unknown): Buffer {
    const message = this.method.serialize(response);
    const bytes = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
    bytes[0] = 0;
    bytes.writeUInt32BE(message.length, 1);
    message.copy(bytes, PREFIX_BYTES);
    return bytes;
  }

  private finish(): void {
    this.ended = true;
    this.parts = [];
    clearTimeout(this.deadline);
    this.cancelListeners = [];
    this.readOn();
    // Nobody reads the rest of a request that is answered.
    if (!this.clientEnded) this.stream.cancel(ErrorCode.NO_ERROR);
  }

  private expire(): void {
    const listeners = this.cancelListeners;
    this.fail(new RpcError(status.DEADLINE_EXCEEDED, 'Deadline exceeded'));
    this.cancelled = true;
    for (const listener of listeners) listener();
  }

  private cancel(): void {
    if (this.ended || this.cancelled) return;
    this.cancelled = true;
    this.parts = [];
    clearTimeout(this.deadline);
    const listeners = this.cancelListeners;
    this.cancelListeners = [];
    for (const listener of listeners) listener();
    this.readOn();
  }
}

/** As gRPC wants it: all but printable ASCII, and the percent sign, as bytes in hex. */
function percentEncoded(text: string): string {
  return Array.from(Buffer.from(text), (byte) => (byte >= 0x20 && byte <= 0x7e && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');
}
