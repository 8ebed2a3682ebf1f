import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boundary, bpmn, chain, end, flow, message, messageEvent, serviceTask, start, timer, userTask } from '../../../support/bpmn.ts';
import { TestBroker } from '../../../support/broker.ts';
import { handler, line, multiInstance, node, subProcess } from '../../../conformance/diagrams.ts';

const M = message('m', 'paid', '=key');
const N = message('m', 'paid', '=key') + message('n', 'shipped', '=key');

let broker: TestBroker;
beforeEach(async () => (broker = await TestBroker.start()));
afterEach(() => broker.stop());

/** Starts the first process, moves it to the second. */
async function move(source: string, target: string, mapping: Record<string, string>, before: () => Promise<unknown> = () => Promise.resolve()) {
  const deployed = await broker.done<{ deployed: { kind: string; row: { key: string } }[] }>({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: source, checksum: source }, { name: 'q.bpmn', content: target, checksum: target }] });
  const targetDefinitionKey = deployed.deployed.filter((each) => each.kind === 'process')[1]!.row.key;
  const processInstanceKey = await broker.create('p', { key: 'k', items: [1, 2] });
  await before();
  const answer = await broker.submit({ type: 'migrate_process_instance', processInstanceKey, targetDefinitionKey, mappings: Object.entries(mapping).map(([sourceId, targetId]) => ({ sourceId, targetId })) });
  return { processInstanceKey, answer };
}

const moved = expect.objectContaining({ ok: true });
const lines = async (valueType: string) => (await broker.records(valueType)).map(({ intent, value }) => `${intent} ${String(value['elementId'] ?? value['targetElementId'])}`);

