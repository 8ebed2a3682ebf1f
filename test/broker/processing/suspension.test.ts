import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SuspensionTarget } from '../../../engine/protocol/commands.ts';
import { boundary, bpmn, chain, flow, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { TestBroker } from '../../support/broker.ts';
import { callActivity, line, node } from '../../conformance/diagrams.ts';

// Beyond Zeebe 8.5: nothing of this is there.
let broker: TestBroker;
beforeEach(async () => (broker = await TestBroker.start()));
afterEach(() => broker.stop());

const suspend = (target: SuspensionTarget) => broker.submit({ type: 'suspend', target });
const resume = (target: SuspensionTarget) => broker.submit({ type: 'resume', target });
const instance = (key: string): SuspensionTarget => ({ kind: 'process_instance', key });
const refused = { ok: false, rejection: 'INVALID_STATE' };

describe('a suspended instance', () => {
  test('keeps its jobs to itself until it is resumed', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a'), b: serviceTask('b') }) });
    const key = await broker.create('p');
    const other = await broker.create('p');
    expect(await suspend(instance(key))).toMatchObject({ ok: true });
    expect((await broker.activate('a')).map((job) => job.processInstanceKey)).toEqual([other]);
    expect(await suspend(instance(key))).toMatchObject(refused);
    expect(await resume(instance(key))).toMatchObject({ ok: true });
    expect(await resume(instance(key))).toMatchObject(refused);
    expect((await broker.activate('a')).map((job) => job.processInstanceKey)).toEqual([key]);
  });

  test('is not led on by the worker that has its job', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a'), b: serviceTask('b') }) });
    const key = await broker.create('p');
    const [job] = await broker.activate('a');
    await suspend(instance(key));
    expect(await broker.submit({ type: 'complete_job', jobKey: job!.key, variables: {} })).toMatchObject(refused);
    expect(await broker.submit({ type: 'throw_error', jobKey: job!.key, errorCode: 'E', errorMessage: '', variables: {} })).toMatchObject(refused);
    expect(await broker.submit({ type: 'modify_process_instance', processInstanceKey: key, activate: [], terminate: [job!.elementInstanceKey] })).toMatchObject(refused);
    expect(await broker.submit({ type: 'fail_job', jobKey: job!.key, retries: 2, errorMessage: '', backOffMs: 0, variables: {} })).toMatchObject({ ok: true });
    expect(await broker.activate('a')).toEqual([]);
    await resume(instance(key));
    await broker.complete('a');
    expect(await broker.activate('b')).toHaveLength(1);
  });

  test('lets its timers wait, and those that were due fire when it is resumed', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }, boundary('late', 'a', timer('timeDuration', 'PT1H'), false) + serviceTask('remind') + chain('late', 'remind')) });
    const key = await broker.create('p');
    await suspend(instance(key));
    await broker.advance(2 * 3_600_000);
    expect(await broker.activate('remind')).toEqual([]);
    await resume(instance(key));
    await broker.advance(1);
    expect(await broker.activate('remind')).toHaveLength(1);
  });

  test('gets the messages that were kept meanwhile', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { w: node('intermediateCatchEvent', 'w', messageEvent('m')), a: serviceTask('a') }, '', message('m', 'paid', '=key')) });
    const key = await broker.create('p', { key: 'k' });
    await suspend(instance(key));
    await broker.publish('paid', 'k', { amount: 3 });
    expect(await broker.activate('a')).toEqual([]);
    await resume(instance(key));
    expect((await broker.complete('a')).variables).toMatchObject({ amount: 3 });
  });

  test('holds those it has called, too', async () => {
    await broker.deploy({ 'c.bpmn': line('c', { x: serviceTask('x') }), 'p.bpmn': line('p', { call: callActivity('call', 'c'), z: serviceTask('z') }) });
    const key = await broker.create('p');
    await suspend(instance(key));
    expect(await broker.activate('x')).toEqual([]);
    await resume(instance(key));
    await broker.complete('x');
    expect(await broker.activate('z')).toHaveLength(1);
  });

  test('can be migrated, and waits in its new place', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }), 'q.bpmn': line('q', { a: serviceTask('a') }, boundary('late', 'a', timer('timeDuration', 'PT1H')) + flow('late', 'end')) });
    const key = await broker.create('p');
    const [, target] = await broker.records('PROCESS', 'CREATED');
    await suspend(instance(key));
    expect(await broker.submit({ type: 'migrate_process_instance', processInstanceKey: key, targetDefinitionKey: target!.key, mappings: [{ sourceId: 'a', targetId: 'a' }] })).toMatchObject({ ok: true });
    await broker.advance(2 * 3_600_000);
    expect(await broker.activate('a')).toEqual([]);
    await resume(instance(key));
    await broker.advance(1);
    expect((await broker.elements('ELEMENT_COMPLETED', key)).at(-1)).toBe('q');
  });

  test('can be cancelled', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }) });
    const key = await broker.create('p');
    await suspend(instance(key));
    await broker.done({ type: 'cancel_process_instance', processInstanceKey: key });
    expect(await broker.elements('ELEMENT_TERMINATED')).toEqual(['a', 'p']);
    expect(await resume(instance(key))).toMatchObject({ ok: false, rejection: 'NOT_FOUND' });
  });
});

