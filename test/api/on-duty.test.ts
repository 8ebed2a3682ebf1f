import { afterAll, beforeAll, expect, test } from 'vitest';
import { bpmn, chain, end, start, userTask } from '../support/bpmn.ts';
import { TestStack } from '../support/stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'p.bpmn': bpmn('p', start() + userTask('ask', '<zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/>') + userTask('mine', '<zeebe:assignmentDefinition assignee="wanglei"/>') + end() + chain('start', 'ask', 'mine', 'end')) });
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

const taskAt = async (instance: string, element: string): Promise<string> => (await stack.database.db('read_model.user_task').where({ process_instance_key: instance, element_id: element }).first()).key;

test.each(['restricted', 'off'])('somebody who is %s gets no new task, neither taken nor passed on, but finishes their own', async (duty) => {
  // given
  const { db } = stack.database;
  const [wanglei, qian] = [await stack.as('wanglei'), await stack.as('liqiang')];
  await db('app.app_user').where({ id: 'liqiang' }).update({ groups: ['cs_frontdesk'] });
  const instance = await stack.create('p');
  const key = await taskAt(instance, 'ask');
  await db('app.app_user').where({ id: 'wanglei' }).update({ duty });

  // when, then
  expect(await wanglei.post(`/tasks/${key}/claim`)).toMatchObject({ status: 403, body: { code: 'not_on_duty' } });
  expect(await qian.post(`/tasks/${key}/assign`, { userId: 'wanglei', reason: '请接办' })).toMatchObject({ status: 403, body: { code: 'not_on_duty' } });
  expect((await qian.post(`/tasks/${key}/claim`)).status).toBe(200);
  expect((await qian.post(`/tasks/${key}/complete`, { values: {} })).status).toBe(200);
  const own = await taskAt(instance, 'mine');
  expect((await wanglei.post(`/tasks/${own}/complete`, { values: {} })).status).toBe(200);

  // when: back on duty
  await db('app.app_user').where({ id: 'wanglei' }).update({ duty: 'on' });
  const next = await taskAt(await stack.create('p'), 'ask');

  // then
  expect((await wanglei.post(`/tasks/${next}/claim`)).status).toBe(200);
});