// Zeebe 8.5.8 refuses all of these: an active element that waits for events stays where it is there.
describe('wider than Zeebe 8.5: migrating what waits for events', () => {
  test('a timer keeps its due date', async () => {
    const waiting = (id: string, w: string, duration: string) => line(id, { [w]: node('intermediateCatchEvent', w, timer('timeDuration', duration)), a: serviceTask('a') });
    const { answer } = await move(waiting('p', 'w', 'PT1H'), waiting('q', 'v', 'PT9H'), { w: 'v' });
    expect(answer).toEqual(moved);
    expect(await lines('TIMER')).toEqual(['CREATED w', 'MIGRATED v']);
    await broker.advance(3_600_000);
    await broker.complete('a');
    expect(await broker.elements()).toEqual(['start', 'v', 'a', 'end', 'q']);
  });

  test.each(['intermediateCatchEvent', 'receiveTask'])('a message that is waited for is still the one of the old process (%s)', async (tag) => {
    const waiting = (id: string, w: string, ref: string) => line(id, { [w]: tag === 'receiveTask' ? node(tag, w, '', `messageRef="${ref}"`) : node(tag, w, messageEvent(ref)), a: serviceTask('a') }, '', N);
    const { answer } = await move(waiting('p', 'w', 'm'), waiting('q', 'v', 'n'), { w: 'v' });
    expect(answer).toEqual(moved);
    await broker.publish('shipped', 'k');
    expect(await broker.activate('a')).toEqual([]);
    await broker.publish('paid', 'k', { amount: 3 });
    expect((await broker.complete('a')).variables).toMatchObject({ amount: 3 });
  });

  test('an event-based gateway goes on with the events of the target', async () => {
    const waiting = (id: string, w: string, v: string) => bpmn(id, start() + node('eventBasedGateway', 'g') + node('intermediateCatchEvent', w, timer('timeDuration', 'PT1H')) + node('intermediateCatchEvent', v, messageEvent('m')) + serviceTask(`after_${v}`) + chain('start', 'g', w) + chain('g', v, `after_${v}`), M);
    const { answer } = await move(waiting('p', 'w', 'x'), waiting('q', 'w2', 'x2'), { g: 'g', w: 'w2', x: 'x2' });
    expect(answer).toEqual(moved);
    await broker.publish('paid', 'k');
    await broker.complete('after_x2');
  });

  test('boundary events that are mapped go on, those that are not are closed, new ones are opened', async () => {
    const source = line('p', { a: serviceTask('a') }, boundary('late', 'a', timer('timeDuration', 'PT1H')) + flow('late', 'end') + boundary('paid', 'a', messageEvent('m')) + flow('paid', 'end'), M);
    const target = line('q', { b: serviceTask('b') }, boundary('paid2', 'b', messageEvent('m'), false) + serviceTask('thanks') + chain('paid2', 'thanks') + boundary('later', 'b', timer('timeDuration', 'PT5H')) + serviceTask('remind') + chain('later', 'remind'), M);
    const { answer } = await move(source, target, { a: 'b', paid: 'paid2' });
    expect(answer).toEqual(moved);
    expect(await lines('TIMER')).toEqual(['CREATED late', 'CANCELED late', 'CREATED later']);
    await broker.publish('paid', 'k');
    await broker.publish('paid', 'k');
    expect(await broker.activate('thanks')).toHaveLength(2);
    await broker.advance(5 * 3_600_000);
    expect(await broker.activate('remind')).toHaveLength(1);
  });

  test('an error boundary event of the target catches what the job of the source throws', async () => {
    const { answer } = await move(line('p', { a: serviceTask('a') }), line('q', { b: serviceTask('b') }, boundary('caught', 'b', '<bpmn:errorEventDefinition/>') + serviceTask('mend') + chain('caught', 'mend')), { a: 'b' });
    expect(answer).toEqual(moved);
    const [job] = await broker.activate('a');
    await broker.done({ type: 'throw_error', jobKey: job!.key, errorCode: 'E', errorMessage: '', variables: {} });
    expect(await broker.activate('mend')).toHaveLength(1);
  });

  test('event subprocesses are opened, and keep their subscription when they are mapped', async () => {
    const source = line('p', { a: serviceTask('a') }, handler('on', messageEvent('m'), serviceTask('on_work')), M);
    const target = line('q', { b: serviceTask('b') }, handler('heard', messageEvent('n'), serviceTask('heard_work')) + handler('late', timer('timeDuration', 'PT1H'), serviceTask('late_work'), false), N);
    const { answer } = await move(source, target, { a: 'b', on: 'heard' });
    expect(answer).toEqual(moved);
    await broker.advance(3_600_000);
    expect(await broker.activate('late_work')).toHaveLength(1);
    await broker.publish('paid', 'k');
    expect(await broker.activate('heard_work')).toHaveLength(1);
    expect(await broker.activate('b')).toEqual([]);
  });

  test('an instance that is inside its event subprocess goes on in that of the target', async () => {
    const within = (id: string, on: string) => line(id, { a: serviceTask('a') }, handler(on, messageEvent('m'), serviceTask(`${on}_work`)), M);
    const { answer } = await move(within('p', 'on'), within('q', 'heard'), { on: 'heard', on_work: 'heard_work' }, () => broker.publish('paid', 'k'));
    expect(answer).toEqual(moved);
    await broker.complete('on_work');
    expect((await broker.elements()).slice(-3)).toEqual(['heard_end', 'heard', 'q']);
  });

  test('a multi-instance goes on with the passes it has left', async () => {
    const each = (id: string, task: string) => line(id, { [task]: serviceTask(task, task, '', multiInstance('inputCollection="=items" inputElement="item"', { sequential: true })) });
    const { answer } = await move(each('p', 'a'), each('q', 'b'), { a: 'b' });
    expect(answer).toEqual(moved);
    await broker.complete('a');
    await broker.complete('b');
    expect((await broker.elements()).at(-1)).toBe('q');
  });

  test('a gateway that has an incident decides by the conditions of the target', async () => {
    const gateway = (id: string, g: string, x: number) => bpmn(id, start() + node('exclusiveGateway', g) + serviceTask(`${g}_work`) + end() + chain('start', g) + flow(g, `${g}_work`, `x = ${x}`) + flow(g, 'end', 'x = 9'));
    const { answer, processInstanceKey } = await move(gateway('p', 'g', 1), gateway('q', 'h', 2), { g: 'h' });
    expect(answer).toEqual(moved);
    await broker.done({ type: 'set_variables', elementInstanceKey: processInstanceKey, variables: { x: 2 }, local: true });
    const [incident] = await broker.records('INCIDENT', 'CREATED');
    await broker.done({ type: 'resolve_incident', incidentKey: incident!.key });
    expect(await broker.activate('h_work')).toHaveLength(1);
  });
});

