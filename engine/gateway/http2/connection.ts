import type { Duplex } from 'node:stream';
import { ChurnMap } from '../../contract/churn-map.ts';
import { DEFAULT_WINDOW, ErrorCode, Flag, frame, FRAME_BYTES, FRAME_HEADER_BYTES, FrameType, LARGEST_WINDOW, numberFrame, payloadOf, PREFACE, Setting, settingsFrame } from './frames.ts';
import { HpackDecoder } from './hpack.ts';
import { Outbox } from './outbox.ts';
import { Http2Stream, type StreamListener } from './stream.ts';

/** A connection broke the protocol: the code and the words it is ended with. */
class ConnectionError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export interface ConnectionOptions {
  /** A stream the other side has opened. Returns who listens to it. Missing: we are the client. */
  onStream?: (stream: Http2Stream, headers: ReadonlyMap<string, string>) => StreamListener;
  /** The other side asks for no more calls. */
  onGoaway?: () => void;
  /** Told once, when the connection has gone. */
  onClose: () => void;
}

/** What may come on a stream before anything is read: one message of the largest size. */
const STREAM_WINDOW = 5 * 1024 * 1024;
const CONNECTION_WINDOW = 64 * 1024 * 1024;
/** Header blocks are small; one that is not is an attack. */
const MOST_HEADER_BYTES = 64 * 1024;
/** Streams given up by the other side within `RESETS_MS`, beyond which it is taken for an attack. */
const MOST_RESETS = 20_000;
const RESETS_MS = 10_000;

/**
 * One HTTP/2 connection (RFC 9113), as far as gRPC needs it. Node's own makes four objects and some fifty calls of each stream; here a call is
 * a few bytes read and a few bytes written, and all that is answered at one moment leaves in one piece.
 */
export class Http2Connection {
  /** When something last came, in ms of `performance.now()`. */
  heardAt = performance.now();
  /** When the ping that waits for its answer was sent; null when none does. */
  pingedAt: number | null = null;
  readonly streams = new ChurnMap<number, Http2Stream>();
  private readonly socket: Duplex;
  private readonly options: ConnectionOptions;
  private readonly outbox: Outbox;
  private readonly decoder = new HpackDecoder();
  private rest: Buffer | null = null;
  private prefaceExpected: boolean;
  private lastStreamId = 0;
  private nextStreamId = 1;
  /** The header block being received: its stream, flags and parts. */
  private block: { streamId: number; flags: number; parts: Buffer[]; bytes: number } | null = null;
  private received = 0;
  private resets = 0;
  private resetsSince = 0;
  private draining = false;
  private closed = false;

  constructor(socket: Duplex, options: ConnectionOptions) {
    this.socket = socket;
    this.options = options;
    this.outbox = new Outbox(socket);
    this.prefaceExpected = options.onStream !== undefined;
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', () => undefined); // 'close' follows and says it
    socket.on('close', () => this.gone());
    socket.on('drain', () => this.wakeStreams());
    if (!this.prefaceExpected) this.outbox.add(PREFACE);
    this.outbox.add(settingsFrame({ [Setting.ENABLE_PUSH]: 0, [Setting.INITIAL_WINDOW_SIZE]: STREAM_WINDOW, [Setting.MAX_HEADER_LIST_SIZE]: MOST_HEADER_BYTES }));
    this.outbox.add(numberFrame(FrameType.WINDOW_UPDATE, 0, CONNECTION_WINDOW - DEFAULT_WINDOW));
  }

  /** Opens a stream; only for the side that connects. */
  open(headerBlock: Buffer, listener: StreamListener): Http2Stream {
    const stream = new Http2Stream(this.nextStreamId, this.outbox, (id) => this.streams.delete(id));
    this.nextStreamId += 2;
    stream.listener = listener;
    // Whoever comes too late is told, once he has the stream.
    if (this.closed) process.nextTick(() => stream.reset());
    else this.streams.set(stream.id, stream);
    stream.sendHeaders(headerBlock, false);
    return stream;
  }

  ping(): void {
    this.pingedAt = performance.now();
    this.outbox.add(frame(FrameType.PING, 0, 0, Buffer.alloc(8)));
  }

