import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { brokerMigrations } from '../../engine/broker/store/migrations/index.ts';
import { PostgresStore } from '../../engine/broker/store/postgres/postgres-store.ts';
import { writeRecordBatch } from '../../engine/broker/store/postgres/record-log.ts';
import { VirtualClock } from '../../engine/contract/clock.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { clearReadModel, instanceTables, projectionMigrations, startProjection, type Projection } from '../../engine/projection/index.ts';
import type { EngineRecord, ValueType } from '../../engine/protocol/records.ts';
import { prune } from '../../engine/retention/index.ts';
import { bpmn, chain, end, serviceTask, start } from '../support/bpmn.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { recordsOf } from '../support/stack.ts';

const CALLED = bpmn('called', start() + end() + chain('start', 'end'));
const CALLER = bpmn('caller', start() + '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="called"/></bpmn:extensionElements></bpmn:callActivity>' + serviceTask('work') + end() + chain('start', 'call', 'work', 'end'));
const DAY_MS = 86_400_000;
/** Long enough to be left in the record log. */
const TEXT = '规程'.repeat(10_000);

let database: TestDatabase;
let broker: Broker;
let projection: Projection;
const clock = new VirtualClock('2026-01-01T00:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'broker', brokerMigrations);
  await migrate(database.db, 'read_model', projectionMigrations);
  broker = new Broker({ stores: [new PostgresStore(database.url, 1)], clock, onError: (error) => expect.fail(error.message) });
  await broker.start();
  projection = await startProjection({ db: database.db, source: recordsOf(broker), clock });
});
afterAll(async () => {
  await projection.stop();
  await broker.stop();
  await database.drop();
});

async function create(): Promise<string> {
  const answer = await broker.submit({ type: 'create_process_instance', bpmnProcessId: 'caller', processDefinitionKey: '0', version: -1, variables: { a: 1, text: TEXT } });
  return (answer as { value: { processInstanceKey: string } }).value.processInstanceKey;
}

async function completeAll(): Promise<void> {
  const { value } = (await broker.submit({ type: 'activate_jobs', jobType: 'work', worker: 'test', timeoutMs: 1000, maxJobs: 100, fetchVariables: [] })) as { value: { key: string }[] };
  for (const { key } of value) await broker.submit({ type: 'complete_job', jobKey: key, variables: {} });
}

const caughtUp = async (): Promise<void> => {
  await broker.idle();
  expect(await projection.waitFor(1, broker.lastPosition(1), 30_000)).toBe(true);
};