describe('wider than Zeebe 8.5: migrating what was done or is being done', () => {
  test('a user task of the engine goes on, its records telling where it began', async () => {
    const { answer } = await move(line('p', { u: userTask('u', '<zeebe:userTask/>') }), line('q', { v: userTask('v', '<zeebe:userTask/>'), z: serviceTask('z') }), { u: 'v' });
    expect(answer).toEqual(moved);
    const [task] = await broker.records('USER_TASK', 'CREATED');
    await broker.done({ type: 'complete_user_task', userTaskKey: task!.key, variables: {}, action: '' });
    expect((await broker.records('USER_TASK')).map(({ intent, value }) => `${intent} ${String(value['elementId'])}`)).toEqual(['CREATING u', 'CREATED u', 'MIGRATED v', 'COMPLETING u', 'COMPLETED u']);
    expect(await broker.activate('z')).toHaveLength(1);
  });

  test('what can be compensated is undone by the handler of the target, and has to be mapped', async () => {
    const undone = (id: string, task: string, undo: string) =>
      line(id, { [task]: serviceTask(task), wait: serviceTask(`${id}_wait`).replace(`id="${id}_wait"`, 'id="wait"'), throw: node('intermediateThrowEvent', 'throw', '<bpmn:compensateEventDefinition/>') }, boundary(`on_${undo}`, task, '<bpmn:compensateEventDefinition/>') + serviceTask(undo).replace('<bpmn:serviceTask', '<bpmn:serviceTask isForCompensation="true"') + `<bpmn:association id="to_${undo}" associationDirection="One" sourceRef="on_${undo}" targetRef="${undo}"/>`);
    const before = () => broker.complete('a');
    const without = await move(undone('p', 'a', 'undo_a'), undone('q', 'b', 'undo_b'), { wait: 'wait' }, before);
    expect(without.answer).toMatchObject({ ok: false, rejection: 'INVALID_STATE', reason: expect.stringContaining('may still be compensated') });
    const definitions = await broker.records('PROCESS', 'CREATED');
    expect(await broker.submit({ type: 'migrate_process_instance', processInstanceKey: without.processInstanceKey, targetDefinitionKey: definitions[1]!.key, mappings: [{ sourceId: 'wait', targetId: 'wait' }, { sourceId: 'a', targetId: 'b' }, { sourceId: 'undo_a', targetId: 'undo_b' }] })).toEqual(moved);
    await broker.complete('p_wait');
    expect(await broker.activate('undo_b')).toHaveLength(1);
  });
});

describe('what cannot be migrated is refused as a whole', () => {
  const refused = (text: string) => ({ ok: false, rejection: 'INVALID_STATE', reason: expect.stringContaining(text) });

  test('an event of another kind', async () => {
    const { answer } = await move(line('p', { w: node('intermediateCatchEvent', 'w', timer('timeDuration', 'PT1H')) }), line('q', { w: node('intermediateCatchEvent', 'w', messageEvent('m')) }, '', M), { w: 'w' });
    expect(answer).toEqual(refused("event type 'TIMER' is mapped to an element with id 'w' and different event type 'MESSAGE'"));
  });

  test('a boundary event that would leave its task', async () => {
    const { answer } = await move(line('p', { a: serviceTask('a') }, boundary('late', 'a', timer('timeDuration', 'PT1H')) + flow('late', 'end')), line('q', { a: serviceTask('a'), b: serviceTask('b') }, boundary('late', 'b', timer('timeDuration', 'PT1H')) + flow('late', 'end')), { a: 'a', late: 'late' });
    expect(answer).toEqual(refused("catch event with id 'late' is mapped to 'late', which the element 'a' does not wait for"));
  });

  test('a single task and a repeated one', async () => {
    const { answer } = await move(line('p', { a: serviceTask('a') }), line('q', { a: serviceTask('a', 'a', '', multiInstance('inputCollection="=items"')) }), { a: 'a' });
    expect(answer).toEqual(refused('do not repeat alike'));
  });

  test('events of the target that cannot be opened: nothing has changed', async () => {
    const { answer } = await move(line('p', { sub: subProcess('sub', start('s') + serviceTask('a') + chain('s', 'a')) }), line('q', { sub: subProcess('sub', start('s') + serviceTask('a') + chain('s', 'a')) }, boundary('paid', 'sub', messageEvent('m')) + flow('paid', 'end'), message('m', 'paid', '=nothing')), { sub: 'sub', a: 'a' });
    expect(answer).toEqual(refused("the catch events of target element 'sub' cannot be opened"));
    expect(await broker.records('PROCESS_INSTANCE', 'ELEMENT_MIGRATED')).toEqual([]);
    await broker.complete('a');
    expect((await broker.elements()).at(-1)).toBe('p');
  });
});

