import { boundary, bpmn, chain, end, flow, mapping, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { callActivity, handler, line, multiInstance, node, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const at = (...elementIds: string[]) => ({ startInstructions: elementIds.map((elementId) => ({ elementId })) });
const TWO = line('p§', { a: serviceTask('a', 'a§'), b: serviceTask('b', 'b§') });
const M = message('m', 'm§', '=key');
const NESTED = line('p§', { sub: subProcess('sub', start('s1') + subProcess('deep', start('s2') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + end('e2') + chain('s2', 'a', 'b', 'e2')) + end('e1') + chain('s1', 'deep', 'e1'), mapping([['=x', 'inner']])) });

export default scenarios({
  'at a task': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    await t.create('p§', { x: 1 }, at('b'));
    await t.work('b§', { y: 2 });
    await t.noJob('a§');
  },
  'at two tasks at once, and at one twice': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    await t.create('p§', {}, at('a', 'b'));
    await t.work('b§');
    await t.work('a§');
    await t.work('b§');
    await t.create('p§', {}, at('b', 'b'));
    await t.jobs('b§', 2);
  },
  'inside subprocesses, whose input mappings are not applied': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    await t.create('p§', { x: 1 }, at('b'));
    await t.work('b§');
  },
  'at two elements of one subprocess': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    await t.create('p§', { x: 1 }, at('a', 'b'));
    await t.work('b§');
    await t.work('a§');
    await t.work('b§');
  },
  'at a subprocess': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    await t.create('p§', { x: 1 }, at('sub'));
    await t.work('a§');
  },
  'at a subprocess and inside it': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    await t.create('p§', { x: 1 }, at('b', 'deep'));
    await t.jobs('a§');
    await t.jobs('b§');
  },
  'at a call activity': async (t) => {
    await t.deploy({ 'c§.bpmn': line('c§', { c: serviceTask('c', 'c§') }), 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), call: callActivity('call', 'c§') }) });
    await t.create('p§', { x: 1 }, at('call'));
    await t.work('c§', { y: 1 });
  },
  'at events that wait': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), w: node('intermediateCatchEvent', 'w', timer('timeDuration', 'PT0.1S')), r: node('receiveTask', 'r').replace('/>', ' messageRef="m"/>').replace('"r" ></', '"r" messageRef="m"></'), b: serviceTask('b', 'b§') }, '', M) });
    await t.create('p§', { key: 'k' }, at('w'));
    await t.sleep(400);
    await t.publish('m§', 'k', { got: 1 });
    await t.work('b§');
    await t.create('p§', { key: 'k2' }, at('r'));
    await t.publish('m§', 'k2');
    await t.work('b§');
    await t.create('p§', {}, at('r'));
    await t.resolveIncidents();
  },
  'at gateways': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('exclusiveGateway', 'x', '', 'default="d"') + node('parallelGateway', 'f') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + node('parallelGateway', 'j') + end() + chain('start', 'x') + flow('x', 'f', 'n > 1') + flow('x', 'end', undefined, 'd') + chain('f', 'a', 'j') + chain('f', 'b', 'j') + chain('j', 'end')) });
    await t.create('p§', { n: 2 }, at('x'));
    await t.work('a§');
    await t.work('b§');
    await t.create('p§', {}, at('j'));
    await t.create('p§', {}, at('f'));
    await t.work('a§');
    await t.create('p§', {}, at('a'));
    await t.work('a§');
  },
  'at an event-based gateway, not at its events': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('eventBasedGateway', 'g') + node('intermediateCatchEvent', 'w', timer('timeDuration', 'PT1H')) + node('intermediateCatchEvent', 'm1', messageEvent('m')) + serviceTask('a', 'a§') + chain('start', 'g', 'w') + chain('g', 'm1', 'a'), M) });
    await t.create('p§', { key: 'k' }, at('g'));
    await t.publish('m§', 'k');
    await t.work('a§');
    await t.create('p§', { key: 'k' }, at('w'));
  },
  'at events that throw and end': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), e: node('intermediateThrowEvent', 'e') }) });
    await t.run('p§', {}, { request: { bpmnProcessId: 'none' } });
    await t.create('p§', {}, at('e'));
    await t.create('p§', {}, at('end'));
  },
  'not at what begins by an event, flows or nothing': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, boundary('late', 'a', timer('timeDuration', 'PT1H')) + flow('late', 'end') + handler('on', messageEvent('m'), serviceTask('on_work', 'on§')), M) });
    for (const id of ['start', 'late', 'start_to_a', 'nothing', 'p§', '', 'on_start']) await t.create('p§', { key: 'k' }, at(id));
    await t.create('p§', { key: 'k' }, at('a', 'nothing'));
    await t.create('p§', { key: 'k' }, at('a', 'start'));
  },
  'an event subprocess, and inside one': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', messageEvent('m'), serviceTask('on_work', 'on§')), M) });
    await t.create('p§', { key: 'k' }, at('on_work'));
    await t.work('on§');
    await t.create('p§', { key: 'k' }, at('on'));
  },
  'event subprocesses and boundary events are open': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s1') + serviceTask('a', 'a§') + end('e1') + chain('s1', 'a', 'e1')) }, boundary('late', 'a', timer('timeDuration', 'PT1H')).replace('attachedToRef="a"', 'attachedToRef="sub"') + end('end2') + chain('late', 'end2') + handler('on', messageEvent('m'), serviceTask('on_work', 'on§'), false), M) });
    await t.create('p§', { key: 'k' }, at('a'));
    await t.jobs('a§');
    await t.publish('m§', 'k', { m: 1 });
    await t.work('on§');
  },
  'at a multi-instance, not inside it': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance('inputCollection="=items" inputElement="item"')), sub: subProcess('sub', start('s1') + serviceTask('b', 'b§') + end('e1') + chain('s1', 'b', 'e1'), '', multiInstance('inputCollection="=items" inputElement="item"')) }) });
    await t.create('p§', { items: [1, 2] }, at('a'));
    await t.jobs('a§', 2);
    await t.create('p§', { items: [1, 2] }, at('b'));
    await t.create('p§', { items: [1] }, at('sub'));
    await t.work('b§');
  },
  'a process that has only a message start': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', node('startEvent', 'got', messageEvent('m')) + serviceTask('a', 'a§') + end() + chain('got', 'a', 'end'), message('m', 'm§')) });
    await t.create('p§');
    await t.create('p§', {}, at('a'));
    await t.work('a§');
  },
  'an element that fails at once': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', '=type') }) });
    const key = await t.create('p§', {}, at('a'));
    await t.setVariables(key, { type: 'a§' });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'with the result awaited': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const done = t.start('p§', {}, {});
    await t.work('a§');
    await t.work('b§', { y: 2, z: 3 });
    await t.result(done);
  },
});
