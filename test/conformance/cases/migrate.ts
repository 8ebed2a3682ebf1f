import { bpmn, chain, end, flow, message, messageEvent, serviceTask, start, timer, userTask } from '../../support/bpmn.ts';
import { callActivity, line, node, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';
import type { Transcript } from '../transcript.ts';

const inner = (id: string, ...tasks: string[]) => start(`${id}_s`) + tasks.map((each) => serviceTask(each, `${each}§`)).join('') + end(`${id}_e`) + chain(`${id}_s`, ...tasks, `${id}_e`);
const ONE = line('p§', { a: serviceTask('a', 'a§') });
const TWO = line('q§', { b: serviceTask('b', 'b§'), c: serviceTask('c', 'c§') });

async function migrate(t: Transcript, processInstanceKey: string, targetProcessDefinitionKey: string, mapping: Record<string, string> | [string, string][]): Promise<void> {
  const pairs = Array.isArray(mapping) ? mapping : Object.entries(mapping);
  await t.call('migrateProcessInstance', { processInstanceKey, migrationPlan: { targetProcessDefinitionKey, mappingInstructions: pairs.map(([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId })) } });
}

/** Deploys a source and a target, starts the source and migrates it. */
async function move(t: Transcript, source: string, target: string, mapping: Record<string, string>): Promise<void> {
  const { keys } = await t.deploy({ 'p§.bpmn': source, 'q§.bpmn': target });
  const key = await t.create('p§', { key: 'k' });
  await t.settle();
  await migrate(t, key, keys[1]!, mapping);
}

export default scenarios({
  'a task goes on in another process': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': ONE, 'q§.bpmn': TWO });
    const key = await t.create('p§', { x: 1 });
    const job = await t.job('a§');
    await migrate(t, key, keys[1]!, { a: 'b' });
    await t.complete(job, { y: 2 });
    await t.work('c§');
    await t.isRunning(key);
  },
  'to a newer version, elements of the same name': async (t) => {
    await t.deploy({ 'p§.bpmn': ONE });
    const key = await t.create('p§');
    const { keys } = await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'other§'), b: serviceTask('b', 'b§') }) });
    await migrate(t, key, keys[0]!, { a: 'a' });
    await t.work('a§');
    await t.work('b§');
  },
  'back to an older version': async (t) => {
    const first = await t.deploy({ 'p§.bpmn': ONE });
    await t.deploy({ 'p§.bpmn': ONE.replaceAll('a§', 'b§') });
    const key = await t.create('p§');
    await migrate(t, key, first.keys[0]!, { a: 'a' });
    await t.work('b§');
    await t.isRunning(key);
  },
  'to the very definition it has': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': ONE });
    const key = await t.create('p§');
    await migrate(t, key, keys[0]!, { a: 'a' });
    await t.work('a§');
  },
  'user tasks, and several tasks at once': async (t) => {
    const { keys } = await t.deploy({
      'p§.bpmn': bpmn('p§', start() + userTask('u') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + flow('start', 'u') + flow('start', 'a') + flow('start', 'b')),
      'q§.bpmn': bpmn('q§', start() + userTask('u2') + serviceTask('a2', 'a2§') + serviceTask('b2', 'b2§') + serviceTask('z', 'z§') + flow('start', 'u2') + flow('start', 'a2') + flow('start', 'b2') + chain('a2', 'z')),
    });
    const key = await t.create('p§', { x: 1 });
    await migrate(t, key, keys[1]!, { a: 'a2', b: 'b2', u: 'u2' });
    await t.work('a§');
    await t.work('z§');
    await t.work('b§');
  },
  'two tasks to one': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': bpmn('p§', start() + serviceTask('a', 'a§') + serviceTask('b', 'b§') + flow('start', 'a') + flow('start', 'b')), 'q§.bpmn': TWO });
    const key = await t.create('p§');
    await migrate(t, key, keys[1]!, { a: 'b', b: 'b' });
    await t.work('a§');
    await t.work('c§');
  },
  'what an instance would meet later need not be mapped': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), w: node('intermediateCatchEvent', 'w', timer('timeDuration', 'PT1H')) }), 'q§.bpmn': TWO });
    const key = await t.create('p§');
    await migrate(t, key, keys[1]!, { a: 'b' });
    await t.work('a§');
    await t.work('c§');
  },
  'a subprocess': (t) => move(t, line('p§', { sub: subProcess('sub', inner('i', 'a', 'b')) }), line('q§', { sub2: subProcess('sub2', inner('j', 'c', 'd')) }), { sub: 'sub2', a: 'c' }),
  'a subprocess that is not mapped': (t) => move(t, line('p§', { sub: subProcess('sub', inner('i', 'a')) }), line('q§', { sub2: subProcess('sub2', inner('j', 'c')) }), { a: 'c' }),
  'into a subprocess and out of one': async (t) => {
    await move(t, ONE, line('q§', { sub2: subProcess('sub2', inner('j', 'c')) }), { a: 'c' });
    const { keys } = await t.deploy({ 'r§.bpmn': line('r§', { sub: subProcess('sub', inner('i', 'a')) }), 's§.bpmn': line('s§', { b: serviceTask('b', 'b§') }) });
    const key = await t.create('r§');
    await t.settle();
    await migrate(t, key, keys[1]!, { a: 'b' });
  },
  'from one subprocess to another': (t) => move(t, line('p§', { sub: subProcess('sub', inner('i', 'a')) }), bpmn('q§', start() + subProcess('s1', inner('j', 'c')) + subProcess('s2', inner('k', 'd')) + chain('start', 's1', 's2')), { sub: 's1', a: 'd' }),
  'a failed job keeps its incident': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': ONE, 'q§.bpmn': TWO });
    const key = await t.create('p§');
    const job = await t.job('a§');
    await t.fail(job, 0);
    await migrate(t, key, keys[1]!, { a: 'b' });
    await t.updateRetries(job, 1);
    await t.resolveIncidents();
    await t.work('a§');
    await t.work('c§');
  },
  'an element that waits for its incident': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', '=type') }), 'q§.bpmn': TWO });
    const key = await t.create('p§');
    await t.settle();
    await migrate(t, key, keys[1]!, { a: 'b' });
    await t.setVariables(key, { type: 'n§' });
    await t.resolveIncidents();
    await t.noJob('b§');
  },
  'variables are migrated with it': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '<zeebe:ioMapping><zeebe:input source="=1" target="local"/></zeebe:ioMapping>') }), 'q§.bpmn': TWO });
    const key = await t.create('p§', { x: 1, y: [1] });
    const job = await t.job('a§');
    await migrate(t, key, keys[1]!, { a: 'b' });
    await t.setVariables(job.elementInstanceKey, { local: 2, x: 3 });
    await t.complete(job);
    await t.jobs('c§');
  },
  'a result that is awaited': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': ONE, 'q§.bpmn': TWO });
    const done = t.start('p§');
    const job = await t.job('a§');
    await migrate(t, job.processInstanceKey, keys[1]!, { a: 'b' });
    await t.complete(job);
    await t.work('c§', { done: true });
    await t.result(done);
  },
  'the definition that was left may be deleted, the one it runs in not': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': ONE, 'q§.bpmn': TWO });
    const key = await t.create('p§');
    await migrate(t, key, keys[1]!, { a: 'b' });
    await t.settle();
    await t.call('deleteResource', { resourceKey: keys[1]! });
    await t.call('deleteResource', { resourceKey: keys[0]! });
    await t.work('a§');
  },
  'plans that do not fit': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': ONE, 'q§.bpmn': TWO });
    const key = await t.create('p§');
    await t.job('a§');
    await migrate(t, '2251799813999999', keys[1]!, { a: 'b' });
    await migrate(t, '7', keys[1]!, { a: 'b' });
    await migrate(t, key, '2251799813999999', { a: 'b' });
    await migrate(t, key, '-1', { a: 'b' });
    await migrate(t, key, keys[1]!, { nothing: 'b' });
    await migrate(t, key, keys[1]!, { a: 'nothing' });
    await migrate(t, key, keys[1]!, { a: 'b', start: 'nothing' });
    await migrate(t, key, keys[1]!, [['a', 'b'], ['a', 'c']]);
    await migrate(t, key, keys[1]!, [['a', 'b'], ['a', 'b']]);
    await migrate(t, key, keys[1]!, {});
    await migrate(t, key, keys[1]!, { a: 'end' });
    await migrate(t, key, keys[1]!, { a: 'b', start: 'end' });
    await migrate(t, key, keys[1]!, { a: 'q§' });
    await migrate(t, key, keys[1]!, { 'p§': 'q§', a: 'b' });
    await t.call('migrateProcessInstance', { processInstanceKey: key });
    await t.call('migrateProcessInstance', { processInstanceKey: key, migrationPlan: { targetProcessDefinitionKey: keys[1]!, mappingInstructions: [] } });
  },
  'a service task does not become a user task': (t) => move(t, ONE, line('q§', { u: userTask('u') }), { a: 'u' }),
  'a call activity': async (t) => {
    await t.deploy({ 'c§.bpmn': line('c§', { x: serviceTask('x', 'x§') }) });
    await move(t, line('p§', { call: callActivity('call', 'c§') }), line('q§', { call2: callActivity('call2', 'c§') }), { call: 'call2' });
  },
  'a called instance': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': ONE, 'q§.bpmn': TWO });
    await t.deploy({ 'r§.bpmn': line('r§', { call: callActivity('call', 'p§') }) });
    await t.create('r§');
    const job = await t.job('a§');
    await migrate(t, job.processInstanceKey, keys[1]!, { a: 'b' });
    await t.complete(job);
  },
  'tokens that wait before a join': async (t) => {
    const forked = (id: string) => bpmn(id, start() + node('parallelGateway', 'f') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + node('parallelGateway', 'j') + serviceTask('z', 'z§') + chain('start', 'f') + chain('f', 'a', 'j') + chain('f', 'b', 'j') + chain('j', 'z'));
    const { keys } = await t.deploy({ 'p§.bpmn': forked('p§'), 'q§.bpmn': forked('q§') });
    const key = await t.create('p§');
    await t.work('a§');
    await migrate(t, key, keys[1]!, { b: 'b' });
    await t.work('b§');
    await t.noJob('z§');
  },
  'a gateway does not become another kind of element': async (t) => {
    const gateway = bpmn('p§', start() + node('exclusiveGateway', 'g') + end() + end('end2') + chain('start', 'g') + flow('g', 'end', 'x = 1') + flow('g', 'end2', 'x = 2'));
    await move(t, gateway, TWO, { g: 'b' });
  },
  'user tasks of the engine': async (t) => {
    await move(t, line('p§', { u: userTask('u', '<zeebe:userTask/>') }), line('q§', { v: userTask('v', '<zeebe:userTask/>'), z: serviceTask('z', 'z§') }), { u: 'v' });
    const [task] = await t.userTasks();
    await t.onUserTask('assign', task!, { assignee: 'a' });
    await t.onUserTask('complete', task!, {});
    await t.work('z§');
  },
  'a user task of the engine does not become a job, nor a job such a task': async (t) => {
    await move(t, line('p§', { u: userTask('u', '<zeebe:userTask/>') }), line('q§', { v: userTask('v') }), { u: 'v' });
    const { keys } = await t.deploy({ 'r§.bpmn': line('r§', { u: userTask('u') }), 's§.bpmn': line('s§', { v: userTask('v', '<zeebe:userTask/>') }) });
    const key = await t.create('r§');
    await t.settle();
    await migrate(t, key, keys[1]!, { u: 'v' });
  },
  'an instance that was started by message': async (t) => {
    const begun = (id: string, task: string) => bpmn(id, node('startEvent', 'got', messageEvent('m')) + serviceTask(task, `${task}§`) + chain('got', task), message('m', `m${id}`));
    const { keys } = await t.deploy({ 'p§.bpmn': begun('p§', 'a'), 'q§.bpmn': begun('q§', 'b') });
    await t.publish('mp§', 'k');
    const job = await t.job('a§');
    await migrate(t, job.processInstanceKey, keys[1]!, { a: 'b' });
    await t.complete(job);
  },
});
