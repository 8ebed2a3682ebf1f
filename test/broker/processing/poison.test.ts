import { afterEach, beforeEach, expect, test } from 'vitest';
import { bpmn, chain, end, flow, serviceTask, start } from '../../support/bpmn.ts';
import { TestBroker } from '../../support/broker.ts';

const script = (id: string, expression: string, result: string): string => `<bpmn:scriptTask id="${id}"><bpmn:extensionElements><zeebe:script expression="=${expression}" resultVariable="${result}"/></bpmn:extensionElements></bpmn:scriptTask>`;
/** Goes round and round until the condition is true. */
const circle = (id: string, expression: string, result: string, until: string): string =>
  bpmn(id, start() + script('again', expression, result) + '<bpmn:exclusiveGateway id="x" default="back"/>' + end() + chain('start', 'again', 'x') + flow('x', 'end', until) + flow('x', 'again', undefined, 'back'));
const nested = (levels: number): string =>
  bpmn('nested', start() + `<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="nested"/><zeebe:ioMapping><zeebe:input source="=level + 1" target="level"/></zeebe:ioMapping></bpmn:extensionElements></bpmn:callActivity>` +
    '<bpmn:exclusiveGateway id="x" default="down"/>' + serviceTask('bottom') + end() + end('end2') + chain('start', 'x') + flow('x', 'bottom', `level >= ${levels}`) + flow('x', 'call', undefined, 'down') + chain('call', 'end') + chain('bottom', 'end2'));

let engine: TestBroker;
beforeEach(async () => {
  engine = await TestBroker.start();
  await engine.deploy({ 'ok.bpmn': bpmn('ok', start() + serviceTask('one') + end() + chain('start', 'one', 'end')) });
});
afterEach(async () => {
  // Whatever was asked for, others go on.
  await engine.create('ok');
  expect(await engine.activate('one')).not.toEqual([]);
  expect(engine.errors).toEqual([]);
  await engine.stop();
});

const incidents = async () => (await engine.records('INCIDENT', 'CREATED')).map(({ key, value }) => ({ key, elementId: value['elementId'], errorType: value['errorType'], message: String(value['errorMessage']) }));

test('a circle of script tasks that never waits is an incident; resolved, it goes round as often again', async () => {
  await engine.deploy({ 'loop.bpmn': circle('loop', 'if n = null then 1 else n + 1', 'n', 'n = 7000') });
  const key = await engine.create('loop');
  const [incident] = await incidents();
  expect(incident).toMatchObject({ elementId: 'again', message: expect.stringContaining('runs in a circle') });
  await engine.done({ type: 'resolve_incident', incidentKey: incident!.key });
  expect((await engine.elements('ELEMENT_COMPLETED', key)).at(-1)).toBe('loop');
  expect(await engine.variables(key)).toEqual({ n: 7000 });
});

test('many passes of a multi-instance are no circle', async () => {
  await engine.deploy({ 'many.bpmn': bpmn('many', start() + script('each', 'item * 2', 'r').replace('</bpmn:extensionElements>', '</bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>') + end() + chain('start', 'each', 'end')) });
  const key = await engine.create('many', { items: Array.from({ length: 6000 }, (_, at) => at) });
  expect((await engine.elements('ELEMENT_COMPLETED', key)).at(-1)).toBe('many');
  expect(await incidents()).toEqual([]);
});

test('a variable that grows beyond all measure is an incident, or refused when a client brings it', async () => {
  await engine.deploy({ 'grow.bpmn': circle('grow', 'if t = null then &quot;0123456789&quot; else t + t', 't', 'string length(t) > 20000000') });
  await engine.create('grow');
  expect(await incidents()).toMatchObject([{ elementId: 'again', errorType: 'MESSAGE_SIZE_EXCEEDED', message: expect.stringContaining("variable 't'") }]);
  expect(await engine.submit({ type: 'create_process_instance', bpmnProcessId: 'ok', processDefinitionKey: '0', version: -1, variables: { text: 'x'.repeat(10_000_000) } })).toMatchObject({ ok: false, rejection: 'EXCEEDED_BATCH_RECORD_SIZE', reason: expect.stringContaining("variable 'text'") });
});

test('a thousand levels of call activities are begun, and ended when the first is canceled', async () => {
  await engine.deploy({ 'nested.bpmn': nested(1000) });
  const key = await engine.create('nested', { level: 0 });
  const [job] = await engine.activate('bottom');
  expect(job!.variables).toMatchObject({ level: 1000 });
  await engine.done({ type: 'cancel_process_instance', processInstanceKey: key });
  expect(await engine.activate('bottom')).toEqual([]);
  expect((await engine.elements('ELEMENT_TERMINATED')).filter((id) => id === 'nested')).toHaveLength(1001);
});
