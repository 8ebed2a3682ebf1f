// What is measured. Each scenario drives one engine and gives figures by name; every count is checked.
import { diagrams } from './diagrams.mjs';
import { decode, encode, LightClient } from './light-client.mjs';

const UNAVAILABLE = '14';
const WARM_MS = 1000;
const RESULT_LIMIT_MS = 60_000;

const fail = (text) => { throw new Error(text); };
const expect = (what, is, wanted) => is === wanted || fail(`${what}: expected ${wanted}, but was ${is}`);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One engine with a client and what the scenarios share. */
export class Driver {
  constructor(engine) {
    this.engine = engine;
    this.client = new LightClient(engine.address);
  }

  async deploy() {
    const resources = Object.entries(diagrams).map(([name, xml]) => ({ name: `bench-${name}.bpmn`, content: Buffer.from(xml) }));
    for (let tries = 0; ; tries += 1) {
      try {
        await this.client.call('DeployResource', encode('DeployResource', { resources }));
        return;
      } catch (error) {
        // Ready is not quite ready with a cluster.
        if (error.status !== UNAVAILABLE || tries === 60) throw error;
        await sleep(500);
      }
    }
  }

  createWithResult(frame) {
    return this.client.call('CreateProcessInstanceWithResult', frame);
  }

  /** Works jobs of a type until `stop()`; counts them. */
  worker(type, { pollers = 2, variables, maxJobs = 128 } = {}) {
    const poll = encode('ActivateJobs', { type, worker: 'bench', timeout: 120_000, maxJobsToActivate: maxJobs, requestTimeout: 2000, fetchVariable: ['none'] });
    const worked = { count: 0, first: null, stop: null };
    let stopped = false;
    const complete = async (job) => {
      await this.client.call('CompleteJob', encode('CompleteJob', { jobKey: job.key, variables: variables ?? '{}' }));
      worked.count += 1;
    };
    const loop = async () => {
      while (!stopped) {
        const jobs = [];
        await this.client.call('ActivateJobs', poll, (frame) => jobs.push(...decode('ActivateJobs', frame).jobs));
        if (jobs.length > 0) worked.first ??= performance.now();
        // The next jobs are asked for while these are being completed, as clients do.
        if (jobs.length > maxJobs / 2) await Promise.all(jobs.map(complete));
        else for (const job of jobs) complete(job).catch((error) => { worked.error = error; });
      }
    };
    const loops = Array.from({ length: pollers }, () => loop().catch((error) => { worked.error = error; }));
    worked.stop = async () => {
      stopped = true;
      await Promise.all(loops);
      if (worked.error) throw worked.error;
    };
    return worked;
  }

  close() {
    this.client.close();
  }
}

/** Callers that each wait for the result before the next instance: rate per second, latency in ms, CPU per instance in ms. */
const closedLoop = (name, { process: bpmn, type, callers, variables = {}, jobs = 1, seconds = 4, result }) => ({
  name,
  async run(driver) {
    const worker = type === undefined ? null : driver.worker(type, { variables: result });
    const frame = encode('CreateProcessInstanceWithResult', { request: { bpmnProcessId: bpmn, version: -1, variables: JSON.stringify(variables) }, requestTimeout: RESULT_LIMIT_MS, fetchVariables: ['none'] });
    const until = performance.now() + WARM_MS + seconds * 1000;
    const measureFrom = performance.now() + WARM_MS;
    const times = [];
    let created = 0;
    let cpuFrom = null;
    const cpuTimer = setTimeout(async () => { cpuFrom = [await driver.engine.cpuMs(), created]; }, WARM_MS);
    await Promise.all(Array.from({ length: callers }, async () => {
      while (performance.now() < until) {
        const began = performance.now();
        await driver.createWithResult(frame);
        created += 1;
        if (began >= measureFrom) times.push(performance.now() - began);
      }
    }));
    // Workers that wait for a last job in vain are not part of it.
    const measured = performance.now() - measureFrom;
    clearTimeout(cpuTimer);
    const cpu = cpuFrom === null ? 0 : (await driver.engine.cpuMs()) - cpuFrom[0];
    await worker?.stop();
    if (worker) expect('jobs worked', worker.count, created * jobs);
    times.sort((a, b) => a - b);
    return { rate: times.length / (measured / 1000), p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)], cpu: cpu / (created - (cpuFrom?.[1] ?? 0)) };
  },
});

const range = (count) => Array.from({ length: count }, (_, at) => at + 1);

