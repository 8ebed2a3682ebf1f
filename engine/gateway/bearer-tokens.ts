import { constants, createHmac, createPublicKey, timingSafeEqual, verify, type JsonWebKey, type KeyObject } from 'node:crypto';

/** What tokens have to be. One of `jwksUrl` and `secret` is given. */
export interface TokenRules {
  /** Where the issuer publishes its keys (RFC 7517). */
  jwksUrl?: string;
  /** Shared with the issuer, for HS256. */
  secret?: string;
  /** `aud` has to hold it. @default any */
  audience?: string;
  /** `iss` has to be it. @default any */
  issuer?: string;
  /** The claim that lists the tenants its bearer may act for. @default 'tenants' */
  tenantsClaim?: string;
}

/** Who bears a token. */
export interface Bearer {
  /** Tenants it may act for; undefined when the token does not say. */
  tenants: readonly string[] | undefined;
}

/** Checks a bearer token. Throws TokenRefused. */
export type CheckToken = (token: string) => Promise<Bearer>;

/** The token does not let its bearer in; the message says why, without telling the token. */
export class TokenRefused extends Error {}

/** Clocks may differ by so much. */
const LEEWAY_SECONDS = 30;
const KEYS_FRESH_MS = 600_000;
/** Unknown keys are asked for again no sooner. */
const REFETCH_MS = 10_000;
const FETCH_TIMEOUT_MS = 5000;

interface Algorithm {
  kty: string;
  hash: string | null;
  options: object;
}

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  RS256: { kty: 'RSA', hash: 'sha256', options: {} },
  RS384: { kty: 'RSA', hash: 'sha384', options: {} },
  RS512: { kty: 'RSA', hash: 'sha512', options: {} },
  PS256: { kty: 'RSA', hash: 'sha256', options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } },
  ES256: { kty: 'EC', hash: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
  ES384: { kty: 'EC', hash: 'sha384', options: { dsaEncoding: 'ieee-p1363' } },
  EdDSA: { kty: 'OKP', hash: null, options: {} },
};

interface Header {
  alg?: unknown;
  kid?: unknown;
}

interface Claims {
  exp?: unknown;
  nbf?: unknown;
  aud?: unknown;
  iss?: unknown;
}

/** A check of signed tokens (JWT) as the official clients send them after asking their authorization server. */
export function tokenCheck(rules: TokenRules, now: () => number): CheckToken {
  const keys = rules.jwksUrl === undefined ? undefined : new PublishedKeys(rules.jwksUrl, now);
  return async (token) => {
    const parts = token.split('.');
    const [head = '', body = '', signature = ''] = parts;
    if (parts.length !== 3) throw new TokenRefused('the bearer token is not a signed JWT');
    const header = readPart<Header>(head);
    const claims = readPart<Claims>(body);
    const signed = Buffer.from(`${head}.${body}`);
    const given = Buffer.from(signature, 'base64url');
    const genuine = keys === undefined ? isSharedSecret(header, signed, given, rules.secret ?? '') : await isPublished(keys, header, signed, given);
    if (!genuine) throw new TokenRefused('the bearer token is not signed by a known key');
    checkClaims(claims, rules, now() / 1000);
    const tenants = (claims as Readonly<Record<string, unknown>>)[rules.tenantsClaim ?? 'tenants'];
    return { tenants: Array.isArray(tenants) ? tenants.map(String) : undefined };
  };
}

function readPart<Part>(text: string): Part {
  try {
    const part = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Part;
    if (part !== null && typeof part === 'object') return part;
  } catch (cause) {
    throw new TokenRefused('the bearer token is not a signed JWT', { cause });
  }
  throw new TokenRefused('the bearer token is not a signed JWT');
}

function isSharedSecret({ alg }: Header, signed: Buffer, given: Buffer, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(signed).digest();
  return alg === 'HS256' && secret !== '' && given.length === expected.length && timingSafeEqual(given, expected);
}

async function isPublished(keys: PublishedKeys, { alg, kid }: Header, signed: Buffer, given: Buffer): Promise<boolean> {
  const algorithm = typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
  if (algorithm === undefined) return false;
  const candidates = await keys.find(algorithm.kty, typeof kid === 'string' ? kid : undefined);
  return candidates.some((key) => verify(algorithm.hash, signed, { key, ...algorithm.options }, given));
}

function checkClaims({ exp, nbf, aud, iss }: Claims, { audience, issuer }: TokenRules, seconds: number): void {
  if (typeof exp !== 'number' || exp + LEEWAY_SECONDS < seconds) throw new TokenRefused('the bearer token has expired');
  if (typeof nbf === 'number' && nbf - LEEWAY_SECONDS > seconds) throw new TokenRefused('the bearer token is not valid yet');
  if (audience !== undefined && !(Array.isArray(aud) ? aud : [aud]).includes(audience)) throw new TokenRefused('the bearer token is meant for another audience');
  if (issuer !== undefined && iss !== issuer) throw new TokenRefused('the bearer token comes from another issuer');
}

/** The keys an issuer publishes, asked for when they are old or one is missing. */
class PublishedKeys {
  private keys: { kid: unknown; kty: string; key: KeyObject }[] = [];
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private fetching: Promise<void> | null = null;
  private readonly url: string;
  private readonly now: () => number;

  constructor(url: string, now: () => number) {
    this.url = url;
    this.now = now;
  }

  async find(kty: string, kid: string | undefined): Promise<KeyObject[]> {
    const matching = (): KeyObject[] => this.keys.filter((each) => each.kty === kty && (kid === undefined || each.kid === kid)).map((each) => each.key);
    const age = this.now() - this.fetchedAt;
    if (age > KEYS_FRESH_MS || (matching().length === 0 && age > REFETCH_MS)) await this.fetch();
    return matching();
  }

  private async fetch(): Promise<void> {
    this.fetching ??= this.load().finally(() => (this.fetching = null));
    await this.fetching;
  }

  private async load(): Promise<void> {
    try {
      const response = await fetch(this.url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      const { keys } = (await response.json()) as { keys: (JsonWebKey & { kid?: string; use?: string })[] };
      this.keys = keys.filter((jwk) => jwk.use !== 'enc' && jwk.kty !== undefined && jwk.kty !== 'oct').map((jwk) => ({ kid: jwk.kid, kty: jwk.kty!, key: createPublicKey({ key: jwk, format: 'jwk' }) }));
      this.fetchedAt = this.now();
    } catch (cause) {
      // Keys that are known already stay good while the issuer cannot be reached.
      if (this.keys.length === 0) throw new TokenRefused(`the keys of the token's issuer cannot be read: ${(cause as Error).message}`, { cause });
    }
  }
}
