import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import type { JsonObject } from '../contract/json.ts';

// A backup is one gzip stream: lines of JSON, some followed by their content in pieces, each with its length before it and an empty one as the last.

const LENGTH_BYTES = 4;
const NEW_LINE = 10;

/** The file is not a whole backup. The message is one sentence. */
export class BackupFileError extends Error {}

/** Writes a backup beside its place and puts it there when it is whole, readable for its owner only. */
export class BackupWriter {
  private readonly file: string;
  private readonly zip = createGzip({ level: constants.Z_BEST_SPEED });
  private readonly written: Promise<void>;

  constructor(file: string) {
    this.file = file;
    const out = createWriteStream(`${file}.part`, { mode: 0o600 });
    this.written = finished(this.zip.pipe(out));
    // Whoever writes or ends is told.
    this.written.catch(() => undefined);
    out.on('error', (error) => this.zip.destroy(error));
  }

  async line(line: JsonObject): Promise<void> {
    await this.write(Buffer.from(`${JSON.stringify(line)}\n`));
  }

  /** A line and its content; how many bytes that was. */
  async entry(line: JsonObject, content: AsyncIterable<Buffer>): Promise<number> {
    await this.line(line);
    let bytes = 0;
    for await (const piece of content) {
      if (piece.length === 0) continue;
      bytes += piece.length;
      await this.write(lengthOf(piece));
      await this.write(piece);
    }
    await this.write(lengthOf(Buffer.alloc(0)));
    return bytes;
  }

  /** Makes the backup whole and durable. */
  async end(line: JsonObject): Promise<void> {
    await this.line(line);
    this.zip.end();
    await this.written;
    const handle = await open(`${this.file}.part`);
    await handle.sync();
    await handle.close();
    await rename(`${this.file}.part`, this.file);
  }

  /** Leaves nothing behind. */
  async giveUp(): Promise<void> {
    this.zip.destroy();
    await this.written.catch(() => undefined); // it is being thrown away
    await rm(`${this.file}.part`, { force: true });
  }

  private async write(bytes: Buffer): Promise<void> {
    if (this.zip.destroyed) await this.written;
    if (!this.zip.write(bytes)) await Promise.race([once(this.zip, 'drain'), this.written]);
  }
}

/** Reads what `BackupWriter` has written, from the beginning to the end. */
export class BackupReader {
  private readonly file: string;
  private readonly pieces: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    this.file = file;
    const source = createReadStream(file);
    const unzipped = createGunzip();
    source.on('error', (error) => unzipped.destroy(error));
    this.pieces = source.pipe(unzipped)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line. @throws BackupFileError at a damaged or unexpected end */
  async line(): Promise<JsonObject> {
    let end = this.rest.indexOf(NEW_LINE);
    while (end < 0) {
      const searched = this.rest.length;
      await this.more();
      end = this.rest.indexOf(NEW_LINE, searched);
    }
    const text = this.take(end + 1).toString('utf8');
    try {
      return JSON.parse(text) as JsonObject;
    } catch (cause) {
      throw this.damaged(cause);
    }
  }

  /** Content of the entry whose line was read last. It has to be read to its end. */
  async *content(): AsyncGenerator<Buffer> {
    for (;;) {
      const length = (await this.exactly(LENGTH_BYTES)).readUInt32BE(0);
      if (length === 0) return;
      yield await this.exactly(length);
    }
  }

  private async exactly(bytes: number): Promise<Buffer> {
    while (this.rest.length < bytes) await this.more();
    return this.take(bytes);
  }

  private take(bytes: number): Buffer {
    const taken = this.rest.subarray(0, bytes);
    this.rest = this.rest.subarray(bytes);
    return taken;
  }

  private async more(): Promise<void> {
    let next: IteratorResult<Buffer>;
    try {
      next = await this.pieces.next();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BackupFileError(`没有备份文件 ${this.file}。 / There is no backup ${this.file}.`, { cause: error });
      throw this.damaged(error);
    }
    if (next.done === true) throw this.damaged();
    this.rest = this.rest.length === 0 ? next.value : Buffer.concat([this.rest, next.value]);
  }

  private damaged(cause?: unknown): BackupFileError {
    return new BackupFileError(`${this.file} 不是完整的备份：请换一个备份文件。 / ${this.file} is not a whole backup: take another one.`, { cause });
  }
}

function lengthOf(piece: Buffer): Buffer {
  const length = Buffer.allocUnsafe(LENGTH_BYTES);
  length.writeUInt32BE(piece.length);
  return length;
}
