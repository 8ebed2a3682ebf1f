import { bpmn, chain, end, flow, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { line, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const exclusive = (id: string, attributes = '') => node('exclusiveGateway', id, '', attributes);

/** start → gateway → one of three ends, by the given conditions (undefined: none). */
const choice = (tag: string, conditions: (string | undefined)[], fallback?: number): string =>
  bpmn(
    'p§',
    start() + node(tag, 'gate', '', fallback === undefined ? '' : `default="f${fallback}"`) + conditions.map((_, at) => end(`end${at}`)).join('') + chain('start', 'gate') + conditions.map((condition, at) => flow('gate', `end${at}`, condition, `f${at}`)).join(''),
  );

const eventBased = (first: string, second: string, definitions: string): string =>
  bpmn('p§', start() + node('eventBasedGateway', 'gate') + first + second + serviceTask('a', 'a§') + serviceTask('b', 'b§') + end() + chain('start', 'gate', 'one', 'a', 'end') + flow('gate', 'two') + chain('two', 'b') + flow('b', 'end'), definitions);

export default scenarios({
  'exclusive: the one condition that holds': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('exclusiveGateway', ['x = 1', 'x = 2', 'x = 3']) });
    for (const x of [1, 2, 3]) await t.run('p§', { x });
  },
  'exclusive: of several the one whose flow comes last': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('exclusiveGateway', ['x > 0', 'x > 1', 'x > 2']) });
    for (const x of [1, 2, 3]) await t.run('p§', { x });
  },
  'exclusive: the default flow when nothing holds': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('exclusiveGateway', ['x = 1', undefined, 'x = 2'], 1) });
    for (const x of [1, 9]) await t.run('p§', { x });
  },
  'exclusive: the default flow\'s own condition is not asked': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('exclusiveGateway', ['x = 1', 'x = 7'], 1) });
    await t.run('p§', { x: 9 });
  },
  'exclusive: an incident when nothing holds, gone after resolving': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('exclusiveGateway', ['x = 1', 'x = 2']) });
    const key = await t.create('p§', { x: 0 });
    await t.resolveIncidents();
    await t.isRunning(key);
    await t.setVariables(key, { x: 2 });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'exclusive: conditions that are null, no boolean or fail': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('exclusiveGateway', ['x', 'false']) });
    await t.create('p§', { x: null });
    await t.create('p§', { x: 'yes' });
    await t.create('p§', {});
    await t.create('p§', { x: 1 });
    await t.settle();
  },
  'exclusive: comparison with a missing variable': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('exclusiveGateway', ['missing > 1', 'missing = null']) });
    const key = await t.create('p§');
    await t.isRunning(key);
  },
  'exclusive: one flow without condition, and a merge': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + exclusive('gate') + exclusive('merge') + end() + node('task', 'a') + node('task', 'b') + chain('start', 'gate') + flow('gate', 'a', 'x') + flow('gate', 'b', 'not(x)') + chain('a', 'merge') + chain('b', 'merge') + chain('merge', 'end')) });
    await t.run('p§', { x: true });
    await t.run('p§', { x: false });
  },
  'exclusive: a loop back': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + exclusive('merge') + script('add', 'n + 1', 'n') + exclusive('gate', 'default="again"') + end() + chain('start', 'merge', 'add', 'gate') + flow('gate', 'end', 'n >= 3') + flow('gate', 'merge', undefined, 'again')) });
    await t.run('p§', { n: 0 });
  },
  'exclusive without outgoing flows ends the path': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + exclusive('gate') + chain('start', 'gate')) });
    await t.run('p§');
  },
  'parallel: fork and join': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + node('parallelGateway', 'join') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + end() + chain('start', 'fork', 'a', 'join', 'end') + chain('fork', 'b', 'join')) });
    const done = t.start('p§');
    await t.work('a§', { a: 1 });
    await t.work('b§', { b: 2 });
    await t.result(done);
  },
  'parallel: a join waits for every flow, not for as many': async (t) => {
    await t.deploy({
      'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + exclusive('merge') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + serviceTask('c', 'c§') + node('parallelGateway', 'join') + serviceTask('d', 'd§') + end() + chain('start', 'fork', 'a', 'merge', 'join', 'd', 'end') + chain('fork', 'b', 'merge') + chain('fork', 'c', 'join')),
    });
    const key = await t.create('p§');
    await t.work('a§');
    await t.work('b§');
    await t.noJob('d§');
    await t.work('c§');
    await t.work('d§');
    await t.isRunning(key);
  },
  'parallel: branches of a fork end on their own': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + node('task', 'a') + serviceTask('b', 'b§') + node('task', 'c') + chain('start', 'fork', 'a') + chain('fork', 'b') + chain('fork', 'c')) });
    const done = t.start('p§');
    await t.work('b§');
    await t.result(done);
  },
  'an implicit fork walks its flows in reverse order of the file': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('task', 'a') + ['x', 'y', 'z'].map((id) => script(id, `"${id}"`, 'last')).join('') + chain('start', 'a') + flow('a', 'x') + flow('a', 'y') + flow('a', 'z')) });
    await t.run('p§');
  },
  'a fork with long branches interleaves': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + ['a', 'b', 'c', 'd'].map((id) => node('task', id)).join('') + end('end1') + end('end2') + chain('start', 'fork', 'a', 'b', 'end1') + chain('fork', 'c', 'd', 'end2')) });
    await t.run('p§');
  },
  'inclusive: every condition that holds': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('inclusiveGateway', ['x > 0', 'x > 1', 'x > 2']) });
    for (const x of [1, 2, 3]) await t.run('p§', { x });
  },
  'inclusive: the default flow when nothing holds, and not otherwise': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('inclusiveGateway', ['x > 0', 'x > 1', undefined], 2) });
    for (const x of [0, 2]) await t.run('p§', { x });
  },
  'inclusive: an incident when nothing holds': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('inclusiveGateway', ['x > 0', 'x > 1']) });
    const key = await t.create('p§', { x: 0 });
    await t.setVariables(key, { x: 5 });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'inclusive: one broken condition is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': choice('inclusiveGateway', ['x > 0', 'y']) });
    await t.create('p§', { x: 1, y: 'text' });
    await t.settle();
  },
  'event-based: the message that comes first': async (t) => {
    await t.deploy({ 'p§.bpmn': eventBased(node('intermediateCatchEvent', 'one', messageEvent('m1')), node('intermediateCatchEvent', 'two', messageEvent('m2')), message('m1', 'm1§', '=key') + message('m2', 'm2§', '=key')) });
    const key = await t.create('p§', { key: 'k' });
    await t.settle();
    await t.publish('m2§', 'k', { from: 'two' });
    await t.work('b§');
    await t.isRunning(key);
    await t.publish('m1§', 'k', {}, { timeToLive: 0 });
    await t.noJob('a§');
  },
  'event-based: a timer before a message': async (t) => {
    await t.deploy({ 'p§.bpmn': eventBased(node('intermediateCatchEvent', 'one', timer('timeDuration', 'PT0.1S')), node('intermediateCatchEvent', 'two', messageEvent('m2')), message('m2', 'm2§', '=key')) });
    await t.create('p§', { key: 'k' });
    await t.work('a§');
  },
  'event-based: a buffered message is taken at once': async (t) => {
    await t.deploy({ 'p§.bpmn': eventBased(node('intermediateCatchEvent', 'one', timer('timeDuration', 'PT1H')), node('intermediateCatchEvent', 'two', messageEvent('m2')), message('m2', 'm2§', '=key')) });
    await t.publish('m2§', 'k', { early: true });
    await t.create('p§', { key: 'k' });
    await t.work('b§');
  },
  'event-based: a broken correlation key is an incident, and nothing is open meanwhile': async (t) => {
    await t.deploy({ 'p§.bpmn': eventBased(node('intermediateCatchEvent', 'one', timer('timeDuration', 'PT0.1S')), node('intermediateCatchEvent', 'two', messageEvent('m2')), message('m2', 'm2§', '=key')) });
    const key = await t.create('p§');
    await t.sleep(200);
    await t.noJob('a§');
    await t.setVariables(key, { key: 'k' });
    await t.resolveIncidents();
    await t.work('a§');
  },
  'terminate end event ends everything in its scope': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + node('endEvent', 'stop', '<bpmn:terminateEventDefinition/>') + end() + chain('start', 'fork', 'a', 'end') + chain('fork', 'b', 'stop')) });
    const done = t.start('p§');
    await t.work('b§', { b: 1 });
    await t.result(done);
    await t.noJob('a§');
  },
  'terminate end event in a subprocess leaves what is outside': async (t) => {
    const inside = start('s') + node('parallelGateway', 'fork') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + node('endEvent', 'stop', '<bpmn:terminateEventDefinition/>') + chain('s', 'fork', 'a') + chain('fork', 'b', 'stop');
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside), after: serviceTask('after', 'after§') }) });
    const done = t.start('p§');
    await t.job('a§');
    await t.work('b§');
    await t.work('after§');
    await t.result(done);
  },
});
