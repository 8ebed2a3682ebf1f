// What only the product itself is measured on, since Zeebe has no read model and needs no comparison: how it begins again on what it holds, how far the read
// model lags, and what a large number of waiting instances costs.
// --waiting N (20,000; 1,000,000 takes about a quarter of an hour), --rounds N (3), --json FILE
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { prepare } from '../../engine/prepare.mjs';
import { startGuicheng } from './engines.mjs';
import { decode, encode } from './light-client.mjs';
import { machineFacts } from './report.mjs';
import { Driver, scenarios } from './scenarios.mjs';

const { values: options } = parseArgs({ options: { waiting: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '3' }, json: { type: 'string' } } });
const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-bench-'));
const dataDir = path.join(folder, 'data');
const loaded = scenarios.find(({ name }) => name === 'one task, 64 callers');
const databaseUrl = `postgres://guicheng@${encodeURIComponent(path.join(dataDir, 'postgres.run'))}:5432/guicheng`;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const figures = {};
const note = (name, value, unit) => {
  (figures[name] ??= { unit, values: [] }).values.push(value);
  process.stderr.write(`${name}: ${value.toFixed(1)} ${unit}\n`);
};

/** From nothing to the first job, in ms: the product is ready when it hands out work. */
async function untilFirstJob() {
  const began = performance.now();
  const engine = await startGuicheng(dataDir);
  const driver = new Driver(engine);
  await firstJob(driver);
  return { engine, driver, ms: performance.now() - began };
}

/** Asks until there is a job. */
async function firstJob(driver) {
  const poll = encode('ActivateJobs', { type: 'bench.waiting', worker: 'bench', timeout: 1000, maxJobsToActivate: 1, requestTimeout: 5000, fetchVariable: ['none'] });
  let jobs = 0;
  while (jobs === 0) {
    await driver.client.call('ActivateJobs', poll, (frame) => (jobs += decode('ActivateJobs', frame).jobs.length)).catch((error) => {
      if (error.status !== '14') throw error;
    });
  }
}

async function createWaiting(driver, total) {
  const frame = encode('CreateProcessInstance', { bpmnProcessId: 'bench_waiting', version: -1, variables: '{"a":1}' });
  let left = total;
  await Promise.all(Array.from({ length: 64 }, async () => {
    while (left-- > 0) await driver.client.call('CreateProcessInstance', frame);
  }));
}

/** Milliseconds by which the read model is behind, sampled while `work` runs, and until it has seen all of it afterwards. */
async function lagDuring(work) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const samples = [];
  let working = true;
  const sampling = (async () => {
    while (working) {
      const { rows: [at] } = await client.query('select extract(epoch from p.record_at) * 1000 as applied, b.position > p.position as behind from read_model.position p join broker.partition b on b.id = p.partition where p.partition = 1');
      // What was applied last is older than what was not: behind by no more than this.
      samples.push(at.behind ? Date.now() - Number(at.applied) : 0);
      await sleep(20);
    }
  })();
  await work();
  working = false;
  await sampling;
  const ended = performance.now();
  const { rows: [newest] } = await client.query('select position from broker.partition where id = 1');
  for (;;) {
    const { rows: [reached] } = await client.query('select position from read_model.position where partition = 1');
    if (BigInt(reached.position) >= BigInt(newest.position)) break;
    await sleep(20);
  }
  await client.end();
  // The first seconds have the pause before the load in them.
  const settled = samples.slice(Math.floor(samples.length / 3)).toSorted((a, b) => a - b);
  return { p50: settled[settled.length >> 1], p99: settled[Math.floor(settled.length * 0.99)], caughtUp: performance.now() - ended };
}

/** One-task instances at a rate, whatever the answers take. */
async function atRate(driver, perSecond, seconds) {
  const worker = driver.worker('bench.one');
  const frame = encode('CreateProcessInstance', { bpmnProcessId: 'bench_one', version: -1, variables: '{"a":1}' });
  const until = performance.now() + seconds * 1000;
  const calls = [];
  let made = 0;
  const began = performance.now();
  while (performance.now() < until) {
    const due = ((performance.now() - began) / 1000) * perSecond;
    for (; made < due; made += 1) calls.push(driver.client.call('CreateProcessInstance', frame));
    await sleep(5);
  }
  await Promise.all(calls);
  while (worker.count < made) await sleep(20);
  await worker.stop();
}

let engine = null;
try {
  await prepare();
  engine = await startGuicheng(dataDir);
  let driver = new Driver(engine);
  await driver.deploy();
  await createWaiting(driver, 1000);
  await loaded.run(driver);
  await sleep(15_000);
  note('memory with 1,000 waiting', await engine.memoryMiB(), 'MiB');
  const rates = [];
  for (let round = 0; round < Number(options.rounds); round += 1) rates.push((await loaded.run(driver)).rate);
  for (const rate of rates) note('one task, 64 callers, with 1,000 waiting', rate, 'per s');
  const full = await lagDuring(() => loaded.run(driver));
  note('read model, full load: lag p99', full.p99, 'ms');
  note('read model, full load: caught up after', full.caughtUp, 'ms');
  const half = await lagDuring(() => atRate(driver, Math.max(...rates) / 2, 6));
  note('read model, half load: lag p50', half.p50, 'ms');
  note('read model, half load: lag p99', half.p99, 'ms');

  const total = Number(options.waiting);
  const began = performance.now();
  await createWaiting(driver, total - 1000);
  note(`creating ${total} waiting`, (total - 1000) / ((performance.now() - began) / 1000), 'per s');
  await sleep(30_000);
  note(`memory with ${total} waiting`, await engine.memoryMiB(), 'MiB');
  for (let round = 0; round < Number(options.rounds); round += 1) note(`one task, 64 callers, with ${total} waiting`, (await loaded.run(driver)).rate, 'per s');
  for (let round = 0; round < Number(options.rounds); round += 1) {
    driver.close();
    await engine.kill();
    await sleep(2000);
    ({ engine, driver } = await measured(`first job after kill -9 with ${total} waiting`));
  }
  for (let round = 0; round < Number(options.rounds); round += 1) {
    driver.close();
    await engine.stop();
    ({ engine, driver } = await measured('first job after a clean start on that data'));
  }
  driver.close();
  // A second product on the first one's database, which outlives the first.
  const standby = startGuicheng(path.join(folder, 'standby'), { DATABASE_URL: databaseUrl });
  await sleep(10_000);
  const killed = performance.now();
  await engine.kill();
  engine = await standby;
  driver = new Driver(engine);
  await firstJob(driver);
  note(`first job from a standby with ${total} waiting, after kill -9 of the first`, (performance.now() - killed) / 1000, 's');
  driver.close();
  await engine.stop();
  engine = await startGuicheng(dataDir); // ends the database with it
} finally {
  await engine?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measured(name) {
  const { ms, ...begun } = await untilFirstJob();
  note(name, ms / 1000, 's');
  return begun;
}

const lines = Object.entries(figures).map(([name, { unit, values }]) => {
  const sorted = values.toSorted((a, b) => a - b);
  return `${name.padEnd(60)} ${sorted[sorted.length >> 1].toFixed(1).padStart(10)} ${unit.padEnd(5)} (${sorted[0].toFixed(1)}–${sorted.at(-1).toFixed(1)})`;
});
process.stdout.write(`${machineFacts()}\n${lines.join('\n')}\n`);
if (options.json) await writeFile(options.json, `${JSON.stringify({ machine: machineFacts(), figures }, null, 2)}\n`);
