import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boundary, bpmn, chain, end, flow, message, messageEvent, serviceTask, start, timer, userTask } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';

let engine: TestBroker;
beforeEach(async () => {
  engine = await TestBroker.start();
});
afterEach(async () => {
  await engine.stop();
  expect(engine.errors).toEqual([]);
});

/** Says that a diagram is made for this engine. */
const ours = (xml: string): string => xml.replace('<bpmn:definitions ', '<bpmn:definitions xmlns:guicheng="http://guicheng/bpmn" guicheng:executes="beyond-zeebe" ');
const deploy = (inside: string, definitions = '') => engine.deploy({ 'p.bpmn': ours(bpmn('p', inside, definitions)) });
const refusal = async (inside: string, definitions = ''): Promise<string> => {
  const answer = await engine.submit({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: ours(bpmn('p', inside, definitions)), checksum: '1' }] });
  return answer.ok ? 'deployed' : answer.reason;
};
const condition = (text: string): string => `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=${text}</bpmn:condition></bpmn:conditionalEventDefinition>`;
const set = (key: string, variables: Record<string, unknown>) => engine.done({ type: 'set_variables', elementInstanceKey: key, variables: variables as never, local: false });
const ends = async () => (await engine.elements()).at(-1);
const count = async (id: string, intent?: string) => (await engine.elements(intent as never)).filter((each) => each === id).length;

test('a diagram that does not say so is held to what Zeebe takes', async () => {
  const joining = bpmn('p', start() + '<bpmn:inclusiveGateway id="or" default="d"/><bpmn:inclusiveGateway id="join"/>' + end() + flow('start', 'or') + flow('or', 'join', 'x') + flow('or', 'join', undefined, 'd') + flow('join', 'end'));
  const refused = await engine.submit({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: joining, checksum: '1' }] });
  expect(refused).toMatchObject({ ok: false, rejection: 'INVALID_ARGUMENT' });
  await engine.deploy({ 'p.bpmn': ours(joining) });
});

test('a loop that Zeebe does not know is passed over, as there', async () => {
  await engine.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('a', 'a', '', '<bpmn:standardLoopCharacteristics loopMaximum="3"/>') + end() + chain('start', 'a', 'end')) });
  await engine.create('p');
  await engine.complete('a');
  expect(await ends()).toBe('p');
});

