import { boundary, bpmn, chain, end, errorEvent, flow, mapping, message, messageEvent, serviceTask, start, timer, userTask } from '../../support/bpmn.ts';
import { callActivity, compensatedBy, compensateEvent, error, eventSubProcess, line, multiInstance, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const throwing = (id: string, activityRef?: string, extra = '') => node('intermediateThrowEvent', id, compensateEvent(activityRef), '', extra);
const ending = (id: string, activityRef?: string, extra = '') => node('endEvent', id, compensateEvent(activityRef), '', extra);
/** Activity `a`, then `more`, then a throw event for compensation. */
const undone = (host: string, handlerXml: string, activityRef?: string, extra = '') => line('p§', { a: host, undo: throwing('undo', activityRef, extra) }, compensatedBy('a', 'ua', handlerXml));
const A = serviceTask('a', 'a§');
const UA = serviceTask('ua', 'ua§');

export default scenarios({
  'a completed task is compensated by its handler': async (t) => {
    await t.deploy({ 'p§.bpmn': undone(A, UA) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { y: 2 });
    await t.work('ua§', { undone: true });
    await t.result(done);
  },
  'nothing to compensate passes': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + throwing('undo') + end() + A + end('end2') + node('exclusiveGateway', 'g', '', 'default="d"') + flow('start', 'g') + flow('g', 'a', 'false') + flow('g', 'undo', undefined, 'd') + chain('a', 'end2') + chain('undo', 'end') + compensatedBy('a', 'ua', UA)) });
    await t.run('p§');
  },
  'compensation with a reference undoes that activity alone': async (t) => {
    const b = serviceTask('b', 'a§');
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, b, undo: throwing('undo', 'a') }, compensatedBy('a', 'ua', UA) + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'))) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('a§');
    await t.work('ua§');
    await t.noJob('ub§');
    await t.result(done);
  },
  'compensation of all undoes every completed activity': async (t) => {
    const b = serviceTask('b', 'a§');
    const c = serviceTask('c', 'a§');
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, b, c, undo: throwing('undo') }, compensatedBy('a', 'ua', UA) + compensatedBy('c', 'uc', serviceTask('uc', 'ua§'))) });
    const done = t.start('p§');
    for (let each = 0; each < 3; each += 1) await t.work('a§');
    const [one, two] = await t.jobs('ua§', 2);
    await t.complete(one!);
    await t.complete(two!);
    await t.result(done);
  },
  'an end event compensates and then ends': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + A + ending('undo') + chain('start', 'a', 'undo') + compensatedBy('a', 'ua', UA)) });
    const done = t.start('p§');
    await t.work('a§', { y: 1 });
    await t.work('ua§', { z: 2 });
    await t.result(done);
  },
  'an end event with a reference': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + A + ending('undo', 'a', mapping([], [['=1', 'one']])) + chain('start', 'a', 'undo') + compensatedBy('a', 'ua', UA)) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('ua§');
    await t.result(done);
  },
  'mappings of a throw event': async (t) => {
    await t.deploy({ 'p§.bpmn': undone(A, UA, undefined, mapping([['=x', 'own']], [['=own', 'out'], ['=x + 1', 'more']])) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§');
    await t.work('ua§');
    await t.result(done);
  },
  'mappings of host and handler': async (t) => {
    await t.deploy({ 'p§.bpmn': undone(serviceTask('a', 'a§', mapping([['=x', 'own']], [['=own + 1', 'y']])), serviceTask('ua', 'ua§', mapping([['=y', 'before']], [['=before', 'restored']]))) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { hidden: 1 });
    await t.work('ua§', { hidden: 2 });
    await t.result(done);
  },
  'local variables of the host are seen by the handler, or not': async (t) => {
    await t.deploy({ 'p§.bpmn': undone(serviceTask('a', 'a§', mapping([['=x', 'own']])), serviceTask('ua', 'ua§')) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§');
    await t.work('ua§');
    await t.result(done);
  },
  'an activity run twice is compensated twice': async (t) => {
    const model = bpmn('p§', start() + node('exclusiveGateway', 'join') + A + script('count', 'n + 1', 'n') + node('exclusiveGateway', 'g', '', 'default="d"') + throwing('undo') + end() + chain('start', 'join', 'a', 'count', 'g') + flow('g', 'join', 'n < 2') + flow('g', 'undo', undefined, 'd') + chain('undo', 'end') + compensatedBy('a', 'ua', UA));
    await t.deploy({ 'p§.bpmn': model });
    const done = t.start('p§', { n: 0 });
    await t.work('a§');
    await t.work('a§');
    const [one, two] = await t.jobs('ua§', 2);
    await t.complete(one!);
    await t.complete(two!);
    await t.result(done);
  },
  'a second throw event has nothing left to undo': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, undo: throwing('undo'), again: throwing('again') }, compensatedBy('a', 'ua', UA)) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('ua§');
    await t.result(done);
  },
  'an active activity is not compensated': async (t) => {
    const model = bpmn('p§', start() + node('parallelGateway', 'fork') + A + throwing('undo') + end() + end('end2') + flow('start', 'fork') + flow('fork', 'a') + flow('fork', 'undo') + chain('a', 'end') + chain('undo', 'end2') + compensatedBy('a', 'ua', UA));
    await t.deploy({ 'p§.bpmn': model });
    const done = t.start('p§');
    await t.noJob('ua§');
    await t.work('a§');
    await t.result(done);
  },
  'a terminated activity is not compensated': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: A }, boundary('late', 'a', messageEvent('m')) + throwing('undo') + end('end2') + chain('late', 'undo', 'end2') + compensatedBy('a', 'ua', UA), message('m', 'm§', '="k"')) });
    const done = t.start('p§');
    await t.job('a§');
    await t.publish('m§', 'k');
    await t.result(done);
  },
  'handlers of every kind of task': async (t) => {
    const kinds: Record<string, string> = {
      script: script('ua', '"undone"', 'by'),
      manual: node('manualTask', 'ua'),
      send: node('sendTask', 'ua', '', '', '<zeebe:taskDefinition type="ua§"/>'),
      user: userTask('ua'),
      none: node('task', 'ua'),
      receive: node('receiveTask', 'ua', '', 'messageRef="m"'),
      'sub-process': subProcess('ua', start('us') + script('ux', '1', 'ux') + end('ue') + chain('us', 'ux', 'ue')),
      call: callActivity('ua', 'c§'),
    };
    await t.deploy({ 'c§.bpmn': bpmn('c§', start('cs') + script('cx', '1', 'cx') + end('ce') + chain('cs', 'cx', 'ce')) });
    for (const [kind, xml] of Object.entries(kinds)) {
      await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', '1', 'a'), undo: throwing('undo') }, compensatedBy('a', 'ua', xml), message('m', 'm§', '="k"')) });
      const done = t.start('p§');
      if (kind === 'send') await t.work('ua§');
      if (kind === 'user') await t.work('io.camunda.zeebe:userTask');
      if (kind === 'receive') {
        await t.settle();
        await t.publish('m§', 'k', { got: 1 });
      }
      await t.result(done);
    }
  },
  'hosts of every kind': async (t) => {
    const kinds: Record<string, string> = {
      manual: node('manualTask', 'a'),
      user: userTask('a'),
      'sub-process': subProcess('a', start('as') + script('ax', '1', 'ax') + end('ae') + chain('as', 'ax', 'ae')),
      call: callActivity('a', 'c§'),
    };
    await t.deploy({ 'c§.bpmn': bpmn('c§', start('cs') + script('cx', '1', 'cx') + end('ce') + chain('cs', 'cx', 'ce')) });
    for (const [kind, xml] of Object.entries(kinds)) {
      await t.deploy({ 'p§.bpmn': line('p§', { a: xml, undo: throwing('undo') }, compensatedBy('a', 'ua', script('ua', '1', 'undone'))) });
      const done = t.start('p§');
      if (kind === 'user') await t.work('io.camunda.zeebe:userTask');
      await t.result(done);
    }
  },
  'a throw event inside a subprocess undoes what is inside': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + throwing('undo') + end('e') + chain('s', 'b', 'undo', 'e') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, sub: subProcess('sub', inside) }, compensatedBy('a', 'ua', UA)) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('a§');
    await t.work('ub§');
    await t.noJob('ua§');
    await t.result(done);
  },
  'a throw event outside undoes what a completed subprocess did': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + end('e') + chain('s', 'b', 'e') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, sub: subProcess('sub', inside, mapping([['=1', 'inner']])), undo: throwing('undo') }, compensatedBy('a', 'ua', UA)) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('a§', { q: 1 });
    await t.work('ub§', { back: 1 });
    await t.work('ua§');
    await t.result(done);
  },
  'a subprocess with a handler of its own and handlers inside': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + end('e') + chain('s', 'b', 'e') + compensatedBy('b', 'ub', serviceTask('ub', 'u§'));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside), undo: throwing('undo') }, compensatedBy('sub', 'us', serviceTask('us', 'u§'))) });
    const done = t.start('p§');
    await t.work('a§');
    for (const job of await t.jobs('u§', 2)) await t.complete(job);
    await t.result(done);
  },
  'compensating a subprocess by reference': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + end('e') + chain('s', 'b', 'e') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, sub: subProcess('sub', inside), undo: throwing('undo', 'sub') }, compensatedBy('a', 'ua', UA)) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('a§');
    await t.work('ub§');
    await t.noJob('ua§');
    await t.result(done);
  },
  'compensating a nested subprocess': async (t) => {
    const inner = start('s2') + serviceTask('b', 'a§') + end('e2') + chain('s2', 'b', 'e2') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    const outer = start('s1') + subProcess('inner', inner) + end('e1') + chain('s1', 'inner', 'e1');
    await t.deploy({ 'p§.bpmn': line('p§', { outer: subProcess('outer', outer), undo: throwing('undo') }) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('ub§');
    await t.result(done);
  },
  'a subprocess that is active is compensated by what throws inside it only': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + serviceTask('c', 'c§') + end('e') + chain('s', 'b', 'c', 'e') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    const model = bpmn('p§', start() + node('parallelGateway', 'fork') + subProcess('sub', inside) + serviceTask('wait', 'wait§') + throwing('undo') + end() + end('end2') + flow('start', 'fork') + flow('fork', 'sub') + flow('fork', 'wait') + chain('sub', 'end') + chain('wait', 'undo', 'end2'));
    await t.deploy({ 'p§.bpmn': model });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('wait§');
    await t.noJob('ub§');
    await t.work('c§');
    await t.result(done);
  },
  'an end event for compensation inside a subprocess': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + ending('undo') + chain('s', 'b', 'undo') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside) }) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('ub§');
    await t.result(done);
  },
  'compensation thrown from an event subprocess': async (t) => {
    const on = eventSubProcess('on', errorEvent('e'), throwing('undo') + end('oe') + chain('on_start', 'undo', 'oe'));
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, b: serviceTask('b', 'b§') }, on + compensatedBy('a', 'ua', UA), error('e', 'E')) });
    const done = t.start('p§');
    await t.work('a§');
    await t.throwError(await t.job('b§'), 'E');
    await t.work('ua§');
    await t.result(done);
  },
  'compensation after an error boundary event of a subprocess': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + serviceTask('c', 'c§') + end('se') + chain('s', 'b', 'c', 'se') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, sub: subProcess('sub', inside) }, boundary('caught', 'sub', errorEvent('e')) + throwing('undo') + end('end2') + chain('caught', 'undo', 'end2') + compensatedBy('a', 'ua', UA), error('e', 'E')) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('a§');
    await t.throwError(await t.job('c§'), 'E');
    await t.work('ua§');
    await t.noJob('ub§');
    await t.result(done);
  },
  'a subprocess that is terminated forgets what it did': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + serviceTask('c', 'c§') + end('se') + chain('s', 'b', 'c', 'se') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    const model = bpmn('p§', start() + node('parallelGateway', 'fork') + subProcess('sub', inside) + serviceTask('wait', 'wait§') + node('endEvent', 'stop', '<bpmn:terminateEventDefinition/>') + end() + flow('start', 'fork') + flow('fork', 'sub') + flow('fork', 'wait') + chain('sub', 'end') + chain('wait', 'stop'));
    await t.deploy({ 'p§.bpmn': line('p§', { outer: subProcess('outer', model.replace(/^.*?<bpmn:process[^>]*>|<\/bpmn:process>.*$/gs, '').replaceAll('"start"', '"os"').replaceAll('"end"', '"oe"')), undo: throwing('undo') }) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('wait§');
    await t.result(done);
  },
  'an event subprocess that does not interrupt, with handlers inside': async (t) => {
    const on = eventSubProcess('on', messageEvent('m'), serviceTask('b', 'a§') + end('oe') + chain('on_start', 'b', 'oe') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§')), false);
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, undo: throwing('undo') }, on, message('m', 'm§', '="k"')) });
    const done = t.start('p§');
    const a = await t.job('a§');
    await t.publish('m§', 'k');
    await t.work('a§');
    await t.complete(a);
    for (const job of await t.jobs('ub§', 1)) await t.complete(job);
    await t.result(done);
  },
  'compensation thrown from an event subprocess with handlers of its own': async (t) => {
    const on = eventSubProcess('on', errorEvent('e'), serviceTask('c', 'a§') + throwing('undo') + end('oe') + chain('on_start', 'c', 'undo', 'oe') + compensatedBy('c', 'uc', serviceTask('uc', 'u§')));
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, b: serviceTask('b', 'b§') }, on + compensatedBy('a', 'ua', serviceTask('ua', 'u§')), error('e', 'E')) });
    const done = t.start('p§');
    await t.work('a§');
    await t.throwError(await t.job('b§'), 'E');
    await t.work('a§');
    for (const job of await t.jobs('u§', 2)) await t.complete(job);
    await t.result(done);
  },
  'a throw event inside a subprocess with a reference to what is outside': async (t) => {
    const inside = start('s') + throwing('undo', 'a') + end('se') + chain('s', 'undo', 'se');
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, sub: subProcess('sub', inside) }, compensatedBy('a', 'ua', UA)) });
  },
  'a throw event outside with a reference to what is inside': async (t) => {
    const inside = start('s') + serviceTask('b', 'a§') + end('se') + chain('s', 'b', 'se') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside), undo: throwing('undo', 'b') }) });
  },
  'a multi-instance subprocess with a handler of its own': async (t) => {
    const inside = start('s') + script('b', 'item', 'own') + end('e') + chain('s', 'b', 'e') + compensatedBy('b', 'ub', serviceTask('ub', 'u§'));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, '', multiInstance('inputCollection="=[1,2]" inputElement="item"')), undo: throwing('undo') }, compensatedBy('sub', 'us', serviceTask('us', 'u§'))) });
    const done = t.start('p§');
    for (const job of await t.jobs('u§', 3)) await t.complete(job);
    await t.result(done);
  },
  'a script undone in a subprocess completes at once': async (t) => {
    const inside = start('s') + script('b', '1', 'b') + script('c', '1', 'c') + end('e') + chain('s', 'b', 'c', 'e') + compensatedBy('b', 'ub', script('ub', '2', 'b')) + compensatedBy('c', 'uc', script('uc', '2', 'c'));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside), undo: throwing('undo') }) });
    await t.run('p§');
  },
  'a multi-instance activity is compensated once': async (t) => {
    const host = serviceTask('a', 'a§', '', multiInstance('inputCollection="=[1,2]" inputElement="item"'));
    await t.deploy({ 'p§.bpmn': undone(host, UA) });
    const done = t.start('p§');
    for (const job of await t.jobs('a§', 2)) await t.complete(job);
    await t.work('ua§');
    await t.noJob('ua§');
    await t.result(done);
  },
  'a multi-instance handler': async (t) => {
    await t.deploy({ 'p§.bpmn': undone(A, serviceTask('ua', 'ua§', '', multiInstance('inputCollection="=[1,2]" inputElement="item"'))) });
    const done = t.start('p§');
    await t.work('a§');
    for (const job of await t.jobs('ua§', 2)) await t.complete(job);
    await t.result(done);
  },
  'a multi-instance subprocess with handlers inside': async (t) => {
    for (const sequential of [false, true]) {
      const inside = start('s') + script('b', 'item', 'own') + end('e') + chain('s', 'b', 'e') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
      await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, '', multiInstance('inputCollection="=[1,2]" inputElement="item"', { sequential })), undo: throwing('undo') }) });
      const done = t.start('p§');
      const jobs = await t.jobs('ub§', 2);
      for (const job of jobs) await t.complete(job);
      await t.result(done);
    }
  },
  'a throw event inside a multi-instance subprocess': async (t) => {
    const inside = start('s') + script('b', 'item', 'own') + throwing('undo') + end('e') + chain('s', 'b', 'undo', 'e') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, '', multiInstance('inputCollection="=[1,2]" inputElement="item"')) }) });
    const done = t.start('p§');
    for (const job of await t.jobs('ub§', 2)) await t.complete(job);
    await t.result(done);
  },
  'a called process keeps its compensation to itself': async (t) => {
    await t.deploy({ 'c§.bpmn': bpmn('c§', start('cs') + serviceTask('b', 'a§') + end('ce') + chain('cs', 'b', 'ce') + compensatedBy('b', 'ub', serviceTask('ub', 'ub§'))) });
    await t.deploy({ 'p§.bpmn': line('p§', { call: callActivity('call', 'c§'), undo: throwing('undo') }) });
    const done = t.start('p§');
    await t.work('a§');
    await t.result(done);
    await t.noJob('ub§');
  },
  'cancelling while a handler works': async (t) => {
    await t.deploy({ 'p§.bpmn': undone(A, UA) });
    const key = await t.create('p§');
    await t.work('a§');
    const job = await t.job('ua§');
    await t.cancel(key);
    await t.complete(job);
    await t.isRunning(key);
  },
  'cancelling with something to compensate': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, b: serviceTask('b', 'b§') }, compensatedBy('a', 'ua', UA)) });
    const key = await t.create('p§');
    await t.work('a§');
    await t.job('b§');
    await t.cancel(key);
    await t.isRunning(key);
  },
  'completing with something to compensate': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: A }, compensatedBy('a', 'ua', UA)) });
    const done = t.start('p§');
    await t.work('a§');
    await t.result(done);
  },
  'an error thrown in a handler': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, undo: throwing('undo') }, compensatedBy('a', 'ua', UA) + eventSubProcess('on', errorEvent('e'), script('x', '1', 'caught') + end('oe') + chain('on_start', 'x', 'oe')), error('e', 'E')) });
    const done = t.start('p§');
    await t.work('a§');
    await t.throwError(await t.job('ua§'), 'E');
    await t.result(done);
  },
  'a failing handler is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': undone(A, script('ua', 'assert(z, z != null)', 'y')) });
    const key = await t.create('p§');
    await t.work('a§');
    await t.isRunning(key);
    await t.setVariables(key, { z: 1 });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'a subprocess ended by a throw event keeps waiting for the handlers': async (t) => {
    const model = bpmn('p§', start() + node('parallelGateway', 'fork') + A + serviceTask('b', 'b§') + throwing('undo') + end() + end('end2') + chain('start', 'a', 'fork') + flow('fork', 'undo') + flow('fork', 'b') + chain('b', 'end') + chain('undo', 'end2') + compensatedBy('a', 'ua', UA));
    await t.deploy({ 'p§.bpmn': model });
    const done = t.start('p§');
    await t.work('a§');
    const undo = await t.job('ua§');
    await t.work('b§');
    await t.complete(undo);
    await t.result(done);
  },
  'a boundary event of the handler itself, and of its host': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, undo: throwing('undo') }, boundary('late', 'a', timer('timeDuration', 'PT1H')) + end('end3') + chain('late', 'end3') + compensatedBy('a', 'ua', UA)) });
    const done = t.start('p§');
    await t.work('a§');
    await t.work('ua§');
    await t.result(done);
    await t.deploy({ 'p§.bpmn': line('p§', { a: A, undo: throwing('undo') }, compensatedBy('a', 'ua', UA) + boundary('late', 'ua', timer('timeDuration', 'PT0.1S')) + end('end3') + chain('late', 'end3')) });
  },
  'what is wrong with compensation is refused': async (t) => {
    const associated = compensatedBy('a', 'ua', UA);
    const models = [
      line('p§', { a: A, undo: throwing('undo', 'nobody') }, associated),
      line('p§', { a: A, undo: throwing('undo', 'b'), b: serviceTask('b', 'b') }, associated),
      line('p§', { a: A, undo: throwing('undo') }, associated.replace(/<bpmn:association.*$/, '')),
      line('p§', { a: A, undo: throwing('undo') }, associated.replace(' isForCompensation="true"', '')),
      line('p§', { a: A, undo: throwing('undo') }, `${associated}${flow('ua', 'end')}`),
      line('p§', { a: A, undo: throwing('undo') }, `${associated}${flow('a_undo', 'end')}`),
      line('p§', { a: A, undo: throwing('undo') }, `${associated}${flow('a', 'ua')}`),
      line('p§', { a: A, undo: throwing('undo') }, `${associated}${serviceTask('ub', 'ub').replace('id="ub"', 'id="ub" isForCompensation="true"')}<bpmn:association id="more" associationDirection="One" sourceRef="a_undo" targetRef="ub"/>`),
      line('p§', { a: A }, eventSubProcess('on', compensateEvent(), end('oe') + chain('on_start', 'oe'))),
      bpmn('p§', node('startEvent', 'start', compensateEvent()) + end() + chain('start', 'end')),
      line('p§', { a: node('intermediateCatchEvent', 'a', compensateEvent()) }),
      line('p§', { a: A, undo: node('intermediateThrowEvent', 'undo', '<bpmn:compensateEventDefinition id="c" waitForCompletion="false"/>') }, associated),
      line('p§', { a: A, undo: throwing('undo') }, associated.replace('attachedToRef', 'cancelActivity="false" attachedToRef')),
      line('p§', { a: A, undo: throwing('undo', 'sub'), sub: subProcess('sub', start('s') + end('e') + chain('s', 'e')) }),
      line('p§', { a: A, undo: throwing('undo', 'ua') }, associated),
      line('p§', { a: A }, serviceTask('lost', 'x').replace('id="lost"', 'id="lost" isForCompensation="true"')),
    ];
    for (const model of models) await t.deploy({ 'p§.bpmn': model });
  },
});
