import { mapping, serviceTask, userTask } from '../../support/bpmn.ts';
import { headers, line, node, script } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const taskDefinition = (type: string, more = ''): string => `<zeebe:taskDefinition type="${type}" ${more}/>`;

export default scenarios({
  'a service task waits for its job and passes the variables on': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }) });
    const done = t.start('p§', { x: 1 });
    await t.complete(await t.job('a§'), { y: { deep: [1, 'two'] } });
    await t.result(done);
  },
  'job type, retries and headers': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('serviceTask', 'a', '', '', taskDefinition('=&quot;a&quot; + kind', 'retries="=n * 2"') + headers({ color: 'red', empty: '' })) }) });
    await t.create('p§', { kind: '§', n: 4 });
    await t.job('a§');
  },
  'retries as plain text': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('serviceTask', 'a', '', '', taskDefinition('a§', 'retries="7"')) }) });
    await t.create('p§');
    await t.job('a§');
  },
  'send task, script task and business rule task may be jobs': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('sendTask', 'a', '', '', taskDefinition('a§')), b: node('scriptTask', 'b', '', '', taskDefinition('a§')), c: node('businessRuleTask', 'c', '', '', taskDefinition('a§')) }) });
    const done = t.start('p§');
    for (let count = 0; count < 3; count += 1) await t.work('a§', { count });
    await t.result(done);
  },
  'a script task evaluates in place': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', 'x * 2', 'y') }) });
    await t.run('p§', { x: 21 });
  },
  'a script task with output mapping keeps its result to itself': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', 'x * 2', 'y', mapping([], [['=y + 1', 'z']])) }) });
    await t.run('p§', { x: 21 });
  },
  'a script task whose expression fails gives null or an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', '1 + missing', 'y'), b: script('b', 'assert(missing, missing != null)', 'z') }) });
    const key = await t.create('p§');
    await t.isRunning(key);
    await t.setVariables(key, { missing: 5 });
    await t.resolveIncidents();
    await t.isRunning(key);
  },
  'manual and undefined tasks pass': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('manualTask', 'a'), b: node('task', 'b', '', '', mapping([['=1', 'one']], [['=one + 1', 'two']])) }) });
    await t.run('p§');
  },
  'none throw event passes, with mappings': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('intermediateThrowEvent', 'a', '', '', mapping([['=x', 'own']], [['=x + 1', 'y'], ['=own', 'z']])) }) });
    await t.run('p§', { x: 1 });
  },
  'a user task is a job with one retry': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: userTask('a') }) });
    const done = t.start('p§', { x: 1 });
    await t.work('io.camunda.zeebe:userTask', { decided: true });
    await t.result(done);
  },
  'a user task tells who, until when and with which form': async (t) => {
    const assignment = '<zeebe:assignmentDefinition assignee="=who" candidateGroups="=groups" candidateUsers="one, two"/>';
    await t.deploy({ 'p§.bpmn': line('p§', { a: userTask('a', `${assignment}<zeebe:taskSchedule dueDate="=due" followUpDate="2026-01-02T03:04:05Z"/><zeebe:formDefinition formKey="key:1"/>${headers({ own: 'header' })}`) }) });
    await t.create('p§', { who: 'wang', groups: ['a', 'b c'], due: '2027-03-04T05:06:07+08:00' });
    await t.complete(await t.job('io.camunda.zeebe:userTask'));
  },
  'candidate groups as plain text': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: userTask('a', '<zeebe:assignmentDefinition candidateGroups="one,  two ,three"/>') }) });
    await t.create('p§');
    await t.complete(await t.job('io.camunda.zeebe:userTask'));
  },
  'due dates may be null, temporal values or texts': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: userTask('a', '<zeebe:taskSchedule dueDate="=due" followUpDate="=follow"/>') }) });
    await t.create('p§', { due: null, follow: '' });
    await t.create('p§', { due: 'nonsense' });
    await t.create('p§', { due: '2027-03-04T05:06:07', follow: 7 });
    await t.create('p§', { due: '2027-03-04T05:06:07Z[UTC]' });
    for (const job of await t.jobs('io.camunda.zeebe:userTask', 2)) await t.complete(job);
  },
  'a null assignee is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: userTask('a', '<zeebe:assignmentDefinition assignee="=who"/>') }) });
    const key = await t.create('p§', { who: null });
    await t.setVariables(key, { who: 'li' });
    await t.resolveIncidents();
    await t.complete(await t.job('io.camunda.zeebe:userTask'));
    await t.isRunning(key);
  },
  'an empty assignee leaves the header out': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: userTask('a', '<zeebe:assignmentDefinition assignee="=who" candidateGroups="=[]"/>') }) });
    await t.create('p§', { who: '' });
    await t.complete(await t.job('io.camunda.zeebe:userTask'));
  },
  'candidate groups that are no list of texts are an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: userTask('a', '<zeebe:assignmentDefinition candidateGroups="=groups"/>') }) });
    await t.create('p§', { groups: 'one' });
    await t.create('p§', { groups: [1, 2] });
    await t.create('p§', { groups: null });
    await t.settle();
  },
  'a form that is not deployed is an incident until it is': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: userTask('a', '<zeebe:formDefinition formId="f§"/>') }) });
    const key = await t.create('p§');
    await t.resolveIncidents();
    await t.deploy({ 'f§.form': JSON.stringify({ id: 'f§', components: [] }) });
    await t.resolveIncidents();
    await t.complete(await t.job('io.camunda.zeebe:userTask'));
    await t.isRunning(key);
  },
  'a retries expression that is no number is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('serviceTask', 'a', '', '', taskDefinition('a§', 'retries="=many"')) }) });
    const key = await t.create('p§', { many: 'lots' });
    await t.setVariables(key, { many: 2 });
    await t.resolveIncidents();
    await t.job('a§');
  },
  'a job type that is no text is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('serviceTask', 'a', '', '', taskDefinition('=kind')) }) });
    await t.create('p§', { kind: 7 });
    await t.create('p§', {});
    await t.settle();
  },
  'two incoming flows run a task twice': async (t) => {
    const { bpmn, start, end, chain, flow } = await import('../../support/bpmn.ts');
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + serviceTask('a', 'a§') + end() + chain('start', 'fork') + flow('fork', 'a') + flow('fork', 'a') + flow('a', 'end')) });
    const key = await t.create('p§');
    const [one, two] = await t.jobs('a§', 2);
    await t.complete(one!);
    await t.isRunning(key);
    await t.complete(two!);
    await t.isRunning(key);
  },
});