describe('a suspended definition', () => {
  test('begins no instance, by command, message, timer or call', async () => {
    const begun = bpmn('p', start() + node('startEvent', 'got', messageEvent('m')) + node('startEvent', 'tick', timer('timeCycle', 'R/PT1H')) + serviceTask('a') + chain('start', 'a') + chain('got', 'a') + chain('tick', 'a'), message('m', 'begin'));
    await broker.deploy({ 'p.bpmn': begun, 'caller.bpmn': line('caller', { call: callActivity('call', 'p') }) });
    const [definition] = await broker.records('PROCESS', 'CREATED');
    const target: SuspensionTarget = { kind: 'process_definition', key: definition!.key };
    await suspend(target);
    expect(await broker.submit({ type: 'create_process_instance', bpmnProcessId: 'p', processDefinitionKey: '0', version: -1, variables: {} })).toMatchObject(refused);
    await broker.publish('begin', 'k');
    await broker.advance(3_600_000);
    await broker.create('caller');
    expect(await broker.activate('a')).toEqual([]);
    expect(await broker.records('INCIDENT', 'CREATED')).toMatchObject([{ value: { errorType: 'CALLED_ELEMENT_ERROR' } }]);

    await resume(target);
    await broker.create('p');
    await broker.advance(3_600_000);
    expect(await broker.activate('a')).toHaveLength(2);
    expect(await suspend({ kind: 'process_definition', key: '7' })).toMatchObject({ ok: false, rejection: 'NOT_FOUND' });
  });
});

describe('a suspended definition and its running instances', () => {
  const held = async (): Promise<SuspensionTarget> => ({ kind: 'process_definition', key: (await broker.records('PROCESS', 'CREATED')).find(({ value }) => value['bpmnProcessId'] === 'p')!.key });

  test('gives out no job of theirs, and lets none be completed, until it is resumed', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a'), b: serviceTask('b') }), 'q.bpmn': line('q', { a: serviceTask('a') }) });
    const [first] = [await broker.create('p')];
    const [job] = await broker.activate('a');
    await broker.create('p');
    const other = await broker.create('q');
    const target = await held();
    await suspend(target);
    expect((await broker.activate('a')).map((each) => each.processInstanceKey)).toEqual([other]);
    expect(await broker.submit({ type: 'complete_job', jobKey: job!.key, variables: {} })).toMatchObject(refused);
    await resume(target);
    expect(await broker.submit({ type: 'complete_job', jobKey: job!.key, variables: {} })).toMatchObject({ ok: true });
    expect((await broker.activate('b')).map((each) => each.processInstanceKey)).toEqual([first]);
    expect(await broker.activate('a')).toHaveLength(1);
  });

  test('fires their timers and hears their messages and conditions once it is resumed', async () => {
    const late = boundary('late', 'a', timer('timeDuration', 'PT1H'), false) + serviceTask('remind') + chain('late', 'remind');
    const heard = boundary('heard', 'a', messageEvent('m'), false) + serviceTask('answer') + chain('heard', 'answer');
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }, late + heard, message('m', 'paid', '=key')) });
    await broker.create('p', { key: 'k' });
    const target = await held();
    await suspend(target);
    await broker.advance(2 * 3_600_000);
    await broker.publish('paid', 'k');
    expect(await broker.activate('remind')).toEqual([]);
    expect(await broker.activate('answer')).toEqual([]);
    await resume(target);
    await broker.advance(1);
    expect(await broker.activate('remind')).toHaveLength(1);
    expect(await broker.activate('answer')).toHaveLength(1);
  });

  test('keeps those still that they have called, and leaves those still that are suspended themselves', async () => {
    await broker.deploy({ 'c.bpmn': line('c', { x: serviceTask('x') }), 'p.bpmn': line('p', { call: callActivity('call', 'c') }) });
    const [one] = [await broker.create('p'), await broker.create('p')];
    const target = await held();
    await suspend(instance(one));
    await suspend(target);
    expect(await broker.activate('x')).toEqual([]);
    await resume(target);
    expect(await broker.activate('x')).toHaveLength(1);
    await resume(instance(one));
    expect(await broker.activate('x')).toHaveLength(1);
  });

  test('lets one go on that is migrated away, and keeps one still that is migrated to it', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }), 'q.bpmn': line('q', { a: serviceTask('a') }) });
    const definitions = await broker.records('PROCESS', 'CREATED');
    const [away, here] = [await broker.create('p'), await broker.create('q')];
    const target = await held();
    const other = definitions.find(({ value }) => value['bpmnProcessId'] === 'q')!.key;
    await suspend(target);
    const migrate = (processInstanceKey: string, targetDefinitionKey: string) => broker.submit({ type: 'migrate_process_instance', processInstanceKey, targetDefinitionKey, mappings: [{ sourceId: 'a', targetId: 'a' }] });
    expect(await migrate(here, (target as { key: string }).key)).toMatchObject({ ok: true });
    expect(await broker.activate('a')).toEqual([]);
    expect(await migrate(away, other)).toMatchObject({ ok: true });
    expect((await broker.activate('a')).map((each) => each.processInstanceKey)).toEqual([away]);
    await resume(target);
    expect((await broker.activate('a')).map((each) => each.processInstanceKey)).toEqual([here]);
  });
});

describe('a suspended job type', () => {
  test('is handed to nobody; whoever waits is told when it is resumed', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }) });
    await suspend({ kind: 'job_type', jobType: 'a' });
    await broker.create('p');
    expect(await broker.activate('a')).toEqual([]);
    const told: string[] = [];
    const keys = new Promise<void>((resolve) => broker.broker.onJobs('a', (jobKeys) => (told.push(...jobKeys), resolve(), true)));
    await resume({ kind: 'job_type', jobType: 'a' });
    await keys;
    const [job] = await broker.activate('a');
    expect(told).toEqual([job!.key]);
    expect(await resume({ kind: 'job_type', jobType: 'a' })).toMatchObject(refused);
  });
});
