import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of a hash: about 64 MB and a tenth of a second. Stored with each hash, so that it can rise later. */
const COST = 2 ** 16;
const BLOCK = 8;
const LENGTH = 32;
/** Shortest password an account may get. */
export const MIN_PASSWORD_LENGTH = 12;

/** Hashes a password with a salt of its own: `scrypt$<cost>$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return ['scrypt', COST, salt.toString('base64'), (await derive(password, salt, COST)).toString('base64')].join('$');
}

/** True when the password is the hashed one. Without a hash the same work is done and the answer is false, so time tells nothing. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [scheme, cost, salt, hash] = (stored ?? `scrypt$${COST}$AAAAAAAAAAAAAAAAAAAAAA==$`).split('$');
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64'), Number(cost) || COST);
  const expected = Buffer.from(hash ?? '', 'base64');
  return scheme === 'scrypt' && expected.length === derived.length && timingSafeEqual(expected, derived);
}

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, LENGTH, { N: cost, r: BLOCK, p: 1, maxmem: 256 * cost * BLOCK }, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
