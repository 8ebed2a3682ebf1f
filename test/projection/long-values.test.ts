import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { brokerMigrations } from '../../engine/broker/store/migrations/index.ts';
import { PostgresStore } from '../../engine/broker/store/postgres/postgres-store.ts';
import { readRecordBatch, writeRecordBatch } from '../../engine/broker/store/postgres/record-log.ts';
import type { JsonValue } from '../../engine/contract/json.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { applyRecords, clearReadModel, projectionMigrations, readPosition, startProjection } from '../../engine/projection/index.ts';
import { keyOf } from '../../engine/protocol/key.ts';
import type { EngineRecord, LoggedRecord } from '../../engine/protocol/records.ts';
import { bpmn, chain, end, serviceTask, start } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { recordsOf } from '../support/stack.ts';

interface VariableRow {
  name: string;
  value: string | null;
  value_batch: string | null;
  value_line: number | null;
}

const PLACED = { value: null, value_batch: expect.any(String), value_line: expect.any(Number) };
const inRow = (value: string) => ({ value, value_batch: null, value_line: null });
/** Text of about `length` characters, of one, two, three and four bytes, with everything JSON escapes. */
const long = (length: number, mark: string): string => `${mark}=é规\u{20000}\n\r"\\\0\u2028${'规程x'.repeat(length / 3)}`;

let database: TestDatabase;
let broker: TestBroker;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'broker', brokerMigrations);
  await migrate(database.db, 'read_model', projectionMigrations);
  broker = await TestBroker.start(new PostgresStore(database.url, 1));
  await broker.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work') + end() + chain('start', 'work', 'end')) });
});
afterAll(async () => {
  expect(broker.errors).toEqual([]);
  await broker.stop();
  await database.drop();
});
beforeEach(() => clearReadModel(database.db));

const rowOf = async (scope: string, name: string): Promise<VariableRow | undefined> => database.db('read_model.variable').where({ scope_key: scope, name }).first();
const valueOf = async (scope: string, name: string): Promise<JsonValue> => {
  const row = await database.db('read_model.variable_value').where({ scope_key: scope, name }).first<{ value: string }>();
  return JSON.parse(row.value) as JsonValue;
};
const set = (scope: string, variables: Record<string, JsonValue>): Promise<unknown> => broker.done({ type: 'set_variables', elementInstanceKey: scope, variables, local: true });

/** All that the log has. */
async function logged(): Promise<LoggedRecord[]> {
  const records: LoggedRecord[] = [];
  for (;;) {
    const more = await broker.broker.readRecords(1, records.at(-1)?.position ?? '0', 1000);
    if (more.length === 0) return records;
    records.push(...more);
  }
}

/** Applies what the log has beyond the position reached, at most `size` records at a time. */
async function apply(size = 10_000): Promise<void> {
  const reached = Number(await readPosition(database.db, 1));
  const records = (await logged()).filter(({ position }) => Number(position) > reached);
  for (let at = 0; at < records.length; at += size) await applyRecords(database.db, 1, records.slice(at, at + size));
}

test('a long value is not copied: its row says where it is, and it is read whole', async () => {
  // given
  const document = long(200_000, 'a');
  const list = Array.from({ length: 3000 }, (_, at) => ({ at, text: `"${at}"` }));
  const key = await broker.create('p', { document, list, short: 'x'.repeat(7000), amount: 1 });

  // when
  await apply();

  // then
  expect(await rowOf(key, 'document')).toMatchObject(PLACED);
  expect(await rowOf(key, 'list')).toMatchObject(PLACED);
  expect(await rowOf(key, 'short')).toMatchObject(inRow(JSON.stringify('x'.repeat(7000))));
  expect(await rowOf(key, 'amount')).toMatchObject(inRow('1'));
  expect(await valueOf(key, 'document')).toBe(document);
  expect(await valueOf(key, 'list')).toEqual(list);
  expect(await valueOf(key, 'short')).toBe('x'.repeat(7000));
  expect(await valueOf(key, 'amount')).toBe(1);
});

test('a value that becomes short and long again is read as it is each time', async () => {
  // given
  const key = await broker.create('p', { text: long(20_000, 'first') });
  await apply();
  expect(await valueOf(key, 'text')).toBe(long(20_000, 'first'));

  // when it becomes short
  await set(key, { text: 'short' });
  await apply();

  // then
  expect(await rowOf(key, 'text')).toMatchObject(inRow('"short"'));
  expect(await valueOf(key, 'text')).toBe('short');

  // when it becomes long again, and another beside it
  await set(key, { other: long(9000, 'other'), text: long(20_000, 'second') });
  await apply(3);

  // then
  expect(await rowOf(key, 'text')).toMatchObject(PLACED);
  expect(await valueOf(key, 'text')).toBe(long(20_000, 'second'));
  expect(await valueOf(key, 'other')).toBe(long(9000, 'other'));
});

