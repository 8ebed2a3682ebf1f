import { boundary, bpmn, chain, end, mapping, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { callActivity, handler, line, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const inner = (id: string, type: string) => start('s') + serviceTask(id, type) + end('se') + chain('s', id, 'se');
const child = (content: Record<string, string>) => line('c§', content).replaceAll('"start"', '"cs"').replaceAll('"end"', '"ce"');
const M = message('m', 'm§', '=key');

export default scenarios({
  'a subprocess is walked and left': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inner('a', 'a§')) }) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { y: 2 });
    await t.result(done);
  },
  'a subprocess with mappings keeps its own variables': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inner('a', 'a§'), mapping([['=x', 'own']], [['=own + 1', 'back']])) }) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { own: 41, free: true });
    await t.result(done);
  },
  'subprocesses inside each other': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s1') + subProcess('deep', inner('a', 'a§')) + end('e1') + chain('s1', 'deep', 'e1')) }) });
    const done = t.start('p§');
    await t.work('a§', { y: 2 });
    await t.result(done);
  },
  'a subprocess waits for all its branches': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + chain('s', 'a') + chain('s', 'b')), after: serviceTask('after', 'after§') }) });
    await t.create('p§');
    await t.work('a§');
    await t.noJob('after§');
    await t.work('b§');
    await t.work('after§');
  },
  'a boundary timer interrupts a subprocess with everything in it': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s1') + subProcess('deep', inner('a', 'a§')) + chain('s1', 'deep')) }, boundary('late', 'sub', timer('timeDuration', 'PT0.1S')) + end('end2') + chain('late', 'end2')) });
    await t.run('p§');
    await t.noJob('a§');
  },
  'an event subprocess by message, interrupting': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', messageEvent('m'), serviceTask('on_work', 'b§')), M) });
    const done = t.start('p§', { key: 'k' });
    const job = await t.job('a§');
    await t.publish('m§', 'k', { why: 'so' });
    await t.complete(job);
    await t.publish('m§', 'k', { why: 'again' });
    await t.work('b§');
    await t.result(done);
  },
  'an event subprocess by message, not interrupting, several times': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', messageEvent('m'), serviceTask('on_work', 'b§'), false), M) });
    const done = t.start('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k', { n: 1 });
    await t.publish('m§', 'k', { n: 2 });
    await t.work('a§');
    for (const job of await t.jobs('b§', 2)) await t.complete(job);
    await t.result(done);
  },
  'message variables of an event subprocess go outside unless mapped': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', messageEvent('m'), serviceTask('on_work', 'b§'), false, mapping([], [['=why', 'reason']])), M) });
    const done = t.start('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k', { why: 'so', more: 1 });
    await t.work('b§');
    await t.work('a§');
    await t.result(done);
  },
  'an event subprocess inside a subprocess': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inner('a', 'a§') + handler('on', messageEvent('m'), serviceTask('on_work', 'b§'))), after: node('task', 'after') }, '', M) });
    const done = t.start('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k', { why: 'so' });
    await t.work('b§');
    await t.result(done);
  },
  'two event subprocesses: the interrupting one closes the other': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('soft', messageEvent('m'), serviceTask('soft_work', 'b§'), false) + handler('hard', messageEvent('n'), serviceTask('hard_work', 'c§')), M + message('n', 'n§', '=key')) });
    const done = t.start('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k');
    await t.publish('n§', 'k');
    await t.publish('m§', 'k', {}, { timeToLive: 0 });
    await t.noJob('b§');
    await t.work('c§');
    await t.result(done);
  },
  'an event subprocess whose key is broken stops the process at its start': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', messageEvent('m'), serviceTask('on_work', 'b§')), M) });
    const key = await t.create('p§');
    await t.noJob('a§');
    await t.setVariables(key, { key: 'k' });
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
  },
  'an interrupting event subprocess with nothing else active': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('intermediateCatchEvent', 'wait', messageEvent('n')) + end() + chain('start', 'wait', 'end') + handler('on', messageEvent('m'), serviceTask('on_work', 'b§')), M + message('n', 'n§', '=key')) });
    const done = t.start('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k');
    await t.publish('n§', 'k');
    await t.work('b§');
    await t.result(done);
  },
  'a message buffered for an interrupting event subprocess': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', messageEvent('m'), serviceTask('on_work', 'b§')), M) });
    await t.publish('m§', 'k', { early: true });
    const done = t.start('p§', { key: 'k' });
    await t.work('b§');
    await t.noJob('a§');
    await t.result(done);
  },
  'a boundary event of a subprocess that an event subprocess has interrupted': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inner('a', 'a§') + handler('on', messageEvent('m'), serviceTask('on_work', 'b§'))) }, boundary('caught', 'sub', messageEvent('n')) + serviceTask('c', 'c§') + chain('caught', 'c'), M + message('n', 'n§', '=key')) });
    const done = t.start('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k');
    await t.job('b§');
    await t.publish('n§', 'k', { left: true });
    await t.work('c§');
    await t.result(done);
  },
  'an interrupting event subprocess takes incidents and timers of its scope away': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + script('a', 'assert(x, x != null)', 'y') + node('intermediateCatchEvent', 'wait', timer('timeDuration', 'PT1H')) + chain('start', 'a') + chain('start', 'wait') + handler('on', messageEvent('m'), serviceTask('on_work', 'b§')), M) });
    const done = t.start('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k');
    await t.work('b§');
    await t.result(done);
    await t.resolveIncidents();
  },
  'a called instance that is interrupted itself goes on to its caller': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }).replace('</bpmn:process>', `${handler('on', messageEvent('m'), serviceTask('on_work', 'b§'))}</bpmn:process>${M}`), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }) });
    const done = t.start('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k', { why: 'so' });
    await t.work('b§');
    await t.result(done);
  },
  'a call activity passes everything both ways': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { y: 2 });
    await t.result(done);
  },
  'a call activity that passes nothing to its child': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§', 'propagateAllParentVariables="false"', mapping([['=x + 1', 'given']])) }) });
    const done = t.start('p§', { x: 1, hidden: true });
    await t.work('a§', { y: 2 });
    await t.result(done);
  },
  'a call activity that takes nothing back': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§', 'propagateAllChildVariables="false"') }) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { y: 2, x: 9 });
    await t.result(done);
  },
  'a call activity with input and output mapping': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§', 'propagateAllChildVariables="false"', mapping([['=x', 'inside']], [['=y + inside', 'back']])) }) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { y: 2 });
    await t.result(done);
  },
  'a call activity with output mapping and everything passed back': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§', 'propagateAllChildVariables="true"', mapping([], [['=y', 'back']])) }) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { y: 2 });
    await t.result(done);
  },
  'a call activity by expression, of a process that is not there': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { call: callActivity('call', '=which') }) });
    const key = await t.create('p§', { which: 'c§' });
    await t.resolveIncidents();
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }) });
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
    await t.create('p§', { which: 7 });
    await t.settle();
  },
  'a call activity takes the newest version when it begins': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }) });
    await t.create('p§');
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'b§') }) });
    await t.create('p§');
    await t.work('a§');
    await t.work('b§');
  },
  'a called process without none start is an incident': async (t) => {
    await t.deploy({ 'c§.bpmn': bpmn('c§', node('startEvent', 'cs', messageEvent('m')) + end('ce') + chain('cs', 'ce'), message('m', 'm§')), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }) });
    const key = await t.create('p§');
    await t.isRunning(key);
  },
  'cancelling a caller cancels the called, a called alone cannot be': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }) });
    const key = await t.create('p§');
    const job = await t.job('a§');
    await t.cancel(job.processInstanceKey);
    await t.cancel(key);
    await t.complete(job);
    await t.isRunning(key);
    await t.isRunning(job.processInstanceKey);
  },
  'a boundary event interrupts a call activity and its child': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: serviceTask('a', 'a§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }, boundary('caught', 'call', messageEvent('m')) + serviceTask('b', 'b§') + chain('caught', 'b'), M) });
    const done = t.start('p§', { key: 'k' });
    const job = await t.job('a§');
    await t.publish('m§', 'k', { why: 'so' });
    await t.complete(job);
    await t.work('b§');
    await t.result(done);
  },
  'a call inside a call': async (t) => {
    await t.deploy({ 'd§.bpmn': line('d§', { a: serviceTask('a', 'a§') }).replaceAll('"start"', '"ds"').replaceAll('"end"', '"de"'), 'c§.bpmn': child({ deeper: callActivity('deeper', 'd§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { y: 2 });
    await t.result(done);
  },
  'a call that ends at once': async (t) => {
    await t.deploy({ 'c§.bpmn': child({ a: script('a', 'x + 1', 'y') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }) });
    await t.run('p§', { x: 1 });
  },
});
