// Frames of HTTP/2 (RFC 9113, section 6).

export const FRAME_HEADER_BYTES = 9;
/** What a side must be able to receive, and what we are content with. */
export const FRAME_BYTES = 16_384;
export const DEFAULT_WINDOW = 65_535;
export const LARGEST_WINDOW = 2 ** 31 - 1;
export const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

export const FrameType = { DATA: 0, HEADERS: 1, PRIORITY: 2, RST_STREAM: 3, SETTINGS: 4, PUSH_PROMISE: 5, PING: 6, GOAWAY: 7, WINDOW_UPDATE: 8, CONTINUATION: 9 } as const;
export const Flag = { END_STREAM: 0x1, ACK: 0x1, END_HEADERS: 0x4, PADDED: 0x8, PRIORITY: 0x20 } as const;
export const Setting = { ENABLE_PUSH: 2, MAX_CONCURRENT_STREAMS: 3, INITIAL_WINDOW_SIZE: 4, MAX_FRAME_SIZE: 5, MAX_HEADER_LIST_SIZE: 6 } as const;
export const ErrorCode = { NO_ERROR: 0, PROTOCOL_ERROR: 1, FLOW_CONTROL_ERROR: 3, STREAM_CLOSED: 5, FRAME_SIZE_ERROR: 6, REFUSED_STREAM: 7, CANCEL: 8, COMPRESSION_ERROR: 9, ENHANCE_YOUR_CALM: 11 } as const;

/** Writes a frame's header; the payload follows it. */
export function writeFrameHeader(into: Buffer, at: number, length: number, type: number, flags: number, streamId: number): number {
  into[at] = length >>> 16;
  into[at + 1] = length >>> 8;
  into[at + 2] = length;
  into[at + 3] = type;
  into[at + 4] = flags;
  into.writeUInt32BE(streamId, at + 5);
  return at + FRAME_HEADER_BYTES;
}

/** A whole frame. */
export function frame(type: number, flags: number, streamId: number, payload: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payload.length);
  bytes.set(payload, writeFrameHeader(bytes, 0, payload.length, type, flags, streamId));
  return bytes;
}

/** A frame of numbers of 32 bits. */
export function numberFrame(type: number, streamId: number, ...numbers: readonly number[]): Buffer {
  const payload = Buffer.allocUnsafe(numbers.length * 4);
  for (const [at, number] of numbers.entries()) payload.writeUInt32BE(number, at * 4);
  return frame(type, 0, streamId, payload);
}

/** The settings of one side. */
export function settingsFrame(settings: Readonly<Record<number, number>>): Buffer {
  const entries = Object.entries(settings);
  const payload = Buffer.allocUnsafe(entries.length * 6);
  for (const [at, [id, value]] of entries.entries()) {
    payload.writeUInt16BE(Number(id), at * 6);
    payload.writeUInt32BE(value, at * 6 + 2);
  }
  return frame(FrameType.SETTINGS, 0, 0, payload);
}

/** What a frame carries without its padding and priority; null when there is less than it says. */
export function payloadOf(payload: Buffer, flags: number): Buffer | null {
  let from = 0;
  let to = payload.length;
  if ((flags & Flag.PADDED) !== 0) {
    if (to === 0) return null;
    to -= payload[0]!;
    from = 1;
  }
  if ((flags & Flag.PRIORITY) !== 0) from += 5;
  return from <= to ? payload.subarray(from, to) : null;
}
