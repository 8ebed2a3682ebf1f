import { boundary, bpmn, chain, end, mapping, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { callActivity, line, multiInstance, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const IN = 'inputCollection="=items" inputElement="item"';
const IN_OUT = `${IN} outputCollection="results" outputElement="=result"`;
const task = (loop: string, extra = '') => line('p§', { a: serviceTask('a', 'a§', extra, loop) });

export default scenarios({
  'all passes at once, results in the order of the items': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN_OUT)) });
    const done = t.start('p§', { items: ['x', 'y', 'z'] });
    const jobs = await t.jobs('a§', 3);
    await t.complete(jobs[2]!, { result: 3 });
    await t.complete(jobs[0]!, { result: 1 });
    await t.complete(jobs[1]!, { result: 2 });
    await t.result(done);
  },
  'passes in turn': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN_OUT, { sequential: true })) });
    const done = t.start('p§', { items: ['x', 'y', 'z'] });
    for (const result of [1, 2, 3]) {
      await t.work('a§', { result });
      if (result < 3) await t.settle();
    }
    await t.result(done);
  },
  'an empty collection passes': async (t) => {
    for (const sequential of [true, false]) {
      await t.deploy({ 'p§.bpmn': task(multiInstance(IN_OUT, { sequential })) });
      await t.run('p§', { items: [] });
    }
  },
  'a collection that is none is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN)) });
    const key = await t.create('p§', { items: 'text' });
    await t.create('p§', {});
    await t.create('p§', { items: { a: 1 } });
    await t.setVariables(key, { items: [1] });
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
  },
  'without input element and output': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance('inputCollection="=[1, 2]"')) });
    const done = t.start('p§');
    for (const job of await t.jobs('a§', 2)) await t.complete(job, { mine: 1 });
    await t.result(done);
  },
  'variables of a pass are shared unless made local': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN_OUT), mapping([['=item * 10', 'result']])) });
    const done = t.start('p§', { items: [1, 2] });
    for (const job of await t.jobs('a§', 2)) await t.complete(job, { shared: job.elementId });
    await t.result(done);
  },
  'output element by expression over item and loop counter': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(`${IN} outputCollection="results" outputElement="={item: item, at: loopCounter}"`)) });
    const done = t.start('p§', { items: ['x', 'y'] });
    for (const job of await t.jobs('a§', 2)) await t.complete(job);
    await t.result(done);
  },
  'output mapping of a pass comes before its output element': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(`${IN} outputCollection="results" outputElement="=mapped"`), mapping([], [['=raw + 1', 'mapped']])) });
    const done = t.start('p§', { items: ['x', 'y'] });
    for (const job of await t.jobs('a§', 2)) await t.complete(job, { raw: 1 });
    await t.result(done);
  },
  'a missing output element gives null': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN_OUT)) });
    const done = t.start('p§', { items: ['x', 'y'] });
    for (const job of await t.jobs('a§', 2)) await t.complete(job);
    await t.result(done);
  },
  'a completion condition ends the rest': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN_OUT, { completion: 'result = 2' })) });
    const done = t.start('p§', { items: ['x', 'y', 'z'] });
    const jobs = await t.jobs('a§', 3);
    await t.complete(jobs[1]!, { result: 2 });
    await t.result(done);
    await t.complete(jobs[0]!);
  },
  'a completion condition over the counters': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN_OUT, { completion: 'numberOfCompletedInstances / numberOfInstances &gt;= 0.5' })) });
    const done = t.start('p§', { items: ['w', 'x', 'y', 'z'] });
    const jobs = await t.jobs('a§', 4);
    await t.complete(jobs[3]!, { result: 4 });
    await t.complete(jobs[0]!, { result: 1 });
    await t.result(done);
  },
  'a completion condition in turn': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN_OUT, { sequential: true, completion: 'numberOfCompletedInstances = 2' })) });
    const done = t.start('p§', { items: ['x', 'y', 'z'] });
    await t.work('a§', { result: 1 });
    await t.work('a§', { result: 2 });
    await t.result(done);
  },
  'counters of active and terminated passes': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN, { completion: 'numberOfActiveInstances = 1 and numberOfTerminatedInstances = 0' })) });
    const done = t.start('p§', { items: [1, 2, 3] });
    const jobs = await t.jobs('a§', 3);
    await t.complete(jobs[0]!);
    await t.complete(jobs[1]!);
    await t.result(done);
  },
  'a completion condition that is no boolean is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN, { completion: 'ready' })) });
    const key = await t.create('p§', { items: [1, 2] });
    const jobs = await t.jobs('a§', 2);
    await t.complete(jobs[0]!);
    await t.isRunning(key);
    await t.setVariables(key, { ready: true });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'an interrupting boundary event ends all passes': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance(IN_OUT)) }, boundary('late', 'a', timer('timeDuration', 'PT1.5S')) + end('end2') + chain('late', 'end2')) });
    const done = t.start('p§', { items: [1, 2] });
    await t.work('a§', { result: 1 });
    await t.result(done);
  },
  'a non-interrupting boundary event of a multi-instance happens once': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '', multiInstance(IN)) }, boundary('note', 'a', messageEvent('m'), false) + script('b', '1', 'noted') + end('end2') + chain('note', 'b', 'end2'), message('m', 'm§', '=key')) });
    const done = t.start('p§', { items: [1, 2], key: 'k' });
    await t.settle();
    await t.publish('m§', 'k');
    for (const job of await t.jobs('a§', 2)) await t.complete(job);
    await t.result(done);
  },
  'a multi-instance subprocess': async (t) => {
    const inside = start('s') + serviceTask('a', 'a§') + script('b', 'item * factor', 'result') + end('se') + chain('s', 'a', 'b', 'se');
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside, mapping([['=null', 'result'], ['=0', 'factor']]), multiInstance(IN_OUT)) }) });
    const done = t.start('p§', { items: [1, 2] });
    for (const job of await t.jobs('a§', 2)) await t.complete(job, { factor: 10 });
    await t.result(done);
  },
  'a multi-instance call activity': async (t) => {
    await t.deploy({ 'c§.bpmn': line('c§', { a: script('a', 'item * 2', 'result') }).replaceAll('"start"', '"cs"').replaceAll('"end"', '"ce"'), 'p§.bpmn': line('p§', { call: callActivity('call', 'c§', '', mapping([], [['=result', 'result']]), multiInstance(IN_OUT)) }) });
    await t.run('p§', { items: [1, 2, 3] });
  },
  'a multi-instance script task, at once and in turn': async (t) => {
    for (const sequential of [false, true]) {
      await t.deploy({ 'p§.bpmn': line('p§', { a: node('scriptTask', 'a', multiInstance(IN_OUT, { sequential }), '', '<zeebe:script expression="=item * 2" resultVariable="result"/>') }) });
      await t.run('p§', { items: [1, 2, 3] });
    }
  },
  'a multi-instance receive task': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('receiveTask', 'a', multiInstance(IN), 'messageRef="m"') }, '', message('m', 'm§', '=item')) });
    const done = t.start('p§', { items: ['k1', 'k2'] });
    await t.settle();
    await t.publish('m§', 'k2', { two: 1 });
    await t.publish('m§', 'k1', { one: 1 });
    await t.result(done);
  },
  'cancelling with open passes': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN)) });
    const key = await t.create('p§', { items: [1, 2] });
    const jobs = await t.jobs('a§', 2);
    await t.cancel(key);
    await t.complete(jobs[0]!);
  },
  'a collection changed meanwhile, in turn': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance(IN, { sequential: true })) });
    const key = await t.create('p§', { items: [1, 2, 3] });
    await t.work('a§', { items: [7, 8] });
    await t.work('a§');
    await t.isRunning(key);
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'no input collection is refused': async (t) => {
    await t.deploy({ 'p§.bpmn': task(multiInstance('inputElement="item"')) });
    await t.deploy({ 'p§.bpmn': task('<bpmn:multiInstanceLoopCharacteristics/>') });
    await t.deploy({ 'p§.bpmn': task(multiInstance(`${IN} outputCollection="results"`)) });
    await t.deploy({ 'p§.bpmn': task(multiInstance(`${IN} outputElement="=x"`)) });
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + serviceTask('a', 'a§', '', multiInstance('inputCollection="items"')) + chain('start', 'a')) });
  },
});
