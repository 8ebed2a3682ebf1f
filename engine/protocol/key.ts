/**
 * A number the engine mints, as decimal text. Text rather than bigint: it is what JSON, gRPC clients and Postgres hand over
 * anyway, is exact, and serves as a map key as it is; arithmetic on keys happens only here.
 */
export type Key = string;

/** "No key", as Zeebe writes it. */
export const NO_KEY: Key = '-1';

const PARTITION_BITS = 51n;

/** First key of a partition: the partition number stands in the top 13 bits of 64. */
export function keyOf(partition: number, counter: bigint): Key {
  return ((BigInt(partition) << PARTITION_BITS) + counter).toString();
}

/** Partition a key was minted by; 0 when the text is not a key of any. */
export function partitionOf(key: Key): number {
  const value = BigInt(key);
  return value <= 0n ? 0 : Number(value >> PARTITION_BITS);
}

/** Orders keys by age. */
export function compareKeys(left: Key, right: Key): number {
  return left.length === right.length ? (left < right ? -1 : left > right ? 1 : 0) : left.length - right.length;
}
