import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boundary, bpmn, chain, end, flow, mapping, message, messageEvent, serviceTask, start, timer } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let admin: Browser;

const process = bpmn('p', start() + serviceTask('work', 'work', mapping([['=1', 'inner']])).replace('id="work"', 'id="work" name="处理"').replace('<zeebe:ioMapping>', '<zeebe:properties><zeebe:property name="nameEn" value="Work" /></zeebe:properties><zeebe:ioMapping>') + boundary('late', 'work', timer('timeDuration', 'PT1H'), false) + end('late_end') + flow('late', 'late_end') +
  boundary('ring', 'work', messageEvent('m'), false) + end('ring_end') + flow('ring', 'ring_end') + end() + chain('start', 'work', 'end'), message('m', 'ring', '=caseNo'));
const caller = bpmn('caller', start() + '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="p"/></bpmn:extensionElements></bpmn:callActivity>' + end() + chain('start', 'call', 'end'));
const broken = bpmn('broken', start() + '<bpmn:exclusiveGateway id="xor" default="d"/>' + end() + end('end2') + chain('start', 'xor') + flow('xor', 'end', 'go') + flow('xor', 'end2', undefined, 'd'));

beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'p.bpmn': process, 'caller.bpmn': caller, 'broken.bpmn': broken });
  admin = await stack.as('zhaoyu');
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

