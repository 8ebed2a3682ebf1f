import { afterAll, beforeAll, expect, test } from 'vitest';
import { bpmn, chain, end, serviceTask, start } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let admin: Browser;
beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + end() + chain('start', 'work', 'end')) });
  admin = await stack.as('zhaoyu');
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

const jobs = async () => ((await stack.broker.submit({ type: 'activate_jobs', jobType: 'work', worker: 'test', timeoutMs: 60_000, maxJobs: 5, fetchVariables: [] })) as { value: unknown[] }).value;

test('an administrator suspends and resumes an instance, with a reason that is audited', async () => {
  const key = await stack.create('p', { caseNo: 'S1' });
  const target = { kind: 'process_instance', key, reason: '等待客户补充材料' };
  expect((await (await stack.as('wanglei')).post('/suspensions', target)).status).toBe(403);
  expect((await admin.post('/suspensions', { ...target, reason: '' })).status).toBe(400);
  expect((await admin.post('/suspensions', target)).status).toBe(204);
  expect(await jobs()).toEqual([]);
  expect((await admin.post('/suspensions', target)).body).toMatchObject({ code: 'bad_request' });
  expect((await admin.post('/suspensions/resume', target)).status).toBe(204);
  expect(await jobs()).toHaveLength(1);
  expect((await admin.post('/suspensions', { ...target, key: '2251799813999999' })).body).toMatchObject({ code: 'not_found' });
  const audit = (await admin.get(`/instances/${key}/audit`)).body;
  expect(JSON.stringify(audit)).toContain('suspend.process_instance');
});

test('the work on a job type stands still and goes on', async () => {
  expect((await admin.post('/suspensions', { kind: 'job_type', jobType: 'work', reason: '接口维护' })).status).toBe(204);
  await stack.create('p', { caseNo: 'S2' });
  expect(await jobs()).toEqual([]);
  expect((await admin.post('/suspensions/resume', { kind: 'job_type', jobType: 'work', reason: '接口恢复' })).status).toBe(204);
  expect(await jobs()).toHaveLength(1);
});
