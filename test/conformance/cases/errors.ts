import { boundary, bpmn, chain, end, errorEvent, escalationEvent, flow, mapping, serviceTask, start } from '../../support/bpmn.ts';
import { callActivity, error, escalation, handler, line, multiInstance, node, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const E = error('e', 'E1') + error('e2', 'E2') + '<bpmn:error id="any"/>';
const S = escalation('s', 'S1') + escalation('s2', 'S2') + '<bpmn:escalation id="anys"/>';
const caught = (ref: string, host: string, id = 'caught', extra = '') => `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}">${extra === '' ? '' : `<bpmn:extensionElements>${extra}</bpmn:extensionElements>`}${ref === '' ? '<bpmn:errorEventDefinition/>' : errorEvent(ref)}</bpmn:boundaryEvent>`;
const after = (id: string, type: string, event = 'caught') => serviceTask(id, type) + end(`${id}_end`) + chain(event, id, `${id}_end`);
const thrower = (ref: string) => node('endEvent', 'thrown', errorEvent(ref));
const escalator = (ref: string, tag = 'intermediateThrowEvent') => node(tag, 'up', escalationEvent(ref));

export default scenarios({
  'a thrown error takes the boundary event of its code': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('e', 'a') + after('b', 'b§') + caught('e2', 'a', 'caught2') + after('c', 'c§', 'caught2'), E) });
    const done = t.start('p§');
    await t.throwError(await t.job('a§'), 'E2', { why: 'so' }, 'told');
    await t.work('c§');
    await t.result(done);
  },
  'variables of an error pass by output mapping only': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('e', 'a', 'caught', mapping([], [['=why', 'reason']])) + after('b', 'b§'), E) });
    const done = t.start('p§');
    await t.throwError(await t.job('a§'), 'E1', { why: 'so', more: 1 });
    await t.work('b§');
    await t.result(done);
  },
  'a boundary event without error reference catches all, an exact one first': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('', 'a') + after('b', 'b§') + caught('e', 'a', 'exact') + after('c', 'c§', 'exact'), E) });
    await t.create('p§');
    await t.throwError(await t.job('a§'), 'ANY');
    await t.work('b§');
    await t.create('p§');
    await t.throwError(await t.job('a§'), 'E1');
    await t.work('c§');
  },
  'an error without code on the boundary catches all': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('any', 'a') + after('b', 'b§'), E) });
    await t.create('p§');
    await t.throwError(await t.job('a§'), 'WHATEVER');
    await t.work('b§');
  },
  'an uncaught error is an incident; resolving gives the job back': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('e', 'a') + after('b', 'b§'), E) });
    const key = await t.create('p§', { x: 1 });
    const job = await t.job('a§');
    await t.throwError(job, 'NOPE', { lost: 1 }, 'because');
    await t.complete(job);
    await t.fail(job, 1);
    await t.throwError(job, 'E1');
    await t.updateRetries(job, 9);
    await t.noJob('a§');
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
  },
  'an error thrown twice, and for a job nobody has': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('e', 'a') + after('b', 'b§'), E) });
    await t.create('p§');
    const job = await t.job('a§');
    await t.throwError(job, 'E1');
    await t.throwError(job, 'E1');
    await t.throwError({ key: '2251799813999999' }, 'E1');
    await t.throwError({ key: '7' }, 'E1');
  },
  'an empty error code': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('', 'a') + after('b', 'b§'), E) });
    await t.create('p§');
    await t.throwError(await t.job('a§'), '');
    await t.noJob('a§');
  },
  'an error end event is caught on its subprocess': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + thrower('e') + chain('s', 'thrown')) }, caught('e', 'sub') + after('b', 'b§'), E) });
    const done = t.start('p§');
    await t.work('b§');
    await t.result(done);
  },
  'an error end event ends the other branches of its subprocess': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + node('parallelGateway', 'fork') + serviceTask('a', 'a§') + serviceTask('w', 'w§') + thrower('e') + chain('s', 'fork', 'a') + chain('fork', 'w', 'thrown')) }, caught('e', 'sub') + after('b', 'b§'), E) });
    const done = t.start('p§');
    await t.job('a§');
    await t.work('w§');
    await t.work('b§');
    await t.result(done);
  },
  'an uncaught error end event is an incident that stays': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + thrower('e') + chain('start', 'thrown'), E) });
    const key = await t.create('p§');
    await t.resolveIncidents();
    await t.isRunning(key);
    await t.cancel(key);
    await t.isRunning(key);
  },
  'an error code by expression': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + thrower('ex') + chain('s', 'thrown')) }, caught('e', 'sub') + after('b', 'b§'), E + error('ex', '=code')) });
    await t.create('p§', { code: 'E1' });
    await t.work('b§');
    await t.create('p§', { code: 7 });
    await t.settle();
  },
  'a catching event may not have its code by expression': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s0') + escalator('s') + end('se') + chain('s0', 'up', 'se')) }, boundary('caught', 'sub', escalationEvent('ex')) + after('b', 'b§'), S + escalation('ex', '=&quot;S1&quot;')) });
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('ex', 'a') + after('b', 'b§'), error('ex', '=&quot;E&quot; + &quot;1&quot;')) });
  },
  'an error event subprocess sees the variables': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', errorEvent('e'), serviceTask('on_work', 'b§')), E) });
    const done = t.start('p§');
    await t.throwError(await t.job('a§'), 'E1', { why: 'so' });
    await t.work('b§', { handled: true });
    await t.result(done);
  },
  'an error event subprocess with output mapping on its start': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('on', errorEvent('e'), serviceTask('on_work', 'b§'), true, mapping([], [['=why', 'reason']])), E) });
    const done = t.start('p§');
    await t.throwError(await t.job('a§'), 'E1', { why: 'so' });
    await t.work('b§');
    await t.result(done);
  },
  'an error is caught by the nearest scope': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + serviceTask('a', 'a§') + end('se') + chain('s', 'a', 'se') + handler('on', errorEvent('e'), serviceTask('on_work', 'b§'))) }, caught('e', 'sub') + after('c', 'c§'), E) });
    const done = t.start('p§');
    await t.throwError(await t.job('a§'), 'E1');
    await t.work('b§');
    await t.result(done);
  },
  'an error thrown inside its handler': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + serviceTask('a', 'a§') + end('se') + chain('s', 'a', 'se') + handler('on', errorEvent('e'), serviceTask('on_work', 'b§'))) }, caught('e', 'sub') + after('c', 'c§'), E) });
    await t.create('p§');
    await t.throwError(await t.job('a§'), 'E1');
    await t.throwError(await t.job('b§'), 'E1');
    await t.noJob('c§');
  },
  'a catch-all nearer wins over an exact code farther': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + serviceTask('a', 'a§') + end('se') + chain('s', 'a', 'se') + caught('', 'a', 'near') + after('b', 'b§', 'near')) }, caught('e', 'sub') + after('c', 'c§'), E) });
    await t.create('p§');
    await t.throwError(await t.job('a§'), 'E1');
    await t.work('b§');
  },
  'an error crosses a call activity': async (t) => {
    await t.deploy({ 'c§.bpmn': bpmn('c§', start('cs') + serviceTask('w', 'w§') + node('endEvent', 'cthrown', errorEvent('ce')) + chain('cs', 'w', 'cthrown'), error('ce', 'E1')), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }, caught('e', 'call') + after('b', 'b§'), E) });
    const done = t.start('p§');
    await t.work('w§', { inner: 1 });
    await t.work('b§');
    await t.result(done);
  },
  'an error thrown for a job crosses a call activity': async (t) => {
    await t.deploy({ 'c§.bpmn': line('c§', { w: serviceTask('w', 'w§') }).replaceAll('"start"', '"cs"').replaceAll('"end"', '"ce"'), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }, caught('e', 'call', 'caught', mapping([], [['=why', 'reason']])) + after('b', 'b§'), E) });
    const done = t.start('p§');
    await t.throwError(await t.job('w§'), 'E1', { why: 'deep' });
    await t.work('b§');
    await t.result(done);
  },
  'an error in one pass ends the whole multi-instance': async (t) => {
    const loop = multiInstance('inputCollection="=items" inputElement="item"');
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', loop) }, caught('e', 'a') + after('b', 'b§'), E) });
    const done = t.start('p§', { items: [1, 2, 3] });
    const [, two] = await t.jobs('a§', 3);
    await t.throwError(two!, 'E1', { why: 2 });
    await t.work('b§');
    await t.result(done);
  },
  'an error event subprocess inside each pass of a multi-instance': async (t) => {
    const loop = multiInstance('inputCollection="=items" inputElement="item"');
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + serviceTask('a', 'a§') + end('se') + chain('s', 'a', 'se') + handler('on', errorEvent('e'), serviceTask('on_work', 'b§')), '', loop) }, '', E) });
    const done = t.start('p§', { items: [1, 2] });
    const [one, two] = await t.jobs('a§', 2);
    await t.throwError(one!, 'E1', { why: 1 });
    await t.complete(two!);
    await t.work('b§');
    await t.result(done);
  },
  'two catch events of one code at one element are refused': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('e', 'a') + caught('e', 'a', 'twin') + end('x') + flow('caught', 'x') + flow('twin', 'x'), E) });
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, caught('', 'a') + caught('any', 'a', 'twin') + end('x') + flow('caught', 'x') + flow('twin', 'x'), E) });
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, boundary('caught', 'a', errorEvent('e'), false) + end('x') + flow('caught', 'x'), E) });
  },
  'an error end event needs a code': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + thrower('any') + chain('start', 'thrown'), E) });
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('endEvent', 'thrown', '<bpmn:errorEventDefinition/>') + chain('start', 'thrown'), E) });
  },
  'an escalation nobody catches passes': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { up: escalator('s') }, '', S) });
    await t.run('p§');
  },
  'an escalation end event interrupts its subprocess': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s0') + escalator('s', 'endEvent') + chain('s0', 'up')) }, boundary('caught', 'sub', escalationEvent('s')) + after('b', 'b§'), S) });
    const done = t.start('p§');
    await t.work('b§');
    await t.result(done);
  },
  'an escalation caught without interrupting lets its path go on': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s0') + escalator('s') + serviceTask('a', 'a§') + end('se') + chain('s0', 'up', 'a', 'se')) }, boundary('caught', 'sub', escalationEvent('s'), false) + after('b', 'b§'), S) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('b§');
    await t.result(done);
  },
  'an escalation throw event that is interrupted does not go on': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s0') + escalator('s') + serviceTask('a', 'a§') + end('se') + chain('s0', 'up', 'a', 'se')) }, boundary('caught', 'sub', escalationEvent('s')) + after('b', 'b§'), S) });
    const done = t.start('p§');
    await t.work('b§');
    await t.noJob('a§');
    await t.result(done);
  },
  'an escalation event subprocess, interrupting and not': async (t) => {
    for (const interrupting of [true, false]) {
      await t.deploy({ 'p§.bpmn': line('p§', { up: escalator('s'), a: serviceTask('a', 'a§') }, handler('on', escalationEvent('s'), serviceTask('on_work', 'b§'), interrupting), S) });
      const done = t.start('p§');
      await t.work('b§');
      if (!interrupting) await t.work('a§');
      await t.result(done);
    }
  },
  'an escalation catch-all and an exact code': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s0') + escalator('s2') + end('se') + chain('s0', 'up', 'se')) }, boundary('caught', 'sub', '<bpmn:escalationEventDefinition/>', false) + after('b', 'b§') + boundary('exact', 'sub', escalationEvent('s'), false) + after('c', 'c§', 'exact'), S) });
    const done = t.start('p§');
    await t.work('b§');
    await t.result(done);
  },
  'an escalation crosses a call activity': async (t) => {
    await t.deploy({ 'c§.bpmn': bpmn('c§', start('cs') + node('intermediateThrowEvent', 'cup', escalationEvent('cesc')) + serviceTask('w', 'w§') + chain('cs', 'cup', 'w'), escalation('cesc', 'S1')), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§') }, boundary('caught', 'call', escalationEvent('s'), false) + after('b', 'b§'), S) });
    const done = t.start('p§');
    await t.work('w§');
    await t.work('b§');
    await t.result(done);
  },
  'an escalation boundary event on a task is refused': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, boundary('caught', 'a', escalationEvent('s')) + after('b', 'b§'), S) });
  },
  'an escalation code by expression': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s0') + escalator('ex') + end('se') + chain('s0', 'up', 'se')) }, boundary('caught', 'sub', escalationEvent('s')) + after('b', 'b§'), S + escalation('ex', '=code')) });
    await t.create('p§', { code: 'S1' });
    await t.work('b§');
    await t.create('p§', {});
    await t.settle();
  },
  'a parallel branch goes on beside a non-interrupting escalation': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s0') + node('parallelGateway', 'fork') + escalator('s', 'endEvent') + serviceTask('a', 'a§') + chain('s0', 'fork', 'up') + chain('fork', 'a')) }, boundary('caught', 'sub', escalationEvent('s'), false) + after('b', 'b§'), S) });
    const done = t.start('p§');
    await t.work('b§');
    await t.work('a§');
    await t.result(done);
  },
});
