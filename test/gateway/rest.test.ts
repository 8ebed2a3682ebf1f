import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { tokenCheck } from '../../engine/gateway/bearer-tokens.ts';
import type { Gateway } from '../../engine/gateway/gateway-service.ts';
import { startRest } from '../../engine/gateway/rest/rest-service.ts';
import { bpmn, chain, end, start, userTask } from '../support/bpmn.ts';

/** What Zeebe 8.5.8 answered, by request; written anew with the address of its REST in ZEEBE_REST. */
const RECORDED = path.join(import.meta.dirname, 'rest.recorded.json');
const { ZEEBE_REST } = process.env;

const TASK = '/v1/user-tasks/2251799813999999';
const REQUESTS: [method: string, path: string, body?: string, type?: string][] = [
  ['POST', `${TASK}/completion`, '{}'],
  ['POST', `${TASK}/completion`, '{bad'],
  ['POST', `${TASK}/completion`, '[]'],
  ['POST', `${TASK}/completion`, '{"unknown":1}'],
  ['POST', `${TASK}/completion`, '{"variables":1}'],
  ['POST', `${TASK}/completion`, '{"variables":null,"action":null}'],
  ['POST', `${TASK}/completion`, '{}', 'text/plain'],
  ['POST', `${TASK}/completion`, '{}', 'application/json; charset=utf-8'],
  ['POST', `${TASK}/completion`],
  ['POST', '/v1/user-tasks/abc/completion', '{}'],
  ['GET', `${TASK}/completion`],
  ['GET', '/v1/nothing'],
  ['POST', `${TASK}/assignment`, '{}'],
  ['POST', `${TASK}/assignment`, '{"assignee":" "}'],
  ['POST', `${TASK}/assignment`, '{"assignee":"a","allowOverride":"x"}'],
  ['POST', `${TASK}/assignment`, '{"assignee":5}'],
  ['POST', `${TASK}/assignment`, '{"assignee":"a","allowOverride":false}'],
  ['POST', `${TASK}/assignment`],
  ['PATCH', TASK, '{"changeset":{"dueDate":"x"}}'],
  ['PATCH', TASK, '{"changeset":{"followUpDate":"2027-05-06"}}'],
  ['PATCH', TASK, '{"changeset":{"candidateGroups":"x"}}'],
  ['PATCH', TASK, '{"changeset":{"unknown":1}}'],
  ['PATCH', TASK, '{"changeset":{"dueDate":""}}'],
  ['PATCH', TASK, '{"action":"look"}'],
  ['PATCH', TASK],
  ['DELETE', `${TASK}/assignee`],
  ['POST', '/v1/topology', '{}'],
];
const nameOf = (request: (typeof REQUESTS)[number]) => request.filter((each) => each !== undefined).join(' ');

async function ask(url: string, [method, at, body, type = 'application/json']: (typeof REQUESTS)[number], headers: Record<string, string> = {}) {
  const response = await fetch(`${url}${at}`, { method, headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers }, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), allow: response.headers.get('allow'), body: text === '' ? null : (JSON.parse(text) as unknown) };
}

let broker: Broker;
let rest: Gateway;
let url: string;
beforeAll(async () => {
  broker = new Broker({ stores: [new MemoryStore()], clock: systemClock, onError: (error) => expect.unreachable(error.message) });
  await broker.start();
  rest = await startRest({ broker, clock: systemClock, port: 0 });
  url = `http://${rest.address}`;
});
afterAll(async () => {
  await rest.stop();
  await broker.stop();
});

if (ZEEBE_REST !== undefined) {
  const answers: Record<string, unknown> = {};
  for (const request of REQUESTS) answers[nameOf(request)] = await ask(ZEEBE_REST, request);
  writeFileSync(RECORDED, `${JSON.stringify(answers, null, 1)}\n`);
}
const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, unknown>;

describe('REST answers as Zeebe 8.5.8', () => {
  test.each(REQUESTS.map((request) => [nameOf(request), request] as const))('%s', async (name, request) => {
    expect(await ask(url, request)).toEqual(recorded[name]);
  });

  test('the topology', async () => {
    expect(await ask(url, ['GET', '/v1/topology'])).toMatchObject({ status: 200, type: 'application/json', body: { brokers: [{ nodeId: 0, partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }], version: '8.5.8' }], clusterSize: 1, partitionsCount: 1, replicationFactor: 1, gatewayVersion: '8.5.8' } });
  });
});

describe('a user task', () => {
  test('is assigned, changed, given back and completed', async () => {
    // given
    await broker.submit({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: bpmn('p', start() + userTask('u', '<zeebe:userTask/>') + end() + chain('start', 'u', 'end')), checksum: '1' }] });
    await broker.submit({ type: 'create_process_instance', bpmnProcessId: 'p', processDefinitionKey: '0', version: -1, variables: {} });
    const records = await broker.readRecords(1, '0', 1000);
    const key = records.find((record) => record.valueType === 'USER_TASK' && record.intent === 'CREATED')!.key;
    const at = `/v1/user-tasks/${key}`;

    // when
    const asked = async (...request: (typeof REQUESTS)[number]) => (await ask(url, request)).status;
    expect(await asked('POST', `${at}/assignment`, '{"assignee":"wang"}')).toBe(204);
    expect(await asked('POST', `${at}/assignment`, '{"assignee":"lin","allowOverride":false}')).toBe(409);
    expect(await asked('DELETE', `${at}/assignee`)).toBe(204);
    expect(await asked('POST', `${at}/assignment`, '{"assignee":"lin","allowOverride":false}')).toBe(204);
    expect(await asked('PATCH', at, '{"changeset":{"candidateGroups":["a"],"dueDate":"2027-05-06T08:00:00Z"}}')).toBe(204);
    expect(await asked('POST', `${at}/completion`, '{"variables":{"amount":9007199254740993}}')).toBe(204);

    // then
    const after = await broker.readRecords(1, '0', 1000);
    expect(after.filter((record) => record.valueType === 'VARIABLE').map((record) => record.value['value'])).toEqual(['9007199254740993']);
    expect(after.filter((record) => record.intent === 'ELEMENT_COMPLETED').map((record) => record.value['elementId'])).toEqual(['start', 'u', 'end', 'p']);
  });
});

test('what the gateway asks for, REST asks for too', async () => {
  const secret = 'a secret of at least thirty-two characters';
  const guarded = await startRest({ broker, clock: systemClock, port: 0, checkToken: tokenCheck({ secret }, Date.now) });
  try {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = `${part({ alg: 'HS256' })}.${part({ exp: Math.floor(Date.now() / 1000) + 60 })}`;
    const token = `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
    expect((await ask(`http://${guarded.address}`, ['GET', '/v1/topology'])).status).toBe(401);
    expect((await ask(`http://${guarded.address}`, ['GET', '/v1/topology'], { authorization: 'Bearer a.b.c' })).status).toBe(401);
    expect((await ask(`http://${guarded.address}`, ['GET', '/v1/topology'], { authorization: `Bearer ${token}` })).status).toBe(200);
  } finally {
    await guarded.stop();
  }
});
