import { boundary, bpmn, chain, end, flow, mapping, serviceTask, start, timer } from '../../support/bpmn.ts';
import { linkEvent, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const thrown = (id: string, name: string, extra = '') => node('intermediateThrowEvent', id, linkEvent(name), '', extra);
const caught = (id: string, name: string, extra = '') => node('intermediateCatchEvent', id, linkEvent(name), '', extra);
const jump = (extra = '', extraCatch = '') => bpmn('p§', start() + thrown('there', 'L', extra) + caught('here', 'L', extraCatch) + script('a', 'x + 1', 'y') + end() + chain('start', 'there') + chain('here', 'a', 'end'));

export default scenarios({
  'a link goes on at its catch event': async (t) => {
    await t.deploy({ 'p§.bpmn': jump() });
    await t.run('p§', { x: 1 });
  },
  'link events have mappings': async (t) => {
    await t.deploy({ 'p§.bpmn': jump(mapping([['=x', 'own']], [['=x + 1', 'thrown'], ['=own', 'kept']]), mapping([], [['=x + 2', 'caught']])) });
    await t.run('p§', { x: 1 });
    await t.deploy({ 'p§.bpmn': jump('', mapping([['=x', 'own']], [['=own', 'caught']])) });
    await t.run('p§', { x: 1 });
  },
  'several throw events lead to one catch event': async (t) => {
    const model = bpmn('p§', start() + node('parallelGateway', 'fork') + thrown('t1', 'L') + thrown('t2', 'L') + caught('here', 'L') + serviceTask('a', 'a§') + end() + flow('start', 'fork') + flow('fork', 't1') + flow('fork', 't2') + chain('here', 'a', 'end'));
    await t.deploy({ 'p§.bpmn': model });
    const key = await t.create('p§');
    const [one, two] = await t.jobs('a§', 2);
    await t.complete(one!);
    await t.isRunning(key);
    await t.complete(two!);
    await t.isRunning(key);
  },
  'a link back makes a loop': async (t) => {
    const model = bpmn('p§', start() + caught('again', 'L') + node('exclusiveGateway', 'join') + script('a', 'n + 1', 'n') + node('exclusiveGateway', 'g', '', 'default="done"') + thrown('back', 'L') + end() + flow('start', 'join') + flow('again', 'join') + chain('join', 'a', 'g') + flow('g', 'back', 'n < 3') + flow('g', 'end', undefined, 'done'));
    await t.deploy({ 'p§.bpmn': model });
    await t.run('p§', { n: 0 });
  },
  'links inside subprocesses, each of its own name': async (t) => {
    const inside = start('s') + thrown('t2', 'M') + caught('c2', 'M') + script('b', '"inner"', 'inner') + end('e') + chain('s', 't2') + chain('c2', 'b', 'e');
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + thrown('t1', 'L') + caught('c1', 'L') + subProcess('sub', inside) + end() + chain('start', 't1') + chain('c1', 'sub', 'end')) });
    await t.run('p§');
  },
  'links of one name in two scopes are refused': async (t) => {
    const inside = start('s') + thrown('t2', 'L') + caught('c2', 'L') + end('e') + chain('s', 't2') + chain('c2', 'e');
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + thrown('t1', 'L') + caught('c1', 'L') + subProcess('sub', inside) + end() + chain('start', 't1') + chain('c1', 'sub', 'end')) });
  },
  'a link cannot leave its subprocess': async (t) => {
    const inside = start('s') + thrown('t2', 'L') + chain('s', 't2');
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + subProcess('sub', inside) + caught('c1', 'L') + end() + chain('start', 'sub', 'end') + chain('c1', 'end')) });
  },
  'a link after a boundary event': async (t) => {
    const model = bpmn('p§', start() + serviceTask('a', 'a§') + boundary('late', 'a', timer('timeDuration', 'PT0.1S')) + thrown('there', 'L') + caught('here', 'L') + end() + end('end2') + chain('start', 'a', 'end') + chain('late', 'there') + chain('here', 'end2'));
    await t.deploy({ 'p§.bpmn': model });
    await t.run('p§');
  },
  'an output mapping that fails at a link is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': jump(mapping([], [['=assert(z, z != null)', 'thrown']])) });
    const key = await t.create('p§', { x: 1 });
    await t.setVariables(key, { z: 1 });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'what is wrong with links is refused': async (t) => {
    const models = [
      bpmn('p§', start() + thrown('there', 'L') + chain('start', 'there')),
      bpmn('p§', start() + caught('here', 'L') + end() + chain('start', 'end') + chain('here', 'end')),
      bpmn('p§', start() + thrown('there', 'L') + caught('here', 'L') + caught('here2', 'L') + end() + chain('start', 'there') + chain('here', 'end') + chain('here2', 'end')),
      bpmn('p§', start() + thrown('there', '') + caught('here', '') + end() + chain('start', 'there') + chain('here', 'end')),
      bpmn('p§', start() + node('intermediateThrowEvent', 'there', '<bpmn:linkEventDefinition id="nameless"/>') + end() + chain('start', 'there')),
      bpmn('p§', start() + thrown('there', 'L') + caught('here', 'L') + end() + chain('start', 'there', 'end') + chain('here', 'end')),
      bpmn('p§', start() + thrown('there', 'L') + caught('here', 'L') + end() + chain('start', 'there') + chain('start', 'here', 'end')),
      bpmn('p§', start() + thrown('there', 'L') + caught('here', 'L') + chain('start', 'there')),
      bpmn('p§', start() + node('endEvent', 'end', linkEvent('L')) + chain('start', 'end')),
      bpmn('p§', start() + serviceTask('a', 'a') + boundary('b', 'a', linkEvent('L')) + end() + chain('start', 'a', 'end') + chain('b', 'end')),
      bpmn('p§', start() + thrown('there', '="L"') + caught('here', '="L"') + end() + chain('start', 'there') + chain('here', 'end')),
      bpmn('p§', start() + node('eventBasedGateway', 'g') + caught('here', 'L') + caught('here2', 'M') + end() + chain('start', 'g', 'here', 'end') + chain('g', 'here2', 'end')),
    ];
    for (const model of models) await t.deploy({ 'p§.bpmn': model });
  },
});
