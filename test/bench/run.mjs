// What `npm run bench` runs: both engines side by side on this machine, scenario by scenario in turn, and the ratios of one run.
// --rounds N (5), --only a,b (parts of scenarios' names), --engine guicheng|zeebe (one alone), --slow-disk MS (added to each flush of both), --json FILE
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from '../../engine/prepare.mjs';
import { startGuicheng, startZeebeBroker } from './engines.mjs';
import { clientLimit } from './light-client.mjs';
import { gather, machineFacts, table } from './report.mjs';
import { Driver, scenarios } from './scenarios.mjs';
import { slowDisk } from './slow-disk.mjs';

/** Idle is who has had nothing to do for so long. */
const IDLE_MS = 20_000;

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, only: { type: 'string' }, engine: { type: 'string' }, 'slow-disk': { type: 'string', default: '0' }, json: { type: 'string' } } });
const chosen = scenarios.filter((scenario) => options.only === undefined || options.only.split(',').some((part) => scenario.name.includes(part)));
const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-bench-'));
const engines = [];
try {
  await prepare();
  await chmod(folder, 0o755); // the database server runs as somebody else
  const disk = await slowDisk(Number(options['slow-disk']), folder);
  if (options.engine !== 'zeebe') engines.push(await startGuicheng(path.join(folder, 'data'), disk));
  if (options.engine !== 'guicheng') engines.push(await startZeebeBroker(disk));
  const drivers = engines.map((engine) => new Driver(engine));
  for (const driver of drivers) await driver.deploy();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const limit = await clientLimit();
  const single = {};
  for (const engine of engines) single[engine.name] = { 'start, empty data: s': engine.startMs / 1000, 'idle memory: MiB': await engine.memoryMiB() };
  const results = [];
  for (let round = 1; round <= Number(options.rounds); round += 1) {
    for (const scenario of chosen) {
      // Who goes first changes with the round.
      for (const driver of round % 2 === 1 ? drivers : drivers.toReversed()) {
        const figures = await scenario.run(driver);
        results.push({ round, scenario: scenario.name, engine: driver.engine.name, figures });
        process.stderr.write(`${round} ${scenario.name} · ${driver.engine.name}: ${Object.entries(figures).map(([name, value]) => `${name} ${value === null ? '-' : value.toFixed(1)}`).join(', ')}\n`);
      }
    }
  }
  for (const driver of drivers) driver.close();
  const summary = gather(results);
  process.stdout.write(`${machineFacts()}\nload client against a server that does nothing, both on one core: ${Math.round(limit)} calls/s\n\n${table(summary, single)}\n`);
  if (options.json) await writeFile(options.json, `${JSON.stringify({ machine: machineFacts(), clientLimit: limit, single, results, summary }, null, 2)}\n`);
} finally {
  for (const engine of engines) await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