test('lists show and search a case by its content however long it is', async () => {
  // given
  const content = `内容 ${'很长 '.repeat(20_000)}`;
  const excluded = Array.from({ length: 2000 }, (_, at) => `person-${at}`);
  const key = await broker.create('p', { content, caseNo: 'TS1', excludeUsers: excluded });

  // when
  await apply();

  // then
  expect(await rowOf(key, 'content')).toMatchObject(PLACED);
  const row = await database.db('read_model.process_instance').where({ key }).first<{ subject: string; exclude_users: string[]; case_no: string }>();
  expect(row).toMatchObject({ case_no: 'TS1', exclude_users: excluded });
  expect(row.subject).toBe(`${[...content.replace(/\s+/g, ' ')].slice(0, 79).join('')}…`);
});

test('followed while it is written and built anew from the database, the read model is the same', async () => {
  // given
  const content = async () => ({ rows: await database.db('read_model.variable').orderBy('key'), values: await database.db('read_model.variable_value').orderBy('key') });
  const following = await startProjection({ db: database.db, source: recordsOf(broker.broker), clock: broker.clock });
  const key = await broker.create('p', { text: long(30_000, 'followed'), small: 1 });
  await set(key, { text: long(30_000, 'changed') });
  await broker.broker.idle();
  expect(await following.waitFor(1, broker.broker.lastPosition(1), 30_000)).toBe(true);
  await following.stop();
  const before = await content();

  // when
  await clearReadModel(database.db);
  const store = new PostgresStore(database.url, 1);
  const again = await startProjection({ db: database.db, source: { partitions: 1, read: (_partition, after, limit) => store.readRecords(after, limit), subscribe: () => () => undefined }, clock: broker.clock, batchSize: 7 });
  expect(await again.waitFor(1, broker.broker.lastPosition(1), 30_000)).toBe(true);
  await again.stop();
  await store.close();

  // then
  expect(await valueOf(key, 'text')).toBe(long(30_000, 'changed'));
  expect(await content()).toEqual(before);
});

test('records whose keeper cannot say where they are have their values stored whole', async () => {
  // given
  const key = await broker.create('p', { text: long(30_000, 'whole') });
  const records: EngineRecord[] = (await logged()).map(({ valuePlace: _place, ...record }: LoggedRecord) => record);

  // when
  await applyRecords(database.db, 1, records);

  // then
  expect(await rowOf(key, 'text')).toMatchObject(inRow(JSON.stringify(long(30_000, 'whole'))));
  expect(await valueOf(key, 'text')).toBe(long(30_000, 'whole'));
});

/** A batch of another partition, stored and applied: variables that an instance is created with. */
async function thirdPartition(values: readonly string[]): Promise<LoggedRecord[]> {
  const scope = keyOf(3, 1n);
  const records = values.map((value, at): EngineRecord => ({ position: String(at + 1), partitionId: 3, key: keyOf(3, BigInt(at + 2)), recordType: 'EVENT', valueType: 'VARIABLE', intent: 'CREATED', timestamp: 1_700_000_000_000, brokerVersion: '8.5.8', value: { name: `v${at}`, value: JSON.stringify(value), scopeKey: scope, processInstanceKey: scope } }));
  const text = writeRecordBatch(records);
  await database.db('broker.record_batch').insert({ partition: 3, last_position: values.length, records: text }).onConflict(['partition', 'last_position']).merge();
  const read = readRecordBatch(text, String(values.length));
  await applyRecords(database.db, 3, read);
  return read;
}

test('a value is looked for in the log of the partition it belongs to, on its line of several', async () => {
  // given, when
  const values = [long(9000, 'one'), 'y'.repeat(1000), long(10_000, 'three'), 'short', long(11_000, 'five')];
  const read = await thirdPartition(values);

  // then
  expect(read.map(({ valuePlace }) => valuePlace !== undefined)).toEqual([true, false, true, false, true]);
  for (const [at, value] of values.entries()) expect(await valueOf(keyOf(3, 1n), `v${at}`)).toBe(value);
});

test('values stored before places were known are kept and read as they are', async () => {
  // given a read model of the version before
  const earlier = await createTestDatabase();
  await migrate(earlier.db, 'read_model', projectionMigrations.filter(({ name }) => name < 'projection-0008'));
  const value = JSON.stringify(long(20_000, 'before'));
  await earlier.db('read_model.variable').insert({ key: keyOf(1, 2n), process_instance_key: keyOf(1, 1n), scope_key: keyOf(1, 1n), name: 'text', value, changed_at: new Date(0) });

  // when
  await migrate(earlier.db, 'read_model', projectionMigrations);

  // then
  expect(await earlier.db('read_model.variable').select('value', 'value_batch', 'value_line')).toEqual([inRow(value)]);
  expect(await earlier.db('read_model.variable_value').pluck('value')).toEqual([value]);
  await earlier.drop();
});

test('a value that the log no longer has is an error, not an empty value', async () => {
  // given
  await thirdPartition([long(9000, 'lost')]);

  // when
  await database.db('broker.record_batch').where({ partition: 3 }).delete();

  // then
  await expect(valueOf(keyOf(3, 1n), 'v0')).rejects.toThrow('the record log has no line');
});
