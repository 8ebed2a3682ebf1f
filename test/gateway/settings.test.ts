import { expect, test } from 'vitest';
import { readConfig, StartError } from '../../engine/config.ts';

const gateway = (environment: Record<string, string>) => readConfig(environment, '/srv/guicheng').gateway;

test('the gateway is on loopback, in plain text and without REST unless told otherwise', () => {
  expect(gateway({})).toEqual({ host: '127.0.0.1', port: 26500, restPort: undefined, tls: undefined, tokens: undefined, multiTenancy: false });
});

test('files are found from the root', () => {
  expect(gateway({ GATEWAY_TLS_CERT: 'tls/cert.pem', GATEWAY_TLS_KEY: '/etc/key.pem' }).tls).toEqual({ certFile: '/srv/guicheng/tls/cert.pem', keyFile: '/etc/key.pem', clientCaFile: undefined });
});

test.each([
  [{ GATEWAY_HOST: '0.0.0.0' }, 'can be reached by other machines'],
  [{ GATEWAY_HOST: '0.0.0.0', GATEWAY_TLS_CERT: 'c', GATEWAY_TLS_KEY: 'k' }, 'can be reached by other machines'],
  [{ GATEWAY_HOST: '0.0.0.0', GATEWAY_TOKEN_SECRET: 'x'.repeat(32) }, 'can be reached by other machines'],
  [{ GATEWAY_TLS_CERT: 'c' }, 'have to be set together'],
  [{ GATEWAY_TLS_CLIENT_CA: 'ca' }, 'GATEWAY_TLS_CLIENT_CA needs'],
  [{ GATEWAY_TOKEN_SECRET: 'short' }, 'GATEWAY_TOKEN_SECRET'],
  [{ GATEWAY_TOKEN_SECRET: 'x'.repeat(32), GATEWAY_TOKEN_JWKS_URL: 'https://issuer.test/keys' }, 'not both'],
  [{ GATEWAY_TOKEN_JWKS_URL: 'nowhere' }, 'GATEWAY_TOKEN_JWKS_URL'],
])('%o is refused with one sentence', (environment, text) => {
  expect(() => gateway(environment as Record<string, string>)).toThrow(StartError);
  expect(() => gateway(environment as Record<string, string>)).toThrow(text);
});

test('any address is fine with TLS and client certificates, or tokens', () => {
  const tls = { GATEWAY_HOST: '0.0.0.0', GATEWAY_TLS_CERT: 'c', GATEWAY_TLS_KEY: 'k' };
  expect(gateway({ ...tls, GATEWAY_TLS_CLIENT_CA: 'ca' }).host).toBe('0.0.0.0');
  expect(gateway({ ...tls, GATEWAY_TOKEN_JWKS_URL: 'https://issuer.test/keys', GATEWAY_TOKEN_AUDIENCE: 'zeebe' }).tokens).toEqual({ jwksUrl: 'https://issuer.test/keys', audience: 'zeebe' });
});
