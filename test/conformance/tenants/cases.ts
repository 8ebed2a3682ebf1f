import { boundary, flow, message, messageEvent, serviceTask, timer } from '../../support/bpmn.ts';
import { callActivity, line, node } from '../diagrams.ts';
import type { Transcript } from '../transcript.ts';

/** A conversation of several who may act for different tenants. `as(tenants, tenantId)`: the first is named unless another is. */
type Play = (t: Transcript, as: (tenants: readonly string[], tenantId?: string) => Transcript) => Promise<void>;

const task = (id = 'p§', type = 'a§'): string => line(id, { a: serviceTask('a', type) });
const waits = (extra = ''): string => line('p§', { w: node('intermediateCatchEvent', 'w', messageEvent('m')), a: serviceTask('a', 'a§') }, '', message('m', 'paid§', '=key') + extra);
const signal = (id: string): string => `<bpmn:signal id="${id}" name="alarm§"/>`;
const dmn = (value: string): string => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drg§" name="drg" namespace="n"><decision id="d§" name="d"><variable id="v" name="d"/><literalExpression id="l"><text>${value}</text></literalExpression></decision></definitions>`;

const cases: Record<string, Play> = {
  'the same process id has versions of its own in each': async (_t, as) => {
    const [one, two] = [as(['one']), as(['two'])];
    await one.deploy({ 'p.bpmn': task() });
    await one.deploy({ 'p.bpmn': task().replace('isExecutable', 'name="again" isExecutable') });
    await two.deploy({ 'p.bpmn': task() });
    await one.create('p§');
    await two.create('p§');
    await one.jobs('a§', 5);
    await two.jobs('a§', 5);
    await one.tenantsOfRecords();
  },
  'whoever may act for several asks for jobs of some or all of them': async (_t, as) => {
    for (const tenant of ['one', 'two']) {
      const each = as([tenant]);
      await each.deploy({ 'p.bpmn': task() });
      await each.create('p§', { of: tenant });
    }
    const both = as(['one', 'two']);
    await both.jobs('a§', 5, { tenantIds: ['two'] });
    await both.jobs('a§', 5, { tenantIds: ['one', 'two'] });
    await both.jobs('a§', 1, { tenantIds: ['one', 'three'] });
    await both.jobs('a§', 1, { tenantIds: [] });
  },
  'a poll that waits for several gets the first job of any': async (_t, as) => {
    for (const tenant of ['one', 'two']) await as([tenant]).deploy({ 'p.bpmn': task() });
    const both = as(['one', 'two']);
    const waiting = both.jobs('a§', 1, { tenantIds: ['one', 'two'] });
    await as(['two']).create('p§', { of: 'two' });
    await waiting;
  },
  'a stream gets the jobs of its tenants alone': async (t, as) => {
    for (const tenant of ['one', 'two']) await as([tenant]).deploy({ 'p.bpmn': task() });
    const stream = as(['one', 'two']).openJobs('a§');
    await t.settle();
    await as(['two']).create('p§', { of: 'two' });
    await as(['one']).create('p§', { of: 'one' });
    await stream.received(1);
    stream.cancel();
    await t.settle();
    await as(['two']).jobs('a§', 1);
  },
  'what names no tenant, or one that is not the caller\'s, is refused': async (_t, as) => {
    const [one, none] = [as(['one']), as(['one'], '')];
    await one.deploy({ 'p.bpmn': task() });
    for (const [rpc, request] of [
      ['deployResource', { resources: [{ name: 'p.bpmn', content: Buffer.from(task()).toString('base64') }] }],
      ['createProcessInstance', { bpmnProcessId: 'p§', version: -1 }],
      ['createProcessInstanceWithResult', { request: { bpmnProcessId: 'p§', version: -1 }, requestTimeout: 500 }],
      ['publishMessage', { name: 'paid§' }],
      ['broadcastSignal', { signalName: 'alarm§' }],
      ['evaluateDecision', { decisionId: 'd§' }],
    ] as const) {
      await none.call(rpc, request);
      for (const tenantId of ['two', '<default>', 'no such', 'x'.repeat(32)]) await as(['one'], tenantId).call(rpc, request);
    }
    await none.stream('activateJobs', { type: 'a§', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1 });
    await as(['one'], 'two').stream('activateJobs', { type: 'a§', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1 });
    await none.stream('streamActivatedJobs', { type: 'a§', worker: 'w', timeout: 1000 });
    await none.call('topology', {});
  },
  'nothing of another tenant is there': async (t, as) => {
    const [one, two] = [as(['one']), as(['two'])];
    await one.deploy({ 'p.bpmn': task() });
    await two.create('p§');
    const instance = await one.create('p§');
    const job = await one.job('a§');
    await two.complete(job);
    await two.fail(job, 2);
    await two.throwError(job, 'E');
    await two.updateRetries(job, 5);
    await two.call('updateJobTimeout', { jobKey: job.key, timeout: 1000 });
    await two.call('setVariables', { elementInstanceKey: instance, variables: '{"x":1}' });
    await two.call('cancelProcessInstance', { processInstanceKey: instance });
    await two.call('modifyProcessInstance', { processInstanceKey: instance, activateInstructions: [{ elementId: 'a' }] });
    await one.fail(job, 0);
    await two.resolveIncidents();
    await t.settle();
    await one.updateRetries(job, 1);
    await one.resolveIncidents();
    await one.work('a§');
    await one.isRunning(instance);
  },
  'definitions of another tenant can be neither run, deleted nor migrated to': async (_t, as) => {
    const [one, two] = [as(['one']), as(['two'])];
    const { keys: [mine] } = await one.deploy({ 'p.bpmn': task() });
    const { keys: [theirs] } = await two.deploy({ 'q.bpmn': task('q§') });
    await one.call('createProcessInstance', { processDefinitionKey: theirs! });
    await one.call('deleteResource', { resourceKey: theirs! });
    const instance = await one.create('p§');
    const plan = { targetProcessDefinitionKey: theirs!, mappingInstructions: [{ sourceElementId: 'a', targetElementId: 'a' }] };
    await one.call('migrateProcessInstance', { processInstanceKey: instance, migrationPlan: plan });
    await as(['one', 'two']).call('migrateProcessInstance', { processInstanceKey: instance, migrationPlan: plan });
    await two.call('migrateProcessInstance', { processInstanceKey: instance, migrationPlan: { ...plan, targetProcessDefinitionKey: mine! } });
    await two.call('deleteResource', { resourceKey: theirs! });
  },
  'messages do not cross': async (_t, as) => {
    const [one, two] = [as(['one']), as(['two'])];
    for (const each of [one, two]) {
      await each.deploy({ 'p.bpmn': waits() });
      await each.create('p§', { key: 'k' });
    }
    await one.publish('paid§', 'k', { amount: 1 });
    await one.jobs('a§', 1);
    await two.noJob('a§');
    await two.publish('paid§', 'k', { amount: 2 }, { messageId: 'same' });
    await one.publish('paid§', 'other', {}, { messageId: 'same' });
    await two.jobs('a§', 1);
  },
  // Not with the same correlation key at the same time: Zeebe 8.5.8 then lets one tenant's instance hold up the other's.
  'a message begins processes of its tenant': async (_t, as) => {
    const [one, two] = [as(['one']), as(['two'])];
    const begins = line('p§', { a: serviceTask('a', 'a§') }, node('startEvent', 'got', messageEvent('m')) + flow('got', 'a'), message('m', 'begin§'));
    for (const each of [one, two]) await each.deploy({ 'p.bpmn': begins });
    await one.publish('begin§', 'k', { of: 1 });
    await one.publish('begin§', 'k', { of: 2 });
    await two.publish('begin§', 'l', { of: 3 });
    await two.jobs('a§', 1);
    await one.work('a§');
    await one.jobs('a§', 1);
  },
  'signals do not cross': async (_t, as) => {
    const [one, two] = [as(['one']), as(['two'])];
    const hears = line('p§', { w: node('intermediateCatchEvent', 'w', '<bpmn:signalEventDefinition id="sd" signalRef="s"/>'), a: serviceTask('a', 'a§') }, node('startEvent', 'got', '<bpmn:signalEventDefinition id="sd2" signalRef="s"/>') + flow('got', 'a'), signal('s'));
    for (const each of [one, two]) {
      await each.deploy({ 'p.bpmn': hears });
      await each.create('p§');
    }
    await one.broadcast('alarm§', { x: 1 });
    await one.jobs('a§', 2);
    await two.noJob('a§');
  },
  'timers, variables and incidents belong to the tenant of their process': async (_t, as) => {
    const one = as(['one']);
    await one.deploy({ 'p.bpmn': line('p§', { a: serviceTask('a', 'a§'), b: serviceTask('b', '=missing') }, boundary('late', 'a', timer('timeDuration', 'PT1H'), false) + flow('late', 'end')) });
    await one.create('p§', { x: 1 });
    await one.work('a§', { y: 2 });
    await one.tenantsOfRecords();
  },
  'a called process is one of the same tenant': async (_t, as) => {
    const [one, two] = [as(['one']), as(['two'])];
    await two.deploy({ 'c.bpmn': task('c§') });
    await one.deploy({ 'p.bpmn': line('p§', { call: callActivity('call', 'c§') }) });
    await one.create('p§');
    await one.deploy({ 'c.bpmn': task('c§') });
    await one.resolveIncidents();
    await one.jobs('a§', 1);
    await two.noJob('a§');
  },
  'decisions are those of the tenant': async (_t, as) => {
    const [one, two] = [as(['one']), as(['two'])];
    await one.deploy({ 'd.dmn': dmn('1'), 'p.bpmn': line('p§', { r: node('businessRuleTask', 'r', '<bpmn:extensionElements><zeebe:calledDecision decisionId="d§" resultVariable="out"/></bpmn:extensionElements>') }) });
    await two.deploy({ 'd.dmn': dmn('2') });
    await two.evaluateFully('d§');
    await one.evaluateFully('d§');
    await one.run('p§');
    await as(['three']).call('evaluateDecision', { decisionId: 'd§' });
    await one.tenantsOfRecords();
  },
};

export default cases;
