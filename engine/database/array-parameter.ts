// PostgreSQL arrays in their binary form: nothing is escaped, and the server has nothing to parse.

const TEXT = 25;
const BIGINT = 20;
const TIMESTAMPTZ = 1184;
/** PostgreSQL counts microseconds from here. */
const EPOCH_2000_MS = Date.UTC(2000, 0);
const HEADER_BYTES = 20;
const NULL = -1;

/** A `text[]` parameter. U+0000, which PostgreSQL text cannot hold, must not occur. */
export function textArray(values: readonly (string | null)[]): Buffer {
  let size = HEADER_BYTES;
  for (const value of values) size += 4 + (value === null ? 0 : Buffer.byteLength(value));
  const buffer = begin(size, TEXT, values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    const bytes = value === null ? 0 : buffer.write(value, at + 4);
    buffer.writeInt32BE(value === null ? NULL : bytes, at);
    at += 4 + bytes;
  }
  return buffer;
}

/** A `bigint[]` parameter. */
export function bigintArray(values: readonly (number | bigint | string | null)[]): Buffer {
  const size = HEADER_BYTES + values.reduce<number>((sum, value) => sum + 4 + (value === null ? 0 : 8), 0);
  const buffer = begin(size, BIGINT, values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? NULL : 8, at);
    if (value !== null) at = buffer.writeBigInt64BE(BigInt(value), at);
  }
  return buffer;
}

/** A `timestamptz[]` parameter of epoch ms. */
export function instantArray(values: readonly (number | null)[]): Buffer {
  const buffer = bigintArray(values.map((ms) => (ms === null ? null : (Math.round(ms) - EPOCH_2000_MS) * 1000)));
  buffer.writeInt32BE(TIMESTAMPTZ, 8);
  return buffer;
}

/** A list as the text PostgreSQL reads as `text[]`: for a member of a list of lists. */
export const arrayText = (values: readonly string[]): string => `{${values.map((value) => `"${value.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;

/** One dimension, which may hold nulls, from index 1. An empty array has no dimension. */
function begin(size: number, elementType: number, length: number): Buffer {
  if (length === 0) {
    const empty = Buffer.alloc(12);
    empty.writeInt32BE(elementType, 8);
    return empty;
  }
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(1, 4);
  buffer.writeInt32BE(elementType, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}
