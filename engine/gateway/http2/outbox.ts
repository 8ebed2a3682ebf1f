import type { Duplex } from 'node:stream';
import { DEFAULT_WINDOW, FRAME_BYTES } from './frames.ts';

/** Pieces up to this size are copied into one; larger ones are written as they are. */
const COPIED_BYTES = 16 * 1024;

/** What a connection is about to send: everything added at one moment leaves in one piece. */
export class Outbox {
  /** Bytes of data the other side takes on the whole connection. */
  window = DEFAULT_WINDOW;
  /** Bytes of data it takes on a new stream. */
  streamWindow = DEFAULT_WINDOW;
  /** Most bytes it takes in a frame. */
  frameBytes = FRAME_BYTES;
  private readonly socket: Duplex;
  private pieces: Buffer[] = [];
  private scheduled = false;
  private ending = false;

  constructor(socket: Duplex) {
    this.socket = socket;
  }

  /** True while the other side reads as fast as is written. */
  get flowing(): boolean {
    return !this.socket.writableNeedDrain;
  }

  add(piece: Buffer): void {
    if (this.ending) return;
    this.pieces.push(piece);
    if (this.scheduled) return;
    this.scheduled = true;
    // After all promises that are settled now have had their say.
    process.nextTick(() => this.flush());
  }

  /** Sends what there is, then closes. */
  end(): void {
    this.flush();
    this.ending = true;
    this.socket.end();
  }

  private flush(): void {
    this.scheduled = false;
    const { pieces } = this;
    if (pieces.length === 0 || this.ending || this.socket.destroyed) return;
    this.pieces = [];
    if (pieces.length === 1) return void this.socket.write(pieces[0]!);
    if (pieces.every((piece) => piece.length <= COPIED_BYTES)) return void this.socket.write(Buffer.concat(pieces));
    this.socket.cork();
    for (const piece of pieces) this.socket.write(piece);
    this.socket.uncork();
  }
}
