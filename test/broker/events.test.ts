import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boundary, bpmn, chain, end, errorEvent, escalationEvent, flow, message, messageEvent, serviceTask, start, timer } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';

let engine: TestBroker;
beforeEach(async () => {
  engine = await TestBroker.start();
});
afterEach(async () => {
  await engine.stop();
  expect(engine.errors).toEqual([]);
});

const DAY = 86_400_000;

describe('timer', () => {
  test('boundary, interrupting: ends its task at the date and takes its own path', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + boundary('late', 'work', timer('timeDate', '=due')) + end() + end('e_late') + chain('start', 'work', 'end') + flow('late', 'e_late')) });
    await engine.create('p', { due: '2026-09-18T16:20:00+08:00' });
    await engine.advance(DAY - 1);
    expect(await engine.elements()).not.toContain('late');
    await engine.advance(1);
    expect(await engine.elements()).toEqual(['start', 'late', 'e_late', 'p']);
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['work']);
    expect((await engine.records('JOB')).map((record) => record.intent)).toEqual(['CREATED', 'CANCELED']);
  });

  test('boundary, not interrupting: fires on a cycle while the task stays', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + boundary('tick', 'work', timer('timeCycle', 'R2/PT1H'), false) + end() + end('e_tick') + chain('start', 'work', 'end') + flow('tick', 'e_tick')) });
    await engine.create('p');
    for (let hour = 0; hour < 4; hour += 1) await engine.advance(3_600_000);
    expect((await engine.elements()).filter((id) => id === 'tick')).toHaveLength(2);
    await engine.complete('work');
    expect((await engine.elements()).at(-1)).toBe('p');
  });

  test('catch event waits for its duration; a null date is an incident', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + `<bpmn:intermediateCatchEvent id="wait">${timer('timeDuration', '=d')}</bpmn:intermediateCatchEvent>` + end() + chain('start', 'wait', 'end')) });
    await engine.create('p', { d: 'PT5M' });
    await engine.create('p');
    await engine.advance(300_000);
    expect((await engine.elements()).filter((id) => id === 'p')).toHaveLength(1);
    expect((await engine.records('INCIDENT'))[0]?.value).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'wait' });
  });

  test('start event starts an instance by itself, of the newest version only', async () => {
    const model = (id: string) => bpmn('p', `<bpmn:startEvent id="${id}">${timer('timeCycle', 'R/PT1H')}</bpmn:startEvent>` + end() + flow(id, 'end'));
    await engine.deploy({ 'p.bpmn': model('old') });
    await engine.deploy({ 'p.bpmn': model('new') });
    await engine.advance(3_600_000);
    await engine.advance(3_600_000);
    expect((await engine.elements()).filter((id) => id !== 'end' && id !== 'p')).toEqual(['new', 'new']);
  });
});

describe('message', () => {
  const catching = bpmn('p', start() + `<bpmn:intermediateCatchEvent id="wait">${messageEvent('m')}</bpmn:intermediateCatchEvent>` + end() + chain('start', 'wait', 'end'), message('m', 'paid', '=order'));

  test('goes to the instance with its correlation key, with its variables', async () => {
    await engine.deploy({ 'p.bpmn': catching });
    const one = await engine.create('p', { order: 'A' });
    await engine.create('p', { order: 'B' });
    await engine.publish('paid', 'A', { sum: 5 });
    expect(await engine.variables(one)).toEqual({ order: 'A', sum: 5 });
    expect((await engine.elements()).filter((id) => id === 'p')).toHaveLength(1);
  });

  test('is buffered for its time to live, and its id is refused as long', async () => {
    await engine.deploy({ 'p.bpmn': catching });
    expect(await engine.publish('paid', 'A', { sum: 1 }, 1000, 'id-1')).toMatchObject({ ok: true });
    expect(await engine.publish('paid', 'A', {}, 1000, 'id-1')).toMatchObject({ ok: false, rejection: 'ALREADY_EXISTS' });
    const one = await engine.create('p', { order: 'A' });
    expect(await engine.variables(one)).toMatchObject({ sum: 1 });
    await engine.publish('paid', 'B', {}, 1000);
    await engine.advance(1001);
    await engine.create('p', { order: 'B' });
    expect((await engine.elements()).filter((id) => id === 'p')).toHaveLength(1);
    expect(await engine.publish('paid', 'A', {}, 1000, 'id-1')).toMatchObject({ ok: true });
  });

  test('start event starts once per correlation key at a time; the next waits', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', `<bpmn:startEvent id="got">${messageEvent('m')}</bpmn:startEvent>` + serviceTask('work') + end() + chain('got', 'work', 'end'), message('m', 'go')) });
    await engine.publish('go', 'K', { n: 1 });
    await engine.publish('go', 'K', { n: 2 });
    await engine.publish('go', '', { n: 3 });
    expect((await engine.activate('work')).map((job) => job.variables['n'])).toEqual([1, 3]);
    const jobs = await engine.records('JOB', 'CREATED');
    await engine.done({ type: 'complete_job', jobKey: jobs[0]!.key, variables: {} });
    expect((await engine.activate('work')).map((job) => job.variables['n'])).toEqual([2]);
  });

  test('non-interrupting boundary catches again and again', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + boundary('more', 'work', messageEvent('m'), false) + serviceTask('log') + end() + end('e2') + chain('start', 'work', 'end') + chain('more', 'log', 'e2'), message('m', 'more', '=id')) });
    await engine.create('p', { id: 'X' });
    await engine.publish('more', 'X', { text: 'one' });
    await engine.publish('more', 'X', { text: 'two' });
    expect(await engine.activate('log')).toHaveLength(2);
  });
});

