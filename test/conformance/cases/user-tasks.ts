import { boundary, bpmn, chain, end, errorEvent, flow, mapping, messageEvent, message, start, timer } from '../../support/bpmn.ts';
import { compensatedBy, compensateEvent, headers, line, multiInstance, node, script, signal, signalEvent } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const task = (id: string, extra = '', inside = '') => node('userTask', id, inside, '', `<zeebe:userTask/>${extra}`);
const one = (extra = '', inside = '') => line('p§', { a: task('a', extra, inside) });
const assigned = (text: string) => `<zeebe:assignmentDefinition ${text}/>`;
const scheduled = (text: string) => `<zeebe:taskSchedule ${text}/>`;
const form = (text: string) => `<zeebe:formDefinition ${text}/>`;

export default scenarios({
  'a user task is created and completed': async (t) => {
    await t.deploy({ 'p§.bpmn': one() });
    const done = t.start('p§', { x: 1 });
    const [key] = await t.userTasks();
    await t.noJob('io.camunda.zeebe:userTask');
    await t.onUserTask('complete', key!, { variables: { decided: true } });
    await t.result(done);
  },
  'completing with an action of one\'s own': async (t) => {
    await t.deploy({ 'p§.bpmn': one() });
    await t.create('p§');
    const [key] = await t.userTasks();
    await t.onUserTask('complete', key!, { action: 'approve' });
  },
  'who, until when and in which form': async (t) => {
    await t.deploy({ 'f§.form': JSON.stringify({ id: 'f§', components: [] }) });
    await t.deploy({ 'p§.bpmn': one(`${assigned('assignee="=who" candidateGroups="=groups" candidateUsers="one, two"')}${scheduled('dueDate="=due" followUpDate="2026-01-02T03:04:05Z"')}${form('formId="f§"')}${headers({ own: 'header' })}`) });
    await t.create('p§', { who: 'wang', groups: ['a', 'b c'], due: '2027-03-04T05:06:07+08:00' });
    const [key] = await t.userTasks();
    await t.onUserTask('complete', key!);
  },
  'an external form': async (t) => {
    await t.deploy({ 'p§.bpmn': one(form('externalReference="=&quot;form-&quot; + kind"')) });
    await t.create('p§', { kind: 'x' });
    await t.create('p§', { kind: 7 });
    await t.userTasks();
  },
  'forms that are refused': async (t) => {
    await t.deploy({ 'p§.bpmn': one(form('formKey="k"')) });
    await t.deploy({ 'p§.bpmn': one(form('formId="f" externalReference="e"')) });
    await t.deploy({ 'p§.bpmn': one(form('')) });
    await t.deploy({ 'p§.bpmn': one(form('formId=""')) });
    await t.deploy({ 'p§.bpmn': one('<zeebe:taskDefinition type="x"/>') });
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('userTask', 'a', '', '', form('externalReference="e"')) }) });
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('serviceTask', 'a', '', '', '<zeebe:taskDefinition type="x"/><zeebe:userTask/>') }) });
    await t.deploy({ 'p§.bpmn': one(scheduled('dueDate="nonsense"')) });
    await t.deploy({ 'p§.bpmn': one(scheduled('dueDate="2027-03-04"')) });
  },
  'a form that is not deployed is an incident until it is': async (t) => {
    await t.deploy({ 'p§.bpmn': one(form('formId="f§"')) });
    const instance = await t.create('p§');
    await t.deploy({ 'f§.form': JSON.stringify({ id: 'f§', components: [] }) });
    await t.resolveIncidents();
    const [key] = await t.userTasks();
    await t.onUserTask('complete', key!);
    await t.isRunning(instance);
  },
  'due dates may be null, temporal values or texts': async (t) => {
    await t.deploy({ 'p§.bpmn': one(scheduled('dueDate="=due" followUpDate="=follow"')) });
    await t.create('p§', { due: null, follow: '' });
    await t.create('p§', { due: 'nonsense' });
    await t.create('p§', { due: '2027-03-04T05:06:07', follow: 7 });
    await t.create('p§', { due: '2027-03-04T05:06:07Z[UTC]' });
    await t.userTasks(2);
  },
  'an assignee that is null, or no text': async (t) => {
    await t.deploy({ 'p§.bpmn': one(assigned('assignee="=who"')) });
    await t.create('p§', { who: '' });
    await t.create('p§', { who: 7 });
    const key = await t.create('p§', { who: null });
    await t.setVariables(key, { who: 'li' });
    await t.resolveIncidents();
    await t.userTasks(2);
  },
  'candidates that are no list of texts': async (t) => {
    await t.deploy({ 'p§.bpmn': one(assigned('candidateGroups="=groups" candidateUsers="=users"')) });
    await t.create('p§', { groups: 'one', users: [] });
    await t.create('p§', { groups: [], users: [1, 2] });
    await t.create('p§', { groups: ['g'], users: null });
    await t.create('p§', { groups: ['g', 'h'], users: ['u'] });
    await t.userTasks(1);
  },
  'assigning, claiming and giving back': async (t) => {
    await t.deploy({ 'p§.bpmn': one() });
    await t.create('p§');
    const [key] = await t.userTasks();
    await t.onUserTask('assign', key!, { assignee: 'wang' });
    await t.onUserTask('assign', key!, { assignee: 'li' });
    await t.onUserTask('assign', key!, { assignee: 'zhao', allowOverride: false });
    await t.onUserTask('assign', key!, { assignee: 'li', allowOverride: false });
    await t.onUserTask('unassign', key!);
    await t.onUserTask('assign', key!, { assignee: 'zhao', allowOverride: false });
    await t.onUserTask('assign', key!, { assignee: 'sun', action: 'delegate' });
    await t.onUserTask('assign', key!, { assignee: 'sun' });
    await t.onUserTask('assign', key!, { assignee: '' });
    await t.onUserTask('assign', key!, {});
    await t.onUserTask('assign', key!, { assignee: '', allowOverride: false });
    await t.onUserTask('unassign', key!);
    await t.onUserTask('unassign', key!);
    await t.onUserTask('assign', key!, { assignee: 'qian', allowOverride: false, action: 'mine' });
    await t.onUserTask('complete', key!);
  },
  'changing a user task': async (t) => {
    await t.deploy({ 'p§.bpmn': one(assigned('candidateGroups="one" candidateUsers="two"') + scheduled('dueDate="2027-01-01T00:00:00Z"')) });
    await t.create('p§');
    const [key] = await t.userTasks();
    await t.onUserTask('update', key!, { changeset: { candidateGroups: ['a', 'b'] } });
    await t.onUserTask('update', key!, { changeset: { candidateUsers: ['u'], dueDate: '2027-05-06T07:08:09Z', followUpDate: '2027-04-06T07:08:09+08:00' }, action: 'plan' });
    await t.onUserTask('update', key!, { changeset: { candidateGroups: [], candidateUsers: [], dueDate: '', followUpDate: '' } });
    await t.onUserTask('update', key!, { changeset: { dueDate: '2027-05-06T07:08:09Z' } });
    await t.onUserTask('update', key!, { changeset: { dueDate: null, candidateGroups: null } });
    await t.onUserTask('update', key!, { changeset: { candidateGroups: ['same'] } });
    await t.onUserTask('update', key!, { changeset: { candidateGroups: ['same'] } });
    await t.onUserTask('complete', key!);
  },
  'changes that are refused': async (t) => {
    await t.deploy({ 'p§.bpmn': one() });
    await t.create('p§');
    const [key] = await t.userTasks();
    await t.onUserTask('update', key!, { changeset: { dueDate: 'nonsense' } });
    await t.onUserTask('update', key!, { changeset: { followUpDate: '2027-05-06' } });
    await t.onUserTask('update', key!, { changeset: {} });
    await t.onUserTask('update', key!, {});
  },
  'user tasks that are not there': async (t) => {
    for (const action of ['assign', 'update', 'complete', 'unassign'] as const) await t.onUserTask(action, '2251799813685248', { assignee: 'x', changeset: { candidateGroups: ['a'] } });
    await t.deploy({ 'p§.bpmn': one() });
    await t.create('p§');
    const [key] = await t.userTasks();
    await t.onUserTask('complete', key!);
    for (const action of ['assign', 'update', 'complete', 'unassign'] as const) await t.onUserTask(action, key!, { assignee: 'x', changeset: { candidateGroups: ['a'] } });
    await t.onUserTask('assign', key!, { assignee: 'x', allowOverride: false });
  },
  'mappings of a user task': async (t) => {
    await t.deploy({ 'p§.bpmn': one(mapping([['=x', 'own']], [['=own + answer', 'y']])) });
    const done = t.start('p§', { x: 1 });
    const [key] = await t.userTasks();
    await t.onUserTask('complete', key!, { variables: { answer: 41 } });
    await t.result(done);
  },
  'an output mapping that fails is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': one(mapping([], [['=assert(z, z != null)', 'y']])) });
    const instance = await t.create('p§');
    const [key] = await t.userTasks();
    await t.onUserTask('complete', key!);
    await t.onUserTask('complete', key!);
    await t.setVariables(instance, { z: 1 });
    await t.resolveIncidents();
    await t.isRunning(instance);
  },
  'cancelling the instance cancels the user task': async (t) => {
    await t.deploy({ 'p§.bpmn': one(assigned('assignee="wang"')) });
    const instance = await t.create('p§');
    const [key] = await t.userTasks();
    await t.cancel(instance);
    await t.onUserTask('complete', key!);
  },
  'boundary events of a user task': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: task('a') }, boundary('late', 'a', timer('timeDuration', 'PT1.5S')) + boundary('note', 'a', messageEvent('m'), false) + boundary('sig', 'a', signalEvent('s'), false) + end('e2') + end('e3') + end('e4') + chain('late', 'e2') + chain('note', 'e3') + chain('sig', 'e4'), message('m', 'm§', '="k"') + signal('s', 's§')) });
    const done = t.start('p§');
    await t.userTasks();
    await t.publish('m§', 'k', { noted: 1 });
    await t.broadcast('s§', { heard: 1 });
    await t.result(done);
  },
  'a multi-instance user task': async (t) => {
    for (const sequential of [false, true]) {
      await t.deploy({ 'p§.bpmn': one(assigned('assignee="=item"'), multiInstance('inputCollection="=[&quot;a&quot;,&quot;b&quot;]" inputElement="item" outputCollection="answers" outputElement="=answer"', { sequential })) });
      const done = t.start('p§');
      const before = sequential ? 2 : 0;
      if (sequential) {
        for (const answer of [1, 2]) await t.onUserTask('complete', (await t.userTasks(before + answer)).at(-1)!, { variables: { answer } });
      } else {
        const keys = await t.userTasks(2);
        await t.onUserTask('complete', keys[1]!, { variables: { answer: 2 } });
        await t.onUserTask('complete', keys[0]!, { variables: { answer: 1 } });
      }
      await t.result(done);
    }
  },
  'two user tasks at once': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + node('parallelGateway', 'fork') + task('a') + task('b') + node('parallelGateway', 'join') + end() + flow('start', 'fork') + flow('fork', 'a') + flow('fork', 'b') + flow('a', 'join') + flow('b', 'join') + flow('join', 'end')) });
    const done = t.start('p§');
    const keys = await t.userTasks(2);
    await t.onUserTask('complete', keys[0]!, { variables: { x: 1 } });
    await t.onUserTask('complete', keys[1]!, { variables: { y: 2 } });
    await t.result(done);
  },
  'a user task as compensation handler': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: script('a', '1', 'a'), undo: node('intermediateThrowEvent', 'undo', compensateEvent()) }, compensatedBy('a', 'ua', task('ua'))) });
    const done = t.start('p§');
    const [key] = await t.userTasks();
    await t.onUserTask('complete', key!, { variables: { undone: true } });
    await t.result(done);
  },
  'a user task and its error boundary event': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: task('a') }, boundary('caught', 'a', errorEvent('e')) + end('e2') + chain('caught', 'e2'), '<bpmn:error id="e" errorCode="E"/>') });
    const done = t.start('p§');
    const [key] = await t.userTasks();
    await t.onUserTask('complete', key!);
    await t.result(done);
  },
});
