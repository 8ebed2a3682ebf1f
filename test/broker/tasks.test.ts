import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bpmn, chain, end, flow, mapping, serviceTask, start, userTask } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';

let engine: TestBroker;
beforeEach(async () => {
  engine = await TestBroker.start();
});
afterEach(async () => {
  await engine.stop();
  expect(engine.errors).toEqual([]);
});

describe('service task', () => {
  test('completes the process when its job is completed, with the job\'s variables', async () => {
    // given
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + end() + chain('start', 'work', 'end')) });
    const key = await engine.create('p', { a: 1 });

    // when
    const job = await engine.complete('work', { b: 'two' });

    // then
    expect(job.variables).toEqual({ a: 1 });
    expect(await engine.elements()).toEqual(['start', 'work', 'end', 'p']);
    expect(await engine.variables(key)).toEqual({ a: 1, b: 'two' });
  });

  test('passes on only what its output mapping names', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work', 'work', mapping([['=a + 1', 'local']], [['=x.y', 'out.z']])) + end() + chain('start', 'work', 'end')) });
    const key = await engine.create('p', { a: 1, out: { kept: true } });

    const job = await engine.complete('work', { x: { y: 5 }, lost: true });

    expect(job.variables).toMatchObject({ a: 1, local: 2 });
    expect(await engine.variables(key)).toEqual({ a: 1, out: { kept: true, z: 5 } });
  });

  test('is handed out again after its timeout, and to another worker after a failure with back-off', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + end() + chain('start', 'work', 'end')) });
    await engine.create('p');
    const [first] = await engine.activate('work', 1, 1000);
    expect(await engine.activate('work')).toEqual([]);

    await engine.advance(1001);
    const [again] = await engine.activate('work');
    expect(again?.key).toBe(first?.key);

    await engine.done({ type: 'fail_job', jobKey: again!.key, retries: 2, errorMessage: 'no line', backOffMs: 5000, variables: { why: 'no line' } });
    expect(await engine.activate('work')).toEqual([]);
    await engine.advance(5001);
    const [third] = await engine.activate('work');
    expect(third).toMatchObject({ retries: 2, variables: { why: 'no line' } });
  });

  test('raises an incident without retries, which resolving gives back to the workers', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + end() + chain('start', 'work', 'end')) });
    await engine.create('p');
    const [job] = await engine.activate('work');
    await engine.done({ type: 'fail_job', jobKey: job!.key, retries: 0, errorMessage: 'boom', backOffMs: 0, variables: {} });
    const [incident] = await engine.records('INCIDENT', 'CREATED');
    expect(incident?.value).toMatchObject({ errorType: 'JOB_NO_RETRIES', errorMessage: 'boom', elementId: 'work', jobKey: job!.key });
    expect(await engine.submit({ type: 'complete_job', jobKey: job!.key, variables: {} })).toMatchObject({ ok: false, rejection: 'INVALID_STATE' });
    expect(await engine.submit({ type: 'resolve_incident', incidentKey: incident!.key })).toMatchObject({ ok: false, rejection: 'NOT_FOUND' });

    await engine.done({ type: 'update_job_retries', jobKey: job!.key, retries: 1 });
    await engine.done({ type: 'resolve_incident', incidentKey: incident!.key });
    await engine.complete('work');

    expect(await engine.elements()).toContain('p');
  });
});