describe('monitor', () => {
  test('is for administrators alone', async () => {
    const key = await stack.create('p', { caseNo: 'X0' });
    for (const outsider of [await stack.as('wanglei'), await stack.as('lintao')]) {
      for (const address of ['/monitor/summary', '/instances', `/instances/${key}`, `/instances/${key}/variables`, `/instances/${key}/jobs`, `/instances/${key}/records`, `/instances/${key}/audit`, '/audit']) expect((await outsider.get(address)).body).toMatchObject({ code: 'forbidden' });
      expect((await outsider.post(`/instances/${key}/cancel`, { reason: 'x' })).status).toBe(403);
      expect((await outsider.put(`/instances/${key}/variables`, { scopeKey: key, name: 'a', value: '1', reason: 'x' })).status).toBe(403);
    }
  });

  test('shows one instance: elements, path, variables, jobs, timers, messages and records, personal data masked', async () => {
    // given
    const key = await stack.create('p', { caseNo: 'X1', phone: '13912345678', customer: { name: '王小明', phone: '13912345678' } });

    // then
    const { body } = await admin.get(`/instances/${key}`);
    expect(body).toMatchObject({ caseNo: 'X1', customerName: '王**', state: 'active', incidents: 0, activeElements: [{ elementId: 'work', name: '处理', nameEn: 'Work' }], takenFlows: [expect.any(String)] });
    expect(body.elements.map((each: { elementId: string; state: string }) => [each.elementId, each.state])).toEqual([['p', 'active'], ['start', 'completed'], ['work', 'active']]);
    const variables = (await admin.get(`/instances/${key}/variables`)).body;
    expect(variables).toContainEqual(expect.objectContaining({ name: 'phone', value: '"139****5678"', masked: true, scopeKey: key }));
    expect(variables).toContainEqual(expect.objectContaining({ name: 'inner', value: '1', scopeName: '处理', scopeNameEn: 'Work', masked: false }));
    expect((await admin.get(`/instances/${key}/jobs`)).body).toMatchObject([{ type: 'work', state: 'created', retries: 3, elementName: '处理', elementNameEn: 'Work' }]);
    expect((await admin.get(`/instances/${key}/timers`)).body).toMatchObject([{ elementId: 'late', state: 'waiting', dueAt: '2026-09-17T09:20:00.000Z' }]);
    expect((await admin.get(`/instances/${key}/messages`)).body).toMatchObject([{ messageName: 'ring', correlationKey: 'X1', state: 'waiting' }]);
    const records = await admin.get(`/instances/${key}/records?pageSize=200`);
    expect(records.body.items.length).toBe(records.body.total);
    expect(records.body.items.every((record: { value: { processInstanceKey: string } }) => record.value.processInstanceKey === key)).toBe(true);
    const pages = await Promise.all([1, 2, 3, 4].map((page) => admin.get(`/instances/${key}/records?pageSize=5&page=${page}`)));
    expect(pages.flatMap((page) => page.body.items)).toEqual(records.body.items.slice(0, 20));
    expect(JSON.stringify(records.body)).toContain('ELEMENT_ACTIVATED');
    for (const answer of [records.body, variables, body]) expect(JSON.stringify(answer)).not.toContain('13912345678');
    expect((await admin.get(`/instances/${key}/nothing`)).status).toBe(404);
    expect((await admin.get('/instances/123')).status).toBe(404);
  });

  test('filters and pages in the database', async () => {
    // given
    for (let count = 0; count < 5; count += 1) await stack.create('caller', { caseNo: `PAGE-${count}` });

    // when, then
    const first = (await admin.get('/instances?bpmnProcessId=caller&pageSize=2&sort=caseNo')).body;
    const third = (await admin.get('/instances?bpmnProcessId=caller&pageSize=2&page=3&sort=caseNo')).body;
    expect([first.items.map((each: { caseNo: string }) => each.caseNo), third.items.map((each: { caseNo: string }) => each.caseNo), first.total]).toEqual([['PAGE-0', 'PAGE-1'], ['PAGE-4'], 5]);
    expect((await admin.get('/instances?search=PAGE-3')).body.items.map((each: { bpmnProcessId: string }) => each.bpmnProcessId).sort()).toEqual(['caller', 'p']);
    expect((await admin.get('/instances?elementId=call')).body.total).toBe(5);
    expect((await admin.get('/instances?state=completed')).body.total).toBe(0);
    expect((await admin.get(`/instances?bpmnProcessId=caller&from=${encodeURIComponent('2026-09-18T00:00:00+08:00')}`)).body.total).toBe(0);
    expect((await admin.get('/instances?sort=nonsense')).body).toMatchObject({ code: 'bad_request' });
    const parent = first.items[0].key;
    const { childInstances } = (await admin.get(`/instances/${parent}`)).body;
    expect(childInstances).toMatchObject([{ bpmnProcessId: 'p', elementId: 'call', state: 'active' }]);
    expect((await admin.post(`/instances/${childInstances[0].key}/cancel`, { reason: 'x' })).body).toMatchObject({ code: 'bad_request', params: { parent } });
  });

  test('changes a variable with a reason and shows it at once', async () => {
    const key = await stack.create('p', { caseNo: 'X2', amount: 1 });
    expect((await admin.put(`/instances/${key}/variables`, { scopeKey: key, name: 'amount', value: '2', reason: ' ' })).status).toBe(400);
    expect((await admin.put(`/instances/${key}/variables`, { scopeKey: key, name: 'amount', value: 'two', reason: '更正' })).body).toMatchObject({ code: 'variable_invalid' });
    expect((await admin.put(`/instances/${key}/variables`, { scopeKey: '1', name: 'amount', value: '2', reason: '更正' })).status).toBe(404);
    expect((await admin.put(`/instances/${key}/variables`, { scopeKey: key, name: 'amount', value: '2', reason: '更正' })).body).toMatchObject({ name: 'amount', value: '2' });
    expect((await admin.get(`/instances/${key}/audit`)).body.items[0]).toMatchObject({ actor: '示例 · 赵宇', action: 'variable.change', reason: '更正', detail: { before: 1, after: { value: 2 } } });
  });

  test('cancels with a reason, once', async () => {
    const key = await stack.create('p', { caseNo: 'X3' });
    expect((await admin.post(`/instances/${key}/cancel`, { reason: '重复' })).body).toMatchObject({ state: 'terminated', activeElements: [] });
    expect((await admin.post(`/instances/${key}/cancel`, { reason: '重复' })).body).toMatchObject({ code: 'instance_gone' });
  });

  test('resolves an incident: the cause is corrected and the instance goes on', async () => {
    // given two with the same cause
    const key = await stack.create('broken', { go: 'neither' });
    await stack.create('broken', { go: 'neither' });
    const [incident] = (await admin.get(`/instances/${key}`)).body.incidentList;
    expect(incident).toMatchObject({ elementId: 'xor', state: 'open', sameCause: 1 });
    expect((await admin.get('/instances?incident=true')).body.total).toBe(2);
    await admin.put(`/instances/${key}/variables`, { scopeKey: key, name: 'go', value: 'true', reason: '更正' });

    // when
    const answer = await admin.post(`/incidents/${incident.key}/resolve`, { reason: '已更正' });

    // then
    expect(answer.body).toMatchObject({ state: 'resolved' });
    expect((await admin.get(`/instances/${key}`)).body).toMatchObject({ state: 'completed', incidents: 0 });
    expect((await admin.post(`/incidents/${incident.key}/resolve`, { reason: 'x' })).body).toMatchObject({ code: 'incident_gone' });
  });

  test('gives the job of an incident new retries', async () => {
    // given
    const key = await stack.create('p', { caseNo: 'X4' });
    const jobKey = (await admin.get(`/instances/${key}/jobs`)).body[0].key;
    await stack.broker.submit({ type: 'activate_jobs', jobType: 'work', worker: 'w', timeoutMs: 1000, maxJobs: 100, fetchVariables: [] });
    await stack.broker.submit({ type: 'fail_job', jobKey, retries: 0, errorMessage: 'boom', backOffMs: 0, variables: {} });
    await stack.caughtUp();
    const [incident] = (await admin.get(`/instances/${key}`)).body.incidentList;

    // when
    await admin.post(`/incidents/${incident.key}/resolve`, { reason: '已恢复', retries: 5 });

    // then
    expect((await admin.get(`/instances/${key}/jobs`)).body[0]).toMatchObject({ retries: 5 });
  });

  test('counts for the summary and per element', async () => {
    const { body } = await admin.get('/monitor/summary');
    expect(body).toMatchObject({ incidents: 1, finishedToday: 1, lagMs: 0 });
    expect(body.processes).toContainEqual({ bpmnProcessId: 'broken', nameEn: null, name: 'broken', latestVersion: 1, versions: [1], running: 1, incidents: 1 });
    expect((await admin.get('/definitions/broken/statistics?version=1')).body).toContainEqual({ elementId: 'xor', active: 1, incidents: 1, completed: 1 });
    expect((await admin.get('/definitions/broken/statistics?version=9')).body).toEqual([]);
    const definition = (await admin.get('/instances?bpmnProcessId=p')).body.items[0].processDefinitionKey;
    expect((await admin.get(`/definitions/${definition}/xml`)).body).toBe(process);
  });
});