describe('joining inclusive gateway', () => {
  const fork = (more = '') => start() + '<bpmn:inclusiveGateway id="or"/><bpmn:inclusiveGateway id="join"/>' + serviceTask('a') + serviceTask('b') + serviceTask('c') + end() + chain('start', 'or') + flow('or', 'a', 'list contains(m, "a")') + flow('or', 'b', 'list contains(m, "b")') + flow('or', 'c', 'list contains(m, "c")') + flow('a', 'join') + flow('b', 'join') + flow('c', 'join') + flow('join', 'end') + more;

  test('waits for the branches that were taken, and for no other', async () => {
    await deploy(fork());
    await engine.create('p', { m: ['a', 'c'] });
    await engine.complete('a');
    expect(await count('join', 'ELEMENT_ACTIVATED')).toBe(0);
    await engine.complete('c');
    expect(await count('join')).toBe(1);
    expect(await ends()).toBe('p');
  });

  test('passes at once with a single branch', async () => {
    await deploy(fork());
    await engine.create('p', { m: ['b'] });
    await engine.complete('b');
    expect(await ends()).toBe('p');
  });

  test('goes on when a branch that could have come ends elsewhere', async () => {
    await deploy(start() + '<bpmn:parallelGateway id="fork"/><bpmn:exclusiveGateway id="x" default="away"/><bpmn:inclusiveGateway id="join"/>' + serviceTask('a') + serviceTask('b') + end() + end('out') + chain('start', 'fork', 'a', 'join', 'end') + chain('fork', 'b', 'x') + flow('x', 'join', 'stay') + flow('x', 'out', undefined, 'away'));
    await engine.create('p', { stay: false });
    await engine.complete('a');
    expect(await count('join', 'ELEMENT_ACTIVATED')).toBe(0);
    await engine.complete('b');
    expect(await count('join')).toBe(1);
    expect(await ends()).toBe('p');
  });

  test('a branch left by an interrupting boundary event does not hold it up', async () => {
    await deploy(fork(boundary('gone', 'b', messageEvent('m1')) + end('lost') + flow('gone', 'lost')), message('m1', 'gone', '="k"'));
    await engine.create('p', { m: ['a', 'b'] });
    await engine.complete('a');
    await engine.publish('gone', 'k');
    expect(await count('join')).toBe(1);
    expect(await ends()).toBe('p');
  });

  test('a token that waits before another join holds it up', async () => {
    const both = start() + '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="and"/><bpmn:inclusiveGateway id="join"/>' + serviceTask('a') + serviceTask('b') + serviceTask('c') + end() + chain('start', 'fork', 'a', 'and', 'join', 'end') + chain('fork', 'b', 'and') + chain('fork', 'c', 'join');
    await deploy(both);
    await engine.create('p');
    await engine.complete('c');
    await engine.complete('a');
    expect(await count('join', 'ELEMENT_ACTIVATED')).toBe(0);
    await engine.complete('b');
    expect(await count('join')).toBe(1);
    expect(await ends()).toBe('p');
  });

  test('in a loop it lets each round pass', async () => {
    await deploy(start() + '<bpmn:inclusiveGateway id="join"/><bpmn:exclusiveGateway id="x" default="d"/>' + serviceTask('a') + end() + chain('start', 'join', 'a', 'x') + flow('x', 'join', 'again') + flow('x', 'end', undefined, 'd'));
    await engine.create('p', { again: true });
    await engine.complete('a');
    await engine.complete('a', { again: false });
    expect(await count('join')).toBe(2);
    expect(await ends()).toBe('p');
  });
});

describe('conditional event', () => {
  test('a catch event goes on when its condition becomes true, or at once', async () => {
    await deploy(start() + `<bpmn:intermediateCatchEvent id="wait">${condition('x &gt; 3')}</bpmn:intermediateCatchEvent>` + end() + chain('start', 'wait', 'end'));
    const key = await engine.create('p', { x: 1 });
    await set(key, { x: 2 });
    await set(key, { other: 9 });
    expect(await count('wait')).toBe(0);
    await set(key, { x: 4 });
    expect(await count('wait')).toBe(1);
    await engine.create('p', { x: 5 });
    expect(await count('wait')).toBe(2);
    expect(await count('p')).toBe(2);
  });

  test('a boundary event interrupts its task when a job elsewhere changes a variable', async () => {
    await deploy(start() + '<bpmn:parallelGateway id="fork"/>' + serviceTask('a') + serviceTask('b') + boundary('late', 'a', condition('stop')) + end() + end('e2') + end('e3') + chain('start', 'fork', 'a', 'end') + chain('fork', 'b', 'e2') + flow('late', 'e3'));
    await engine.create('p');
    await engine.complete('b', { stop: true });
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['a']);
    expect(await count('late')).toBe(1);
    expect(await ends()).toBe('p');
  });

  test('one that does not interrupt happens anew each time its condition has become true', async () => {
    await deploy(start() + serviceTask('a') + boundary('note', 'a', condition('level &gt; 10'), false) + end() + end('e2') + chain('start', 'a', 'end') + flow('note', 'e2'));
    const key = await engine.create('p');
    for (const level of [11, 12, 3, 20]) await set(key, { level });
    expect(await count('note')).toBe(2);
    await engine.complete('a');
    expect(await ends()).toBe('p');
  });

  test('begins an event subprocess', async () => {
    const on = `<bpmn:subProcess id="on" triggeredByEvent="true"><bpmn:startEvent id="on_start" isInterrupting="true">${condition('fraud = true')}</bpmn:startEvent>${serviceTask('check')}${end('on_end')}${chain('on_start', 'check', 'on_end')}</bpmn:subProcess>`;
    await deploy(start() + serviceTask('a') + end() + chain('start', 'a', 'end') + on);
    const key = await engine.create('p');
    await set(key, { fraud: true });
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['a']);
    await engine.complete('check');
    expect(await ends()).toBe('p');
  });

  test('is closed with its task', async () => {
    await deploy(start() + serviceTask('a') + serviceTask('b') + boundary('late', 'a', condition('stop')) + end() + end('e2') + chain('start', 'a', 'b', 'end') + flow('late', 'e2'));
    const key = await engine.create('p');
    await engine.complete('a');
    await set(key, { stop: true });
    expect(await count('late')).toBe(0);
    await engine.complete('b');
    expect(await ends()).toBe('p');
  });
});