const messages = {
  name: 'message correlation, 1,000 waiting',
  async run(driver) {
    const batch = `${driver.engine.name}-${Date.now()}`;
    const total = 3000;
    const frame = (key) => encode('CreateProcessInstanceWithResult', { request: { bpmnProcessId: 'bench_message', version: -1, variables: JSON.stringify({ key: `${batch}-${key}` }) }, requestTimeout: RESULT_LIMIT_MS });
    const ended = [];
    let next = 0;
    const open = () => void ended.push(driver.createWithResult(frame(next++)));
    for (let at = 0; at < 1000; at += 1) open();
    await sleep(3000);
    const began = performance.now();
    let published = 0;
    await Promise.all(Array.from({ length: 16 }, async () => {
      while (published < total) {
        const key = published++;
        await driver.client.call('PublishMessage', encode('PublishMessage', { name: 'bench.message', correlationKey: `${batch}-${key}`, timeToLive: 60_000, variables: '{}' }));
        await ended[key];
        if (next < total) open();
      }
    }));
    await Promise.all(ended);
    expect('instances ended', ended.length, total);
    return { rate: total / ((performance.now() - began) / 1000) };
  },
};

const waiting = {
  name: '20,000 waiting',
  async run(driver) {
    const total = 20_000;
    const frame = encode('CreateProcessInstance', { bpmnProcessId: 'bench_waiting', version: -1, variables: '{"a":1}' });
    let began = performance.now();
    let left = total;
    await Promise.all(Array.from({ length: 64 }, async () => {
      while (left-- > 0) await driver.client.call('CreateProcessInstance', frame);
    }));
    const create = total / ((performance.now() - began) / 1000);
    began = performance.now();
    const worker = driver.worker('bench.waiting', { pollers: 4 });
    while (worker.count < total) await sleep(20);
    const drain = total / ((performance.now() - began) / 1000);
    await worker.stop();
    expect('jobs worked', worker.count, total);
    return { create, drain };
  },
};

const timers = {
  name: '2,000 timers due at once',
  async run(driver) {
    const total = 2000;
    const at = new Date(Date.now() + 8000);
    at.setMilliseconds(0);
    const frame = encode('CreateProcessInstance', { bpmnProcessId: 'bench_timers', version: -1, variables: JSON.stringify({ at: at.toISOString() }) });
    let left = total;
    await Promise.all(Array.from({ length: 32 }, async () => {
      while (left-- > 0) await driver.client.call('CreateProcessInstance', frame);
    }));
    if (Date.now() > at.getTime()) return { p50: null, p99: null };
    // Late is what comes late to a worker: its job after the timer.
    const late = [];
    const poll = encode('ActivateJobs', { type: 'bench.timers', worker: 'bench', timeout: 120_000, maxJobsToActivate: 500, requestTimeout: 5000, fetchVariable: ['none'] });
    const done = [];
    while (late.length < total) {
      await driver.client.call('ActivateJobs', poll, (answer) => {
        const now = Date.now();
        for (const job of decode('ActivateJobs', answer).jobs) {
          late.push(now - at.getTime());
          done.push(driver.client.call('CompleteJob', encode('CompleteJob', { jobKey: job.key, variables: '{}' })));
        }
      });
    }
    await Promise.all(done);
    late.sort((a, b) => a - b);
    expect('timers fired', late.length, total);
    return { p50: late[total >> 1], p99: late[Math.floor(total * 0.99)] };
  },
};

export const scenarios = [
  closedLoop('one task, 1 caller', { process: 'bench_one', type: 'bench.one', callers: 1, variables: { a: 1 } }),
  closedLoop('one task, 16 callers', { process: 'bench_one', type: 'bench.one', callers: 16, variables: { a: 1 } }),
  closedLoop('one task, 64 callers', { process: 'bench_one', type: 'bench.one', callers: 64, variables: { a: 1 } }),
  closedLoop('ten tasks, 16 callers', { process: 'bench_ten', type: 'bench.ten', callers: 16, jobs: 10 }),
  closedLoop('parallel 10, 16 callers', { process: 'bench_parallel', type: 'bench.parallel', callers: 16, jobs: 10 }),
  closedLoop('complaint-like, 16 callers', { process: 'bench_complaint', type: 'bench.complaint', callers: 16, jobs: 4, variables: { customer: { name: 'sample', no: 'C100001' }, amount: 300, content: 'x'.repeat(600) }, result: '{"number":7}' }),
  closedLoop('multi-instance 100, 4 callers', { process: 'bench_multi', type: 'bench.multi', callers: 4, jobs: 100, variables: { items: range(100) } }),
  closedLoop('200 KB payload, 16 callers', { process: 'bench_one', type: 'bench.one', callers: 16, variables: { document: 'x'.repeat(200 * 1024) } }),
  messages,
  waiting,
  timers,
];
