import { boundary, bpmn, chain, end, flow, mapping, serviceTask, start, timer } from '../../support/bpmn.ts';
import { handler, line, node, script, signal, signalEvent, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const SIGNAL = signal('s', 's§');
const waiting = (extra = '', name = 's§') => line('p§', { wait: node('intermediateCatchEvent', 'wait', signalEvent('s'), '', extra) }, '', signal('s', name));
const startedBy = (inside = serviceTask('a', 'a§'), extra = '', name = 's§') => bpmn('p§', node('startEvent', 'start', signalEvent('s'), '', extra) + inside + end() + chain('start', 'a', 'end'), signal('s', name));
const attached = (interrupting: boolean, extra = '') =>
  line('p§', { a: serviceTask('a', 'a§') }, node('boundaryEvent', 'caught', signalEvent('s'), `attachedToRef="a" cancelActivity="${interrupting}"`, extra) + serviceTask('b', 'b§') + end('end2') + chain('caught', 'b', 'end2'), SIGNAL);
const thrower = (id: string, tag: 'intermediateThrowEvent' | 'endEvent', extra = '', name = 's§') =>
  bpmn(id, start(`${id}_s`) + node(tag, `${id}_t`, signalEvent(`${id}_sig`), '', extra) + chain(`${id}_s`, `${id}_t`) + (tag === 'endEvent' ? '' : end(`${id}_e`) + chain(`${id}_t`, `${id}_e`)), signal(`${id}_sig`, name));

export default scenarios({
  'a catch event waits for its signal': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    const done = t.start('p§', { x: 1 });
    await t.settle();
    await t.broadcast('other§', { wrong: true });
    await t.broadcast('s§', { x: 2, y: 3 });
    await t.result(done);
  },
  'a signal nobody waits for is gone': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.broadcast('s§', { y: 3 });
    const key = await t.create('p§');
    await t.isRunning(key);
    await t.broadcast('s§');
    await t.isRunning(key);
  },
  'a signal goes to every instance that waits, and starts processes': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.deploy({ 'q§.bpmn': startedBy().replaceAll('p§', 'q§') });
    const [one, two] = [t.start('p§', { n: 1 }), t.start('p§', { n: 2 })];
    await t.settle();
    await t.broadcast('s§', { y: 3 });
    await t.result(one);
    await t.result(two);
    await t.work('a§');
  },
  'output mapping of a catch event takes from the signal': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting(mapping([], [['=y', 'z']])) });
    const done = t.start('p§');
    await t.settle();
    await t.broadcast('s§', { y: 3 });
    await t.result(done);
  },
  'a signal name may be an expression': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('', '="s" + suffix') });
    const done = t.start('p§', { suffix: '§' });
    await t.settle();
    await t.broadcast('s§', { y: 3 });
    await t.result(done);
  },
  'input mapping is seen by the name of a signal': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting(mapping([['="§"', 'suffix']]), '="s" + suffix') });
    const done = t.start('p§');
    await t.settle();
    await t.broadcast('s§', { y: 3 });
    await t.result(done);
  },
  'a signal name that is no text is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('', '=name') });
    await t.create('p§', { name: 5 });
    await t.create('p§', { name: '' });
    const key = await t.create('p§');
    await t.setVariables(key, { name: 's§'.length });
    await t.settle();
  },
  'a signal without name is refused': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('', '') });
    await t.deploy({ 'p§.bpmn': waiting().replace(signalEvent('s'), '<bpmn:signalEventDefinition/>') });
    await t.deploy({ 'p§.bpmn': waiting().replace(/<bpmn:signal .*?\/>/, '<bpmn:signal id="s"/>') });
    await t.deploy({ 'p§.bpmn': thrower('p§', 'endEvent').replace(/<bpmn:signal .*?\/>/, '') });
    await t.deploy({ 'p§.bpmn': startedBy(undefined, '', '="s" + missing') });
    await t.deploy({ 'p§.bpmn': startedBy(undefined, '', '=1 +') });
    await t.call('broadcastSignal', { signalName: '', variables: '{}' });
    await t.call('broadcastSignal', { signalName: 's§', variables: '[1]' });
    await t.call('broadcastSignal', { signalName: 's§', variables: 'nonsense' });
    await t.call('broadcastSignal', { signalName: 's§', variables: '', tenantId: 'other' });
  },
  'a start event begins an instance with the variables of its signal': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.broadcast('s§', { x: 1 });
    await t.broadcast('s§', { x: 2 });
    for (const job of await t.jobs('a§', 2)) await t.complete(job);
  },
  'a start event with output mapping': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy(undefined, mapping([], [['=x', 'y']])) });
    await t.broadcast('s§', { x: 1 });
    await t.work('a§');
  },
  'a start event whose signal name is an expression': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy(undefined, '', '="s§" + "1"') });
    await t.broadcast('s§1', { x: 1 });
    await t.noJob('a§');
  },
  'a new version takes the signal start over': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.deploy({ 'p§.bpmn': startedBy(serviceTask('a', 'b§')) });
    await t.broadcast('s§');
    await t.work('b§');
    await t.noJob('a§');
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'c§') }) });
    await t.broadcast('s§');
    await t.noJob('b§');
  },
  'deleting a definition closes its signal start; the version before has it again': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    const second = await t.deploy({ 'p§.bpmn': startedBy(serviceTask('a', 'b§')) });
    await t.call('deleteResource', { resourceKey: second.keys[0] });
    await t.settle();
    await t.broadcast('s§');
    await t.noJob('b§');
    await t.noJob('a§');
  },
  'deleting the only definition closes its signal start': async (t) => {
    const only = await t.deploy({ 'p§.bpmn': startedBy() });
    await t.call('deleteResource', { resourceKey: only.keys[0] });
    await t.settle();
    await t.broadcast('s§');
    await t.noJob('a§');
  },
  'two start events of one signal are refused': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', node('startEvent', 'one', signalEvent('s')) + node('startEvent', 'two', signalEvent('s')) + end() + chain('one', 'end') + chain('two', 'end'), SIGNAL) });
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('startEvent', 'one', signalEvent('s')) + node('startEvent', 'two', signalEvent('r')) + end() + chain('start', 'end') + chain('one', 'end') + chain('two', 'end'), SIGNAL + signal('r', 'r§')) });
    await t.broadcast('r§', { by: 'r' });
    await t.broadcast('s§', { by: 's' });
    await t.run('p§');
  },
  'an interrupting boundary event ends its task': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(true) });
    const done = t.start('p§');
    const job = await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.complete(job);
    await t.work('b§');
    await t.result(done);
  },
  'a non-interrupting boundary event happens each time': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(false) });
    const done = t.start('p§');
    const job = await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.broadcast('s§', { y: 2 });
    for (const each of await t.jobs('b§', 2)) await t.complete(each);
    await t.complete(job);
    await t.result(done);
  },
  'a boundary event with output mapping': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(true, mapping([], [['=y', 'z']])) });
    const done = t.start('p§');
    await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.work('b§');
    await t.result(done);
  },
  'a boundary event is closed with its task': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(true) });
    const done = t.start('p§');
    await t.work('a§');
    await t.broadcast('s§');
    await t.result(done);
    const key = await t.create('p§');
    await t.cancel(key);
    await t.broadcast('s§');
    await t.isRunning(key);
  },
  'a boundary event whose name is evaluated outside its task': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', mapping([['="nobody"', 'name']])) }, boundary('caught', 'a', signalEvent('s')) + end('end2') + chain('caught', 'end2'), signal('s', '=name')) });
    const key = await t.create('p§', { name: 's§' });
    await t.broadcast('nobody');
    await t.isRunning(key);
    await t.broadcast('s§');
    await t.isRunning(key);
  },
  'two boundary events of one signal are refused': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, boundary('one', 'a', signalEvent('s')) + boundary('two', 'a', signalEvent('s'), false) + flow('one', 'end') + flow('two', 'end'), SIGNAL) });
  },
  'boundary events of two signals': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, boundary('one', 'a', signalEvent('s')) + boundary('two', 'a', signalEvent('r'), false) + flow('one', 'end') + flow('two', 'end'), SIGNAL + signal('r', 'r§')) });
    const done = t.start('p§');
    await t.job('a§');
    await t.broadcast('r§', { r: 1 });
    await t.broadcast('s§', { s: 1 });
    await t.result(done);
  },
  'an interrupting event subprocess begun by a signal': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', signalEvent('s'), serviceTask('on_work', 'b§')), SIGNAL) });
    const done = t.start('p§');
    await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.work('b§');
    await t.result(done);
  },
  'a non-interrupting event subprocess begun by signals': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', signalEvent('s'), serviceTask('on_work', 'b§'), false), SIGNAL) });
    const done = t.start('p§');
    const job = await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.broadcast('s§', { y: 2 });
    const [first, second] = await t.jobs('b§', 2);
    await t.complete(first!);
    await t.complete(job);
    await t.complete(second!);
    await t.result(done);
  },
  'an event subprocess inside a subprocess, with output mapping on its start': async (t) => {
    const inside = start('si') + serviceTask('a', 'a§') + end('se') + chain('si', 'a', 'se') + handler('on', signalEvent('s'), serviceTask('on_work', 'b§'), true, mapping([], [['=y', 'z']]));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside) }, '', SIGNAL) });
    const done = t.start('p§');
    await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.work('b§');
    await t.result(done);
  },
  'a signal interrupts process and subprocess at once': async (t) => {
    const inside = start('si') + serviceTask('a', 'a§') + end('se') + chain('si', 'a', 'se') + handler('in', signalEvent('s'), serviceTask('in_work', 'b§'));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside) }, handler('out', signalEvent('s'), serviceTask('out_work', 'c§')), SIGNAL) });
    const done = t.start('p§');
    await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.work('c§');
    await t.noJob('b§');
    await t.result(done);
  },
  'a signal begins the interrupting event subprocesses of two instances': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', signalEvent('s'), serviceTask('on_work', 'b§')), SIGNAL) });
    for (const n of [1, 2, 3]) await t.create('p§', { n });
    await t.jobs('a§', 3);
    await t.broadcast('s§', { y: 1 });
    await t.jobs('b§', 3);
  },
  'a signal begins event subprocesses of process and subprocess that do not interrupt': async (t) => {
    const inside = start('si') + serviceTask('a', 'a§') + end('se') + chain('si', 'a', 'se') + handler('in', signalEvent('s'), serviceTask('in_work', 'b§'), false);
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside) }, handler('out', signalEvent('s'), serviceTask('out_work', 'b§'), false), SIGNAL) });
    await t.create('p§');
    await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.jobs('b§', 2);
  },
  'an event-based gateway waits for a signal or a timer': async (t) => {
    const g = bpmn('p§', start() + node('eventBasedGateway', 'g') + node('intermediateCatchEvent', 'w1', signalEvent('s')) + node('intermediateCatchEvent', 'w2', timer('timeDuration', 'PT1H')) + end() + end('end2') + chain('start', 'g', 'w1', 'end') + chain('g', 'w2', 'end2'), SIGNAL);
    await t.deploy({ 'p§.bpmn': g });
    const done = t.start('p§');
    await t.settle();
    await t.broadcast('s§', { y: 1 });
    await t.result(done);
  },
  'an event-based gateway with two signals': async (t) => {
    const g = (name: string) => bpmn('p§', start() + node('eventBasedGateway', 'g') + node('intermediateCatchEvent', 'w1', signalEvent('s')) + node('intermediateCatchEvent', 'w2', signalEvent('r'), '', mapping([], [['=y', 'z']])) + end() + end('end2') + chain('start', 'g', 'w1', 'end') + chain('g', 'w2', 'end2'), SIGNAL + signal('r', name));
    await t.deploy({ 'p§.bpmn': g('s§') });
    await t.deploy({ 'p§.bpmn': g('r§') });
    const done = t.start('p§');
    await t.settle();
    await t.broadcast('r§', { y: 1 });
    await t.result(done);
  },
  'a throw event broadcasts the signal and goes on': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.deploy({ 'q§.bpmn': thrower('q§', 'intermediateThrowEvent') });
    const done = t.start('p§');
    await t.settle();
    await t.run('q§', { y: 3 });
    await t.result(done);
  },
  'a throw event hands over its inputs only': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.deploy({ 'q§.bpmn': thrower('q§', 'intermediateThrowEvent', mapping([['=y', 'z']], [['=z', 'out']])) });
    const done = t.start('p§');
    await t.settle();
    await t.run('q§', { y: 3 });
    await t.result(done);
  },
  'an end event broadcasts the signal': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.deploy({ 'q§.bpmn': thrower('q§', 'endEvent', mapping([['=y', 'z']], [['=z', 'out']])) });
    const done = t.start('p§');
    await t.settle();
    await t.run('q§', { y: 3 });
    await t.result(done);
  },
  'an end event starts another process by signal': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.deploy({ 'q§.bpmn': thrower('q§', 'endEvent', mapping([['="§"', 'suffix']]), '="s" + suffix') });
    await t.run('q§', { y: 3 });
    await t.work('a§');
  },
  'a thrown name that is no text is an incident': async (t) => {
    await t.deploy({ 'q§.bpmn': thrower('q§', 'intermediateThrowEvent', '', '=name') });
    const key = await t.create('q§');
    await t.setVariables(key, { name: 'x' });
    await t.resolveIncidents();
    await t.isRunning(key);
    await t.deploy({ 'r§.bpmn': thrower('r§', 'endEvent', '', '=name') });
    const other = await t.create('r§');
    await t.setVariables(other, { name: 'x' });
    await t.resolveIncidents();
    await t.isRunning(other);
  },
  'an instance catches its own signal': async (t) => {
    const model = bpmn('p§', start() + node('parallelGateway', 'fork') + node('intermediateCatchEvent', 'wait', signalEvent('s')) + script('pause', '1', 'one') + node('intermediateThrowEvent', 'throw', signalEvent('s')) + end() + end('end2') + flow('start', 'fork') + flow('fork', 'pause') + chain('pause', 'throw', 'end2') + flow('fork', 'wait') + chain('wait', 'end'), SIGNAL);
    await t.deploy({ 'p§.bpmn': model });
    await t.run('p§');
  },
  'a throw event ends its own scope by a boundary event': async (t) => {
    const inside = start('si') + node('intermediateThrowEvent', 'throw', signalEvent('s')) + serviceTask('a', 'a§') + end('se') + chain('si', 'throw', 'a', 'se');
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside) }, boundary('caught', 'sub', signalEvent('s')) + end('end2') + chain('caught', 'end2'), SIGNAL) });
    await t.run('p§');
    await t.noJob('a§');
  },
  'a signal and a message wait side by side on one task': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, boundary('sig', 'a', signalEvent('s'), false) + boundary('late', 'a', timer('timeDuration', 'PT1H')) + end('end2') + end('end3') + chain('sig', 'end2') + chain('late', 'end3'), SIGNAL) });
    const key = await t.create('p§');
    await t.job('a§');
    await t.broadcast('s§', { y: 1 });
    await t.broadcast('s§', { y: 2 });
    await t.isRunning(key);
    await t.cancel(key);
    await t.isRunning(key);
  },
  'a signal boundary event of a call activity and of a multi-instance': async (t) => {
    await t.deploy({ 'c§.bpmn': bpmn('c§', start('cs') + serviceTask('a', 'a§') + end('ce') + chain('cs', 'a', 'ce')) });
    const host = node('callActivity', 'call', '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]" inputElement="item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>', '', '<zeebe:calledElement processId="c§"/>');
    await t.deploy({ 'p§.bpmn': line('p§', { call: host }, boundary('caught', 'call', signalEvent('s')) + end('end2') + chain('caught', 'end2'), SIGNAL) });
    const done = t.start('p§');
    await t.jobs('a§', 2);
    await t.broadcast('s§', { y: 1 });
    await t.result(done);
  },
});