describe('conditional event, where a process begins or waits for one of several', () => {
  const conditional = (id: string, condition: string) => `<bpmn:conditionalEventDefinition id="${id}"><bpmn:condition xsi:type="bpmn:tFormalExpression">=${condition}</bpmn:condition></bpmn:conditionalEventDefinition>`;
  const tell = (variables: object, processDefinitionKey?: string) => engine.submit({ type: 'evaluate_conditions', variables: variables as never, ...(processDefinitionKey === undefined ? {} : { processDefinitionKey }) });

  test('a start event begins its process with the variables that make its condition true', async () => {
    await deploy(`<bpmn:startEvent id="low">${conditional('c1', 'stock &lt; 5')}</bpmn:startEvent><bpmn:startEvent id="gone">${conditional('c2', 'stock = 0')}</bpmn:startEvent>` + serviceTask('a') + serviceTask('b') + end() + chain('low', 'a', 'end') + chain('gone', 'b') + flow('b', 'end'));
    expect(await tell({ stock: 7 })).toEqual({ ok: true, value: [] });
    expect(await tell({ other: 1 })).toEqual({ ok: true, value: [] });
    expect(await tell({ stock: 3 })).toMatchObject({ ok: true, value: [{ processInstanceKey: expect.any(String) }] });
    expect((await engine.activate('a')).map((job) => job.variables)).toEqual([{ stock: 3 }]);
    expect(await tell({ stock: 0 })).toMatchObject({ ok: true, value: [{}, {}] });
    expect(await engine.activate('b')).toHaveLength(1);
    expect(await tell({ stock: 0 }, '7')).toMatchObject({ ok: false, rejection: 'NOT_FOUND' });
    const [definition] = await engine.records('PROCESS', 'CREATED');
    await engine.done({ type: 'suspend', target: { kind: 'process_definition', key: definition!.key } });
    expect(await tell({ stock: 0 })).toEqual({ ok: true, value: [] });
  });

  test('an event-based gateway waits for it beside others', async () => {
    const race = '<bpmn:eventBasedGateway id="race"/>' + `<bpmn:intermediateCatchEvent id="paid">${conditional('c1', 'paid = true')}</bpmn:intermediateCatchEvent>` + `<bpmn:intermediateCatchEvent id="late">${timer('timeDuration', 'PT1H')}</bpmn:intermediateCatchEvent>`;
    await deploy(start() + race + end() + end('e2') + chain('start', 'race', 'paid', 'end') + chain('race', 'late', 'e2'));
    const key = await engine.create('p');
    expect(await count('race')).toBe(0);
    await engine.done({ type: 'set_variables', elementInstanceKey: key, variables: { paid: true }, local: false });
    expect(await engine.elements()).toEqual(['start', 'race', 'paid', 'end', 'p']);
    await engine.create('p', { paid: true });
    expect(await count('paid')).toBe(2);
    await engine.create('p');
    await engine.advance(3_600_000);
    expect(await count('late')).toBe(1);
  });

  test('a gateway still cannot wait for a task', async () => {
    expect(await refusal(start() + '<bpmn:eventBasedGateway id="race"/>' + serviceTask('a') + `<bpmn:intermediateCatchEvent id="paid">${conditional('c1', 'paid')}</bpmn:intermediateCatchEvent>` + chain('start', 'race', 'a') + chain('race', 'paid'))).toContain('Event-based gateway must not have an outgoing sequence flow to other elements');
  });
});

