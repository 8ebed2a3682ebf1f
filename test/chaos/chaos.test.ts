import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { PostgresStore } from '../../engine/broker/store/postgres/postgres-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { connectDatabase, type Database } from '../../engine/database/connect.ts';
import { startEmbeddedPostgres } from '../../engine/database/embedded-postgres.ts';
import { clearReadModel, startProjection } from '../../engine/projection/index.ts';
import type { EngineRecord } from '../../engine/protocol/records.ts';
import { freePort, freshFolder, removeFolders, startProduct, type Product } from '../start/product.ts';
import { Load } from './load.ts';
import { replay, type Replayed } from './replay.ts';

const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 50);
const CALLERS = 8;
const UNDER_LOAD_MS = 1200;
const VICTIMS = ['broker', 'database', 'both'] as const;
const MOST_RECORDS = 5_000_000;

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
  const inMidWork = await lookInside(dataDir, async (db, url) => compare(db, replay(await allRecords(url))));
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
    compare(db, seen).catch((error: Error) => expect.fail(error.message));
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
    await clearReadModel(db);
    const store = new PostgresStore(url, 1);
    const projection = await startProjection({ db, source: { partitions: 1, read: (_partition, after, limit) => store.readRecords(after, limit), subscribe: () => () => undefined }, clock: systemClock });
    expect(await projection.waitFor(1, await lastPosition(db), 300_000)).toBe(true);
    await projection.stop();
    await store.close();
    expect(await readModel(db)).toEqual(before);
    process.stdout.write(`${ROUNDS} rounds: ${acknowledged.length} instances acknowledged, ${load.undecided.size} undecided (${seen.created.size - acknowledged.length} of them there), ${load.completedJobs.size} jobs\n`);
  });
});

async function postmaster(dataDir: string): Promise<number> {
  return Number((await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Opens the database while no product runs. */
async function lookInside<Value>(dataDir: string, look: (db: Database, url: string) => Promise<Value>): Promise<Value> {
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(dataDir, 'postgres') });
  const url = postgres.url('guicheng');
  const db = connectDatabase({ url });
  try {
    return await look(db, url);
  } finally {
    await db.destroy();
    await postgres.stop();
  }
}

/** Looks at the database of the running product. */
async function lookAt<Value>(dataDir: string, look: (db: Database) => Promise<Value>): Promise<Value> {
  const db = connectDatabase({ url: `postgres://guicheng@${encodeURIComponent(path.join(dataDir, 'postgres.run'))}:5432/guicheng`, poolSize: 1 });
  try {
    return await look(db);
  } finally {
    await db.destroy();
  }
}

async function runningInstances(db: Database): Promise<number> {
  const row = (await db('broker.state').where({ tbl: 'element_instance' }).count({ count: '*' }).first()) as { count: string };
  return Number(row.count);
}

async function allRecords(url: string): Promise<EngineRecord[]> {
  const store = new PostgresStore(url, 1);
  const records: EngineRecord[] = [];
  for (let page = await store.readRecords('0', 10_000); page.length > 0 && records.length < MOST_RECORDS; page = await store.readRecords(records.at(-1)!.position, 10_000)) records.push(...page);
  await store.close();
  // Without a gap from the first to the last.
  expect(records.findIndex((record, at) => Number(record.position) !== at + 1)).toBe(-1);
  return records;
}

/** Fails unless the state tables hold what the records say. */
async function compare(db: Database, seen: Replayed): Promise<{ elements: number }> {
  const rows: { tbl: string; key: string; value: string }[] = await db('broker.state').select('tbl', 'key', 'value').whereIn('tbl', ['element_instance', 'job', 'timer', 'message', 'message_subscription', 'variable']);
  const keys = (table: string): string[] => rows.filter(({ tbl }) => tbl === table).map(({ key }) => key).toSorted();
  expect(keys('element_instance')).toEqual([...seen.elements].toSorted());
  expect(keys('job')).toEqual([...seen.jobs].toSorted());
  expect(keys('timer')).toEqual([...seen.timers].toSorted());
  expect(keys('message')).toEqual([...seen.messages].toSorted());
  expect(keys('message_subscription')).toEqual([...seen.subscriptions].toSorted());
  // Small ones are stored inside the row of their scope.
  const carried = rows.filter(({ tbl }) => tbl === 'element_instance').flatMap(({ value }) => (JSON.parse(value) as { carried?: [table: string, key: string, row: { value: string }][] }).carried ?? []);
  const variables = Object.fromEntries([
    ...rows.filter(({ tbl }) => tbl === 'variable').map(({ key, value }) => [key, (JSON.parse(value) as { value: string }).value]),
    ...carried.filter(([table]) => table === 'variable').map(([, key, row]) => [key, row.value]),
  ]);
  expect(variables).toEqual(Object.fromEntries([...seen.variables].flatMap(([scope, each]) => [...each].map(([name, text]) => [`${scope}:${name}`, text]))));
  return { elements: seen.elements.size };
}

async function lastPosition(db: Database): Promise<string> {
  const row = (await db('broker.record_batch').max({ last: 'last_position' }).first()) as { last: string };
  return row.last;
}

async function readModel(db: Database): Promise<Record<string, unknown[]>> {
  const tables = ['process_definition', 'form_definition', 'decision', 'process_instance', 'element_instance', 'taken_flow', 'variable', 'job', 'incident', 'timer', 'message_subscription'];
  const all: Record<string, unknown[]> = {};
  for (const table of tables) {
    const { rows } = await db.raw<{ rows: { row: unknown }[] }>(`select md5(to_jsonb(t)::text) as row from read_model.${table} t order by 1`);
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}
