import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatewayClient } from '../conformance/gateway-client.ts';
import { bpmn, chain, end, serviceTask, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let wanglei: Browser;
let liqiang: Browser;
let admin: Browser;

const form = JSON.stringify({ id: 'F-N', type: 'default', schemaVersion: 16, components: [{ type: 'textfield', id: 'F_answer', key: 'answer', label: '答复', validate: { required: true } }] });
const process = bpmn('native', start() + userTask('first', '<zeebe:userTask/><zeebe:formDefinition formId="F-N"/><zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/><zeebe:taskSchedule dueDate="2026-09-21T17:30:00+08:00"/>').replace('id="first"', 'id="first" name="登记"') + userTask('second', '<zeebe:userTask/><zeebe:assignmentDefinition assignee="liqiang"/>') + end() + chain('start', 'first', 'second', 'end'));

beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'F-N.form': form, 'native.bpmn': process, 'plain.bpmn': bpmn('plain', start() + serviceTask('a') + end() + chain('start', 'a', 'end')) });
  [wanglei, liqiang, admin] = [await stack.as('wanglei'), await stack.as('liqiang'), await stack.as('zhaoyu')];
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

const tasks = (instance: string) => stack.database.db('read_model.user_task').where({ process_instance_key: instance }).orderBy('key');

test('a task of the engine itself is seen, claimed, given back and completed like one that is a job', async () => {
  // given
  const instance = await stack.create('native');
  const [first] = await tasks(instance);
  const key = String(first.key);

  // when, then
  const listed = (await wanglei.get('/tasks?view=group')).body.items.find((each: { key: string }) => each.key === key);
  expect(listed).toMatchObject({ name: '登记', assignee: null, candidateGroups: ['cs_frontdesk'], due: { at: '2026-09-21T09:30:00.000Z' } });
  expect((await wanglei.post(`/tasks/${key}/claim`)).status).toBe(200);
  await stack.caughtUp();
  expect((await tasks(instance))[0]).toMatchObject({ assignee: 'wanglei', native: true });
  expect((await wanglei.post(`/tasks/${key}/unclaim`)).status).toBe(200);
  await stack.caughtUp();
  expect((await tasks(instance))[0]).toMatchObject({ assignee: null });
  await wanglei.post(`/tasks/${key}/claim`);
  expect((await wanglei.post(`/tasks/${key}/complete`, { values: {} })).status).toBe(422);
  expect((await wanglei.post(`/tasks/${key}/complete`, { values: { answer: '已办' } })).status).toBe(200);
  await stack.caughtUp();
  const [, second] = await tasks(instance);
  expect((await liqiang.get('/tasks?view=mine')).body.items.map((each: { key: string }) => each.key)).toContain(String(second.key));
  expect((await liqiang.post(`/tasks/${second.key}/complete`, { values: {} })).status).toBe(200);
  await stack.caughtUp();
  expect(await stack.database.db('read_model.process_instance').where({ key: instance }).first()).toMatchObject({ state: 'completed' });
});

test('whom another client of the engine gives it to has it', async () => {
  // given
  const instance = await stack.create('native');
  const [first] = await tasks(instance);
  await wanglei.post(`/tasks/${first.key}/claim`);
  stack.clock.set(stack.clock.now() + 1000);

  // when
  await stack.engine.assignUserTask(String(first.key), 'liqiang');
  await stack.caughtUp();

  // then
  expect((await liqiang.get('/tasks?view=mine')).body.items.map((each: { key: string }) => each.key)).toContain(String(first.key));
  expect((await wanglei.get('/tasks?view=mine')).body.items.map((each: { key: string }) => each.key)).not.toContain(String(first.key));
  await stack.engine.cancelInstance(instance);
  await stack.caughtUp();
  expect((await tasks(instance))[0]).toMatchObject({ state: 'canceled' });
});

test('the monitor finds an instance by its business key', async () => {
  // given
  const client = new GatewayClient(stack.gatewayAddress);
  await client.call('createProcessInstance', { bpmnProcessId: 'plain', version: -1, businessKey: 'LOAN-2026-7' });
  client.close();
  await stack.caughtUp();

  // when
  const { body } = await admin.get('/instances?search=loan-2026');

  // then
  expect(body.items).toMatchObject([{ bpmnProcessId: 'plain', businessKey: 'LOAN-2026-7', caseNo: null }]);
});