describe('throwing event with several definitions', () => {
  const thrown = '<bpmn:signalEventDefinition id="sd" signalRef="s"/><bpmn:escalationEventDefinition id="ed" escalationRef="x"/>';
  const definitions = '<bpmn:signal id="s" name="go"/><bpmn:escalation id="x" escalationCode="X"/>';

  test('an intermediate one throws each and goes on', async () => {
    const hears = `<bpmn:startEvent id="heard"><bpmn:signalEventDefinition id="hd" signalRef="s"/></bpmn:startEvent>` + serviceTask('answer') + chain('heard', 'answer');
    await deploy(start() + `<bpmn:intermediateThrowEvent id="tell">${thrown}</bpmn:intermediateThrowEvent>` + serviceTask('a') + end() + chain('start', 'tell', 'a', 'end') + hears, definitions);
    await engine.create('p');
    expect(await engine.activate('a')).toHaveLength(1);
    expect(await engine.activate('answer')).toHaveLength(1);
    expect(await engine.records('ESCALATION', 'NOT_ESCALATED')).toHaveLength(1);
  });

  test('an end event waits for its message, which is a job, and throws the rest at once', async () => {
    const job = '<bpmn:extensionElements><zeebe:taskDefinition type="send"/></bpmn:extensionElements>';
    await deploy(start() + `<bpmn:endEvent id="end">${job}<bpmn:signalEventDefinition id="sd" signalRef="s"/>${messageEvent('m').replace('/>', ' id="md"/>')}</bpmn:endEvent>` + chain('start', 'end'), definitions + message('m', 'told', '="k"'));
    await engine.create('p');
    expect(await engine.records('SIGNAL', 'BROADCASTED')).toHaveLength(1);
    expect(await count('p')).toBe(0);
    await engine.complete('send');
    expect(await ends()).toBe('p');
  });

  test('an escalation that interrupts its scope ends it too', async () => {
    const inner = `<bpmn:subProcess id="sub">${start('s2')}<bpmn:endEvent id="e2">${thrown}</bpmn:endEvent>${chain('s2', 'e2')}</bpmn:subProcess>`;
    await deploy(start() + inner + boundary('up', 'sub', '<bpmn:escalationEventDefinition id="ud" escalationRef="x"/>') + end() + end('e3') + chain('start', 'sub', 'end') + flow('up', 'e3'), definitions);
    await engine.create('p');
    expect((await engine.elements()).slice(-3)).toEqual(['up', 'e3', 'p']);
    expect(await engine.records('SIGNAL', 'BROADCASTED')).toHaveLength(1);
  });

  test('one that also ends otherwise is refused', async () => {
    expect(await refusal(start() + '<bpmn:endEvent id="end"><bpmn:signalEventDefinition id="sd" signalRef="s"/><bpmn:terminateEventDefinition id="td"/></bpmn:endEvent>' + chain('start', 'end'), definitions)).toContain("cannot have one of the type 'terminateEventDefinition'");
  });
});

describe('ad-hoc subprocess', () => {
  const adHoc = (more = '', attributes = '') =>
    start() + `<bpmn:adHocSubProcess id="adhoc" ${attributes}><bpmn:extensionElements><zeebe:adHoc activeElementsCollection="=todo"/></bpmn:extensionElements>${serviceTask('a')}${serviceTask('b')}${serviceTask('c')}${chain('b', 'c')}${more}</bpmn:adHocSubProcess>` + end() + chain('start', 'adhoc', 'end');

  test('begins what its collection names and ends when nothing is active', async () => {
    await deploy(adHoc());
    await engine.create('p', { todo: ['a', 'b'] });
    await engine.complete('a');
    await engine.complete('b');
    expect(await count('adhoc')).toBe(0);
    await engine.complete('c');
    expect(await ends()).toBe('p');
  });

  test('an empty collection passes; an element that cannot begin is an incident', async () => {
    await deploy(adHoc());
    await engine.create('p', { todo: [] });
    expect(await ends()).toBe('p');
    await engine.create('p', { todo: ['c'] });
    expect((await engine.records('INCIDENT')).at(-1)?.value).toMatchObject({ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'adhoc' });
  });

  test('its completion condition ends what is still active', async () => {
    await deploy(adHoc('<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=done = true</bpmn:completionCondition>'));
    await engine.create('p', { todo: ['a', 'b'] });
    await engine.complete('b', { done: true });
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['a']);
    expect(await count('c', 'ELEMENT_ACTIVATED')).toBe(0);
    expect(await ends()).toBe('p');
  });
});

