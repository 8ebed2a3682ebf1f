import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../engine/contract/clock.ts';
import type { Database } from '../../engine/database/connect.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { applyRecords, clearReadModel, projectionMigrations, readPosition, startProjection, type RecordSource } from '../../engine/projection/index.ts';
import type { EngineRecord } from '../../engine/protocol/records.ts';
import { bpmn, chain, end, serviceTask, start } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let records: EngineRecord[];

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'read_model', projectionMigrations);
  const broker = await TestBroker.start();
  await broker.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work', 'work') + end() + chain('start', 'work', 'end')) });
  for (const number of [1, 2, 3]) await broker.create('p', { number });
  for (const job of await broker.activate('work')) await broker.done({ type: 'complete_job', jobKey: job.key, variables: { answer: 42 } });
  records = await broker.records();
  await broker.stop();
});
afterAll(() => database.drop());
beforeEach(() => clearReadModel(database.db));

const source = (): RecordSource => ({
  partitions: 1,
  read: (_, after, limit) => Promise.resolve(records.filter(({ position }) => BigInt(position) > BigInt(after)).slice(0, limit)),
  subscribe: () => () => undefined,
});

const last = (): string => records.at(-1)!.position;

type Work = Parameters<Database['transaction']>[0];

/** The database, with something else where it begins a transaction. */
function meddled(transaction: (work: Work) => Promise<unknown>): Database {
  return new Proxy(database.db, { get: (db, name) => (name === 'transaction' ? transaction : (Reflect.get(db, name) as unknown)) });
}

/** The same, with something that happens just before its first transaction. */
function firstDisturbed(disturb: () => Promise<unknown>): Database {
  let disturbed = false;
  return meddled(async (work) => {
    if (!disturbed) {
      disturbed = true;
      await disturb();
    }
    return database.db.transaction(work);
  });
}

async function follow(db: Database): Promise<string[]> {
  const errors: string[] = [];
  const projection = await startProjection({ db, source: source(), clock: systemClock, batchSize: 20, pollMs: 20, restMs: [1, 1], onError: ({ message }) => errors.push(message) });
  expect(await projection.waitFor(1, last(), 10_000)).toBe(true);
  await projection.stop();
  return errors;
}

const counts = async (): Promise<unknown> => await database.db('read_model.element_statistics').orderBy('element_id').select('element_id', 'completed');
const THREE = [{ element_id: 'end', completed: '3' }, { element_id: 'start', completed: '3' }, { element_id: 'work', completed: '3' }];

test('a batch that was written though nobody could be told so counts once', async () => {
  let count = 0;
  const doubtful = meddled(async (work) => {
    const result = await database.db.transaction(work);
    count += 1;
    if (count === 2) throw new Error('Connection terminated unexpectedly');
    return result;
  });
  expect(await follow(doubtful)).toEqual(['Connection terminated unexpectedly']);
  expect(await counts()).toEqual(THREE);
});

test('who has been overtaken goes on from where the other is', async () => {
  // given somebody else who has applied all of it between our reading and our writing
  const overtaken = firstDisturbed(() => applyRecords(database.db, 1, records));

  // then nothing of ours stays
  expect(await follow(overtaken)).toHaveLength(1);
  expect(await readPosition(database.db, 1)).toBe(last());
  expect(await counts()).toEqual(THREE);
});

test('a batch without new rows does not count twice either', async () => {
  // given one who has read a position that is passed when he writes
  await applyRecords(database.db, 1, records);
  const ends = records.filter(({ intent, value }) => intent === 'ELEMENT_COMPLETED' && value['elementId'] === 'end');
  await database.db('read_model.position').update({ position: String(Number(ends[0]!.position) - 1) });
  const late = firstDisturbed(async () => database.db('read_model.position').update({ position: last() }));

  // then
  await expect(applyRecords(late, 1, ends)).rejects.toThrow(/no longer at position/);
  expect(await counts()).toEqual(THREE);
});

test('rows that are there already are written over', async () => {
  const activating = records.find(({ intent }) => intent === 'ELEMENT_ACTIVATING')!;
  await database.db('read_model.element_instance').insert({ key: activating.key, process_instance_key: 1, process_definition_key: 1, element_id: 'other', type: 'TASK', state: 'active', flow_scope_key: 1, started_at: new Date() });
  const errors = await follow(database.db);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('element_instance_pkey');
  expect(await database.db('read_model.element_instance').where({ key: activating.key }).first('element_id')).toEqual({ element_id: 'p' });
});

test('a read model that was thrown away is built anew by who goes on', async () => {
  await applyRecords(database.db, 1, records.slice(0, 20));
  expect(await follow(firstDisturbed(() => clearReadModel(database.db)))).toHaveLength(1);
  expect(await counts()).toEqual(THREE);
});