async function tables(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  // Where records stand is cut by batches, which a rebuild cuts otherwise.
  for (const table of ['process_definition', 'process_instance', ...instanceTables.filter((name) => name !== 'instance_record')]) {
    const { rows } = await database.db.raw<{ rows: { row: string }[] }>(`select to_jsonb(t)::text as row from read_model.${table} t order by 1`);
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}

/** Values of long variables by the instances that have them. */
async function longValues(): Promise<Map<string, { value: string; batch: string }>> {
  const { rows } = await database.db.raw<{ rows: { key: string; value: string; batch: string }[] }>('select w.scope_key as key, w.value, v.value_batch as batch from read_model.variable v join read_model.variable_value w using (key) where v.value is null');
  return new Map(rows.map(({ key, ...row }) => [key, row]));
}

const batchesThere = async (): Promise<Set<string>> => new Set(await database.db('broker.record_batch').pluck('last_position'));

async function pruneAll(days: number): Promise<{ instances: number; batches: number }> {
  const sum = { instances: 0, batches: 0 };
  for (;;) {
    const { instances, batches } = await prune(database.db, new Date(clock.now() - days * DAY_MS), 3);
    if (instances + batches === 0) return sum;
    sum.instances += instances;
    sum.batches += batches;
  }
}

test('what ended long ago is forgotten with what it called, and its records; the rest stays, and can still be built anew from the log', async () => {
  // given: seven old instances, of which one still runs, and two young ones that have ended
  for (const [name, content] of Object.entries({ 'called.bpmn': CALLED, 'caller.bpmn': CALLER })) await broker.submit({ type: 'deploy_resources', resources: [{ name, content, checksum: content }] });
  for (let count = 0; count < 6; count += 1) await create();
  await completeAll();
  const running = await create();
  clock.set(clock.now() + 100 * DAY_MS);
  const young = [await create(), await create()];
  const { value: jobs } = (await broker.submit({ type: 'activate_jobs', jobType: 'work', worker: 'test', timeoutMs: 1000, maxJobs: 100, fetchVariables: [] })) as { value: { key: string; processInstanceKey: string }[] };
  for (const { key, processInstanceKey } of jobs) if (young.includes(processInstanceKey)) await broker.submit({ type: 'complete_job', jobKey: key, variables: {} });
  await caughtUp();
  const longBefore = await longValues();
  expect([...longBefore.keys()]).toEqual(expect.arrayContaining([running, ...young]));
  const batchesBefore = Number(((await database.db('broker.record_batch').count({ count: '*' }).first()) as { count: string }).count);

  // when
  const pruned = await pruneAll(30);

  // then
  expect(pruned.instances).toBe(12);
  expect(pruned.batches).toBeGreaterThan(0);
  const left = (await database.db('read_model.process_instance').select('key', 'parent_instance_key')) as { key: string; parent_instance_key: string | null }[];
  expect(left.filter(({ parent_instance_key }) => parent_instance_key === null).map(({ key }) => key).toSorted()).toEqual([running, ...young].toSorted());
  for (const table of instanceTables) {
    const { rows } = await database.db.raw<{ rows: unknown[] }>(`select 1 from read_model.${table} t where not exists (select from read_model.process_instance p where p.key = t.process_instance_key)`);
    expect(rows, table).toEqual([]);
  }
  const batchesAfter = Number(((await database.db('broker.record_batch').count({ count: '*' }).first()) as { count: string }).count);
  expect(batchesAfter).toBe(batchesBefore - pruned.batches);

  // and: what is left is told whole, and the log has nothing of what is gone
  const longAfter = await longValues();
  expect([...longAfter.keys()]).toEqual(expect.arrayContaining([running, ...young]));
  expect(new Set([...longAfter.values()].map(({ value }) => value))).toEqual(new Set([JSON.stringify(TEXT)]));
  const batches = await batchesThere();
  expect([...longAfter.values()].filter(({ batch }) => !batches.has(batch))).toEqual([]);
  const gone = [...longBefore].filter(([key]) => !longAfter.has(key));
  expect(gone.length).toBeGreaterThanOrEqual(6);
  expect(gone.filter(([, { batch }]) => batches.has(batch))).toEqual([]);

  // and
  const before = await tables();
  await projection.stop();
  await clearReadModel(database.db);
  projection = await startProjection({ db: database.db, source: { ...recordsOf(broker), read: (_partition, after, limit) => new PostgresReader().read(after, limit) }, clock });
  await caughtUp();
  expect(await tables()).toEqual(before);
  expect(await pruneAll(30)).toEqual({ instances: 0, batches: 0 });
});

test('batches that tell of definitions stay, whichever version has written them', async () => {
  // given: a partition of its own, which nobody's instances are in
  const record = (position: number, valueType: ValueType, value: JsonObject): EngineRecord => ({ position: String(position), partitionId: 2, key: `10${position}`, recordType: 'EVENT', valueType, intent: 'CREATED', timestamp: 1, brokerVersion: '8.5.8', value });
  const said = JSON.stringify(['100', 'PROCESS', 'CREATED', '{"valueType":"FORM"}', 'x'.repeat(300)]);
  const job = (position: number): EngineRecord => record(position, 'JOB', { type: '"PROCESS CREATED"', variables: { said } });
  const texts = {
    1: writeRecordBatch([record(1, 'VARIABLE', { name: 'a', value: said })]),
    2: writeRecordBatch([job(2)]),
    3: writeRecordBatch([record(3, 'PROCESS_INSTANCE', { elementId: 'a' }), record(4, 'DECISION_EVALUATION', {})]),
    4: writeRecordBatch([job(4), record(5, 'PROCESS', { bpmnProcessId: 'a' })]),
    5: writeRecordBatch([record(6, 'RESOURCE_DELETION', {}), job(7)]),
    6: `[2,"8.5.8",1]\n["100","VARIABLE","CREATED",1,[["name","value"],"a",0]]\n=${said}`,
    7: '[2,"8.5.8",2]\n["100","JOB","CREATED",1,[["type"],"a"]]\n["101","FORM","CREATED",1,[["formId"],"a"]]',
    8: JSON.stringify(job(8)),
    9: [job(9), record(10, 'DECISION_REQUIREMENTS', {})].map((each) => JSON.stringify(each)).join('\n'),
  };
  await database.db('broker.record_batch').insert(Object.entries(texts).map(([position, records]) => ({ partition: 2, last_position: position, records })));
  await database.db('read_model.position').insert({ partition: 2, position: '100', record_at: new Date(clock.now()) });

  // when
  const { batches } = await pruneAll(10_000);

  // then
  const left = (await database.db('broker.record_batch').where({ partition: 2 }).orderBy('last_position').select('last_position')) as { last_position: string }[];
  await database.db('read_model.position').where({ partition: 2 }).delete();
  expect(left.map(({ last_position }) => last_position)).toEqual(['4', '5', '7', '9']);
  expect(batches).toBe(5);
});

test('nothing is forgotten before its time', async () => {
  clock.set(clock.now() + 29 * DAY_MS);
  expect(await pruneAll(30)).toMatchObject({ instances: 0 });
  clock.set(clock.now() + 2 * DAY_MS);
  expect(await pruneAll(30)).toMatchObject({ instances: 4 });
});

/** Reads the log as it lies in the database, not what the broker still has in memory. */
class PostgresReader {
  async read(after: string, limit: number) {
    const store = new PostgresStore(database.url, 1);
    try {
      return await store.readRecords(after, limit);
    } finally {
      await store.close();
    }
  }
}