describe('standard loop', () => {
  const looped = (attributes: string, inside: string) => start() + serviceTask('a', 'a', '', `<bpmn:standardLoopCharacteristics ${attributes}>${inside}</bpmn:standardLoopCharacteristics>`) + end() + chain('start', 'a', 'end');
  const loopCondition = (text: string) => `<bpmn:loopCondition xsi:type="bpmn:tFormalExpression">=${text}</bpmn:loopCondition>`;

  test('runs again while its condition holds', async () => {
    await deploy(looped('', loopCondition('again')));
    await engine.create('p');
    await engine.complete('a', { again: true });
    await engine.complete('a', { again: true });
    await engine.complete('a', { again: false });
    expect(await ends()).toBe('p');
    expect((await engine.records('JOB', 'COMPLETED')).length).toBe(3);
  });

  test('at most so often; the counter is seen', async () => {
    await deploy(looped('loopMaximum="2"', ''));
    await engine.create('p');
    expect((await engine.complete('a')).variables).toMatchObject({ loopCounter: 1 });
    expect((await engine.complete('a')).variables).toMatchObject({ loopCounter: 2 });
    expect(await ends()).toBe('p');
  });

  test('asked before, it may not run at all', async () => {
    await deploy(looped('testBefore="true"', loopCondition('n &lt; 1')));
    await engine.create('p', { n: 1 });
    expect(await ends()).toBe('p');
    expect(await engine.records('JOB')).toEqual([]);
  });

  test('without condition and maximum it is refused', async () => {
    const refused = await engine.submit({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: ours(bpmn('p', looped('', ''))), checksum: '1' }] });
    expect(refused).toMatchObject({ ok: false, rejection: 'INVALID_ARGUMENT' });
  });
});

describe('transaction', () => {
  const undone = (host: string, handler: string) => `<bpmn:boundaryEvent id="${host}_undo" attachedToRef="${host}"><bpmn:compensateEventDefinition id="${host}_c"/></bpmn:boundaryEvent>${serviceTask(handler).replace(`id="${handler}"`, `id="${handler}" isForCompensation="true"`)}`;
  const association = (host: string, handler: string) => `<bpmn:association id="${host}_as" associationDirection="One" sourceRef="${host}_undo" targetRef="${handler}"/>`;
  const cancel = '<bpmn:cancelEventDefinition id="cancel_d"/>';
  const inside = start('s') + '<bpmn:parallelGateway id="fork"/>' + serviceTask('a') + serviceTask('b') + '<bpmn:exclusiveGateway id="x" default="well"/>' + `<bpmn:endEvent id="cancel">${cancel}</bpmn:endEvent>` + end('good') + end('e') + chain('s', 'fork', 'a', 'x') + flow('x', 'cancel', 'bad') + flow('x', 'good', undefined, 'well') + chain('fork', 'b', 'e') + undone('a', 'ua') + association('a', 'ua');
  const booking = start() + `<bpmn:transaction id="tx">${inside}</bpmn:transaction>` + boundary('canceled', 'tx', '<bpmn:cancelEventDefinition id="caught_d"/>') + end() + end('e2') + chain('start', 'tx', 'end') + flow('canceled', 'e2');

  test('completes like a subprocess', async () => {
    await deploy(booking);
    await engine.create('p', { bad: false });
    await engine.complete('a');
    await engine.complete('b');
    expect(await ends()).toBe('p');
    expect(await count('canceled')).toBe(0);
  });

  test('canceled, it ends what runs, undoes what was done and is left by its cancel boundary event', async () => {
    await deploy(booking);
    await engine.create('p', { bad: true });
    await engine.complete('a');
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['b']);
    expect(await count('canceled')).toBe(0);
    await engine.complete('ua');
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['b', 'tx']);
    expect((await engine.elements()).slice(-3)).toEqual(['canceled', 'e2', 'p']);
  });

  test('a cancel end event outside of one is refused', async () => {
    const refused = await engine.submit({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: ours(bpmn('p', start() + userTask('u') + `<bpmn:endEvent id="c">${cancel}</bpmn:endEvent>` + chain('start', 'u', 'c'))), checksum: '1' }] });
    expect(refused).toMatchObject({ ok: false, rejection: 'INVALID_ARGUMENT' });
  });
});

