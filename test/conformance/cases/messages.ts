import { boundary, bpmn, chain, end, flow, mapping, message, messageEvent, serviceTask, start } from '../../support/bpmn.ts';
import { line, node, script } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const catchEvent = (extra = '') => node('intermediateCatchEvent', 'wait', messageEvent('m'), '', extra);
const waiting = (extra = '', key = '=key') => line('p§', { wait: catchEvent(extra) }, '', message('m', 'm§', key));
const attached = (interrupting: boolean, extra = '') =>
  line('p§', { a: serviceTask('a', 'a§') }, `<bpmn:boundaryEvent id="caught" attachedToRef="a" cancelActivity="${interrupting}">${extra === '' ? '' : `<bpmn:extensionElements>${extra}</bpmn:extensionElements>`}${messageEvent('m')}</bpmn:boundaryEvent>` + serviceTask('b', 'b§') + end('end2') + chain('caught', 'b', 'end2'), message('m', 'm§', '=key'));
const startedBy = (inside = serviceTask('a', 'a§')) => bpmn('p§', node('startEvent', 'start', messageEvent('m')) + inside + end() + chain('start', 'a', 'end'), message('m', 'm§'));

export default scenarios({
  'a catch event waits for its message': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    const done = t.start('p§', { key: 'k', x: 1 });
    await t.settle();
    await t.publish('m§', 'other', { wrong: true });
    await t.publish('m§', 'k', { x: 2, y: 3 });
    await t.result(done);
  },
  'a number is a correlation key too': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    const done = t.start('p§', { key: 42 });
    await t.publish('m§', '42', { y: 3 });
    await t.result(done);
  },
  'a correlation key of another kind is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.create('p§', { key: true });
    await t.create('p§', { key: null });
    await t.create('p§', { key: ['k'] });
    await t.create('p§', {});
    await t.create('p§', { key: 1.5 });
    await t.create('p§', { key: '' });
    await t.settle();
  },
  'an incident over a correlation key can be resolved': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    const key = await t.create('p§', {});
    await t.setVariables(key, { key: 'k' });
    await t.resolveIncidents();
    await t.publish('m§', 'k');
    await t.isRunning(key);
  },
  'output mapping of a catch event takes from the message': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting(mapping([], [['=y', 'z']])) });
    const done = t.start('p§', { key: 'k' });
    await t.publish('m§', 'k', { y: 3 });
    await t.result(done);
  },
  'input mapping is seen by the correlation key': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting(mapping([['=order.id', 'key']])) });
    const done = t.start('p§', { order: { id: 'k7' } });
    await t.publish('m§', 'k7', { y: 3 });
    await t.result(done);
  },
  'a message name may be an expression': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { wait: catchEvent() }, '', message('m', '="m" + suffix', '=key')) });
    const done = t.start('p§', { key: 'k', suffix: '§' });
    await t.publish('m§', 'k', { y: 3 });
    await t.result(done);
  },
  'a message name expression that is no text is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { wait: catchEvent() }, '', message('m', '=name', '=key')) });
    await t.create('p§', { key: 'k', name: 3 });
    await t.settle();
  },
  'a message published before is kept for its time to live': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.publish('m§', 'k', { early: 1 });
    await t.run('p§', { key: 'k' });
  },
  'without time to live nothing is kept': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.publish('m§', 'k', { early: 1 }, { timeToLive: 0 });
    const key = await t.create('p§', { key: 'k' });
    await t.isRunning(key);
  },
  'buffered messages are taken in order, each once per process': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { wait: catchEvent(mapping([], [['=n', 'first']])), again: node('intermediateCatchEvent', 'again', messageEvent('m'), '', mapping([], [['=n', 'second']])) }, '', message('m', 'm§', '=key')) });
    await t.publish('m§', 'k', { n: 1 });
    await t.publish('m§', 'k', { n: 2 });
    await t.publish('m§', 'k', { n: 3 });
    await t.run('p§', { key: 'k' });
    const key = await t.create('p§', { key: 'k' });
    await t.isRunning(key);
  },
  'a message goes to one instance of each process': async (t) => {
    const other = line('q§', { wait: node('intermediateCatchEvent', 'wait2', messageEvent('m9')) }, '', message('m9', 'm§', '=key')).replaceAll('"wait"', '"wait2"');
    await t.deploy({ 'p§.bpmn': waiting(), 'q§.bpmn': other });
    const one = await t.create('p§', { key: 'k' });
    const two = await t.create('p§', { key: 'k' });
    const three = await t.create('q§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k', { n: 1 });
    for (const key of [one, two, three]) await t.isRunning(key);
    await t.publish('m§', 'k', { n: 2 });
    await t.isRunning(two);
  },
  'a message id is refused a second time, even after correlation': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting() });
    await t.publish('m§', 'k', {}, { messageId: 'id1' });
    await t.publish('m§', 'k', {}, { messageId: 'id1' });
    await t.publish('m§', 'other', {}, { messageId: 'id1' });
    await t.run('p§', { key: 'k' });
    await t.publish('m§', 'k', {}, { messageId: 'id1' });
    await t.publish('m§', 'k', {}, { messageId: 'id2', timeToLive: 0 });
    await t.publish('m§', 'k', {}, { messageId: 'id2', timeToLive: 0 });
  },
  'an empty message name is refused': async (t) => {
    await t.publish('', 'k');
  },
  'variables that are no object are refused': async (t) => {
    await t.call('publishMessage', { name: 'm§', correlationKey: 'k', variables: '[1]' });
    await t.call('publishMessage', { name: 'm§', correlationKey: 'k', variables: 'nonsense' });
    await t.call('publishMessage', { name: 'm§', correlationKey: 'k', variables: '' });
  },
  'an interrupting boundary event ends the task': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(true) });
    const done = t.start('p§', { key: 'k' });
    const job = await t.job('a§');
    await t.publish('m§', 'k', { why: 'late' });
    await t.complete(job);
    await t.work('b§');
    await t.result(done);
  },
  'a boundary event keeps what its output mapping does not pass on': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(true, mapping([], [['=why', 'reason']])) });
    const done = t.start('p§', { key: 'k' });
    await t.job('a§');
    await t.publish('m§', 'k', { why: 'late' });
    await t.work('b§');
    await t.result(done);
  },
  'a non-interrupting boundary event happens as often as its message': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(false) });
    const key = await t.create('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k', { n: 1 });
    await t.publish('m§', 'k', { n: 2 });
    await t.work('b§');
    await t.work('b§');
    await t.isRunning(key);
    await t.work('a§');
    await t.isRunning(key);
  },
  'a boundary event does not outlive its task': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(false) });
    await t.create('p§', { key: 'k' });
    await t.work('a§');
    await t.publish('m§', 'k', {}, { timeToLive: 0 });
    await t.noJob('b§');
  },
  'the key of a boundary event is read outside its task': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', mapping([['="inner"', 'key']])) }, boundary('caught', 'a', messageEvent('m')) + end('end2') + chain('caught', 'end2'), message('m', 'm§', '=key')) });
    const key = await t.create('p§', { key: 'outer' });
    await t.settle();
    await t.publish('m§', 'inner', {}, { timeToLive: 0 });
    await t.isRunning(key);
    await t.publish('m§', 'outer', {}, { timeToLive: 0 });
    await t.isRunning(key);
  },
  'a broken key of a boundary event stops the task before it begins': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(true) });
    const key = await t.create('p§', {});
    await t.noJob('a§');
    await t.setVariables(key, { key: 'k' });
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
  },
  'a buffered message interrupts a task as it begins': async (t) => {
    await t.deploy({ 'p§.bpmn': attached(true) });
    await t.publish('m§', 'k', { early: true });
    const key = await t.create('p§', { key: 'k' });
    await t.work('b§');
    await t.noJob('a§');
    await t.isRunning(key);
  },
  'two boundary events, each with its own message': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, boundary('one', 'a', messageEvent('m1'), false) + boundary('two', 'a', messageEvent('m2')) + script('note', '1', 'noted') + end('end2') + chain('one', 'note') + chain('two', 'end2'), message('m1', 'm1§', '=key') + message('m2', 'm2§', '=key')) });
    const done = t.start('p§', { key: 'k' });
    await t.job('a§');
    await t.publish('m1§', 'k');
    await t.publish('m2§', 'k');
    await t.result(done);
  },
  'a receive task waits for its message': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { wait: node('receiveTask', 'wait', '', 'messageRef="m"', mapping([], [['=y', 'z']])) }, '', message('m', 'm§', '=key')) });
    const done = t.start('p§', { key: 'k' });
    await t.publish('m§', 'k', { y: 1 });
    await t.result(done);
  },
  'a receive task with a boundary message': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { wait: node('receiveTask', 'wait', '', 'messageRef="m"') }, boundary('caught', 'wait', messageEvent('n')) + end('end2') + chain('caught', 'end2'), message('m', 'm§', '=key') + message('n', 'n§', '=key')) });
    const done = t.start('p§', { key: 'k' });
    await t.publish('n§', 'k', { left: true });
    await t.result(done);
  },
  'a message throw event and end event are jobs': async (t) => {
    const definition = `${messageEvent('m')}`;
    const extra = (type: string) => `<zeebe:taskDefinition type="${type}" retries="5"/>`;
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('intermediateThrowEvent', 'throw', definition, '', extra('a§')) + node('endEvent', 'end', definition, '', extra('b§')) + chain('start', 'throw', 'end'), message('m', 'm§')) });
    const done = t.start('p§');
    await t.work('a§', { a: 1 });
    await t.work('b§', { b: 1 });
    await t.result(done);
  },
  'a message starts an instance with its variables': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.publish('m§', '', { x: 1 });
    await t.work('a§');
  },
  'a message start with the same key waits until the first has ended': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.publish('m§', 'k', { n: 1 });
    await t.publish('m§', 'k', { n: 2 });
    await t.publish('m§', 'other', { n: 3 });
    const [one, two] = await t.jobs('a§', 2);
    await t.complete(one!);
    await t.complete(two!);
    await t.work('a§');
  },
  'a message start without time to live is lost while the first runs': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.publish('m§', 'k', { n: 1 });
    await t.publish('m§', 'k', { n: 2 }, { timeToLive: 0 });
    await t.work('a§');
    await t.noJob('a§');
    await t.publish('m§', 'k', { n: 3 }, { timeToLive: 0 });
    await t.work('a§');
  },
  'a message start whose instance is cancelled frees its key': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.publish('m§', 'k', { n: 1 });
    await t.publish('m§', 'k', { n: 2 });
    const job = await t.job('a§');
    await t.cancel(job.processInstanceKey);
    await t.work('a§');
  },
  'a message start without key starts every time': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.publish('m§', '', { n: 1 });
    await t.publish('m§', '', { n: 2 });
    await t.jobs('a§', 2);
  },
  'a message published before the deployment starts nothing': async (t) => {
    await t.publish('m§', '', { n: 1 });
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.noJob('a§');
  },
  'only the newest version is started by message': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.deploy({ 'p§.bpmn': startedBy(serviceTask('a', 'b§')) });
    await t.publish('m§', '', { n: 1 });
    await t.work('b§');
    await t.noJob('a§');
  },
  'a process with message start alone cannot be created': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy() });
    await t.create('p§');
  },
  'none and message start side by side': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start('plain') + node('startEvent', 'bymessage', messageEvent('m'), '', mapping([], [['=x + 1', 'y']])) + serviceTask('a', 'a§') + end() + flow('plain', 'a') + flow('bymessage', 'a') + flow('a', 'end'), message('m', 'm§')) });
    await t.create('p§', { x: 1 });
    await t.work('a§');
    await t.publish('m§', '', { x: 5 });
    await t.work('a§');
  },
  'an instance started by message and one waiting both get it': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy(), 'q§.bpmn': line('q§', { wait: node('intermediateCatchEvent', 'wait', messageEvent('m2')) }, '', message('m2', 'm§', '=key')).replaceAll('id="start"', 'id="start"') });
    const key = await t.create('q§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k', { n: 1 });
    await t.isRunning(key);
    await t.work('a§');
  },
  'a start message name must not need variables': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', node('startEvent', 'start', messageEvent('m')) + serviceTask('a', 'a§') + chain('start', 'a'), message('m', '="m" + "§"')) });
    await t.publish('m§', '', { n: 1 });
    await t.work('a§');
  },
});
