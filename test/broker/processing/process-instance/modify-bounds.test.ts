import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceTask, userTask } from '../../../support/bpmn.ts';
import { TestBroker } from '../../../support/broker.ts';
import { line } from '../../../conformance/diagrams.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
  await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }) });
});
afterEach(() => broker.stop());

const NONE = { activate: [], terminate: [] };

// Zeebe 8.5.8 accepts these three and leaves the other instance, or this one, in disorder.
test('modifying one instance ends nothing of another', async () => {
  const processInstanceKey = await broker.create('p');
  await broker.create('p');
  const jobs = await broker.activate('a');
  const elsewhere = jobs.find((job) => job.processInstanceKey !== processInstanceKey)!;
  expect(await broker.submit({ type: 'modify_process_instance', processInstanceKey, ...NONE, terminate: [elsewhere.elementInstanceKey] })).toMatchObject({ ok: false, rejection: 'INVALID_ARGUMENT' });
});

test('an element instance is no process instance', async () => {
  await broker.create('p');
  const [job] = await broker.activate('a');
  expect(await broker.submit({ type: 'modify_process_instance', processInstanceKey: job!.elementInstanceKey, ...NONE })).toMatchObject({ ok: false, rejection: 'NOT_FOUND' });
  expect(await broker.submit({ type: 'migrate_process_instance', processInstanceKey: job!.elementInstanceKey, targetDefinitionKey: job!.processDefinitionKey, mappings: [] })).toMatchObject({ ok: false, rejection: 'NOT_FOUND' });
});

test('a process is not begun inside itself', async () => {
  const processInstanceKey = await broker.create('p');
  expect(await broker.submit({ type: 'modify_process_instance', processInstanceKey, ...NONE, activate: [{ elementId: 'p', ancestorKey: '-1', variables: [] }] })).toMatchObject({ ok: false, rejection: 'INVALID_ARGUMENT' });
});

test('a user task that is terminated is canceled: nobody can do it any more', async () => {
  // Zeebe 8.5.8 leaves it open.
  await broker.deploy({ 't.bpmn': line('t', { u: userTask('u', '<zeebe:userTask/>'), z: serviceTask('z') }) });
  const processInstanceKey = await broker.create('t');
  const [task] = await broker.records('USER_TASK', 'CREATED');
  await broker.done({ type: 'modify_process_instance', processInstanceKey, activate: [{ elementId: 'z', ancestorKey: '-1', variables: [] }], terminate: [String(task!.value['elementInstanceKey'])] });
  expect((await broker.records('USER_TASK')).map(({ intent }) => intent)).toEqual(['CREATING', 'CREATED', 'CANCELING', 'CANCELED']);
  expect(await broker.activate('z')).toHaveLength(1);
});

test('a refused modification leaves nothing behind', async () => {
  const processInstanceKey = await broker.create('p', { x: 1 });
  const before = (await broker.records()).length;
  await broker.submit({ type: 'modify_process_instance', processInstanceKey, activate: [{ elementId: 'a', ancestorKey: '-1', variables: [{ scopeId: '', variables: { x: 2 } }] }], terminate: ['2251799813999999'] });
  expect(await broker.records()).toHaveLength(before);
});
