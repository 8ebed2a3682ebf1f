import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boundary, bpmn, chain, end, flow, mapping, message, messageEvent, serviceTask, start } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';

let engine: TestBroker;
beforeEach(async () => {
  engine = await TestBroker.start();
});
afterEach(async () => {
  await engine.stop();
  expect(engine.errors).toEqual([]);
});

describe('parallel gateway', () => {
  test('forks, and joins when every branch has arrived', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>' + serviceTask('a') + serviceTask('b') + end() + chain('start', 'fork', 'a', 'join', 'end') + chain('fork', 'b', 'join')) });
    await engine.create('p');
    expect((await engine.elements('ELEMENT_ACTIVATED')).slice(-2)).toEqual(['b', 'a']);
    await engine.complete('a');
    expect(await engine.elements('ELEMENT_ACTIVATED')).not.toContain('join');
    await engine.complete('b');
    expect((await engine.elements()).slice(-3)).toEqual(['join', 'end', 'p']);
  });
});

describe('inclusive gateway', () => {
  const inside = start('s') + '<bpmn:inclusiveGateway id="or" default="f_none"/>' + ['a', 'b', 'none'].map((id) => end(id)).join('') + flow('s', 'or') + flow('or', 'a', 'list contains(m, "a") = true') + flow('or', 'b', 'list contains(m, "b") = true') + flow('or', 'none', undefined, 'f_none');

  test('takes every flow whose condition holds, or the default; its subprocess joins', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + `<bpmn:subProcess id="sub">${inside}</bpmn:subProcess>` + end() + chain('start', 'sub', 'end')) });
    const both = await engine.create('p', { m: ['a', 'b'] });
    const none = await engine.create('p');
    expect(await engine.elements('ELEMENT_COMPLETED', both)).toEqual(['start', 's', 'or', 'b', 'a', 'sub', 'end', 'p']);
    expect(await engine.elements('ELEMENT_COMPLETED', none)).toEqual(['start', 's', 'or', 'none', 'sub', 'end', 'p']);
  });
});

describe('multi-instance', () => {
  const loop = (attributes: string, inside = '') => `<bpmn:multiInstanceLoopCharacteristics ${attributes}><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=people" inputElement="person" outputCollection="votes" outputElement="={by: person, vote: vote}"/></bpmn:extensionElements>${inside}</bpmn:multiInstanceLoopCharacteristics>`;
  const model = (attributes: string, inside = '') => bpmn('p', start() + serviceTask('vote', 'vote', mapping([['=null', 'vote']]), loop(attributes, inside)) + end() + chain('start', 'vote', 'end'));

  test('parallel: one job per item, outputs in the order of the items', async () => {
    await engine.deploy({ 'p.bpmn': model('') });
    const key = await engine.create('p', { people: ['x', 'y', 'z'] });
    const jobs = await engine.activate('vote');
    expect(jobs.map((job) => [job.variables['person'], job.variables['loopCounter']])).toEqual([['x', 1], ['y', 2], ['z', 3]]);
    for (const job of [...jobs].reverse()) await engine.done({ type: 'complete_job', jobKey: job.key, variables: { vote: `v${String(job.variables['person'])}` } });
    expect((await engine.variables(key))['votes']).toEqual([{ by: 'x', vote: 'vx' }, { by: 'y', vote: 'vy' }, { by: 'z', vote: 'vz' }]);
    expect((await engine.elements()).at(-1)).toBe('p');
  });

  test('sequential: one after another; an empty list goes on at once', async () => {
    await engine.deploy({ 'p.bpmn': model('isSequential="true"') });
    const key = await engine.create('p', { people: ['x', 'y'] });
    expect(await engine.activate('vote')).toHaveLength(1);
    const [first] = await engine.records('JOB', 'CREATED');
    await engine.done({ type: 'complete_job', jobKey: first!.key, variables: { vote: 1 } });
    await engine.complete('vote', { vote: 2 });
    expect((await engine.variables(key))['votes']).toEqual([{ by: 'x', vote: 1 }, { by: 'y', vote: 2 }]);
    const none = await engine.create('p', { people: [] });
    expect((await engine.variables(none))['votes']).toEqual([]);
  });

  test('ends early on its completion condition, leaving nulls', async () => {
    await engine.deploy({ 'p.bpmn': model('', '<bpmn:completionCondition>=numberOfCompletedInstances &gt;= 1</bpmn:completionCondition>') });
    const key = await engine.create('p', { people: ['x', 'y'] });
    await engine.complete('vote', { vote: 1 });
    expect((await engine.variables(key))['votes']).toEqual([{ by: 'x', vote: 1 }, null]);
    expect((await engine.elements()).at(-1)).toBe('p');
  });

  test('raises an incident over null', async () => {
    await engine.deploy({ 'p.bpmn': model('') });
    await engine.create('p');
    expect((await engine.records('INCIDENT'))[0]?.value).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'vote' });
  });
});

