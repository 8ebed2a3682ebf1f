import { bpmn, chain, end, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { callActivity, line, node } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const TASK = line('p§', { a: serviceTask('a', 'a§') });
const remove = (resourceKey: string) => ({ resourceKey });
const DMN = (text: string) => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drg§" name="DRG" namespace="n"><decision id="d§" name="D"><literalExpression id="l"><text>${text}</text></literalExpression></decision></definitions>`;
const decide = (id: string): string => node('businessRuleTask', id, '', '', '<zeebe:calledDecision decisionId="d§" resultVariable="r"/>');

export default scenarios({
  'the deprecated deployment of processes': async (t) => {
    await t.deployProcesses({ 'p§.bpmn': TASK, 'c§.bpmn': line('c§', { c: node('task', 'c') }) });
    await t.deployProcesses({ 'p§.bpmn': TASK });
    await t.deployProcesses({ 'p§.bpmn': TASK.replaceAll('a§', 'b§') });
    await t.create('p§');
    await t.work('b§');
    await t.run('c§');
    await t.deployProcesses({ 'p§.bpmn': '<nonsense/>' });
    await t.deployProcesses({});
    await t.deployProcesses({ 'p§.txt': TASK });
  },
  'a definition with running instances is not deleted': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': TASK });
    const key = await t.create('p§');
    await t.call('deleteResource', remove(keys[0]!));
    await t.cancel(key);
    await t.settle();
    await t.call('deleteResource', remove(keys[0]!));
    await t.call('deleteResource', remove(keys[0]!));
    await t.create('p§');
  },
  'an older version can be deleted alone': async (t) => {
    const first = await t.deploy({ 'p§.bpmn': TASK });
    await t.deploy({ 'p§.bpmn': TASK.replaceAll('a§', 'b§') });
    await t.call('deleteResource', remove(first.keys[0]!));
    await t.create('p§', {}, { version: 1 });
    await t.create('p§', {}, { version: 2 });
    await t.work('b§');
    await t.deploy({ 'p§.bpmn': TASK });
  },
  'what is deleted cannot be called': async (t) => {
    const { keys } = await t.deploy({ 'c§.bpmn': line('c§', { c: node('task', 'c') }) });
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), call: callActivity('call', 'c§') }) });
    await t.create('p§');
    await t.call('deleteResource', remove(keys[0]!));
    await t.work('a§');
    await t.deploy({ 'c§.bpmn': line('c§', { c: node('task', 'c') }) });
    await t.resolveIncidents();
  },
  'a deleted process is started by nothing': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': bpmn('p§', node('startEvent', 'got', messageEvent('m')) + node('startEvent', 'tick', timer('timeCycle', 'R/PT1H')) + serviceTask('a', 'a§') + end() + chain('got', 'a', 'end') + chain('tick', 'a'), message('m', 'm§')) });
    await t.publish('m§', 'k');
    await t.work('a§');
    await t.settle();
    await t.call('deleteResource', remove(keys[0]!));
    await t.publish('m§', 'k2');
    await t.noJob('a§');
  },
  'deleting decisions brings back the version before, at last none': async (t) => {
    const first = await t.deploy({ 'd§.dmn': DMN('1') });
    const second = await t.deploy({ 'd§.dmn': DMN('2') });
    await t.deploy({ 'p§.bpmn': line('p§', { d: decide('d') }) });
    await t.run('p§');
    for (const key of second.keys) await t.call('deleteResource', remove(key));
    await t.run('p§');
    for (const key of first.keys) await t.call('deleteResource', remove(key));
    await t.create('p§');
    await t.deploy({ 'd§.dmn': DMN('3') });
    await t.resolveIncidents();
  },
  'nothing of that key': async (t) => {
    await t.call('deleteResource', remove('2251799813999999'));
    await t.call('deleteResource', remove('7'));
    const { keys } = await t.deploy({ 'p§.bpmn': line('p§', { a: node('task', 'a') }) });
    await t.create('p§');
    await t.call('deleteResource', remove(keys[0]!));
    await t.create('', {}, { processDefinitionKey: keys[0]! });
  },
  'a process with a start event deleted and deployed again': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': bpmn('p§', start() + serviceTask('a', 'a§') + chain('start', 'a')) });
    await t.call('deleteResource', remove(keys[0]!));
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + serviceTask('a', 'a§') + chain('start', 'a')) });
    await t.create('p§');
    await t.work('a§');
  },
});
