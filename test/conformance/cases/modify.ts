import { boundary, bpmn, chain, end, flow, mapping, message, messageEvent, serviceTask, start, timer, userTask } from '../../support/bpmn.ts';
import { callActivity, handler, line, multiInstance, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';
import type { Job, Transcript, Variables } from '../transcript.ts';

const TWO = line('p§', { a: serviceTask('a', 'a§'), b: serviceTask('b', 'b§') });
const M = message('m', 'm§', '=key');
const inner = (id: string, ...tasks: string[]) => start(`${id}_s`) + tasks.map((each) => serviceTask(each, `${each}§`)).join('') + end(`${id}_e`) + chain(`${id}_s`, ...tasks, `${id}_e`);
const NESTED = line('p§', { a: serviceTask('a', 'a§'), sub: subProcess('sub', start('s1') + serviceTask('b', 'b§') + subProcess('deep', inner('d', 'c', 'd1'), mapping([['=1', 'deepest']])) + end('e1') + chain('s1', 'b', 'deep', 'e1'), mapping([['=x', 'inner']])), z: serviceTask('z', 'z§') });

/** A fork into two instances of one subprocess. */
const FORKED = bpmn('p§', start() + node('task', 't') + subProcess('sub', inner('i', 'b', 'c')) + end() + flow('start', 't') + flow('t', 'sub') + flow('t', 'sub') + chain('sub', 'end'));

interface Activation {
  elementId: string;
  ancestorElementInstanceKey?: string;
  variableInstructions?: { variables: string; scopeId?: string }[];
}

/** Activates an element; -1 is what clients send who choose no ancestor (on 0 Zeebe 8.5.8 fails when there are several). */
const to = (elementId: string, variables?: Variables, scopeId = ''): Activation => ({ elementId, ancestorElementInstanceKey: '-1', ...(variables === undefined ? {} : { variableInstructions: [{ variables: JSON.stringify(variables), scopeId }] }) });
const below = (ancestorElementInstanceKey: string, activation: Activation): Activation => ({ ...activation, ancestorElementInstanceKey });

async function modify(t: Transcript, processInstanceKey: string, activateInstructions: Activation[], terminated: (string | Job)[] = []): Promise<void> {
  await t.call('modifyProcessInstance', { processInstanceKey, activateInstructions, terminateInstructions: terminated.map((each) => ({ elementInstanceKey: typeof each === 'string' ? each : each.elementInstanceKey })) });
  await t.settle();
}

export default scenarios({
  'moving from a task to another': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const key = await t.create('p§', { x: 1 });
    const job = await t.job('a§');
    await modify(t, key, [to('b')], [job]);
    await t.complete(job);
    await t.work('b§');
    await t.isRunning(key);
  },
  'activating beside what runs, twice': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const key = await t.create('p§');
    await modify(t, key, [to('b')]);
    await modify(t, key, [to('b'), to('b')]);
    await t.jobs('b§', 3);
    await t.work('a§');
  },
  'moving back to the element that ran': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const key = await t.create('p§');
    await t.work('a§');
    const job = await t.job('b§');
    await modify(t, key, [to('a')], [job]);
    await t.work('a§');
    await t.work('b§');
  },
  'terminating the last element ends the instance': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const key = await t.create('p§');
    const job = await t.job('a§');
    await modify(t, key, [], [job]);
    await t.isRunning(key);
    await modify(t, key, [to('b')]);
  },
  'terminating one of two elements': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const key = await t.create('p§');
    await modify(t, key, [to('b')]);
    const job = await t.job('a§');
    await modify(t, key, [], [job]);
    await t.work('b§');
    await t.isRunning(key);
  },
  'terminating twice the same, and the instance itself': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const key = await t.create('p§');
    const job = await t.job('a§');
    await modify(t, key, [to('b')], [job, job]);
    await t.jobs('b§');
    await modify(t, key, [to('a')], [key]);
    await t.isRunning(key);
  },
  'variables for the instance and for the element': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const key = await t.create('p§', { x: 1 });
    await modify(t, key, [to('b', { x: 2, y: 3 })]);
    await t.jobs('b§');
    await modify(t, key, [to('b', { z: 4, x: 5 }, 'b')]);
    await t.jobs('b§');
    await modify(t, key, [to('b', { q: 1 }, 'p§')]);
    await t.jobs('b§');
    await modify(t, key, [{ ...to('b'), variableInstructions: [{ variables: '{"v":1}' }, { variables: '{"v":2}', scopeId: 'b' }, { variables: '' }] }]);
    await t.jobs('b§');
  },
  'into a subprocess that does not run': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    const job = await t.job('a§');
    await modify(t, key, [to('c', { v: 1 }, 'sub')], [job]);
    await t.work('c§');
    await t.work('d1§');
    await t.work('z§');
    await t.isRunning(key);
  },
  'into a subprocess that runs': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    await t.work('a§');
    const job = await t.job('b§');
    await modify(t, key, [to('c', { v: 1 }, 'sub'), to('d1', { w: 2 }, 'deep')], [job]);
    await t.work('c§');
    await t.jobs('d1§', 2);
  },
  'out of a subprocess, which ends when it is empty': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    await t.work('a§');
    await t.work('b§');
    const job = await t.job('c§');
    await modify(t, key, [to('z')], [job]);
    await t.work('z§');
    await t.isRunning(key);
  },
  'terminating a subprocess with everything in it': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    await t.work('a§');
    await t.work('b§');
    const job = await t.job('c§');
    const [sub] = await t.instancesOf('sub');
    await modify(t, key, [to('a')], [sub!]);
    await t.complete(job);
    await t.jobs('a§');
  },
  'activating inside a subprocess that is terminated at once': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    await t.work('a§');
    const [sub] = await t.instancesOf('sub');
    await modify(t, key, [to('c')], [sub!]);
    await t.isRunning(key);
  },
  'activating the subprocess itself': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    const job = await t.job('a§');
    await modify(t, key, [to('sub', { v: 1 }, 'sub')], [job]);
    await t.work('b§');
    await modify(t, key, [to('sub')]);
    await t.jobs('b§');
  },
  'one of several instances of the scope has to be chosen': async (t) => {
    await t.deploy({ 'p§.bpmn': FORKED });
    const key = await t.create('p§');
    const [job] = await t.jobs('b§', 2);
    const [first, second] = await t.instancesOf('sub');
    await modify(t, key, [to('c')]);
    await modify(t, key, [to('c')], [first!]);
    await modify(t, key, [below(second!, to('c'))]);
    await t.work('c§');
    await modify(t, key, [below(key, to('c'))]);
    await t.work('c§');
    await t.complete(job!);
  },
  'the instance chosen as ancestor gets a new subprocess': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    await t.work('a§');
    await t.jobs('b§');
    const [sub] = await t.instancesOf('sub');
    await modify(t, key, [below(key, to('b'))]);
    await t.jobs('b§');
    await modify(t, key, [below(sub!, to('c'))]);
    await modify(t, key, [below(sub!, to('c'))]);
    await t.jobs('c§', 2);
    await t.instancesOf('deep');
  },
  'ancestors that do not fit': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    const other = await t.create('p§', { x: 1 });
    const [job] = await t.jobs('a§', 2);
    await modify(t, key, [below('2251799813999999', to('c'))]);
    await modify(t, key, [below('7', to('c'))]);
    await modify(t, key, [below(other, to('c'))]);
    await modify(t, key, [below(job!.elementInstanceKey, to('c'))]);
    await modify(t, key, [below('-1', to('z'))]);
    await modify(t, key, [below('0', to('z'))]);
    await t.jobs('z§', 2);
  },
  'instructions that do not fit': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    await modify(t, '2251799813999999', [to('b')]);
    await modify(t, '7', [to('b')]);
    await modify(t, key, [to('nothing')]);
    await modify(t, key, [to('')]);
    await modify(t, key, [to('z'), to('nothing')]);
    await modify(t, key, [], ['2251799813999999']);
    await modify(t, key, [], ['7']);
    await modify(t, key, [to('c', { v: 1 }, 'nothing')]);
    await modify(t, key, [to('c', { v: 1 }, 'a')]);
    await modify(t, key, [to('z', { v: 1 }, 'sub')]);
    await modify(t, key, [{ ...to('z'), variableInstructions: [{ variables: '[1]' }] }]);
    await modify(t, key, [{ ...to('z'), variableInstructions: [{ variables: 'x' }] }]);
    await modify(t, key, []);
    await t.noJob('z§');
  },
  'elements that cannot be activated': async (t) => {
    await t.deploy({
      'p§.bpmn': line(
        'p§',
        { a: serviceTask('a', 'a§'), g: node('eventBasedGateway', 'g'), w: node('intermediateCatchEvent', 'w', timer('timeDuration', 'PT1H')), sub: subProcess('sub', inner('i', 'b'), '', multiInstance('inputCollection="=[1]"')) },
        node('intermediateCatchEvent', 'w2', timer('timeDuration', 'PT2H')) + chain('g', 'w2') + boundary('late', 'a', timer('timeDuration', 'PT1H')) + flow('late', 'end') + handler('on', messageEvent('m'), serviceTask('on_work', 'on§')),
        M,
      ),
    });
    const key = await t.create('p§', { key: 'k' });
    for (const id of ['start', 'late', 'w', 'b', 'on_start', 'start_to_a']) await modify(t, key, [to(id)]);
    await modify(t, key, [to('g')]);
    await modify(t, key, [to('sub')]);
    await t.jobs('b§');
    await modify(t, key, [to('on_work')]);
    await t.jobs('on§');
    await modify(t, key, [to('on')]);
    await t.jobs('on§');
  },
  'events, gateways and tasks of all kinds': async (t) => {
    await t.deploy({
      'p§.bpmn': line('p§', {
        a: serviceTask('a', 'a§'),
        w: node('intermediateCatchEvent', 'w', messageEvent('m')),
        u: userTask('u'),
        s: script('s', 'x + 1', 'y'),
        x: node('exclusiveGateway', 'x'),
        j: node('parallelGateway', 'j'),
        e: node('intermediateThrowEvent', 'e'),
      }, '', M),
    });
    const key = await t.create('p§', { key: 'k', x: 1 });
    for (const id of ['w', 'u', 's', 'x', 'j', 'e', 'end']) await modify(t, key, [to(id)]);
    await t.publish('m§', 'k');
    await t.isRunning(key);
    await t.jobs('io.camunda.zeebe:userTask', 0);
  },
  'a join that is waited for': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'f') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + node('parallelGateway', 'j') + serviceTask('z', 'z§') + chain('start', 'f') + chain('f', 'a', 'j') + chain('f', 'b', 'j') + chain('j', 'z')) });
    const key = await t.create('p§');
    await t.work('a§');
    const job = await t.job('b§');
    await modify(t, key, [to('j')], [job]);
    await t.work('z§');
    await t.isRunning(key);
  },
  'a token before a join is not an element': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'f') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + node('parallelGateway', 'j') + serviceTask('z', 'z§') + chain('start', 'f') + chain('f', 'a', 'j') + chain('f', 'b', 'j') + chain('j', 'z')) });
    const key = await t.create('p§');
    await t.work('a§');
    const job = await t.job('b§');
    await modify(t, key, [], [job]);
    await t.isRunning(key);
  },
  'what waits and what is wrong goes with its element': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), w: node('intermediateCatchEvent', 'w', messageEvent('m')), s: script('s', 'assert(nothing, nothing != null)', 'y'), b: serviceTask('b', 'b§') }, boundary('late', 'a', timer('timeDuration', 'PT1H'), false) + flow('late', 'end'), M) });
    const key = await t.create('p§', { key: 'k' });
    const job = await t.job('a§');
    await t.fail(job, 0);
    await modify(t, key, [to('w')], [job]);
    const [w] = await t.instancesOf('w');
    await modify(t, key, [to('s')], [w!]);
    await t.publish('m§', 'k');
    await t.resolveIncidents();
  },
  'terminating the failed element': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', '=type'), b: serviceTask('b', 'b§') }) });
    const key = await t.create('p§');
    await modify(t, key, [to('b')]);
    await t.isRunning(key);
    await t.work('b§');
    await t.cancel(key);
  },
  'activating a call activity and terminating it': async (t) => {
    await t.deploy({ 'c§.bpmn': line('c§', { c: serviceTask('c', 'c§') }), 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), call: callActivity('call', 'c§') }) });
    const key = await t.create('p§', { x: 1 });
    const job = await t.job('a§');
    await modify(t, key, [to('call', { local: 1 }, 'call')], [job]);
    const called = await t.job('c§');
    const [call] = await t.instancesOf('call');
    await modify(t, key, [to('a')], [call!]);
    await t.complete(called);
    await t.jobs('a§');
  },
  'a called instance is modified, but not ended': async (t) => {
    await t.deploy({ 'c§.bpmn': line('c§', { c: serviceTask('c', 'c§'), d: serviceTask('d', 'd§') }), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§'), z: serviceTask('z', 'z§') }) });
    await t.create('p§');
    const job = await t.job('c§');
    await modify(t, job.processInstanceKey, [], [job]);
    await modify(t, job.processInstanceKey, [to('d')], [job]);
    await t.work('d§');
    await t.work('z§');
  },
  'terminating scopes with several elements': async (t) => {
    await t.deploy({
      'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), sub: subProcess('sub', start('s1') + serviceTask('b', 'b§') + subProcess('deep', start('s2') + serviceTask('c', 'c§') + serviceTask('d', 'd§') + chain('s2', 'c') + chain('s2', 'd')) + serviceTask('e', 'e§') + chain('s1', 'b') + chain('s1', 'deep') + chain('s1', 'e')) }),
    });
    const key = await t.create('p§');
    await t.work('a§');
    await t.jobs('c§');
    const [sub] = await t.instancesOf('sub');
    await modify(t, key, [to('a')], [sub!]);
    await t.jobs('a§');
  },
  'inside the passes of a multi-instance': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inner('i', 'b', 'c'), '', multiInstance('inputCollection="=items"')) }) });
    const key = await t.create('p§', { items: [1] });
    await t.jobs('b§');
    await modify(t, key, [to('c')]);
    await t.work('c§');
    const two = await t.create('p§', { items: [1, 2] });
    await t.jobs('b§', 2);
    const [, , body, first] = await t.instancesOf('sub');
    await modify(t, two, [to('c')]);
    await modify(t, two, [below(first!, to('c'))]);
    await t.work('c§');
    await modify(t, two, [below(body!, to('c'))]);
    await modify(t, two, [below(two, to('c'))]);
    await t.noJob('c§');
  },
  'two activations below one ancestor': async (t) => {
    await t.deploy({ 'p§.bpmn': NESTED });
    const key = await t.create('p§', { x: 1 });
    await t.work('a§');
    const [sub] = await t.instancesOf('sub');
    await modify(t, key, [below(sub!, to('c')), below(sub!, to('d1'))]);
    await t.jobs('c§');
    await t.jobs('d1§');
    await t.instancesOf('deep');
  },
  'user tasks of the engine': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { u: userTask('u', '<zeebe:userTask/>'), v: userTask('v', '<zeebe:userTask/><zeebe:assignmentDefinition assignee="=who"/>') }) });
    const key = await t.create('p§');
    await modify(t, key, [to('v', { who: 'wang' }, 'v')]);
    await t.userTasks(2);
    await t.isRunning(key);
  },
  'passes of a multi-instance': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance('inputCollection="=items" inputElement="item" outputCollection="out" outputElement="=item"')), z: serviceTask('z', 'z§') }) });
    const key = await t.create('p§', { items: [1, 2, 3] });
    const jobs = await t.jobs('a§', 3);
    await modify(t, key, [], [jobs[0]!]);
    await t.complete(jobs[1]!);
    await t.complete(jobs[2]!);
    await t.work('z§');
  },
  'a whole multi-instance, and another beside it': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance('inputCollection="=items" inputElement="item"')), z: serviceTask('z', 'z§') }) });
    const key = await t.create('p§', { items: [1, 2] });
    await t.jobs('a§', 2);
    const [body] = await t.instancesOf('a');
    await modify(t, key, [to('a', { items: [7] })]);
    await t.jobs('a§', 1);
    await modify(t, key, [to('z')], [body!]);
    await t.jobs('z§');
    await t.isRunning(key);
  },
  'the last pass of a multi-instance': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance('inputCollection="=items"')), z: serviceTask('z', 'z§') }) });
    const key = await t.create('p§', { items: [1] });
    const job = await t.job('a§');
    await modify(t, key, [to('z')], [job]);
    await t.work('z§');
    await t.isRunning(key);
  },
  'whoever awaits the result gets it': async (t) => {
    await t.deploy({ 'p§.bpmn': TWO });
    const done = t.start('p§');
    const job = await t.job('a§');
    await modify(t, job.processInstanceKey, [to('b', { moved: true })], [job]);
    await t.work('b§');
    await t.result(done);
  },
  'events of the scope are open in a subprocess begun by modification': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), sub: subProcess('sub', inner('i', 'b', 'c') + handler('on', messageEvent('m'), serviceTask('on_work', 'on§'))) }, boundary('late', 'sub', timer('timeDuration', 'PT1H')) + flow('late', 'end'), M) });
    const key = await t.create('p§', { key: 'k' });
    const job = await t.job('a§');
    await modify(t, key, [to('c')], [job]);
    await t.publish('m§', 'k');
    await t.work('on§');
    await t.isRunning(key);
  },
  'a subprocess whose events cannot be opened': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), sub: subProcess('sub', inner('i', 'b', 'c') + handler('on', messageEvent('m'), serviceTask('on_work', 'on§'))) }, '', M) });
    const key = await t.create('p§');
    const job = await t.job('a§');
    await modify(t, key, [to('c')], [job]);
    await t.create('p§', {}, { startInstructions: [{ elementId: 'c' }] });
    await modify(t, key, [to('c', { key: 'k' })], [job]);
    await t.jobs('c§');
  },
});
