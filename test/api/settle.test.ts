import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployShipped } from '../../engine/api/index.ts';
import { settle } from '../../engine/api/settle.ts';
import { startProjection, type RecordSource } from '../../engine/projection/index.ts';
import { bpmn, chain, end, start, userTask } from '../support/bpmn.ts';
import { recordsOf, TestStack } from '../support/stack.ts';

let stack: TestStack;
let webDir: string;
beforeAll(async () => {
  webDir = await mkdtemp(path.join(os.tmpdir(), 'guicheng-web-'));
  await mkdir(path.join(webDir, 'assets'));
  await writeFile(path.join(webDir, 'index.html'), '<!doctype html><title>规程</title>');
  await writeFile(path.join(webDir, 'assets', 'app.js'), 'export {};');
  stack = await TestStack.start({ webDir });
  await stack.deploy({ 'p.bpmn': bpmn('p', start() + userTask('ask', '<zeebe:assignmentDefinition assignee="wanglei"/>') + end() + chain('start', 'ask', 'end')) });
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
  await rm(webDir, { recursive: true });
});

describe('one\'s own action', () => {
  test('is shown at once by a source that does not know its newest position', async () => {
    // given an API over a source like a Zeebe exporter's
    const { latestPosition: _unknown, ...exporter }: RecordSource = recordsOf(stack.broker);
    const key = await stack.create('p');
    const task = await stack.database.db('read_model.user_task').where({ process_instance_key: key }).first();

    // when
    const done = stack.engine.completeJob(task.key, {});
    const settled = await settle({ projection: stack.projection, source: exporter }, task.key, async () => (await stack.database.db('read_model.user_task').where({ key: task.key, state: 'completed' }).first()) !== undefined);

    // then
    expect(settled).toBe(true);
    await done;
  });

  test('is answered with upToDate false when the read model does not follow in time', async () => {
    // given a second API whose projection has stopped
    const stalled = await startProjection({ db: stack.database.db, source: { ...recordsOf(stack.broker), read: async () => [], subscribe: () => () => undefined }, clock: stack.clock });
    const key = await stack.create('p');

    // when
    const settled = await settle({ projection: stalled, source: recordsOf(stack.broker) }, key, async () => true);

    // then
    expect(settled).toBe(false);
    await stalled.stop();
  });
});

describe('web application', () => {
  test('is served with its pages behind any address, the API never', async () => {
    for (const address of ['/', '/tasks/123', '/monitor']) {
      const response = await fetch(stack.url + address);
      expect([response.status, await response.text()]).toEqual([200, '<!doctype html><title>规程</title>']);
    }
    expect((await fetch(`${stack.url}/assets/app.js`)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${stack.url}/assets/gone.js`)).status).toBe(404);
    expect((await fetch(`${stack.url}/api/nothing`)).headers.get('content-type')).toContain('json');
  });
});

test('the shipped procedures deploy, open in the designer and have no errors', async () => {
  // when
  const { deployed, skipped } = await deployShipped({ shippedDir: path.resolve(import.meta.dirname, '../..'), db: stack.database.db, client: stack.engine, clock: stack.clock, log: pino({ level: 'silent' }) });
  await stack.caughtUp();

  // then
  expect(deployed.length).toBeGreaterThan(30);
  expect(skipped).toEqual([]);
  const owner = await stack.as('lintao');
  const cards = (await owner.get('/design/procedures')).body;
  expect(cards.find((card: { bpmnProcessId: string }) => card.bpmnProcessId === 'complaint_handling')).toMatchObject({ name: '客户投诉处理', nameEn: 'Complaint handling', code: 'A' });
  const problems = await Promise.all(cards.map(async (card: { bpmnProcessId: string }) => (await owner.get(`/design/procedures/${card.bpmnProcessId}/check`)).body));
  expect(problems.flat().filter((problem: { severity: string }) => problem.severity === 'error')).toEqual([]);
  const { resources } = (await owner.get('/design/procedures/complaint_handling')).body;
  expect(resources.map((resource: { id: string }) => resource.id)).toEqual(expect.arrayContaining(['complaint_handling', 'F-C01', 'F-C02', 'F-SLA', 'drg_complaint_sla']));
  expect((await (await stack.as('wanglei')).get('/startable')).body.map((process: { bpmnProcessId: string }) => process.bpmnProcessId)).toContain('complaint_handling');
});
