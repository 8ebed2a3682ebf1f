import { ErrorCode, Flag, frame, FRAME_HEADER_BYTES, FrameType, numberFrame, writeFrameHeader } from './frames.ts';
import type { Outbox } from './outbox.ts';

/** Told of what comes on a stream. */
export interface StreamListener {
  /** Headers after the first: a response, or trailers. */
  headers?(headers: ReadonlyMap<string, string>, end: boolean): void;
  data(chunk: Buffer, end: boolean): void;
  /** The other side has given the stream up, or is gone. */
  reset(): void;
  /** What was held back has been sent: there is room for more. */
  readOn?(): void;
}

/** One stream of a connection. */
export class Http2Stream {
  readonly id: number;
  listener: StreamListener | null = null;
  private readonly outbox: Outbox;
  private readonly closed: (id: number) => void;
  private window: number;
  /** Data held back until the other side has room. */
  private held: Buffer[] = [];
  private trailers: Buffer | null = null;
  private endedHere = false;
  private endedThere = false;

  constructor(id: number, outbox: Outbox, closed: (id: number) => void) {
    this.id = id;
    this.outbox = outbox;
    this.closed = closed;
    this.window = outbox.streamWindow;
  }

  // ------------------------------------------------------------ sending
  sendHeaders(block: Buffer, end: boolean): void {
    this.outbox.add(this.headersFrame(block, end));
    if (end) this.endHere();
  }

  /** Sends data; false when it, or something before it, is held back. */
  sendData(data: Buffer): boolean {
    this.held.push(data);
    this.sendHeld();
    return this.held.length === 0 && this.outbox.flowing;
  }

  /** Sends data and ends this side; for those who need no trailers. */
  sendLastData(data: Buffer): void {
    if (this.held.length === 0 && this.fits(data.length)) {
      this.take(data.length);
      this.outbox.add(this.dataFrame(data, Flag.END_STREAM));
      this.endHere();
      return;
    }
    this.held.push(data);
    this.trailers = NO_TRAILERS;
    this.sendHeld();
  }

  /** Ends this side, after what is held back. */
  sendTrailers(block: Buffer): void {
    this.trailers = block;
    this.sendHeld();
  }

  /** A whole answer at once: headers, data and trailers leave in one piece when the other side has room for them. */
  respond(headers: Buffer, data: Buffer, trailers: Buffer): void {
    if (this.held.length > 0 || !this.fits(data.length)) {
      this.sendHeaders(headers, false);
      this.sendData(data);
      this.sendTrailers(trailers);
      return;
    }
    this.take(data.length);
    const bytes = Buffer.allocUnsafe(3 * FRAME_HEADER_BYTES + headers.length + data.length + trailers.length);
    let at = writeFrameHeader(bytes, 0, headers.length, FrameType.HEADERS, Flag.END_HEADERS, this.id);
    at += headers.copy(bytes, at);
    at = writeFrameHeader(bytes, at, data.length, FrameType.DATA, 0, this.id);
    at += data.copy(bytes, at);
    at = writeFrameHeader(bytes, at, trailers.length, FrameType.HEADERS, Flag.END_HEADERS | Flag.END_STREAM, this.id);
    trailers.copy(bytes, at);
    this.outbox.add(bytes);
    this.endHere();
  }

  /** Gives the stream up. */
  cancel(code: number = ErrorCode.CANCEL): void {
    if (this.endedHere && this.endedThere) return;
    this.outbox.add(numberFrame(FrameType.RST_STREAM, this.id, code));
    this.held = [];
    this.endedHere = true;
    this.endedThere = true;
    this.closed(this.id);
  }

  // ------------------------------------------------------------ receiving
  receive(data: Buffer, end: boolean): void {
    if (this.endedThere) return;
    if (end) this.endThere();
    this.listener?.data(data, end);
  }

  receiveHeaders(headers: ReadonlyMap<string, string>, end: boolean): void {
    if (this.endedThere) return;
    if (end) this.endThere();
    if (this.listener?.headers !== undefined) this.listener.headers(headers, end);
    else if (end) this.listener?.data(EMPTY, true);
  }

  /** The other side has given the stream up. */
  reset(): void {
    this.held = [];
    this.endedHere = true;
    this.endedThere = true;
    this.listener?.reset();
  }

  /** The other side takes so many bytes more (or fewer). */
  widen(bytes: number): void {
    this.window += bytes;
    this.wake();
  }

  /** There may be room again. */
  wake(): void {
    if (this.held.length > 0) this.sendHeld();
    if (this.held.length === 0 && this.outbox.flowing && !this.endedHere) this.listener?.readOn?.();
  }

  private sendHeld(): void {
    for (let data = this.held[0]; data !== undefined; data = this.held[0]) {
      const room = Math.min(data.length, this.window, this.outbox.window, this.outbox.frameBytes);
      if (room <= 0 && data.length > 0) return;
      this.take(room);
      this.outbox.add(this.dataFrame(data.subarray(0, room), this.trailers === NO_TRAILERS && this.held.length === 1 && room === data.length ? Flag.END_STREAM : 0));
      if (room === data.length) this.held.shift();
      else this.held[0] = data.subarray(room);
    }
    if (this.trailers === null || this.endedHere) return;
    if (this.trailers !== NO_TRAILERS) this.outbox.add(this.headersFrame(this.trailers, true));
    this.endHere();
  }

  private fits(bytes: number): boolean {
    return bytes <= this.outbox.frameBytes && bytes <= this.window && bytes <= this.outbox.window;
  }

  private take(bytes: number): void {
    this.window -= bytes;
    this.outbox.window -= bytes;
  }

  private headersFrame(block: Buffer, end: boolean): Buffer {
    const most = this.outbox.frameBytes;
    const endStream = end ? Flag.END_STREAM : 0;
    if (block.length <= most) return frame(FrameType.HEADERS, Flag.END_HEADERS | endStream, this.id, block);
    const frames = [frame(FrameType.HEADERS, endStream, this.id, block.subarray(0, most))];
    for (let at = most; at < block.length; at += most) frames.push(frame(FrameType.CONTINUATION, at + most >= block.length ? Flag.END_HEADERS : 0, this.id, block.subarray(at, at + most)));
    return Buffer.concat(frames);
  }

  private dataFrame(data: Buffer, flags: number): Buffer {
    return frame(FrameType.DATA, flags, this.id, data);
  }

  private endHere(): void {
    this.endedHere = true;
    if (this.endedThere) this.closed(this.id);
  }

  private endThere(): void {
    this.endedThere = true;
    if (this.endedHere) this.closed(this.id);
  }
}

const EMPTY = Buffer.alloc(0);
const NO_TRAILERS = Buffer.alloc(0);
