import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EngineRecord } from '../../engine/protocol/records.ts';
import { applyRecords, clearReadModel, readPosition, startProjection, type RecordSource } from '../../engine/projection/index.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { projectionMigrations } from '../../engine/projection/index.ts';
import { bpmn, boundary, chain, end, flow, mapping, message, messageEvent, serviceTask, start, timer, userTask } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let records: EngineRecord[];
let instance: string;
let broker: TestBroker;

const process = bpmn(
  'p',
  start() +
    userTask('ask', '<zeebe:assignmentDefinition assignee="=who" candidateGroups="a, b"/><zeebe:taskSchedule dueDate="=due"/>').replace('id="ask"', 'id="ask" name="问询"') +
    boundary('late', 'ask', timer('timeDuration', 'PT1H'), false) + end('late_end') + flow('late', 'late_end') +
    boundary('called', 'ask', messageEvent('m'), false) + end('called_end') + flow('called', 'called_end') +
    serviceTask('work', 'work', mapping([['=1', 'local']])) + end() + chain('start', 'ask', 'work', 'end'),
  message('m', 'ring', '=caseNo'),
);

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'read_model', projectionMigrations);
  broker = await TestBroker.start();
  await broker.deploy({ 'p.bpmn': process, 'f.form': JSON.stringify({ id: 'f', components: [] }) });
  instance = await broker.create('p', { who: 'wanglei', due: '2026-09-20T17:30:00+08:00', caseNo: 'TS1', customer: { name: '甲' }, content: '内容 '.repeat(60), dueOverall: '2026-10-01T17:30:00+08:00', excludeUsers: ['liqiang'], odd: 'a\0b' });
  await broker.publish('ring', 'TS1', { rang: true });
  await broker.advance(3_600_001);
  const tasks = await broker.records('JOB', 'CREATED');
  await broker.done({ type: 'complete_job', jobKey: tasks[0]!.key, variables: { answer: 42 } });
  const [job] = await broker.activate('work');
  await broker.done({ type: 'fail_job', jobKey: job!.key, retries: 0, errorMessage: 'boom', backOffMs: 0, variables: {} });
  await broker.create('p', { who: '', due: null, caseNo: 'TS2' });
  records = await broker.records();
});
afterAll(async () => {
  await broker.stop();
  await database.drop();
});
beforeEach(async () => {
  await clearReadModel(database.db);
});

const tables = ['position', 'element_statistics', 'process_definition', 'form_definition', 'process_instance', 'element_instance', 'taken_flow', 'variable', 'job', 'user_task', 'incident', 'timer', 'message_subscription'];
async function content(): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of tables) {
    const { rows } = await database.db.raw<{ rows: { row: unknown }[] }>(`select to_jsonb(t) as row from read_model.${table} t order by to_jsonb(t)::text`);
    all[table] = rows.map((row) => row.row);
  }
  // Cut into rows and runs by batches: only all positions together are the same.
  const { rows: places } = await database.db.raw<{ rows: unknown[] }>(`
    with run as (select process_instance_key, runs[at] as first, runs[at + 1] as count from read_model.instance_record, generate_series(1, cardinality(runs), 2) as at)
    select process_instance_key, array_agg(position order by position) as positions from run, generate_series(first, first + count - 1) as position group by 1 order by 1`);
  const { rows: counts } = await database.db.raw<{ rows: unknown[] }>('select process_instance_key, sum(records) as records from read_model.instance_record group by 1 order by 1');
  return { ...all, places, counts };
}

function sourceOf(all: readonly EngineRecord[]): RecordSource {
  return { partitions: 1, read: async (_partition, after, limit) => all.filter((record) => BigInt(record.position) > BigInt(after)).slice(0, limit), subscribe: () => () => undefined };
}

const last = (): string => records.at(-1)!.position;