describe('event-based gateway', () => {
  const model = bpmn(
    'p',
    start() +
      '<bpmn:eventBasedGateway id="race"/>' +
      `<bpmn:intermediateCatchEvent id="answer">${messageEvent('m')}</bpmn:intermediateCatchEvent>` +
      `<bpmn:intermediateCatchEvent id="silence">${timer('timeDuration', 'PT1H')}</bpmn:intermediateCatchEvent>` +
      end('e1') +
      end('e2') +
      chain('start', 'race', 'answer', 'e1') +
      chain('race', 'silence', 'e2'),
    message('m', 'answer', '=id'),
  );

  test('takes the way of the first event and closes the others', async () => {
    await engine.deploy({ 'p.bpmn': model });
    const one = await engine.create('p', { id: '1' });
    const two = await engine.create('p', { id: '2' });
    await engine.publish('answer', '1', { satisfaction: 5 });
    await engine.advance(3_600_000);
    expect(await engine.elements('ELEMENT_COMPLETED', one)).toEqual(['start', 'race', 'answer', 'e1', 'p']);
    expect(await engine.elements('ELEMENT_COMPLETED', two)).toEqual(['start', 'race', 'silence', 'e2', 'p']);
    expect(await engine.variables(one)).toEqual({ id: '1', satisfaction: 5 });
  });
});

describe('error', () => {
  const definitions = '<bpmn:error id="err" name="gone" errorCode="GONE"/>';

  test('thrown by a job is caught by the boundary event of its code; its variables stay local', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + boundary('caught', 'work', errorEvent('err')) + serviceTask('mend') + end() + end('e2') + chain('start', 'work', 'end') + chain('caught', 'mend', 'e2'), definitions) });
    const key = await engine.create('p');
    const [job] = await engine.activate('work');
    await engine.done({ type: 'throw_error', jobKey: job!.key, errorCode: 'GONE', errorMessage: '', variables: { secret: 1 } });
    expect(await engine.elements()).toEqual(['start', 'caught']);
    expect(await engine.variables(key)).toEqual({});
  });

  test('of an end event leaves the subprocess; nobody catching it is an incident', async () => {
    const sub = `<bpmn:subProcess id="sub">${start('s')}<bpmn:endEvent id="fail">${errorEvent('err')}</bpmn:endEvent>${flow('s', 'fail')}</bpmn:subProcess>`;
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + sub + boundary('caught', 'sub', errorEvent('err')) + end() + end('e2') + chain('start', 'sub', 'end') + flow('caught', 'e2'), definitions) });
    await engine.create('p');
    expect(await engine.elements()).toEqual(['start', 's', 'caught', 'e2', 'p']);
    await engine.deploy({ 'q.bpmn': bpmn('q', start() + serviceTask('work') + end() + chain('start', 'work', 'end')) });
    await engine.create('q');
    const [job] = await engine.activate('work');
    await engine.done({ type: 'throw_error', jobKey: job!.key, errorCode: 'OTHER', errorMessage: 'x', variables: {} });
    expect((await engine.records('INCIDENT', 'CREATED'))[0]?.value).toMatchObject({ errorType: 'UNHANDLED_ERROR_EVENT' });
  });
});

describe('escalation', () => {
  const definitions = '<bpmn:escalation id="esc" name="breach" escalationCode="SLA_BREACH"/>';

  test('of an end event starts the non-interrupting event subprocess of its process, again and again', async () => {
    const handler = `<bpmn:subProcess id="esp" triggeredByEvent="true"><bpmn:startEvent id="s_esp" isInterrupting="false">${escalationEvent('esc')}</bpmn:startEvent>${serviceTask('intervene')}${end('e_esp')}${chain('s_esp', 'intervene', 'e_esp')}</bpmn:subProcess>`;
    const breach = `<bpmn:endEvent id="e_breach">${escalationEvent('esc')}</bpmn:endEvent>`;
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + boundary('late', 'work', timer('timeCycle', 'R2/PT1H'), false) + breach + end() + chain('start', 'work', 'end') + flow('late', 'e_breach') + handler, definitions) });
    await engine.create('p');
    await engine.advance(3_600_000);
    await engine.advance(3_600_000);
    expect(await engine.activate('intervene')).toHaveLength(2);
    await engine.complete('work');
    expect(await engine.elements()).not.toContain('p');
  });

  test('of an end event inside a subprocess is caught by its interrupting boundary event', async () => {
    const sub = `<bpmn:subProcess id="sub">${start('s')}<bpmn:endEvent id="up">${escalationEvent('esc')}</bpmn:endEvent>${flow('s', 'up')}</bpmn:subProcess>`;
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + sub + boundary('caught', 'sub', escalationEvent('esc')) + end() + end('e2') + chain('start', 'sub', 'end') + flow('caught', 'e2'), definitions) });
    await engine.create('p');
    expect(await engine.elements()).toEqual(['start', 's', 'caught', 'e2', 'p']);
  });
});

describe('event subprocess', () => {
  test('interrupting by message ends everything else in its scope', async () => {
    const handler = `<bpmn:subProcess id="esp" triggeredByEvent="true"><bpmn:startEvent id="s_esp">${messageEvent('m')}</bpmn:startEvent>${end('e_esp')}${chain('s_esp', 'e_esp')}</bpmn:subProcess>`;
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + end() + chain('start', 'work', 'end') + handler, message('m', 'stop', '=id')) });
    const key = await engine.create('p', { id: 'X' });
    await engine.publish('stop', 'X', { why: 'withdrawn' });
    expect(await engine.elements()).toEqual(['start', 's_esp', 'e_esp', 'esp', 'p']);
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['work']);
    expect(await engine.variables(key)).toEqual({ id: 'X', why: 'withdrawn' });
  });
});