describe('migrating what waits before a joining gateway', () => {
  const forked = (id: string, a: string, b: string, join: string, gateway = 'parallelGateway') => {
    const always = gateway === 'inclusiveGateway' ? 'true' : undefined;
    return bpmn(id, start() + node(gateway, 'fork') + serviceTask(a) + serviceTask(b) + node(gateway, join) + serviceTask(`after_${join}`) + end() + chain('start', 'fork') + flow('fork', a, always) + flow('fork', b, always) + chain(a, join, `after_${join}`, 'end') + chain(b, join)).replace('<bpmn:definitions ', '<bpmn:definitions xmlns:guicheng="http://guicheng/bpmn" guicheng:executes="beyond-zeebe" ');
  };

  test.each(['parallelGateway', 'inclusiveGateway'])('it waits before that of the target (%s)', async (gateway) => {
    const { answer } = await move(forked('p', 'a', 'b', 'join', gateway), forked('q', 'x', 'y', 'meet', gateway), { a: 'x', b: 'y', join: 'meet' }, () => broker.complete('a'));
    expect(answer).toEqual(moved);
    expect(await broker.activate('after_meet')).toEqual([]);
    await broker.complete('b');
    await broker.complete('after_meet');
    expect((await broker.elements()).at(-1)).toBe('q');
  });

  test('one that needs no other any more goes on', async () => {
    const short = bpmn('q', start() + serviceTask('x') + serviceTask('y') + node('parallelGateway', 'meet') + serviceTask('after') + chain('start', 'x', 'meet', 'after') + chain('start', 'y'));
    const { answer } = await move(forked('p', 'a', 'b', 'join'), short, { a: 'x', b: 'y', join: 'meet' }, () => broker.complete('a'));
    expect(answer).toEqual(moved);
    expect(await broker.activate('after')).toHaveLength(1);
    await broker.complete('b');
  });

  test('without a place in the target it is refused, and nothing has changed', async () => {
    const refused = (what: string) => expect.objectContaining({ ok: false, rejection: 'INVALID_STATE', reason: expect.stringContaining(what) });
    expect((await move(forked('p', 'a', 'b', 'join'), forked('q', 'x', 'y', 'meet'), { b: 'y' }, () => broker.complete('a'))).answer).toEqual(refused("no mapping instruction defined for the gateway with id 'join'"));
    expect((await move(forked('p', 'a', 'b', 'join'), forked('q', 'x', 'y', 'meet'), { b: 'y', join: 'meet' }, () => broker.complete('a'))).answer).toEqual(refused('map the sequence flow'));
    expect((await move(forked('p', 'a', 'b', 'join'), forked('q', 'x', 'y', 'meet'), { b: 'y', join: 'x' }, () => broker.complete('a'))).answer).toEqual(refused('different type'));
    expect(await broker.records('PROCESS_INSTANCE_MIGRATION')).toEqual([]);
  });
});