describe('subprocess', () => {
  test('left by an interrupting message and entered again is new', async () => {
    const sub = `<bpmn:subProcess id="sub">${start('s')}${serviceTask('work')}${end('e')}${chain('s', 'work', 'e')}</bpmn:subProcess>`;
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + sub + boundary('off', 'sub', messageEvent('m')) + serviceTask('confirm') + end() + chain('start', 'sub', 'end') + chain('off', 'confirm', 'sub'), message('m', 'withdraw', '=id')) });
    await engine.create('p', { id: 'X' });
    await engine.publish('withdraw', 'X');
    await engine.complete('confirm');
    await engine.publish('withdraw', 'X');
    await engine.complete('confirm');
    await engine.complete('work');
    expect((await engine.elements()).at(-1)).toBe('p');
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['work', 'sub', 'work', 'sub']);
  });
});

describe('call activity', () => {
  const called = '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="child" propagateAllChildVariables="false"/>' + mapping([['=n', 'given']], [['=result', 'answer']]) + '</bpmn:extensionElements></bpmn:callActivity>';

  test('runs the other process, passes variables in and out, and ends it when it is ended', async () => {
    await engine.deploy({
      'child.bpmn': bpmn('child', start() + serviceTask('inner') + end() + chain('start', 'inner', 'end')),
      'p.bpmn': bpmn('p', start() + called + end() + chain('start', 'call', 'end')),
    });
    const key = await engine.create('p', { n: 7 });
    const job = await engine.complete('inner', { result: 'ok', noise: 1 });
    expect(job.variables).toEqual({ n: 7, given: 7 });
    expect(await engine.variables(key)).toEqual({ n: 7, answer: 'ok' });
    expect((await engine.elements()).at(-1)).toBe('p');

    const other = await engine.create('p', { n: 8 });
    await engine.done({ type: 'cancel_process_instance', processInstanceKey: other });
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['inner', 'child', 'call', 'p']);
  });

  test('raises an incident when nothing of that id is deployed', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + called + end() + chain('start', 'call', 'end')) });
    await engine.create('p');
    expect((await engine.records('INCIDENT'))[0]?.value).toMatchObject({ errorType: 'CALLED_ELEMENT_ERROR' });
  });
});

describe('deployment', () => {
  test('refuses what Zeebe refuses, naming file, element and reason, and deploys nothing of it', async () => {
    const answer = await engine.submit({ type: 'deploy_resources', resources: [{ name: 'good.bpmn', content: bpmn('good', start()), checksum: '1' }, { name: 'bad.bpmn', content: bpmn('bad', start() + '<bpmn:serviceTask id="x"/>' + chain('start', 'x')), checksum: '2' }] });
    expect(answer).toMatchObject({ ok: false, rejection: 'INVALID_ARGUMENT' });
    expect(!answer.ok && answer.reason).toContain("'bad.bpmn': - Element: x\n    - ERROR: Must have exactly one 'zeebe:taskDefinition'");
    expect(await engine.records('PROCESS')).toEqual([]);
  });

  test('keeps the version of what has not changed, and running instances stay on theirs', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('one') + end() + chain('start', 'one', 'end')) });
    const key = await engine.create('p');
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('one') + serviceTask('two') + end() + chain('start', 'one', 'two', 'end')) });
    await engine.complete('one');
    expect(await engine.elements('ELEMENT_COMPLETED', key)).toEqual(['start', 'one', 'end', 'p']);
    expect((await engine.records('PROCESS', 'CREATED')).map((record) => record.value['version'])).toEqual([1, 2]);
  });
});
