import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serviceTask } from '../../support/bpmn.ts';
import { TestBroker } from '../../support/broker.ts';
import { callActivity, line } from '../../conformance/diagrams.ts';

// Beyond Zeebe 8.5, which ignores what it does not know of these diagrams and requests.
let broker: TestBroker;
beforeEach(async () => (broker = await TestBroker.start()));
afterEach(() => broker.stop());

describe('priority of jobs', () => {
  const prioritized = (priority: string) => line('p', { a: serviceTask('a', 'a', `<zeebe:jobPriorityDefinition priority="${priority}"/>`) });

  test('hands out the highest first, and the oldest of the same', async () => {
    await broker.deploy({ 'p.bpmn': prioritized('=level'), 'plain.bpmn': line('plain', { b: serviceTask('b', 'a') }) });
    await broker.create('p', { level: 10, n: 1 });
    await broker.create('plain', { n: 2 });
    await broker.create('p', { level: 90, n: 3 });
    await broker.create('p', { level: 50, n: 4 });
    await broker.create('p', { level: 90, n: 5 });
    expect((await broker.activate('a', 3)).map((job) => job.variables['n'])).toEqual([3, 5, 2]);
    expect((await broker.activate('a')).map((job) => job.variables['n'])).toEqual([4, 1]);
    expect((await broker.records('JOB', 'CREATED')).map(({ value }) => value['priority'])).toEqual([10, undefined, 90, undefined, 90]);
  });

  test('keeps its place after a failure', async () => {
    await broker.deploy({ 'p.bpmn': prioritized('=level') });
    await broker.create('p', { level: 90 });
    await broker.create('p', { level: 10 });
    const [job] = await broker.activate('a', 1);
    await broker.done({ type: 'fail_job', jobKey: job!.key, retries: 1, errorMessage: '', backOffMs: 0, variables: {} });
    expect((await broker.activate('a')).map(({ variables }) => variables['level'])).toEqual([90, 10]);
  });

  test('tells workers of the type, whatever the priority', async () => {
    await broker.deploy({ 'p.bpmn': prioritized('7') });
    const told: string[] = [];
    broker.broker.onJobs('a', (jobKeys) => told.push(...jobKeys) > 0);
    await broker.create('p');
    await broker.broker.idle();
    expect(told).toEqual((await broker.activate('a')).map(({ key }) => key));
  });

  test('outside 0 to 100 is an incident', async () => {
    await broker.deploy({ 'p.bpmn': prioritized('=level') });
    await broker.create('p', { level: 101 });
    expect(await broker.records('INCIDENT', 'CREATED')).toMatchObject([{ value: { errorType: 'EXTRACT_VALUE_ERROR' } }]);
  });
});

describe('a call activity', () => {
  const tagged = (tag: string, task: string) => line('c', { x: serviceTask('x', task) }).replace('isExecutable="true">', `isExecutable="true"><bpmn:extensionElements><zeebe:versionTag value="${tag}"/></bpmn:extensionElements>`);

  test('bound by version tag calls the newest version with the tag', async () => {
    await broker.deploy({ 'c.bpmn': tagged('stable', 'one') });
    await broker.deploy({ 'c.bpmn': tagged('stable', 'two') });
    await broker.deploy({ 'c.bpmn': tagged('next', 'three') });
    await broker.deploy({ 'p.bpmn': line('p', { call: callActivity('call', 'c', 'bindingType="versionTag" versionTag="stable"') }), 'q.bpmn': line('q', { call: callActivity('call', 'c', 'bindingType="versionTag" versionTag="=tag"') }) });
    await broker.create('p');
    expect(await broker.activate('two')).toHaveLength(1);
    await broker.create('q', { tag: 'next' });
    expect(await broker.activate('three')).toHaveLength(1);
    await broker.create('q', { tag: 'none' });
    expect(await broker.records('INCIDENT', 'CREATED')).toMatchObject([{ value: { errorType: 'CALLED_ELEMENT_ERROR' } }]);
  });

  test('bound by deployment calls what was newest when it was deployed itself', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { call: callActivity('call', 'c', 'bindingType="deployment"') }), 'c.bpmn': tagged('a', 'one') });
    await broker.deploy({ 'c.bpmn': tagged('a', 'two') });
    await broker.create('p');
    expect(await broker.activate('one')).toHaveLength(1);
  });

  test('without binding calls the newest', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { call: callActivity('call', 'c') }), 'c.bpmn': tagged('a', 'one') });
    await broker.deploy({ 'c.bpmn': tagged('a', 'two') });
    await broker.create('p');
    expect(await broker.activate('two')).toHaveLength(1);
  });
});

describe('a business key', () => {
  const create = (value: string, unique: boolean, bpmnProcessId = 'p') => broker.submit({ type: 'create_process_instance', bpmnProcessId, processDefinitionKey: '0', version: -1, variables: {}, businessKey: { value, unique } });

  test('stands in the records of its instance', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }) });
    await create('2026-0001', false);
    await create('2026-0001', false);
    expect((await broker.records('PROCESS_INSTANCE_CREATION')).map(({ value }) => value['businessKey'])).toEqual(['2026-0001', '2026-0001']);
    expect((await broker.records('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED')).map(({ value }) => value['businessKey'])).toContain('2026-0001');
  });

  test('that is unique is given to one running instance of a process', async () => {
    await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }), 'q.bpmn': line('q', { b: serviceTask('b') }) });
    expect(await create('2026-0001', true)).toMatchObject({ ok: true });
    expect(await create('2026-0001', true)).toMatchObject({ ok: false, rejection: 'ALREADY_EXISTS' });
    expect(await create('2026-0002', true)).toMatchObject({ ok: true });
    expect(await create('2026-0001', true, 'q')).toMatchObject({ ok: true });
    await broker.complete('a');
    expect(await create('2026-0001', true)).toMatchObject({ ok: true });
  });
});
