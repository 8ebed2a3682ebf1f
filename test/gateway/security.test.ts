import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ChannelCredentials, credentials, Metadata, type Client, type ServiceError } from '@grpc/grpc-js';
import { afterEach, describe, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { tokenCheck, type TokenRules } from '../../engine/gateway/bearer-tokens.ts';
import { startGateway, type GatewayOptions } from '../../engine/gateway/gateway-service.ts';
import { gatewayProtocol, healthProtocol } from '../../engine/protocol/gateway-protocol.ts';

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, 'certificates', name));
const SECRET = 'a secret of at least thirty-two characters';
const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(options: Omit<GatewayOptions, 'broker' | 'clock'>): Promise<string> {
  const broker = new Broker({ stores: [new MemoryStore()], clock: systemClock, onError: (error) => expect.unreachable(error.message) });
  await broker.start();
  const gateway = await startGateway({ broker, clock: systemClock, port: 0, ...options });
  ends.push(() => broker.stop(), () => gateway.stop());
  return gateway.address.replace('127.0.0.1', 'localhost');
}

type Stub = Client & Record<string, (request: object, metadata: Metadata, options: object, callback: (error: ServiceError | null, answer: unknown) => void) => void>;

/** Asks for the topology, or whatever else: 'ok', or the status and details. */
function ask(address: string, channel: ChannelCredentials, { token, rpc = 'topology', request = {} }: { token?: string; rpc?: string; request?: object } = {}): Promise<string> {
  const client = new gatewayProtocol.Client(address, channel) as Stub;
  const metadata = new Metadata();
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
  return new Promise((resolve) => client[rpc]!(request, metadata, { deadline: Date.now() + 10_000 }, (error) => resolve(error === null ? 'ok' : `${error.code} ${error.details}`))).finally(() => client.close()) as Promise<string>;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const GOOD = { exp: inSeconds(600), aud: ['zeebe'], iss: 'https://issuer.test' };

function shared(claims: object, secret = SECRET, alg = 'HS256'): string {
  const body = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

function signed(claims: object, key: KeyObject, kid: string, alg: string): string {
  const body = `${part({ alg, kid })}.${part(claims)}`;
  return `${body}.${sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(body), alg.startsWith('ES') ? { key, dsaEncoding: 'ieee-p1363' } : key).toString('base64url')}`;
}

describe('TLS', () => {
  const tls = { cert: pem('server.pem'), key: pem('server.key') };

  test('lets in whoever trusts the certificate, and speaks no plain text', async () => {
    const address = await open({ tls });
    expect(await ask(address, credentials.createSsl(pem('ca.pem')))).toBe('ok');
    expect(await ask(address, credentials.createSsl())).toMatch(/^14 /);
    expect(await ask(address, credentials.createInsecure())).toMatch(/^14 /);
  });

  test('asks for client certificates when an authority is set', async () => {
    const address = await open({ tls: { ...tls, clientCa: pem('ca.pem') } });
    expect(await ask(address, credentials.createSsl(pem('ca.pem'), pem('client.key'), pem('client.pem')))).toBe('ok');
    expect(await ask(address, credentials.createSsl(pem('ca.pem')))).toMatch(/^14 /);
  });
});

describe('bearer tokens', () => {
  const plain = credentials.createInsecure();
  const withTokens = (rules: TokenRules) => open({ checkToken: tokenCheck(rules, Date.now) });

  test('of a shared secret', async () => {
    const address = await withTokens({ secret: SECRET, audience: 'zeebe', issuer: 'https://issuer.test' });
    expect(await ask(address, plain, { token: shared(GOOD) })).toBe('ok');
    expect(await ask(address, plain)).toBe('16 Expected a valid bearer token in the authorization header, but there is none');
    const refused: [string, string][] = [
      [shared(GOOD, 'another secret of thirty-two characters'), 'is not signed by a known key'],
      [shared(GOOD, SECRET, 'none'), 'is not signed by a known key'],
      [`${part({ alg: 'none' })}.${part(GOOD)}.`, 'is not signed by a known key'],
      [shared({ ...GOOD, exp: inSeconds(-120) }), 'has expired'],
      [shared({ aud: 'zeebe' }), 'has expired'],
      [shared({ ...GOOD, nbf: inSeconds(600) }), 'is not valid yet'],
      [shared({ ...GOOD, aud: 'other' }), 'is meant for another audience'],
      [shared({ ...GOOD, iss: 'other' }), 'comes from another issuer'],
      ['nonsense', 'is not a signed JWT'],
      ['a.b.c', 'is not a signed JWT'],
    ];
    for (const [token, why] of refused) expect(await ask(address, plain, { token })).toBe(`16 Expected a valid bearer token in the authorization header, but the bearer token ${why}`);
  });

  test('of keys that the issuer publishes, new ones included', async () => {
    const pairs = { rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }), ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }), ed: generateKeyPairSync('ed25519') };
    const jwk = (kid: keyof typeof pairs) => ({ ...pairs[kid].publicKey.export({ format: 'jwk' }), kid });
    let published = [jwk('rsa'), jwk('ec')];
    const issuer: Server = createServer((_request, response) => response.end(JSON.stringify({ keys: published })));
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    ends.push(() => void issuer.close());
    let now = Date.now();
    const address = await open({ checkToken: tokenCheck({ jwksUrl: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}` }, () => now) });

    expect(await ask(address, plain, { token: signed(GOOD, pairs.rsa.privateKey, 'rsa', 'RS256') })).toBe('ok');
    expect(await ask(address, plain, { token: signed(GOOD, pairs.ec.privateKey, 'ec', 'ES256') })).toBe('ok');
    expect(await ask(address, plain, { token: signed(GOOD, pairs.ec.privateKey, 'rsa', 'ES256') })).toMatch(/^16 /);
    // A public key is no shared secret.
    expect(await ask(address, plain, { token: shared(GOOD, pairs.rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString()) })).toMatch(/^16 /);

    const late = signed(GOOD, pairs.ed.privateKey, 'ed', 'EdDSA');
    expect(await ask(address, plain, { token: late })).toMatch(/^16 /);
    published = [jwk('ed')];
    now += 11_000;
    expect(await ask(address, plain, { token: late })).toBe('ok');
  });

  test('whose issuer cannot be reached are refused', async () => {
    const address = await withTokens({ jwksUrl: 'http://127.0.0.1:1/keys' });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await ask(address, plain, { token: signed(GOOD, privateKey, 'x', 'ES256') })).toMatch(/^16 .*the keys of the token's issuer cannot be read/);
  });
});

test('with multi-tenancy a request has to name its tenant, and one that is its own', async () => {
  const address = await open({ multiTenancy: true });
  const publish = (tenantId?: string) => ask(address, credentials.createInsecure(), { rpc: 'publishMessage', request: { name: 'm', ...(tenantId === undefined ? {} : { tenantId }) } });
  expect(await publish('<default>')).toBe('ok');
  expect(await publish()).toBe("3 Expected to handle gRPC request PublishMessage with tenant identifier '', but no tenant identifier was provided");
  expect(await publish('a b')).toMatch(/^3 .*contains illegal characters/);
  expect(await publish('x'.repeat(32))).toMatch(/^3 .*is longer than 31 characters/);
  expect(await publish('other')).toBe("7 Expected to handle gRPC request PublishMessage with tenant identifier 'other', but tenant is not authorized to perform this request");
});

test('a command that the broker does not answer in time ends the request', async () => {
  const silent = { partitionCount: 1, onJobs: () => () => undefined, requestJobs: () => ({ answer: new Promise<never>(() => undefined), cancel: () => undefined }), submit: () => new Promise<never>(() => undefined) };
  const gateway = await startGateway({ broker: silent, clock: systemClock, port: 0, requestTimeoutMs: 50 });
  ends.push(() => gateway.stop());
  expect(await ask(gateway.address, credentials.createInsecure(), { rpc: 'publishMessage', request: { name: 'm' } })).toBe('4 Time out between gateway and broker: the command was not answered within 50 ms');
});

test('load balancers may ask for the health of the gateway', async () => {
  const address = await open({});
  const check = (service: string) =>
    new Promise<string>((resolve) => {
      const client = new healthProtocol.Client(address, credentials.createInsecure()) as Stub;
      client['check']!({ service }, new Metadata(), {}, (error, answer) => {
        client.close();
        resolve(error === null ? (answer as { status: string }).status : String(error.code));
      });
    });
  expect(await check('')).toBe('SERVING');
  expect(await check('gateway_protocol.Gateway')).toBe('SERVING');
  expect(await check('other')).toBe('5');
});