describe('user task', () => {
  test('is a job whose headers say who should do it, until when and with which form', async () => {
    await engine.deploy({
      'f.form': JSON.stringify({ id: 'F-1', type: 'default', components: [] }),
      'p.bpmn': bpmn('p', start() + userTask('ask', '<zeebe:assignmentDefinition assignee="=who" candidateGroups="a, b"/><zeebe:formDefinition formId="F-1"/><zeebe:taskSchedule dueDate="=due"/>') + end() + chain('start', 'ask', 'end')),
    });
    await engine.create('p', { who: 'u1', due: '2026-09-28T17:30:00+08:00' });
    const [job] = await engine.records('JOB', 'CREATED');
    const [form] = await engine.records('FORM', 'CREATED');
    expect(job?.value).toMatchObject({
      type: 'io.camunda.zeebe:userTask',
      retries: 1,
      customHeaders: { 'io.camunda.zeebe:assignee': 'u1', 'io.camunda.zeebe:candidateGroups': '["a","b"]', 'io.camunda.zeebe:dueDate': '2026-09-28T17:30:00+08:00', 'io.camunda.zeebe:formKey': form!.key },
    });
    await engine.done({ type: 'complete_job', jobKey: job!.key, variables: {} });
    expect(await engine.elements()).toContain('p');
  });

  test('raises incidents for a missing form and for a null assignee, and goes on once mended', async () => {
    await engine.deploy({ 'p.bpmn': bpmn('p', start() + userTask('ask', '<zeebe:assignmentDefinition assignee="=who"/>') + end() + chain('start', 'ask', 'end')) });
    const key = await engine.create('p');
    const [incident] = await engine.records('INCIDENT', 'CREATED');
    expect(incident?.value).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'ask' });
    await engine.done({ type: 'set_variables', elementInstanceKey: key, variables: { who: 'u2' }, local: false });
    await engine.done({ type: 'resolve_incident', incidentKey: incident!.key });
    expect((await engine.records('JOB', 'CREATED'))[0]?.value['customHeaders']).toEqual({ 'io.camunda.zeebe:assignee': 'u2' });
  });
});

describe('script and business rule task', () => {
  test('evaluate in place and set their result', async () => {
    const dmn = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drg" name="drg" namespace="n"><decision id="level" name="Level"><decisionTable id="t" hitPolicy="FIRST"><input id="i"><inputExpression id="ie"><text>amount</text></inputExpression></input><output id="o" name="level"/><rule id="r1"><inputEntry id="e1"><text>&gt;= 10</text></inputEntry><outputEntry id="x1"><text>"high"</text></outputEntry></rule><rule id="r2"><inputEntry id="e2"><text>-</text></inputEntry><outputEntry id="x2"><text>"low"</text></outputEntry></rule></decisionTable></decision></definitions>`;
    const script = '<bpmn:scriptTask id="add"><bpmn:extensionElements><zeebe:script expression="=a + b" resultVariable="amount"/></bpmn:extensionElements></bpmn:scriptTask>';
    const rule = '<bpmn:businessRuleTask id="rate"><bpmn:extensionElements><zeebe:calledDecision decisionId="level" resultVariable="level"/></bpmn:extensionElements></bpmn:businessRuleTask>';
    await engine.deploy({ 'd.dmn': dmn, 'p.bpmn': bpmn('p', start() + script + rule + end() + chain('start', 'add', 'rate', 'end')) });
    const key = await engine.create('p', { a: 4, b: 6 });
    expect(await engine.variables(key)).toEqual({ a: 4, b: 6, amount: 10, level: 'high' });
    expect((await engine.records('DECISION_EVALUATION'))[0]?.value).toMatchObject({ decisionId: 'level', decisionOutput: '"high"' });
  });
});

describe('exclusive gateway', () => {
  const gateway = (condition: string) => bpmn('p', start() + '<bpmn:exclusiveGateway id="x" default="other"/>' + end('yes') + end('no') + flow('start', 'x') + flow('x', 'yes', condition) + flow('x', 'no', undefined, 'other'));

  test('takes the flow whose condition holds, else the default flow', async () => {
    await engine.deploy({ 'p.bpmn': gateway('n > 1') });
    await engine.create('p', { n: 2 });
    await engine.create('p', { n: 0 });
    expect((await engine.elements()).filter((id) => id === 'yes' || id === 'no')).toEqual(['yes', 'no']);
  });

  test('raises an incident when a condition gives null', async () => {
    await engine.deploy({ 'p.bpmn': gateway('missing > 1') });
    await engine.create('p');
    expect((await engine.records('INCIDENT', 'CREATED'))[0]?.value).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'x' });
  });
});