describe('compensation event subprocess', () => {
  const undo = '<bpmn:compensateEventDefinition id="undo_d"/>';
  const handled = (host: string, handler: string) => `<bpmn:boundaryEvent id="${host}_undo" attachedToRef="${host}"><bpmn:compensateEventDefinition id="${host}_c"/></bpmn:boundaryEvent>${serviceTask(handler).replace(`id="${handler}"`, `id="${handler}" isForCompensation="true"`)}`;
  const on = (inside: string) => `<bpmn:subProcess id="on" triggeredByEvent="true"><bpmn:startEvent id="on_s"><bpmn:compensateEventDefinition id="on_d"/></bpmn:startEvent>${inside}</bpmn:subProcess>`;
  const model = (inside: string) => {
    const sub = start('s') + serviceTask('a') + end('e') + chain('s', 'a', 'e') + handled('a', 'ua') + on(inside) + '<bpmn:association id="as" associationDirection="One" sourceRef="a_undo" targetRef="ua"/>';
    return start() + `<bpmn:subProcess id="sub">${sub}</bpmn:subProcess>` + `<bpmn:endEvent id="undo">${undo}</bpmn:endEvent>` + chain('start', 'sub', 'undo');
  };

  test('runs in place of the handlers inside when its subprocess is undone', async () => {
    await deploy(model(serviceTask('instead') + end('on_e') + chain('on_s', 'instead', 'on_e')));
    await engine.create('p');
    await engine.complete('a');
    await engine.complete('instead');
    expect(await count('ua', 'ELEMENT_ACTIVATED')).toBe(0);
    expect((await engine.elements()).slice(-3)).toEqual(['on', 'undo', 'p']);
  });

  test('may undo what is inside itself', async () => {
    await deploy(model('<bpmn:intermediateThrowEvent id="inner"><bpmn:compensateEventDefinition id="inner_d"/></bpmn:intermediateThrowEvent>' + end('on_e') + chain('on_s', 'inner', 'on_e')));
    await engine.create('p');
    await engine.complete('a');
    expect(await count('undo')).toBe(0);
    await engine.complete('ua');
    expect((await engine.elements()).slice(-5)).toEqual(['inner', 'on_e', 'on', 'undo', 'p']);
  });
});

test('a receive task begins a process with its message', async () => {
  await deploy('<bpmn:receiveTask id="got" messageRef="m" instantiate="true"/>' + serviceTask('a') + end() + chain('got', 'a', 'end'), message('m', 'order', '=id'));
  await engine.publish('order', 'k', { id: 'k', n: 7 });
  expect(await engine.elements()).toEqual(['got']);
  expect((await engine.complete('a')).variables).toMatchObject({ n: 7 });
  expect(await ends()).toBe('p');
  expect(await engine.submit({ type: 'create_process_instance', bpmnProcessId: 'p', processDefinitionKey: '0', version: -1, variables: {} })).toMatchObject({ ok: false });
});

