import { afterEach, expect, test } from 'vitest';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { boundary, bpmn, chain, end, flow, serviceTask, start } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';

let engine: TestBroker;
afterEach(async () => {
  await engine.stop();
  expect(engine.errors).toEqual([]);
});

/** A broker that is stopped and started again between steps: nothing it needs is in its memory. */
async function begin(): Promise<() => Promise<void>> {
  const store = new MemoryStore();
  engine = await TestBroker.start(store);
  return async () => {
    await engine.stop();
    engine = await TestBroker.start(store, engine.clock);
  };
}

const SIGNAL = '<bpmn:signal id="s" name="go"/>';
const caught = '<bpmn:signalEventDefinition id="sd" signalRef="s"/>';

test('a signal reaches instances that are not in memory, and those it starts', async () => {
  const restart = await begin();
  await engine.deploy({ 'p.bpmn': bpmn('p', start() + `<bpmn:intermediateCatchEvent id="wait">${caught}</bpmn:intermediateCatchEvent>` + end() + chain('start', 'wait', 'end'), SIGNAL) });
  await engine.deploy({ 'q.bpmn': bpmn('q', `<bpmn:startEvent id="begin">${caught}</bpmn:startEvent>` + end() + chain('begin', 'end'), SIGNAL) });
  for (let each = 0; each < 40; each += 1) await engine.create('p');
  await restart();
  await engine.done({ type: 'broadcast_signal', signalName: 'go', variables: { n: 1 } });
  const ended = await engine.elements();
  expect(ended.filter((id) => id === 'p')).toHaveLength(40);
  expect(ended.filter((id) => id === 'q')).toHaveLength(1);
  await restart();
  await engine.done({ type: 'broadcast_signal', signalName: 'go', variables: {} });
  expect((await engine.elements()).filter((id) => id === 'p' || id === 'q')).toHaveLength(42);
});

test('what a signal start waits for is known after a restart, and closed with its definition', async () => {
  const restart = await begin();
  const { deployed } = (await engine.deploy({ 'q.bpmn': bpmn('q', `<bpmn:startEvent id="begin">${caught}</bpmn:startEvent>` + end() + chain('begin', 'end'), SIGNAL) })) as { deployed: { row: { key: string } }[] };
  await restart();
  await engine.done({ type: 'delete_resource', resourceKey: deployed[0]!.row.key });
  await restart();
  await engine.done({ type: 'broadcast_signal', signalName: 'go', variables: {} });
  expect(await engine.elements()).toEqual([]);
});

test('compensation begins, goes on and ends in three lives', async () => {
  const restart = await begin();
  const undo = `<bpmn:boundaryEvent id="a_undo" attachedToRef="a"><bpmn:compensateEventDefinition id="c1"/></bpmn:boundaryEvent>${serviceTask('ua').replace('id="ua"', 'id="ua" isForCompensation="true"')}`;
  await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('a') + serviceTask('b') + '<bpmn:endEvent id="undo"><bpmn:compensateEventDefinition id="c2"/></bpmn:endEvent>' + chain('start', 'a', 'b', 'undo') + undo + '<bpmn:association id="as" associationDirection="One" sourceRef="a_undo" targetRef="ua"/>') });
  await engine.create('p');
  await engine.complete('a');
  await restart();
  await engine.complete('b');
  await restart();
  await engine.complete('ua');
  expect((await engine.elements()).slice(-3)).toEqual(['ua', 'undo', 'p']);
  expect((await engine.records('COMPENSATION_SUBSCRIPTION')).map((record) => record.intent)).toEqual(['CREATED', 'TRIGGERED', 'COMPLETED']);
});

test('a user task is claimed and completed in other lives than it was created in', async () => {
  const restart = await begin();
  await engine.deploy({ 'p.bpmn': bpmn('p', start() + '<bpmn:userTask id="u"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>' + end() + chain('start', 'u', 'end')) });
  await engine.create('p');
  const userTaskKey = (await engine.records('USER_TASK', 'CREATED'))[0]!.key;
  await restart();
  await engine.done({ type: 'claim_user_task', userTaskKey, assignee: 'wang', action: '' });
  await restart();
  expect(await engine.submit({ type: 'claim_user_task', userTaskKey, assignee: 'li', action: '' })).toMatchObject({ ok: false, rejection: 'INVALID_STATE' });
  await engine.done({ type: 'complete_user_task', userTaskKey, variables: { done: true }, action: '' });
  expect((await engine.elements()).at(-1)).toBe('p');
  expect(await engine.submit({ type: 'complete_user_task', userTaskKey, variables: {}, action: '' })).toMatchObject({ ok: false, rejection: 'NOT_FOUND' });
});

test('a boundary event for a signal is there for a task that is not in memory, and gone with it', async () => {
  const restart = await begin();
  await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('a') + serviceTask('b') + boundary('heard', 'a', caught, false) + end() + end('e2') + chain('start', 'a', 'b', 'end') + flow('heard', 'e2'), SIGNAL) });
  await engine.create('p');
  await restart();
  await engine.done({ type: 'broadcast_signal', signalName: 'go', variables: {} });
  await restart();
  await engine.complete('a');
  await restart();
  await engine.done({ type: 'broadcast_signal', signalName: 'go', variables: {} });
  expect((await engine.elements()).filter((id) => id === 'heard')).toHaveLength(1);
});
