import { bpmn, chain, end, serviceTask, start } from '../../support/bpmn.ts';
import { line, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const TASK = line('p§', { a: serviceTask('a', 'a§') });

export default scenarios({
  'an instance of the newest, of a version, by key': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    const { keys } = await t.deploy({ 'p§.bpmn': TASK.replaceAll('a§', 'b§') });
    await t.create('p§');
    await t.create('p§', {}, { version: 1 });
    await t.create('', {}, { processDefinitionKey: keys[0]! });
    await t.jobs('b§', 2);
    await t.jobs('a§', 1);
  },
  'instances of nothing': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.create('none§');
    await t.create('p§', {}, { version: 7 });
    await t.create('', {}, { processDefinitionKey: '2251799813999999' });
    await t.create('');
    await t.create('p§', {}, { version: 0 });
    await t.create('p§', {}, { variables: '[1]' });
    await t.create('p§', {}, { variables: 'x' });
    await t.create('p§', {}, { tenantId: 'other' });
  },
  'cancelling ends everything': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', start('s') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + chain('s', 'a') + chain('s', 'b')) }) });
    const key = await t.create('p§');
    const job = await t.job('a§');
    await t.cancel(key);
    await t.isRunning(key);
    await t.complete(job);
    await t.noJob('b§');
    await t.cancel(key);
    await t.cancel('7');
    await t.cancel(job.elementInstanceKey);
  },
  'whoever awaits the result of a cancelled instance gets an answer': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    const done = t.start('p§', {}, { requestTimeout: 4000 });
    const job = await t.job('a§');
    await t.cancel(job.processInstanceKey);
    await t.result(done);
  },
  'awaiting a result has its limit': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.result(t.start('p§', {}, { requestTimeout: 300 }));
    await t.work('a§');
  },
  'an incident is gone with its instance': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', 'assert(x, x != null)', 'y') }) });
    const key = await t.create('p§');
    await t.cancel(key);
    await t.resolveIncidents();
  },
  'an incident in one branch does not stop the other': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + script('a', 'assert(x, x != null)', 'y') + serviceTask('b', 'b§') + end() + chain('start', 'a', 'end') + chain('start', 'b', 'end')) });
    const key = await t.create('p§');
    await t.work('b§', { x: 1 });
    await t.isRunning(key);
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'element instances cannot be cancelled, jobs of another kind not activated': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.create('p§');
    await t.noJob('other§');
    const job = await t.job('a§');
    await t.cancel(job.elementInstanceKey);
    await t.complete(job);
  },
  'a process of events alone': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('intermediateThrowEvent', 'a') + end() + chain('start', 'a', 'end')) });
    await t.run('p§', { x: { y: [null] } });
  },
  'a process without end event': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start()) });
    await t.run('p§');
  },
  'large variables': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', 'count(list)', 'n', '<zeebe:ioMapping><zeebe:output source="=n" target="n"/></zeebe:ioMapping>') }) });
    await t.run('p§', { list: Array.from({ length: 2000 }, (_, n) => n) }, { fetchVariables: ['n'] });
  },
});
