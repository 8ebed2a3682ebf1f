import { boundary, bpmn, chain, end, errorEvent, flow, mapping, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { callActivity, error, escalation, handler, line, multiInstance, node, script, signal, signalEvent, subProcess } from '../diagrams.ts';
import { scenarios, type Scenario } from '../scenario.ts';
import type { Transcript } from '../transcript.ts';

const IN = 'inputCollection="=items" inputElement="item"';
const IN_OUT = `${IN} outputCollection="results" outputElement="=result"`;
const job = (tag: string, loop: string) => node(tag, 'a', loop, '', '<zeebe:taskDefinition type="a§"/>');
const CHILD = bpmn('c§', start('cs') + serviceTask('inner', 'a§') + end('ce') + chain('cs', 'inner', 'ce'));

/** Every kind of activity, and how one pass of it is done. */
const KINDS: Record<string, { xml: (loop: string) => string; pass: (t: Transcript, at: number) => Promise<unknown> }> = {
  'service task': { xml: (loop) => job('serviceTask', loop), pass: (t, at) => t.work('a§', { result: at }) },
  'send task': { xml: (loop) => job('sendTask', loop), pass: (t, at) => t.work('a§', { result: at }) },
  'script task as job': { xml: (loop) => job('scriptTask', loop), pass: (t, at) => t.work('a§', { result: at }) },
  'business rule task as job': { xml: (loop) => job('businessRuleTask', loop), pass: (t, at) => t.work('a§', { result: at }) },
  'user task': { xml: (loop) => node('userTask', 'a', loop), pass: (t, at) => t.work('io.camunda.zeebe:userTask', { result: at }) },
  'manual task': { xml: (loop) => node('manualTask', 'a', loop), pass: async () => {} },
  'undefined task': { xml: (loop) => node('task', 'a', loop), pass: async () => {} },
  'script task': { xml: (loop) => node('scriptTask', 'a', loop, '', '<zeebe:script expression="=item" resultVariable="result"/>'), pass: async () => {} },
  'receive task': { xml: (loop) => node('receiveTask', 'a', loop, 'messageRef="m"'), pass: async (t, at) => (await t.settle(), t.publish('m§', `k${at}`, { result: at })) },
  'call activity': { xml: (loop) => callActivity('a', 'c§', '', '', loop), pass: (t, at) => t.work('a§', { result: at }) },
  subprocess: { xml: (loop) => subProcess('a', start('as') + serviceTask('inner', 'a§') + end('ae') + chain('as', 'inner', 'ae'), '', loop), pass: (t, at) => t.work('a§', { result: at }) },
};

function passes(kind: string, sequential: boolean): Scenario['play'] {
  const { xml, pass } = KINDS[kind]!;
  return async (t) => {
    await t.deploy({ 'c§.bpmn': CHILD, 'p§.bpmn': line('p§', { a: xml(multiInstance(IN_OUT, { sequential })) }, '', message('m', 'm§', '=item')) });
    const done = t.start('p§', { items: ['k1', 'k2', 'k3'] });
    for (let at = 1; at <= 3; at += 1) await pass(t, at);
    await t.result(done);
  };
}

function endsEarly(kind: string): Scenario['play'] {
  const { xml, pass } = KINDS[kind]!;
  return async (t) => {
    await t.deploy({ 'c§.bpmn': CHILD, 'p§.bpmn': line('p§', { a: xml(multiInstance(IN_OUT, { completion: 'numberOfCompletedInstances &gt;= 2' })) }, '', message('m', 'm§', '=item')) });
    const done = t.start('p§', { items: ['k1', 'k2', 'k3'] });
    for (let at = 1; at <= 2; at += 1) await pass(t, at);
    await t.result(done);
  };
}

function interrupted(kind: string, sequential: boolean): Scenario['play'] {
  const { xml } = KINDS[kind]!;
  return async (t) => {
    const events = boundary('caught', 'a', signalEvent('s')) + boundary('noted', 'a', messageEvent('n'), false) + end('end2') + end('end3') + chain('caught', 'end2') + chain('noted', 'end3');
    await t.deploy({ 'c§.bpmn': CHILD, 'p§.bpmn': line('p§', { a: xml(multiInstance(IN, { sequential })) }, events, message('m', 'm§', '=item') + message('n', 'n§', '="n"') + signal('s', 's§')) });
    const done = t.start('p§', { items: ['k1', 'k2'] });
    await t.settle();
    await t.publish('n§', 'n', { noted: 1 });
    await t.broadcast('s§', { caught: 1 });
    await t.result(done);
  };
}

const waiting = Object.keys(KINDS).filter((kind) => !['manual task', 'undefined task', 'script task'].includes(kind));

export default [
  ...scenarios(Object.fromEntries(Object.keys(KINDS).flatMap((kind) => [
    [`a ${kind} for each item, in turn`, passes(kind, true)],
    [`a ${kind} for each item, at once`, passes(kind, false)],
  ]))),
  ...scenarios(Object.fromEntries(waiting.map((kind) => [`a ${kind} for each item ends early`, endsEarly(kind)]))),
  ...scenarios(Object.fromEntries(waiting.flatMap((kind) => [
    [`a ${kind} for each item in turn is interrupted`, interrupted(kind, true)],
    [`a ${kind} for each item at once is interrupted`, interrupted(kind, false)],
  ]))),
  ...scenarios({
    'a multi-instance inside a multi-instance': async (t) => {
      for (const [outer, inner] of [[true, false], [false, true]] as const) {
        const inside = start('s') + script('x', 'item', 'each') + node('scriptTask', 'a', multiInstance('inputCollection="=item" inputElement="cell" outputCollection="row" outputElement="=double"', { sequential: inner }), '', '<zeebe:script expression="=cell * 2" resultVariable="double"/>') + end('e') + chain('s', 'x', 'a', 'e');
        await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, mapping([['=null', 'row']]), multiInstance('inputCollection="=items" inputElement="item" outputCollection="rows" outputElement="=row"', { sequential: outer })) }) });
        await t.run('p§', { items: [[1, 2], [3]] });
      }
    },
    'a completion condition that is no boolean is an incident': async (t) => {
      await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance(IN, { sequential: true, completion: 'stop' })) }) });
      const key = await t.create('p§', { items: [1, 2, 3] });
      await t.work('a§');
      await t.isRunning(key);
      await t.setVariables(key, { stop: true });
      await t.resolveIncidents();
      await t.isRunning(key);
    },
    'an output element that fails is an incident': async (t) => {
      await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance(`${IN} outputCollection="results" outputElement="=assert(good, good != null)"`)) }) });
      const key = await t.create('p§', { items: [1] });
      await t.work('a§');
      await t.isRunning(key);
      await t.setVariables(key, { good: 5 });
      await t.resolveIncidents();
      await t.isRunning(key);
    },
    'an error in one pass ends them all': async (t) => {
      await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance(IN)) }, boundary('caught', 'a', errorEvent('e')) + end('end2') + chain('caught', 'end2'), error('e', 'E')) });
      const done = t.start('p§', { items: [1, 2, 3] });
      const jobs = await t.jobs('a§', 3);
      await t.complete(jobs[0]!);
      await t.throwError(jobs[1]!, 'E', { why: 'so' });
      await t.complete(jobs[2]!);
      await t.result(done);
    },
    'an error in a called process ends the passes of its call': async (t) => {
      await t.deploy({ 'c§.bpmn': CHILD, 'p§.bpmn': line('p§', { a: callActivity('a', 'c§', '', '', multiInstance(IN, { sequential: true })) }, boundary('caught', 'a', errorEvent('e')) + end('end2') + chain('caught', 'end2'), error('e', 'E')) });
      const done = t.start('p§', { items: [1, 2] });
      await t.work('a§');
      await t.throwError(await t.job('a§'), 'E');
      await t.result(done);
    },
    'an escalation leaves each pass': async (t) => {
      const inside = start('s') + node('intermediateThrowEvent', 'up', '<bpmn:escalationEventDefinition escalationRef="up1"/>') + serviceTask('w', 'a§') + end('e') + chain('s', 'up', 'w', 'e');
      await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, '', multiInstance(IN)) }, boundary('noted', 'sub', '<bpmn:escalationEventDefinition escalationRef="up1"/>', false) + serviceTask('n', 'n§') + end('end2') + chain('noted', 'n', 'end2'), escalation('up1', 'U')) });
      const done = t.start('p§', { items: [1, 2] });
      for (const each of await t.jobs('n§', 2)) await t.complete(each);
      for (const each of await t.jobs('a§', 2)) await t.complete(each);
      await t.result(done);
    },
    'an event subprocess in each pass': async (t) => {
      const inside = start('s') + serviceTask('w', 'a§') + end('e') + chain('s', 'w', 'e') + handler('on', messageEvent('m'), serviceTask('on_work', 'b§'));
      await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, '', multiInstance(IN)) }, '', message('m', 'm§', '=item')) });
      const done = t.start('p§', { items: ['k1', 'k2'] });
      const jobs = await t.jobs('a§', 2);
      await t.publish('m§', 'k1');
      await t.work('b§');
      await t.complete(jobs[0]!);
      await t.complete(jobs[1]!);
      await t.result(done);
    },
    'a terminate end event in a pass ends that pass alone': async (t) => {
      const inside = start('s') + node('parallelGateway', 'fork') + serviceTask('w', 'a§') + serviceTask('v', 'b§') + node('endEvent', 'stop', '<bpmn:terminateEventDefinition/>') + end('e') + flow('s', 'fork') + flow('fork', 'w') + flow('fork', 'v') + chain('w', 'stop') + chain('v', 'e');
      await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, '', multiInstance(IN)) }) });
      const done = t.start('p§', { items: [1, 2] });
      const first = await t.jobs('a§', 2);
      const second = await t.jobs('b§', 2);
      await t.complete(first[0]!);
      await t.complete(second[0]!);
      await t.complete(second[1]!);
      await t.complete(first[1]!);
      await t.result(done);
    },
    'a terminate end event in an event subprocess ends that alone': async (t) => {
      const on = `<bpmn:subProcess id="on" triggeredByEvent="true">${node('startEvent', 'on_start', messageEvent('m'), 'isInterrupting="false"')}${node('parallelGateway', 'fork')}${serviceTask('v', 'b§')}${node('endEvent', 'stop', '<bpmn:terminateEventDefinition/>')}${flow('on_start', 'fork')}${flow('fork', 'stop')}${flow('fork', 'v')}</bpmn:subProcess>`;
      await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, on, message('m', 'm§', '="k"')) });
      const done = t.start('p§');
      const a = await t.job('a§');
      await t.publish('m§', 'k');
      await t.noJob('b§');
      await t.complete(a);
      await t.result(done);
    },
    'a terminate end event in a called process ends that alone': async (t) => {
      await t.deploy({ 'c§.bpmn': bpmn('c§', start('cs') + node('parallelGateway', 'fork') + serviceTask('v', 'b§') + serviceTask('w', 'a§') + node('endEvent', 'stop', '<bpmn:terminateEventDefinition/>') + flow('cs', 'fork') + flow('fork', 'v') + flow('fork', 'w') + chain('w', 'stop')), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§'), after: serviceTask('after', 'c§') }) });
      const done = t.start('p§');
      await t.work('a§', { x: 1 });
      await t.work('c§');
      await t.result(done);
    },
    'what a call hands down and back': async (t) => {
      await t.deploy({ 'c§.bpmn': bpmn('c§', start('cs') + serviceTask('inner', 'a§') + end('ce') + chain('cs', 'inner', 'ce')) });
      for (const down of ['true', 'false']) {
        for (const back of ['true', 'false']) {
          for (const mapped of [false, true]) {
            const extra = mapped ? mapping([['=x + 1', 'given']], [['=y', 'taken']]) : '';
            await t.deploy({ 'p§.bpmn': line('p§', { call: callActivity('call', 'c§', `propagateAllParentVariables="${down}" propagateAllChildVariables="${back}"`, extra) }) });
            const done = t.start('p§', { x: 1 });
            await t.work('a§', { y: 2, x: 3 });
            await t.result(done);
          }
        }
      }
    },
    'side by side, in which order steps are done': async (t) => {
      const inner: Record<string, string> = {
        exclusive: node('exclusiveGateway', 'x'),
        inclusive: node('inclusiveGateway', 'x'),
        parallel: node('parallelGateway', 'x'),
        none: node('intermediateThrowEvent', 'x'),
        signal: node('intermediateThrowEvent', 'x', signalEvent('sig')),
        escalation: node('intermediateThrowEvent', 'x', '<bpmn:escalationEventDefinition escalationRef="up"/>'),
        script: script('x', '1', 'one'),
        manual: node('manualTask', 'x'),
        sub: subProcess('x', start('xs') + end('xe') + chain('xs', 'xe')),
        decided: node('businessRuleTask', 'x', '', '', '<zeebe:taskDefinition type="x§"/>'),
      };
      for (const [, xml] of Object.entries(inner)) {
        const inside = start('s') + xml + node('manualTask', 'y') + end('e') + chain('s', 'x', 'y', 'e');
        await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, '', multiInstance(IN)) }, '', signal('sig', 's§') + escalation('up', 'U')) });
        const key = await t.create('p§', { items: [1, 2] });
        await t.settle();
        if (xml.includes('businessRule')) await t.cancel(key);
      }
    },
    'side by side, in which order what escalates begins': async (t) => {
      const inside = (end: string) => start('s') + node(end, 'x', '<bpmn:escalationEventDefinition escalationRef="up"/>') + (end === 'endEvent' ? chain('s', 'x') : '<bpmn:endEvent id="e"/>' + chain('s', 'x', 'e'));
      for (const [interrupting, tag] of [[false, 'endEvent'], [true, 'endEvent'], [true, 'intermediateThrowEvent']] as const) {
        const body = (id: string) => subProcess(id, inside(tag).replaceAll(/id="(s|x|e)"/g, `id="${id}_$1"`).replaceAll(/Ref="(s|x|e)"/g, `Ref="${id}_$1"`)) + boundary(`${id}_up`, id, '<bpmn:escalationEventDefinition escalationRef="up"/>', interrupting) + end(`${id}_end`) + chain(`${id}_up`, `${id}_end`);
        await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + body('one') + body('two') + flow('start', 'fork') + flow('fork', 'one') + flow('fork', 'two'), escalation('up', 'U')) });
        await t.create('p§');
        await t.settle();
      }
    },
    'side by side, in which order errors begin their handlers': async (t) => {
      const body = (id: string) => subProcess(id, start(`${id}_s`) + node('endEvent', `${id}_x`, errorEvent('e')) + chain(`${id}_s`, `${id}_x`)) + boundary(`${id}_up`, id, errorEvent('e')) + end(`${id}_end`) + chain(`${id}_up`, `${id}_end`);
      await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + body('one') + body('two') + flow('start', 'fork') + flow('fork', 'one') + flow('fork', 'two'), error('e', 'E')) });
      await t.create('p§');
      await t.settle();
    },
    'timers of passes and of the whole': async (t) => {
      const host = subProcess('sub', start('s') + serviceTask('w', 'a§') + boundary('slow', 'w', timer('timeDuration', 'PT0.1S'), false) + end('e') + end('e2') + chain('s', 'w', 'e') + chain('slow', 'e2'), '', multiInstance(IN));
      await t.deploy({ 'p§.bpmn': line('p§', { sub: host }, boundary('late', 'sub', timer('timeDuration', 'PT1.5S')) + end('end2') + chain('late', 'end2')) });
      await t.run('p§', { items: [1, 2] });
    },
  }),
];