  /** Asks for no more streams; those that are open go on, then the connection is ended. */
  drain(): void {
    if (this.draining || this.closed) return;
    this.draining = true;
    this.outbox.add(numberFrame(FrameType.GOAWAY, 0, LARGEST_WINDOW, ErrorCode.NO_ERROR));
    this.endWhenIdle();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private endWhenIdle(): void {
    if (this.draining && this.streams.size === 0) this.outbox.end();
  }

  private gone(): void {
    if (this.closed) return;
    this.closed = true;
    for (const stream of this.streams.values()) stream.reset();
    this.streams.clear();
    this.options.onClose();
  }

  private wakeStreams(): void {
    for (const stream of this.streams.values()) stream.wake();
  }

  // ------------------------------------------------------------ receiving
  private receive(chunk: Buffer): void {
    this.heardAt = performance.now();
    let bytes = this.rest === null ? chunk : Buffer.concat([this.rest, chunk]);
    try {
      if (this.prefaceExpected) {
        if (bytes.length < PREFACE.length) return void (this.rest = bytes);
        if (!bytes.subarray(0, PREFACE.length).equals(PREFACE)) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'this port speaks HTTP/2');
        bytes = bytes.subarray(PREFACE.length);
        this.prefaceExpected = false;
      }
      let at = 0;
      while (bytes.length - at >= FRAME_HEADER_BYTES && !this.closed) {
        const length = bytes.readUIntBE(at, 3);
        if (length > FRAME_BYTES) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, 'a frame larger than was allowed');
        const end = at + FRAME_HEADER_BYTES + length;
        if (bytes.length < end) break;
        this.frame(bytes[at + 3]!, bytes[at + 4]!, bytes.readUInt32BE(at + 5) & 0x7fffffff, bytes.subarray(at + FRAME_HEADER_BYTES, end));
        at = end;
      }
      this.rest = at === bytes.length ? null : bytes.subarray(at);
    } catch (error) {
      if (error instanceof ConnectionError) this.refuse(error.code, error.message);
      else if (error instanceof RangeError) this.refuse(ErrorCode.COMPRESSION_ERROR, error.message);
      else throw error;
    }
  }

  /** Ends the connection with the reason. */
  private refuse(code: number, message: string): void {
    const words = Buffer.from(message);
    const payload = Buffer.allocUnsafe(8 + words.length);
    payload.writeUInt32BE(this.lastStreamId, 0);
    payload.writeUInt32BE(code, 4);
    payload.set(words, 8);
    this.outbox.add(frame(FrameType.GOAWAY, 0, 0, payload));
    this.outbox.end();
    this.gone();
  }

  private frame(type: number, flags: number, streamId: number, payload: Buffer): void {
    if (this.block !== null && type !== FrameType.CONTINUATION) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'a header block was not ended');
    switch (type) {
      case FrameType.DATA:
        return this.data(flags, streamId, payload);
      case FrameType.HEADERS:
        return this.headers(flags, streamId, payload);
      case FrameType.CONTINUATION:
        return this.continuation(flags, streamId, payload);
      case FrameType.RST_STREAM:
        return this.resetByPeer(streamId);
      case FrameType.SETTINGS:
        return this.settings(flags, payload);
      case FrameType.PING:
        if (payload.length !== 8) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, 'a ping of another length than 8');
        if ((flags & Flag.ACK) !== 0) this.pingedAt = null;
        else this.outbox.add(frame(FrameType.PING, Flag.ACK, 0, payload));
        return;
      case FrameType.GOAWAY:
        return this.options.onGoaway?.();
      case FrameType.WINDOW_UPDATE:
        return this.windowUpdate(streamId, payload);
      case FrameType.PUSH_PROMISE:
        throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'nothing may be pushed');
      default: // PRIORITY, and what is unknown, is passed over
    }
  }

  private data(flags: number, streamId: number, payload: Buffer): void {
    this.received += payload.length;
    if (this.received > CONNECTION_WINDOW / 4) {
      this.outbox.add(numberFrame(FrameType.WINDOW_UPDATE, 0, this.received));
      this.received = 0;
    }
    if (streamId === 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'data without a stream');
    const content = payloadOf(payload, flags & Flag.PADDED);
    if (content === null) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'more padding than data');
    this.streams.get(streamId)?.receive(content, (flags & Flag.END_STREAM) !== 0);
  }

  private headers(flags: number, streamId: number, payload: Buffer): void {
    const part = payloadOf(payload, flags);
    if (part === null || streamId === 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'headers that are none');
    this.block = { streamId, flags, parts: [], bytes: 0 };
    this.continuation(flags, streamId, part);
  }

  private continuation(flags: number, streamId: number, part: Buffer): void {
    const { block } = this;
    if (block === null || block.streamId !== streamId) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'headers that go on nowhere');
    block.parts.push(part);
    block.bytes += part.length;
    if (block.bytes > MOST_HEADER_BYTES || block.parts.length > 100) throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, 'headers that are too large');
    if ((flags & Flag.END_HEADERS) === 0) return;
    this.block = null;
    const headers = this.decoder.decode(block.parts.length === 1 ? part : Buffer.concat(block.parts));
    this.headersOf(streamId, headers, (block.flags & Flag.END_STREAM) !== 0);
  }

  private headersOf(streamId: number, headers: ReadonlyMap<string, string>, end: boolean): void {
    const known = this.streams.get(streamId);
    if (known !== undefined) return known.receiveHeaders(headers, end);
    // Of a stream that has ended here already.
    if (this.options.onStream === undefined || streamId <= this.lastStreamId) return;
    if (streamId % 2 === 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'a stream with a number of ours');
    this.lastStreamId = streamId;
    if (this.draining) return this.outbox.add(numberFrame(FrameType.RST_STREAM, streamId, ErrorCode.REFUSED_STREAM));
    const stream = new Http2Stream(streamId, this.outbox, (id) => {
      this.streams.delete(id);
      this.endWhenIdle();
    });
    this.streams.set(streamId, stream);
    stream.listener = this.options.onStream(stream, headers);
    if (end) stream.receive(EMPTY, true);
  }

  private resetByPeer(streamId: number): void {
    const stream = this.streams.get(streamId);
    if (stream === undefined) return;
    this.streams.delete(streamId);
    stream.reset();
    this.endWhenIdle();
    if (this.options.onStream === undefined) return;
    if (this.heardAt - this.resetsSince > RESETS_MS) {
      this.resetsSince = this.heardAt;
      this.resets = 0;
    }
    this.resets += 1;
    if (this.resets > MOST_RESETS) throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, 'too many calls given up');
  }

  private settings(flags: number, payload: Buffer): void {
    if ((flags & Flag.ACK) !== 0) return;
    if (payload.length % 6 !== 0) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, 'settings of another length than a multiple of 6');
    for (let at = 0; at < payload.length; at += 6) {
      const value = payload.readUInt32BE(at + 2);
      switch (payload.readUInt16BE(at)) {
        case Setting.INITIAL_WINDOW_SIZE:
          if (value > LARGEST_WINDOW) throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, 'a window larger than there can be');
          for (const stream of this.streams.values()) stream.widen(value - this.outbox.streamWindow);
          this.outbox.streamWindow = value;
          break;
        case Setting.MAX_FRAME_SIZE:
          if (value < FRAME_BYTES || value >= 2 ** 24) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, 'a frame size that is not allowed');
          this.outbox.frameBytes = value;
          break;
        default: // the others bind nobody who neither pushes nor uses a header table
      }
    }
    this.outbox.add(frame(FrameType.SETTINGS, Flag.ACK, 0, EMPTY));
    this.wakeStreams();
  }

  private windowUpdate(streamId: number, payload: Buffer): void {
    if (payload.length !== 4) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, 'a window update of another length than 4');
    const more = payload.readUInt32BE(0) & 0x7fffffff;
    if (streamId !== 0) return this.streams.get(streamId)?.widen(more);
    this.outbox.window += more;
    if (this.outbox.window > LARGEST_WINDOW) throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, 'a window larger than there can be');
    this.wakeStreams();
  }
}

const EMPTY = Buffer.alloc(0);
