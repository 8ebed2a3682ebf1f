import { serviceTask } from '../../support/bpmn.ts';
import { line } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const TASK = { 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }) };

export default scenarios({
  'failing with retries left hands the job out again': async (t) => {
    await t.deploy(TASK);
    await t.create('p§', { x: 1 });
    const job = await t.job('a§');
    await t.fail(job, 2, { errorMessage: 'not yet' });
    await t.job('a§');
  },
  'a failed job with retries left can still be completed by the first worker': async (t) => {
    await t.deploy(TASK);
    await t.create('p§');
    const job = await t.job('a§');
    await t.fail(job, 2);
    await t.complete(job);
    await t.complete(job);
  },
  'variables of a failure are local to the task': async (t) => {
    await t.deploy(TASK);
    const done = t.start('p§', { x: 1 });
    await t.fail(await t.job('a§'), 2, { variables: { x: 2, tried: true } });
    await t.work('a§', { x: 9 });
    await t.result(done);
  },
  'a back-off holds the job back': async (t) => {
    await t.deploy(TASK);
    await t.create('p§');
    await t.fail(await t.job('a§'), 2, { retryBackOff: 300 });
    await t.noJob('a§');
    await t.work('a§');
  },
  'a job in back-off can be completed': async (t) => {
    await t.deploy(TASK);
    const key = await t.create('p§');
    const job = await t.job('a§');
    await t.fail(job, 2, { retryBackOff: 60_000 });
    await t.complete(job);
    await t.isRunning(key);
  },
  'a job in back-off can fail again and throw': async (t) => {
    await t.deploy(TASK);
    await t.create('p§');
    const job = await t.job('a§');
    await t.fail(job, 2, { retryBackOff: 60_000 });
    await t.fail(job, 1, { retryBackOff: 60_000 });
    await t.throwError(job, 'E');
  },
  'no retries left is an incident': async (t) => {
    await t.deploy(TASK);
    const key = await t.create('p§');
    const job = await t.job('a§');
    await t.fail(job, 0, { errorMessage: 'gave up', variables: { tried: 1 } });
    await t.noJob('a§');
    await t.complete(job);
    await t.fail(job, 1);
    await t.throwError(job, 'E');
    await t.resolveIncidents();
    await t.updateRetries(job, 0);
    await t.updateRetries(job, -1);
    await t.updateRetries(job, 3);
    await t.noJob('a§');
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
  },
  'failing without message and with negative retries': async (t) => {
    await t.deploy(TASK);
    await t.create('p§');
    await t.fail(await t.job('a§'), -3);
    await t.noJob('a§');
  },
  'a timed out job is handed out again, and either worker may complete it': async (t) => {
    await t.deploy(TASK);
    const key = await t.create('p§');
    const job = await t.job('a§', { timeout: 100 });
    await t.job('a§');
    await t.complete(job);
    await t.isRunning(key);
  },
  'completing, failing and throwing for a job nobody has activated': async (t) => {
    await t.deploy(TASK);
    for (const act of ['complete', 'fail', 'throw'] as const) {
      await t.create('p§');
      const job = await t.job('a§', { timeout: 100 });
      await t.sleep(600);
      if (act === 'complete') await t.complete(job);
      else if (act === 'fail') await t.fail(job, 5);
      else await t.throwError(job, 'E');
      if (act === 'fail') await t.work('a§');
    }
  },
  'jobs that are not there': async (t) => {
    const none = { key: '2251799813999999' };
    await t.complete(none);
    await t.fail(none, 1);
    await t.updateRetries(none, 1);
    for (const key of ['7', '0', '-1', '4503599627370497']) await t.complete({ key });
    await t.call('resolveIncident', { incidentKey: '2251799813999999' });
    await t.call('resolveIncident', { incidentKey: '7' });
    await t.call('updateJobTimeout', { jobKey: '2251799813999999', timeout: 10 });
  },
  'activations that are refused or empty': async (t) => {
    for (const request of [{ type: '', timeout: 1000, maxJobsToActivate: 1 }, { type: 'a§', timeout: 0, maxJobsToActivate: 1 }, { type: 'a§', timeout: -5, maxJobsToActivate: 1 }, { type: 'a§', timeout: 1000, maxJobsToActivate: 0 }, { type: 'a§', timeout: 1000, maxJobsToActivate: -1 }, { type: 'a§', timeout: 1000, maxJobsToActivate: 5 }, { type: '  ', timeout: 1000, maxJobsToActivate: 5 }]) {
      await t.stream('activateJobs', { worker: '', requestTimeout: -1, ...request, type: request.type });
    }
  },
  'the oldest jobs come first': async (t) => {
    await t.deploy(TASK);
    for (const n of [1, 2, 3]) await t.create('p§', { n });
    await t.settle();
    await t.jobs('a§', 2);
    await t.jobs('a§', 1);
  },
  'a job that comes back after failing keeps its place': async (t) => {
    await t.deploy(TASK);
    for (const n of [1, 2, 3]) await t.create('p§', { n });
    await t.settle();
    const [one] = await t.jobs('a§', 1);
    await t.fail(one!, 1);
    await t.settle();
    await t.jobs('a§', 3);
  },
  'a waiting activation gets the job that comes': async (t) => {
    await t.deploy(TASK);
    const waiting = t.job('a§');
    await t.sleep(100);
    await t.create('p§', { late: true });
    await waiting;
  },
  'a worker that has gone away leaves its job to others': async (t) => {
    await t.deploy(TASK);
    await t.abandonedPoll('a§', 200);
    await t.create('p§', { n: 1 });
    await t.job('a§');
  },
  'a job stream gets what comes after it was opened': async (t) => {
    await t.deploy(TASK);
    await t.create('p§', { n: 0 });
    await t.settle();
    const stream = t.openJobs('a§');
    await t.sleep(200);
    await t.create('p§', { n: 1 });
    await t.create('p§', { n: 2 });
    const jobs = await stream.received(2);
    stream.cancel();
    for (const job of jobs) await t.complete(job);
    await t.job('a§');
  },
  'a job stream gets jobs that come back': async (t) => {
    await t.deploy(TASK);
    const stream = t.openJobs('a§');
    await t.sleep(200);
    await t.create('p§', { n: 1 });
    const [job] = await stream.received(1);
    await t.fail(job!, 1);
    await stream.received(1);
    stream.cancel();
  },
  'after a stream has ended jobs wait again': async (t) => {
    await t.deploy(TASK);
    const stream = t.openJobs('a§');
    await t.sleep(150);
    stream.cancel();
    await t.sleep(150);
    await t.create('p§', { n: 1 });
    await t.job('a§');
  },
  'cancelling takes the jobs back': async (t) => {
    await t.deploy(TASK);
    const key = await t.create('p§');
    await t.cancel(key);
    await t.noJob('a§');
    await t.create('p§', { n: 2 });
    await t.work('a§');
  },
  'variables of a completion must be an object': async (t) => {
    await t.deploy(TASK);
    await t.create('p§');
    const job = await t.job('a§');
    await t.call('completeJob', { jobKey: job.key, variables: '"text"' });
    await t.call('completeJob', { jobKey: job.key, variables: '{broken' });
    await t.call('completeJob', { jobKey: job.key, variables: '' });
  },
  'updating retries of an active job': async (t) => {
    await t.deploy(TASK);
    await t.create('p§');
    const job = await t.job('a§', { timeout: 300 });
    await t.updateRetries(job, 8);
    await t.job('a§');
  },
});
