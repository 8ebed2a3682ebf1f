import { credentials, status, type Client, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { startGateway, type Gateway } from '../../engine/gateway/gateway-service.ts';
import { extensionsProtocol } from '../../engine/protocol/gateway-protocol.ts';
import { GatewayClient } from '../conformance/gateway-client.ts';
import { bpmn, chain, end, serviceTask, start } from '../support/bpmn.ts';

let broker: Broker;
let gateway: Gateway;
let client: GatewayClient;
let extensions: Client & Record<string, (request: object, callback: (error: ServiceError | null) => void) => void>;
beforeAll(async () => {
  broker = new Broker({ stores: [new MemoryStore()], clock: systemClock, onError: (error) => expect.unreachable(error.message) });
  await broker.start();
  gateway = await startGateway({ broker, clock: systemClock, port: 0 });
  client = new GatewayClient(gateway.address);
  extensions = new extensionsProtocol.Client(gateway.address, credentials.createInsecure()) as typeof extensions;
  await client.call('deployResource', { resources: [{ name: 'p.bpmn', content: Buffer.from(bpmn('p', start() + serviceTask('work') + end() + chain('start', 'work', 'end'))) }] });
});
afterAll(async () => {
  client.close();
  extensions.close();
  await gateway.stop();
  await broker.stop();
});

const extend = (rpc: string, request: object) => new Promise<number>((resolve) => extensions[rpc]!(request, (error) => resolve(error?.code ?? status.OK)));

test('a poll that waits gets the jobs of a type that is resumed', async () => {
  expect(await extend('suspend', { jobType: 'work' })).toBe(status.OK);
  expect(await extend('suspend', { jobType: 'work' })).toBe(status.FAILED_PRECONDITION);
  await client.call('createProcessInstance', { bpmnProcessId: 'p', version: -1 });
  const polling = client.stream<{ jobs: unknown[] }>('activateJobs', { type: 'work', worker: 'test', timeout: 1000, maxJobsToActivate: 5, requestTimeout: 20_000 });
  expect(await extend('resume', { jobType: 'work' })).toBe(status.OK);
  expect(await polling).toMatchObject({ ok: true, response: [{ jobs: [{ type: 'work' }] }] });
});

test('what is not named or not there is refused', async () => {
  expect(await extend('suspend', {})).toBe(status.INVALID_ARGUMENT);
  expect(await extend('suspend', { jobType: '' })).toBe(status.INVALID_ARGUMENT);
  expect(await extend('suspend', { processInstanceKey: '2251799813999999' })).toBe(status.NOT_FOUND);
  expect(await extend('suspend', { processDefinitionKey: '2251799813999999' })).toBe(status.NOT_FOUND);
  expect(await extend('resume', { jobType: 'work' })).toBe(status.FAILED_PRECONDITION);
});

test('an instance is created with a unique business key once', async () => {
  const request = { bpmnProcessId: 'p', version: -1, businessKey: '2026-0001', uniqueBusinessKey: true };
  expect(await client.call('createProcessInstance', request)).toMatchObject({ ok: true });
  expect(await client.call('createProcessInstance', request)).toMatchObject({ ok: false, code: 'ALREADY_EXISTS' });
});
