import { serviceTask } from '../../support/bpmn.ts';
import { line } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const TASK = line('p§', { a: serviceTask('a', 'a§') });

export default scenarios({
  'a shorter time lets others have the job': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.create('p§');
    const job = await t.job('a§');
    await t.noJob('a§');
    await t.call('updateJobTimeout', { jobKey: job.key, timeout: 1 });
    await t.sleep(1300);
    await t.work('a§');
  },
  'a longer time keeps it': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.create('p§');
    const job = await t.job('a§', { timeout: 1000 });
    await t.call('updateJobTimeout', { jobKey: job.key, timeout: 60_000 });
    await t.sleep(1500);
    await t.noJob('a§');
    await t.complete(job);
  },
  'no time, and less': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.create('p§');
    const job = await t.job('a§');
    await t.call('updateJobTimeout', { jobKey: job.key, timeout: 0 });
    await t.sleep(1300);
    const again = await t.job('a§');
    await t.call('updateJobTimeout', { jobKey: again.key, timeout: -5 });
    await t.sleep(1300);
    await t.work('a§');
  },
  'jobs that nobody has': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.create('p§');
    const job = await t.job('a§', { timeout: 1 });
    await t.sleep(1300);
    await t.call('updateJobTimeout', { jobKey: job.key, timeout: 1000 });
    const again = await t.job('a§');
    await t.fail(again, 0);
    await t.call('updateJobTimeout', { jobKey: again.key, timeout: 1000 });
    await t.updateRetries(again, 1);
    await t.resolveIncidents();
    await t.call('updateJobTimeout', { jobKey: again.key, timeout: 1000 });
    await t.work('a§');
    await t.call('updateJobTimeout', { jobKey: again.key, timeout: 1000 });
    await t.call('updateJobTimeout', { jobKey: '2251799813999999', timeout: 1000 });
    await t.call('updateJobTimeout', { jobKey: '7', timeout: 1000 });
  },
  'a job in back-off and one that has thrown': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.create('p§');
    const job = await t.job('a§');
    await t.fail(job, 2, { retryBackOff: 60_000 });
    await t.call('updateJobTimeout', { jobKey: job.key, timeout: 1000 });
    await t.create('p§');
    const other = await t.job('a§');
    await t.throwError(other, 'nobody');
    await t.call('updateJobTimeout', { jobKey: other.key, timeout: 1000 });
  },
});
