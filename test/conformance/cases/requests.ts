import { message, messageEvent, serviceTask } from '../../support/bpmn.ts';
import { line, node } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const TASK = line('p§', { a: serviceTask('a', 'a§') });
const DMN = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drg§" name="DRG" namespace="n"><decision id="d§" name="D"><literalExpression id="l"><text>1</text></literalExpression></decision></definitions>`;

export default scenarios({
  'the default tenant may be named, no other': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK, 'd§.dmn': DMN });
    for (const tenantId of ['<default>', 'other', 'not a tenant']) {
      await t.create('p§', {}, { tenantId });
      await t.call('createProcessInstanceWithResult', { request: { bpmnProcessId: 'none§', version: -1, tenantId }, requestTimeout: 200 });
      await t.call('deployResource', { resources: [], tenantId });
      await t.call('publishMessage', { name: 'm§', tenantId });
      await t.call('evaluateDecision', { decisionId: 'd§', tenantId });
      await t.call('broadcastSignal', { signalName: 's§', tenantId });
      await t.stream('activateJobs', { type: 'none§', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1, tenantIds: [tenantId] });
    }
    await t.stream('activateJobs', { type: 'none§', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1, tenantIds: ['<default>', '<default>'] });
    await t.stream('activateJobs', { type: 'none§', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1, tenantIds: ['<default>', 'other'] });
    await t.stream('streamActivatedJobs', { type: 'none§', worker: 'w', timeout: 1000, tenantIds: ['other'] });
  },
  'variables that are no object': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    const key = await t.create('p§');
    const job = await t.job('a§');
    for (const variables of ['', ' ', 'null', '[]', '1', '"x"', 'true', '{', '{"a":}', 'x', '{"a":1,}']) {
      await t.create('p§', {}, { variables });
      await t.call('setVariables', { elementInstanceKey: key, variables, local: true });
      await t.call('publishMessage', { name: 'm§', variables });
      await t.call('failJob', { jobKey: job.key, retries: 3, variables });
    }
  },
  'activations and streams that are refused': async (t) => {
    const request = { type: 'none§', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1 };
    for (const more of [{ type: '' }, { type: ' ' }, { timeout: 0 }, { timeout: -1 }, { maxJobsToActivate: 0 }, { maxJobsToActivate: -1 }, { worker: '' }]) await t.stream('activateJobs', { ...request, ...more });
    for (const more of [{ type: '' }, { type: ' ' }, { timeout: 0 }, { timeout: -1 }]) await t.stream('streamActivatedJobs', { type: 'none§', worker: 'w', timeout: 1000, ...more });
  },
  'a poll ends without jobs when its time is over': async (t) => {
    for (const requestTimeout of [-1, 1, 400]) await t.stream('activateJobs', { type: 'none§', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout });
  },
  'fetching variables by name': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§', '<zeebe:ioMapping><zeebe:input source="=x + 1" target="local"/></zeebe:ioMapping>') }) });
    for (let count = 0; count < 4; count += 1) await t.create('p§', { x: 1, y: { z: 1 } });
    await t.job('a§', { fetchVariable: ['y'] });
    await t.job('a§', { fetchVariable: ['local', 'nothing', 'x', 'x'] });
    await t.job('a§', { fetchVariable: ['nothing'] });
    await t.job('a§', { fetchVariable: [''] });
  },
  'results with chosen variables': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: node('task', 'a') }) });
    await t.run('p§', { x: 1, y: 2 }, { fetchVariables: ['y', 'nothing'] });
    await t.run('p§', { x: 1, y: 2 }, { fetchVariables: ['nothing'] });
    await t.run('p§', { x: 1, y: 2 }, { fetchVariables: [] });
    await t.run('p§', { x: 1, y: 2 }, { fetchVariables: ['x', 'x', ''] });
  },
  'a result by definition key and version, and of nothing': async (t) => {
    const { keys } = await t.deploy({ 'p§.bpmn': TASK });
    await t.run('', {}, { request: { processDefinitionKey: keys[0]! }, requestTimeout: 200 });
    await t.run('', {}, { request: {} });
    await t.run('', {}, {});
    await t.run('nobody§');
  },
  'messages that are refused': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { w: node('intermediateCatchEvent', 'w', messageEvent('m')) }, '', message('m', 'm§', '=key')) });
    await t.call('publishMessage', { name: '' });
    await t.call('publishMessage', { name: 'm§', timeToLive: -1 });
    await t.call('publishMessage', { name: 'm§', correlationKey: '' });
  },
  'a request larger than 4 MB': async (t) => {
    await t.call('publishMessage', { name: 'large§', variables: JSON.stringify({ large: 'x'.repeat(5_000_000) }) });
    await t.call('publishMessage', { name: 'large§', variables: JSON.stringify({ large: 'x'.repeat(1_000_000) }) });
  },
});