describe('event with several definitions', () => {
  const several = '<bpmn:signalEventDefinition id="sd" signalRef="s"/>' + messageEvent('m').replace('/>', ' id="md"/>');
  const definitions = '<bpmn:signal id="s" name="go"/>' + message('m', 'paid', '="k"');
  const signal = (variables = {}) => engine.done({ type: 'broadcast_signal', signalName: 'go', variables });

  test('a catch event goes on with any of them', async () => {
    await deploy(start() + `<bpmn:intermediateCatchEvent id="wait">${several}</bpmn:intermediateCatchEvent>` + end() + chain('start', 'wait', 'end'), definitions);
    const [one] = [await engine.create('p')];
    await signal({ by: 'signal' });
    expect(await ends()).toBe('p');
    expect(await engine.variables(one)).toEqual({ by: 'signal' });
    await engine.create('p');
    await engine.publish('paid', 'k', { by: 'message' });
    expect(await count('p')).toBe(2);
    expect(await count('wait')).toBe(2);
  });

  test('a parallel one waits for all, and has the variables of all', async () => {
    await deploy(start() + `<bpmn:intermediateCatchEvent id="wait" parallelMultiple="true">${several}</bpmn:intermediateCatchEvent>` + end() + chain('start', 'wait', 'end'), definitions);
    const key = await engine.create('p');
    await signal({ a: 1 });
    await signal({ a: 2 });
    expect(await count('wait')).toBe(0);
    await engine.publish('paid', 'k', { b: 3 });
    expect(await ends()).toBe('p');
    expect(await engine.variables(key)).toEqual({ a: 2, b: 3 });
  });

  test('a parallel boundary event that has half happened does not touch its task', async () => {
    await deploy(start() + serviceTask('a') + `<bpmn:boundaryEvent id="both" attachedToRef="a" parallelMultiple="true">${several}</bpmn:boundaryEvent>` + end() + end('e2') + chain('start', 'a', 'end') + flow('both', 'e2'), definitions);
    const key = await engine.create('p');
    await signal({ half: true });
    await engine.complete('a');
    expect((await engine.elements()).slice(-2)).toEqual(['end', 'p']);
    expect(await engine.variables(key)).toEqual({});
    await engine.create('p');
    await signal();
    await engine.publish('paid', 'k');
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['a']);
    expect((await engine.elements()).slice(-3)).toEqual(['both', 'e2', 'p']);
  });

  test('one that does not interrupt may happen in each way', async () => {
    await deploy(start() + serviceTask('a') + boundary('note', 'a', several, false) + end() + end('e2') + chain('start', 'a', 'end') + flow('note', 'e2'), definitions);
    await engine.create('p');
    await signal();
    await engine.publish('paid', 'k');
    expect(await count('note')).toBe(2);
    await engine.complete('a');
    expect(await ends()).toBe('p');
  });

  test('begins a process and an event subprocess by any of them', async () => {
    const on = `<bpmn:subProcess id="on" triggeredByEvent="true"><bpmn:startEvent id="on_s">${several.replace('"sd"', '"sd2"').replace('"md"', '"md2"').replace('"s"', '"s2"').replace('"m"', '"m2"')}</bpmn:startEvent>${end('on_e')}${chain('on_s', 'on_e')}</bpmn:subProcess>`;
    await deploy(`<bpmn:startEvent id="begin">${several}</bpmn:startEvent>` + serviceTask('a') + end() + chain('begin', 'a', 'end') + on, definitions + '<bpmn:signal id="s2" name="stop"/>' + message('m2', 'withdrawn', '="k"'));
    await engine.publish('paid', 'k', {}, 0);
    expect(await engine.elements()).toEqual(['begin']);
    await engine.done({ type: 'broadcast_signal', signalName: 'stop', variables: {} });
    expect(await engine.elements('ELEMENT_TERMINATED')).toEqual(['a']);
    expect(await ends()).toBe('p');
    await signal();
    await engine.publish('withdrawn', 'k');
    expect(await count('begin')).toBe(2);
    expect(await count('on')).toBe(2);
  });
});
