import { createHmac } from 'node:crypto';
import { credentials, Metadata, status, type Client, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { tokenCheck } from '../../engine/gateway/bearer-tokens.ts';
import { startGateway, type Gateway } from '../../engine/gateway/gateway-service.ts';
import { startRest } from '../../engine/gateway/rest/rest-service.ts';
import { extensionsProtocol } from '../../engine/protocol/gateway-protocol.ts';
import { GatewayClient } from '../conformance/gateway-client.ts';
import { bpmn, chain, end, message, messageEvent, serviceTask, start, userTask } from '../support/bpmn.ts';

const SECRET = 'shared by the tests and the gateway alone';
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: object): string => {
  const body = `${part({ alg: 'HS256' })}.${part({ exp: Math.floor(Date.now() / 1000) + 600, ...claims })}`;
  return `${body}.${createHmac('sha256', SECRET).update(body).digest('base64url')}`;
};

let broker: Broker;
let gateway: Gateway;
let rest: Gateway;
let one: GatewayClient;
let two: GatewayClient;
const clients: { close(): void }[] = [];
const speaking = (claims: object, tenantId: string): GatewayClient => {
  const client = new GatewayClient(gateway.address, { token: tokenOf(claims), tenantId });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  broker = new Broker({ stores: [new MemoryStore()], clock: systemClock, onError: (error) => expect.unreachable(error.message) });
  await broker.start();
  const options = { broker, clock: systemClock, port: 0, multiTenancy: true, checkToken: tokenCheck({ secret: SECRET, tenantsClaim: 'org' }, Date.now) };
  gateway = await startGateway(options);
  rest = await startRest(options);
  [one, two] = [speaking({ org: ['one'] }, 'one'), speaking({ org: ['two'] }, 'two')];
});
afterAll(async () => {
  for (const client of clients) client.close();
  await rest.stop();
  await gateway.stop();
  await broker.stop();
});

const deploy = (client: GatewayClient, xml: string) => client.call('deployResource', { resources: [{ name: 'p.bpmn', content: Buffer.from(xml) }] });
const jobsOf = async (client: GatewayClient, type: string): Promise<number> => {
  const polled = await client.stream<{ jobs: unknown[] }>('activateJobs', { type, worker: 'test', timeout: 60_000, maxJobsToActivate: 10, requestTimeout: -1 });
  return polled.ok ? polled.response.flatMap(({ jobs }) => jobs).length : -1;
};

describe('tenants', () => {
  test('a token that lists none is for the default tenant alone', async () => {
    const plain = speaking({}, '<default>');
    expect(await plain.call('publishMessage', { name: 'm', correlationKey: '', timeToLive: 0 })).toMatchObject({ ok: true, response: { tenantId: '<default>' } });
    expect(await one.call('publishMessage', { name: 'm', correlationKey: '', timeToLive: 0, tenantId: '<default>' })).toMatchObject({ ok: false, code: 'PERMISSION_DENIED' });
  });

  // Zeebe 8.5.8 lets the first hold up the second: there the lock knows no tenants.
  test('the same correlation key begins an instance in each', async () => {
    const begun = bpmn('begun', `<bpmn:startEvent id="start">${messageEvent('m')}</bpmn:startEvent>${serviceTask('a', 'begun')}${end()}${chain('start', 'a', 'end')}`, message('m', 'begin'));
    for (const client of [one, two]) await deploy(client, begun);
    for (const client of [one, two]) expect(await client.call('publishMessage', { name: 'begin', correlationKey: 'k', timeToLive: 60_000 })).toMatchObject({ ok: true });
    expect([await jobsOf(one, 'begun'), await jobsOf(two, 'begun')]).toEqual([1, 1]);
  });

  test('a unique business key is unique in each', async () => {
    for (const client of [one, two]) await deploy(client, bpmn('keyed', start() + serviceTask('a', 'keyed') + end() + chain('start', 'a', 'end')));
    const request = { bpmnProcessId: 'keyed', version: -1, businessKey: '7', uniqueBusinessKey: true };
    for (const client of [one, two]) expect(await client.call('createProcessInstance', request)).toMatchObject({ ok: true });
    expect(await one.call('createProcessInstance', request)).toMatchObject({ ok: false, code: 'ALREADY_EXISTS' });
  });

  test('a suspended job type is that of one', async () => {
    const extensions = new extensionsProtocol.Client(gateway.address, credentials.createInsecure()) as Client & Record<string, (request: object, metadata: Metadata, callback: (error: ServiceError | null) => void) => void>;
    clients.push(extensions);
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${tokenOf({ org: ['one'] })}`);
    const extend = (rpc: string, request: object) => new Promise<number>((resolve) => extensions[rpc]!(request, metadata, (error) => resolve(error?.code ?? status.OK)));
    for (const client of [one, two]) {
      await deploy(client, bpmn('still', start() + serviceTask('a', 'still') + end() + chain('start', 'a', 'end')));
      await client.call('createProcessInstance', { bpmnProcessId: 'still', version: -1 });
    }
    expect(await extend('suspend', { jobType: 'still', tenantId: 'two' })).toBe(status.PERMISSION_DENIED);
    expect(await extend('suspend', { jobType: 'still', tenantId: 'one' })).toBe(status.OK);
    expect([await jobsOf(one, 'still'), await jobsOf(two, 'still')]).toEqual([0, 1]);
    expect(await extend('resume', { jobType: 'still', tenantId: 'one' })).toBe(status.OK);
    expect(await jobsOf(one, 'still')).toBe(1);
  });

  test('user tasks of another are not there by REST', async () => {
    await deploy(one, bpmn('asked', start() + userTask('a', '<zeebe:userTask/>') + end() + chain('start', 'a', 'end')));
    await one.call('createProcessInstance', { bpmnProcessId: 'asked', version: -1 });
    const key = (await broker.readRecords(1, '0', 10_000)).find((record) => record.valueType === 'USER_TASK')!.key;
    const complete = async (claims: object) => (await fetch(`http://${rest.address}/v1/user-tasks/${key}/completion`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(claims)}` }, body: '{}' })).status;
    expect(await complete({ org: ['two'] })).toBe(404);
    expect(await complete({})).toBe(404);
    expect(await complete({ org: ['one'] })).toBe(204);
  });
});
