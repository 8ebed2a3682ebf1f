import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { freePort, freshFolder, removeFolders, startProduct, type Product } from '../start/product.ts';
import { allRecords, compare, lookAt, lookInside, readModel, rebuildReadModel, runningInstances } from './inside.ts';
import { Load } from './load.ts';
import { replay } from './replay.ts';

const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 50);
const CALLERS = 8;
const UNDER_LOAD_MS = 1200;
const VICTIMS = ['broker', 'database', 'both'] as const;

afterAll(removeFolders);

test(`${ROUNDS} times broker, database or both are killed under load: nothing acknowledged is lost, nothing is done twice`, async () => {
  // given
  const dataDir = path.join(await freshFolder(), 'data');
  const [port, gatewayPort] = [await freePort(), await freePort()];
  const begin = (): Promise<Product> => startProduct({ dataDir, port, gatewayPort, env: { LOG_LEVEL: 'error' } });
  let product = await begin();
  await product.ready();
  const load = new Load(`127.0.0.1:${gatewayPort}`);
  await load.deploy();
  load.begin(CALLERS);

  // when
  for (let round = 0; round < ROUNDS; round += 1) {
    await pause(UNDER_LOAD_MS + Math.random() * 300);
    const victim = VICTIMS[round % VICTIMS.length]!;
    const server = await postmaster(dataDir);
    if (victim !== 'broker') process.kill(server, 'SIGKILL');
    if (victim === 'database') {
      await expect.poll(() => postmaster(dataDir).catch(() => server), { timeout: 60_000 }).not.toBe(server);
    } else {
      product.child.kill('SIGKILL');
      await product.exited;
      product = await begin();
    }
    await product.ready();
  }
  await pause(UNDER_LOAD_MS);
  load.drain();
  await product.ready();
  product.child.kill('SIGKILL');
  await product.exited;

  // then: in mid-work the state is what its records say
  const inMidWork = await lookInside(dataDir, async (db, url) => compare(db, url, replay(await allRecords(url))));
  expect(inMidWork.elements).toBeGreaterThan(0);

  // and: whatever was begun is ended, once
  product = await begin();
  await product.ready();
  await expect.poll(() => lookAt(dataDir, runningInstances), { timeout: 300_000, interval: 500 }).toBe(0);
  await load.stop();
  load.close();
  expect(await product.stop()).toBe(0);
  expect(load.wrong).toEqual([]);
  await lookInside(dataDir, async (db, url) => {
    const seen = replay(await allRecords(url));
    await compare(db, url, seen);
    const acknowledged = [...load.created.values()];
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * 10);
    expect(acknowledged.filter((key) => seen.created.get(key) !== 1 || seen.completed.get(key) !== 1)).toEqual([]);
    // Counts in are counts out: beside the acknowledged ones only those can be there of which nobody knows.
    expect(seen.created.size - acknowledged.length).toBeGreaterThanOrEqual(0);
    expect(seen.created.size - acknowledged.length).toBeLessThanOrEqual(load.undecided.size);
    expect([...seen.completedJobs.values()].filter((times) => times !== 1)).toEqual([]);
    expect([...load.completedJobs].filter((key) => !seen.completedJobs.has(key))).toEqual([]);
    expect(seen.completedJobs.size).toBe(seen.completed.size * 2);

    // and: the read model is what a rebuilt one is
    const before = await readModel(db);
    await rebuildReadModel(db, url);
    expect(await readModel(db)).toEqual(before);
    process.stdout.write(`${ROUNDS} rounds: ${acknowledged.length} instances acknowledged, ${load.undecided.size} undecided (${seen.created.size - acknowledged.length} of them there), ${load.completedJobs.size} jobs\n`);
  });
});

async function postmaster(dataDir: string): Promise<number> {
  return Number((await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}
