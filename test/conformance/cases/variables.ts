import { mapping, serviceTask, start, end, chain } from '../../support/bpmn.ts';
import { line, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const task = (extra: string) => line('p§', { a: serviceTask('a', 'a§', extra) });

export default scenarios({
  'input mappings see each other in order': async (t) => {
    await t.deploy({ 'p§.bpmn': task(mapping([['=x + 1', 'y'], ['=y * 2', 'z'], ['=x', 'x']])) });
    const done = t.start('p§', { x: 1 });
    await t.work('a§', { y: 100, free: 1 });
    await t.result(done);
  },
  'paths as targets build objects': async (t) => {
    await t.deploy({ 'p§.bpmn': task(mapping([['=x', 'order.id'], ['="n"', 'order.customer.name']], [['=x', 'out.first'], ['=x + 1', 'out.second'], ['=7', 'given.new']])) });
    const done = t.start('p§', { x: 1, order: { old: true }, given: { kept: 1 } });
    await t.work('a§');
    await t.result(done);
  },
  'without output mapping everything is passed on, with one nothing else': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), b: serviceTask('b', 'b§', mapping([], [['=r.deep', 'taken']])) }) });
    const done = t.start('p§');
    await t.work('a§', { free: 1 });
    await t.work('b§', { r: { deep: [1] }, lost: 2 });
    await t.result(done);
  },
  'output to a variable of a scope in between': async (t) => {
    const inside = start('s') + serviceTask('a', 'a§') + end('se') + chain('s', 'a', 'se');
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, mapping([['=1', 'here']])) }) });
    const done = t.start('p§', { x: 0 });
    await t.work('a§', { here: 2, x: 3, fresh: 4 });
    await t.result(done);
  },
  'a missing variable maps to null': async (t) => {
    await t.deploy({ 'p§.bpmn': task(mapping([['=missing', 'y'], ['=missing.deep', 'z']], [['=nothing', 'out']])) });
    const done = t.start('p§');
    await t.work('a§');
    await t.result(done);
  },
  'a mapping that fails is an incident at its moment': async (t) => {
    await t.deploy({ 'p§.bpmn': task(mapping([['=assert(x, x > 0)', 'y']], [['=assert(z, z > 0)', 'out']])) });
    const key = await t.create('p§', { x: 0, z: 0 });
    await t.noJob('a§');
    await t.setVariables(key, { x: 1 });
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
    await t.setVariables(key, { z: 1 });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'plain text as source of a mapping': async (t) => {
    await t.deploy({ 'p§.bpmn': task(mapping([['text', 'y'], ['12', 'n']])) });
    await t.create('p§');
    await t.job('a§');
  },
  'values keep their kinds': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', '{i: 1, d: 1.5, t: date("2026-01-02"), dt: date and time("2026-01-02T03:04:05Z"), du: duration("P1DT2H"), ym: duration("P1Y2M"), n: null, l: [1, "a", true], s: "ü😀"}', 'y') }) });
    await t.run('p§', { given: { i: 1, d: 1.5, l: [], o: {}, s: '' } });
  },
  'setting variables of an instance, existing and new': async (t) => {
    await t.deploy({ 'p§.bpmn': task(mapping([['=x', 'local']])) });
    const key = await t.create('p§', { x: 1 });
    await t.settle();
    await t.setVariables(key, { x: 2, fresh: 3, local: 'outside' });
    await t.job('a§');
  },
  'setting variables of an element: where they are found, or locally': async (t) => {
    await t.deploy({ 'p§.bpmn': task(mapping([['=x', 'own']])) });
    const done = t.start('p§', { x: 1 });
    const job = await t.job('a§');
    await t.setVariables(job.elementInstanceKey, { x: 2, own: 5, fresh: 6 });
    await t.setVariables(job.elementInstanceKey, { x: 'hidden', lone: 7 }, true);
    await t.fail(job, 1);
    await t.work('a§');
    await t.result(done);
  },
  'setting variables where nothing is': async (t) => {
    await t.setVariables('2251799813999999', { x: 1 });
    await t.setVariables('7', { x: 1 });
    await t.call('setVariables', { elementInstanceKey: '2251799813999999', variables: '[]' });
  },
  'setting the same value again': async (t) => {
    await t.deploy({ 'p§.bpmn': task('') });
    const key = await t.create('p§', { x: { a: 1, b: 2 } });
    await t.setVariables(key, { x: { a: 1, b: 2 } });
    await t.setVariables(key, { x: { b: 2, a: 1 } });
    await t.settle();
  },
  'only the wanted variables are fetched with a job': async (t) => {
    await t.deploy({ 'p§.bpmn': task(mapping([['=x', 'own']])) });
    await t.create('p§', { x: 1, y: 2, z: 3 });
    await t.job('a§', { fetchVariable: ['own', 'z', 'missing'] });
  },
  'a result with chosen variables': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', 'x + 1', 'y') }) });
    await t.run('p§', { x: 1, z: 3 }, { fetchVariables: ['y', 'missing'] });
  },
  'mappings of start and end event': async (t) => {
    const { bpmn } = await import('../../support/bpmn.ts');
    await t.deploy({ 'p§.bpmn': bpmn('p§', node('startEvent', 'start', '', '', mapping([], [['=x + 1', 'y']])) + node('endEvent', 'end', '', '', mapping([['=y', 'own']], [['=own + 1', 'z']])) + chain('start', 'end')) });
    await t.run('p§', { x: 1 });
  },
  'names with other letters': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', '客户.姓名 + "!"', '问候') }) });
    await t.run('p§', { 客户: { 姓名: '示例' } });
  },
  'a variable whose name is no FEEL name': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', '1', 'y') }) });
    await t.run('p§', { 'a b': 1, 'a-b': 2, '1': 3, null: 4 });
  },
  'a gateway and a throw event do not see local variables of a task': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', mapping([['=1', 'local']])), b: script('b', 'local', 'seen') }) });
    const done = t.start('p§');
    await t.work('a§');
    await t.result(done);
  },
});
