import { decodeHuffman } from './huffman.ts';

/** A header field: lower-case name and value. */
export type Field = readonly [name: string, value: string];

// RFC 7541, appendix A; the first field has index 1.
const STATIC_TABLE: readonly Field[] =
  ':authority;:method=GET;:method=POST;:path=/;:path=/index.html;:scheme=http;:scheme=https;:status=200;:status=204;:status=206;:status=304;:status=400;:status=404;:status=500;accept-charset;accept-encoding=gzip, deflate;accept-language;accept-ranges;accept;access-control-allow-origin;age;allow;authorization;cache-control;content-disposition;content-encoding;content-language;content-length;content-location;content-range;content-type;cookie;date;etag;expect;expires;from;host;if-match;if-modified-since;if-none-match;if-range;if-unmodified-since;last-modified;link;location;max-forwards;proxy-authenticate;proxy-authorization;range;referer;refresh;retry-after;server;set-cookie;strict-transport-security;transfer-encoding;user-agent;vary;via;www-authenticate'
    .split(';')
    .map((field) => {
      const at = field.indexOf('=');
      return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
    });

const TABLE_BYTES = 4096;
const BYTES_PER_FIELD = 32;
const MOST_BYTES = 16 * 1024;

/** Reads header blocks of one direction of a connection (RFC 7541): they share a table and have to be read in order. */
export class HpackDecoder {
  /** Newest first. */
  private fields: Field[] = [];
  private bytes = 0;
  private limit = TABLE_BYTES;
  private block: Buffer = Buffer.alloc(0);
  private at = 0;

  /** The fields of a block; of a field that comes several times, all values with commas between. @throws RangeError for a block that is none, or too large */
  decode(block: Buffer): Map<string, string> {
    this.block = block;
    this.at = 0;
    const headers = new Map<string, string>();
    let bytes = 0;
    while (this.at < block.length) {
      const field = this.next(block[this.at]!);
      if (field === null) continue;
      const [name, value] = field;
      bytes += name.length + value.length + BYTES_PER_FIELD;
      if (bytes > MOST_BYTES) throw new RangeError(`headers of more than ${MOST_BYTES} bytes`);
      const before = headers.get(name);
      headers.set(name, before === undefined ? value : `${before}, ${value}`);
    }
    return headers;
  }

  private next(first: number): Field | null {
    if (first >= 0x80) return this.field(this.integer(7));
    if (first >= 0x40) {
      const field = this.literal(6);
      this.remember(field);
      return field;
    }
    if (first < 0x20) return this.literal(4);
    const limit = this.integer(5);
    if (limit > TABLE_BYTES) throw new RangeError('a header table larger than allowed');
    this.limit = limit;
    this.forget();
    return null;
  }

  private literal(prefix: number): Field {
    const index = this.integer(prefix);
    return [index === 0 ? this.text() : this.field(index)[0], this.text()];
  }

  private field(index: number): Field {
    const field = index <= STATIC_TABLE.length ? STATIC_TABLE[index - 1] : this.fields[index - STATIC_TABLE.length - 1];
    if (field === undefined) throw new RangeError(`no header field ${index}`);
    return field;
  }

  private remember(field: Field): void {
    this.fields.unshift(field);
    this.bytes += field[0].length + field[1].length + BYTES_PER_FIELD;
    this.forget();
  }

  private forget(): void {
    while (this.bytes > this.limit) {
      const [name, value] = this.fields.pop()!;
      this.bytes -= name.length + value.length + BYTES_PER_FIELD;
    }
  }

  private integer(prefix: number): number {
    const full = 2 ** prefix - 1;
    let value = this.byte() & full;
    if (value < full) return value;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (value > 2 ** 28) throw new RangeError('a header integer that is too large');
      if (byte < 0x80) return value;
    }
  }

  private text(): string {
    const coded = this.at < this.block.length && this.block[this.at]! >= 0x80;
    const length = this.integer(7);
    if (this.at + length > this.block.length) throw new RangeError('a header block that ends too early');
    const bytes = this.block.subarray(this.at, this.at + length);
    this.at += length;
    return coded ? decodeHuffman(bytes) : bytes.toString('latin1');
  }

  private byte(): number {
    const byte = this.block[this.at];
    if (byte === undefined) throw new RangeError('a header block that ends too early');
    this.at += 1;
    return byte;
  }
}

/** A header block that uses no table of the connection: it may be written once and sent to everybody. */
export function encodeHeaders(fields: readonly Field[]): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of fields) {
    const whole = STATIC_TABLE.findIndex((each) => each[0] === name && each[1] === value && value !== '');
    if (whole >= 0) parts.push(Buffer.from([0x80 | (whole + 1)]));
    else parts.push(Buffer.from([0]), encodeText(name), encodeText(value));
  }
  return Buffer.concat(parts);
}

function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const length: number[] = [];
  if (bytes.length < 0x7f) {
    length.push(bytes.length);
  } else {
    length.push(0x7f);
    let rest = bytes.length - 0x7f;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) length.push((rest % 0x80) | 0x80);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}