describe('projection', () => {
  test('shows instances, tasks, variables, incidents, timers and messages as the records tell them', async () => {
    // when
    await applyRecords(database.db, 1, records);

    // then
    const [row] = await database.db('read_model.process_instance').where({ key: instance });
    expect(row).toMatchObject({ state: 'active', case_no: 'TS1', customer_name: '甲', exclude_users: ['liqiang'], due_at: new Date('2026-10-01T09:30:00Z') });
    expect([...row.subject]).toHaveLength(80);
    const [task] = await database.db('read_model.user_task').where({ process_instance_key: instance });
    expect(task).toMatchObject({ state: 'completed', assignee: 'wanglei', candidate_groups: ['a', 'b'], due_at: new Date('2026-09-20T09:30:00Z') });
    expect((await database.db('read_model.process_definition').first()).elements).toMatchObject({ ask: { name: '问询', nameEn: null } });
    expect(await database.db('read_model.incident').where({ process_instance_key: instance }).first()).toMatchObject({ state: 'open', error_type: 'JOB_NO_RETRIES', message: expect.stringContaining('boom') });
    expect(await database.db('read_model.timer').where({ process_instance_key: instance }).first()).toMatchObject({ state: 'triggered' });
    expect(await database.db('read_model.message_subscription').where({ process_instance_key: instance }).first()).toMatchObject({ message_name: 'ring', correlation_key: 'TS1' });
    expect(await database.db('read_model.variable').where({ scope_key: instance, name: 'answer' }).first()).toMatchObject({ value: '42' });
    const open = await database.db('read_model.user_task').where({ state: 'open' }).first();
    expect(open).toMatchObject({ assignee: null, exclude_users: [], due_at: null });
    expect(await readPosition(database.db, 1)).toBe(last());
  });

  test('gives the same tables however the records are cut into batches', async () => {
    // given
    await applyRecords(database.db, 1, records);
    const whole = await content();

    for (const size of [1, 2, 7]) {
      // when
      await clearReadModel(database.db);
      for (let at = 0; at < records.length; at += size) await applyRecords(database.db, 1, records.slice(at, at + size));

      // then
      expect(await content()).toEqual(whole);
    }
  });

  test('goes on where it stopped, and a rebuild gives the same', async () => {
    // given
    await applyRecords(database.db, 1, records);
    const whole = await content();
    await clearReadModel(database.db);

    // when it is stopped in the middle and started again
    const half = records.slice(0, Math.floor(records.length / 2));
    const first = await startProjection({ db: database.db, source: sourceOf(half), clock: broker.clock, batchSize: 5 });
    expect(await first.waitFor(1, half.at(-1)!.position, 5000)).toBe(true);
    await first.stop();
    const second = await startProjection({ db: database.db, source: sourceOf(records), clock: broker.clock, batchSize: 5 });

    // then
    expect(second.position(1)).toBe(half.at(-1)!.position);
    expect(await second.waitFor(1, last(), 5000)).toBe(true);
    expect(second.lagMs()).toBe(0);
    await second.stop();
    expect(await content()).toEqual(whole);
  });

  test('keeps neither rows nor position of a batch that failed, and tries it again', async () => {
    // given a source whose second batch cannot be applied at first
    const errors: Error[] = [];
    let broken = true;
    const source: RecordSource = {
      ...sourceOf(records),
      async read(partition, after, limit) {
        const batch = await sourceOf(records).read(partition, after, limit);
        return broken && after !== '0' ? batch.map((record, index) => (index === batch.length - 1 ? { ...record, position: 'no number' } : record)) : batch;
      },
    };

    // when
    const projection = await startProjection({ db: database.db, source, clock: broker.clock, batchSize: 10, onError: (error) => { errors.push(error); broken = false; } });
    expect(await projection.waitFor(1, last(), 5000)).toBe(true);
    await projection.stop();

    // then
    expect(errors.length).toBeGreaterThan(0);
    const tables = await content();
    await clearReadModel(database.db);
    await applyRecords(database.db, 1, records);
    expect(tables).toEqual(await content());
  });

  test('ends its rest when much waits to be read, and reads page by page', async () => {
    // given a projection that rests for an hour after each batch, and has applied the first
    const known: EngineRecord[] = records.slice(0, 10);
    let tell: (many?: boolean) => void = () => undefined;
    const read = sourceOf(known).read;
    const source: RecordSource = {
      partitions: 1,
      read,
      pages: async (partition, after, limit) => (await sourceOf(known).read(partition, after, limit)).map((record) => [record]),
      subscribe(listener) {
        tell = listener;
        return () => undefined;
      },
    };
    const projection = await startProjection({ db: database.db, source, clock: broker.clock, restMs: [3_600_000, 3_600_000] });
    await expect.poll(() => projection.position(1), { timeout: 20_000 }).toBe(known.at(-1)!.position);

    // when
    known.push(...records.slice(10));
    tell(true);

    // then
    await expect.poll(() => projection.position(1), { timeout: 20_000 }).toBe(last());
    const paged = await content();
    await projection.stop();
    await clearReadModel(database.db);
    await applyRecords(database.db, 1, records);
    expect(paged).toEqual(await content());
  });

  test('tells how far it is behind while it cannot read', async () => {
    const source: RecordSource = { ...sourceOf([]), read: () => Promise.reject(new Error('no line')) };
    const errors: Error[] = [];
    const projection = await startProjection({ db: database.db, source, clock: broker.clock, onError: (error) => void errors.push(error) });
    expect(await projection.waitUntil(async () => errors.length > 0, 100)).toBe(true);
    broker.clock.set(broker.clock.now() + 5000);
    expect(projection.lagMs()).toBe(5000);
    await projection.stop();
  });

  test('tells listeners which instances, tasks and definitions changed', async () => {
    const changes = await applyRecords(database.db, 1, records);
    expect([...changes.definitions]).toEqual(['p']);
    expect(changes.instances.has(instance)).toBe(true);
    expect(changes.tasks.size).toBe(2);
  });
});

describe('excluded people', () => {
  test('are those of the nearest scope around the task, also when the variable changes later', async () => {
    // given a task whose own scope excludes somebody else than its process
    const own = await TestBroker.start();
    await own.deploy({ 'q.bpmn': bpmn('q', start() + userTask('inner', mapping([['=["huangli"]', 'excludeUsers']])) + userTask('outer') + end() + chain('start', 'inner', 'outer', 'end')) });
    const key = await own.create('q', { excludeUsers: ['liqiang'] });

    // when
    await applyRecords(database.db, 1, await own.records());

    // then
    expect(await database.db('read_model.user_task').pluck('exclude_users')).toEqual([['huangli']]);

    // when the first is done and the process excludes one more
    const [task] = await own.records('JOB', 'CREATED');
    await own.done({ type: 'complete_job', jobKey: task!.key, variables: {} });
    await own.done({ type: 'set_variables', elementInstanceKey: key, variables: { excludeUsers: ['liqiang', 'wanglei'] }, local: true });
    await clearReadModel(database.db);
    const all = await own.records();
    await applyRecords(database.db, 1, all.slice(0, 20));
    await applyRecords(database.db, 1, all.slice(20));

    // then
    expect(await database.db('read_model.user_task').where({ state: 'open' }).pluck('exclude_users')).toEqual([['liqiang', 'wanglei']]);
    await own.stop();
  });
});
