import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { credentials, Metadata, type Client, type ServiceError } from '@grpc/grpc-js';
import { afterAll, expect, test, vi } from 'vitest';
import { gatewayProtocol } from '../../engine/protocol/gateway-protocol.ts';
import { freePort, removeFolders, startProduct } from './product.ts';

vi.setConfig({ testTimeout: 120_000 });
afterAll(removeFolders);

const certificate = (name: string) => path.join(import.meta.dirname, '../gateway/certificates', name);
const ca = readFileSync(certificate('ca.pem'));
const SECRET = 'a secret of at least thirty-two characters';

function token(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: 'HS256' })}.${part({ exp: Math.floor(Date.now() / 1000) + 600 })}`;
  return `${body}.${createHmac('sha256', SECRET).update(body).digest('base64url')}`;
}

test('with TLS, tokens and REST the product itself still works, and others need what is asked of them', async () => {
  // given
  const restPort = await freePort();
  const product = await startProduct({ env: { GATEWAY_TLS_CERT: certificate('server.pem'), GATEWAY_TLS_KEY: certificate('server.key'), GATEWAY_TOKEN_SECRET: SECRET, GATEWAY_REST_PORT: String(restPort) } });
  await product.ready();

  // when
  const ask = (channel: ReturnType<typeof credentials.createInsecure>, given?: string) =>
    new Promise<number>((resolve) => {
      const client = new gatewayProtocol.Client(`localhost:${product.gatewayPort}`, channel) as Client & Record<string, (request: object, metadata: Metadata, options: object, callback: (error: ServiceError | null) => void) => void>;
      const metadata = new Metadata();
      if (given !== undefined) metadata.set('authorization', `Bearer ${given}`);
      client['topology']!({}, metadata, { deadline: Date.now() + 10_000 }, (error) => {
        client.close();
        resolve(error?.code ?? 0);
      });
    });
  const rest = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      https.get({ host: 'localhost', port: restPort, path: '/v1/topology', ca, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });

  // then
  expect(await ask(credentials.createSsl(ca), token())).toBe(0);
  expect(await ask(credentials.createSsl(ca))).toBe(16);
  expect(await ask(credentials.createInsecure(), token())).toBe(14);
  expect(await rest({ authorization: `Bearer ${token()}` })).toBe(200);
  expect(await rest({})).toBe(401);
  expect((await (await fetch(`${product.address}/api/health`)).json()) as object).toMatchObject({ ok: true, parts: { broker: true, procedures: true } });
  expect(await product.stop()).toBe(0);
});

test('a certificate that is not there ends the start with one sentence', async () => {
  const product = await startProduct({ env: { GATEWAY_TLS_CERT: '/nowhere/cert.pem', GATEWAY_TLS_KEY: '/nowhere/key.pem' } });
  expect(await product.exited).toBe(1);
  expect(product.output().trim().split('\n').at(-1)).toContain('GATEWAY_TLS_CERT=/nowhere/cert.pem cannot be read (ENOENT)');
});