describe('migrating what waits for conditions or several events', () => {
  const beyond = (xml: string) => xml.replace('<bpmn:definitions ', '<bpmn:definitions xmlns:guicheng="http://guicheng/bpmn" guicheng:executes="beyond-zeebe" ');
  const conditional = (text: string) => `<bpmn:conditionalEventDefinition id="c_${text.length}"><bpmn:condition xsi:type="bpmn:tFormalExpression">=${text}</bpmn:condition></bpmn:conditionalEventDefinition>`;

  test('the condition of the target counts, at once when it holds', async () => {
    const waiting = (id: string, w: string, text: string) => beyond(line(id, { [w]: node('intermediateCatchEvent', w, conditional(text)), a: serviceTask('a') }));
    const { answer, processInstanceKey } = await move(waiting('p', 'w', 'x = 1'), waiting('q', 'v', 'yes = 1'), { w: 'v' });
    expect(answer).toEqual(moved);
    await broker.done({ type: 'set_variables', elementInstanceKey: processInstanceKey, variables: { x: 1 }, local: false });
    expect(await broker.activate('a')).toEqual([]);
    await broker.done({ type: 'set_variables', elementInstanceKey: processInstanceKey, variables: { yes: 1 }, local: false });
    await broker.complete('a');
    const now = await move(waiting('p', 'w', 'x = 1'), waiting('q', 'v', 'key = "k"'), { w: 'v' });
    expect(now.answer).toEqual(moved);
    expect(await broker.activate('a')).toHaveLength(1);
  });

  test('what has happened of several that must all happen has happened', async () => {
    const both = '<bpmn:signalEventDefinition id="sd" signalRef="s"/>' + messageEvent('m').replace('/>', ' id="md"/>');
    const waiting = (id: string, w: string) => beyond(line(id, { [w]: node('intermediateCatchEvent', w, both).replace(`id="${w}"`, `id="${w}" parallelMultiple="true"`), a: serviceTask('a') }, '', M + '<bpmn:signal id="s" name="go"/>'));
    const { answer } = await move(waiting('p', 'w'), waiting('q', 'v'), { w: 'v' }, () => broker.done({ type: 'broadcast_signal', signalName: 'go', variables: { half: true } }));
    expect(answer).toEqual(moved);
    await broker.publish('paid', 'k', { amount: 3 });
    expect((await broker.complete('a')).variables).toMatchObject({ half: true, amount: 3 });
  });

  test('events of several kinds go where the same kinds are waited for', async () => {
    const any = (...definitions: string[]) => definitions.join('');
    const signal = '<bpmn:signalEventDefinition id="sd" signalRef="s"/>';
    const heard = messageEvent('m').replace('/>', ' id="md"/>');
    const waiting = (id: string, w: string, definitions: string) => beyond(line(id, { [w]: node('intermediateCatchEvent', w, definitions), a: serviceTask('a') }, '', M + '<bpmn:signal id="s" name="go"/>'));
    expect((await move(waiting('p', 'w', any(signal, heard)), waiting('q', 'v', any(heard, signal)), { w: 'v' })).answer).toMatchObject({ ok: false, rejection: 'INVALID_STATE' });
    expect((await move(waiting('p', 'w', any(signal, heard)), waiting('q', 'v', any(signal, heard)), { w: 'v' })).answer).toEqual(moved);
    await broker.publish('paid', 'k');
    expect((await broker.activate('a')).map((job) => job.elementId)).toContain('a');
  });
});

test('an instance begun by message frees the process it was begun as, wherever it ends', async () => {
  // Zeebe 8.5.8 forgets the message that waits.
  const begun = (id: string, name: string) => bpmn(id, node('startEvent', 'got', messageEvent('m')) + serviceTask('a') + chain('got', 'a'), message('m', name));
  await broker.deploy({ 'p.bpmn': begun('p', 'begin'), 'q.bpmn': begun('q', 'other') });
  await broker.publish('begin', 'k');
  await broker.publish('begin', 'k');
  const [process] = await broker.records('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED');
  const definitions = await broker.records('PROCESS', 'CREATED');
  await broker.done({ type: 'migrate_process_instance', processInstanceKey: process!.key, targetDefinitionKey: definitions[1]!.key, mappings: [{ sourceId: 'a', targetId: 'a' }] });
  await broker.complete('a');
  expect(await broker.activate('a')).toMatchObject([{ bpmnProcessId: 'p' }]);
});
