import path from 'node:path';
import { expect } from 'vitest';
import { PostgresStore } from '../../engine/broker/store/postgres/postgres-store.ts';
import { readRow } from '../../engine/broker/store/postgres/stored-row.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { connectDatabase, type Database } from '../../engine/database/connect.ts';
import { startEmbeddedPostgres } from '../../engine/database/embedded-postgres.ts';
import { clearReadModel, startProjection } from '../../engine/projection/index.ts';
import type { EngineRecord } from '../../engine/protocol/records.ts';
import type { Replayed } from './replay.ts';

const MOST_RECORDS = 5_000_000;

/** Opens the database while no product runs. */
export async function lookInside<Value>(dataDir: string, look: (db: Database, url: string) => Promise<Value>): Promise<Value> {
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
export async function lookAt<Value>(dataDir: string, look: (db: Database) => Promise<Value>): Promise<Value> {
  const db = connectDatabase({ url: `postgres://guicheng@${encodeURIComponent(path.join(dataDir, 'postgres.run'))}:5432/guicheng`, poolSize: 1 });
  try {
    return await look(db);
  } finally {
    await db.destroy();
  }
}

/** How many element instances have not ended. */
export async function runningInstances(db: Database): Promise<number> {
  const row = (await db('broker.state').where({ tbl: 'element_instance' }).count({ count: '*' }).first()) as { count: string };
  return Number(row.count);
}

/** The whole record log. */
export async function allRecords(url: string): Promise<EngineRecord[]> {
  const store = new PostgresStore(url, 1);
  const records: EngineRecord[] = [];
  for (let page = await store.readRecords('0', 10_000); page.length > 0 && records.length < MOST_RECORDS; page = await store.readRecords(records.at(-1)!.position, 10_000)) records.push(...page);
  await store.close();
  // Without a gap from the first to the last.
  expect(records.findIndex((record, at) => Number(record.position) !== at + 1)).toBe(-1);
  return records;
}

/** Fails unless the state tables hold what the records say, what is still in the redo log included. */
export async function compare(db: Database, url: string, seen: Replayed): Promise<{ elements: number }> {
  const store = new PostgresStore(url, 1);
  await store.open(() => undefined);
  await store.close();
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
    ...rows.filter(({ tbl }) => tbl === 'variable').map(({ key, value }) => [key, (readRow(value) as { value: string }).value]),
    ...carried.filter(([table]) => table === 'variable').map(([, key, row]) => [key, row.value]),
  ]);
  expect(variables).toEqual(Object.fromEntries([...seen.variables].flatMap(([scope, each]) => [...each].map(([name, text]) => [`${scope}:${name}`, text]))));
  return { elements: seen.elements.size };
}

/** Throws the read model away and builds it anew from the records. */
export async function rebuildReadModel(db: Database, url: string): Promise<void> {
  await clearReadModel(db);
  await catchUp(db, url);
}

/** Applies the records the read model has not seen. */
export async function catchUp(db: Database, url: string): Promise<void> {
  const store = new PostgresStore(url, 1);
  const projection = await startProjection({ db, source: { partitions: 1, read: (_partition, after, limit) => store.readRecords(after, limit), subscribe: () => () => undefined }, clock: systemClock });
  expect(await projection.waitFor(1, await lastPosition(db), 300_000)).toBe(true);
  await projection.stop();
  await store.close();
}

async function lastPosition(db: Database): Promise<string> {
  const row = (await db('broker.record_batch').max({ last: 'last_position' }).first()) as { last: string };
  return row.last;
}

/** A digest of each row of the read model, by table. */
export async function readModel(db: Database): Promise<Record<string, unknown[]>> {
  const tables = ['process_definition', 'form_definition', 'decision', 'process_instance', 'element_instance', 'taken_flow', 'variable', 'job', 'incident', 'timer', 'message_subscription', 'element_statistics'];
  const all: Record<string, unknown[]> = {};
  for (const table of tables) {
    const { rows } = await db.raw<{ rows: { row: unknown }[] }>(`select md5(to_jsonb(t)::text) as row from read_model.${table} t order by 1`);
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}
