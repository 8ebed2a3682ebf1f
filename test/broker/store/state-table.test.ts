import net from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RowChange } from '../../../engine/broker/state/row-cache.ts';
import { brokerMigrations } from '../../../engine/broker/store/migrations/index.ts';
import { PostgresStore } from '../../../engine/broker/store/postgres/postgres-store.ts';
import { FencedError } from '../../../engine/broker/store/store.ts';
import { migrate } from '../../../engine/database/migrate.ts';
import type { EngineRecord } from '../../../engine/protocol/records.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let partition = 100;
beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'broker', brokerMigrations);
});
afterAll(() => database.drop());
beforeEach(() => (partition += 1));

let position = 0n;
const counters = (): { key: bigint; position: bigint } => ({ key: 1n, position: (position += 1n) });
const job = (key: string, change: Partial<RowChange> = {}): RowChange => ({ table: 'job', key, unit: 'pi|1', row: { key }, fresh: true, dueAt: null, queue: 'pay', ...change });
const gone = (key: string): RowChange => job(key, { row: undefined, fresh: false, queue: null });

async function opened(): Promise<PostgresStore> {
  const store = new PostgresStore(database.url, partition);
  await store.open(() => undefined);
  return store;
}
const commit = (store: PostgresStore, changes: RowChange[], records: EngineRecord[] = []): Promise<void> => store.commit({ changes, records, counters: counters() });
const inTable = async (): Promise<string[]> => (await database.db('broker.state').where({ partition }).orderBy('key').select('key')).map((row: { key: string }) => row.key);
const inRedo = async (): Promise<number> => (await database.db('broker.redo').where({ partition })).length;

async function answers(store: PostgresStore): Promise<unknown> {
  return {
    unit: (await store.loadUnits(['pi|1'])).get('pi|1')!.map(({ key, row }) => [key, row]),
    located: [...(await store.locate(['1', '2', '3', '4'].map((key) => ({ table: 'job', key })))).keys()],
    queued: await store.queued('pay', 10),
    due: (await store.due(100, 10)).map(({ key }) => key),
    next: await store.nextDue(),
  };
}

test('questions are answered as if every change were in the table, whether it is there yet or not', async () => {
  // given: rows in the table, some of them changed and removed since
  const store = await opened();
  await commit(store, [job('1', { dueAt: 10, queue: null }), job('2'), job('3', { dueAt: 50 })]);
  await expect.poll(inRedo, { timeout: 20_000 }).toBe(0);
  expect(await inTable()).toEqual(['1', '2', '3']);
  await commit(store, [gone('1'), job('2', { row: { key: '2', retries: 1 }, fresh: false, queue: null, dueAt: 70 }), job('4', { dueAt: 90 })]);

  // when
  const pending = await answers(store);

  // then
  expect(await inTable()).toEqual(['1', '2', '3']);
  expect(pending).toEqual({ unit: [['2', { key: '2', retries: 1 }], ['3', { key: '3' }], ['4', { key: '4' }]], located: expect.arrayContaining(['job/2', 'job/3', 'job/4']) as unknown, queued: ['3', '4'], due: ['3', '2', '4'], next: 50 });
  await expect.poll(inRedo, { timeout: 20_000 }).toBe(0);
  expect(await inTable()).toEqual(['2', '3', '4']);
  expect(await answers(store)).toEqual(pending);
  await store.close();
});

test('what comes and goes before the table is brought up to date never gets there, and a row that comes back does', async () => {
  // given
  const store = await opened();
  await commit(store, [job('1')]);
  await commit(store, [gone('1'), job('2')]);
  await commit(store, [job('3')]);
  await commit(store, [gone('3')]);
  await commit(store, [job('3', { row: { key: '3', again: true } })]);

  // when
  const unit = (await store.loadUnits(['pi|1'])).get('pi|1')!;
  await store.close();

  // then
  expect(unit.map(({ key }) => key)).toEqual(['2', '3']);
  expect(await inTable()).toEqual(['2', '3']);
  const again = await opened();
  expect((await again.loadUnits(['pi|1'])).get('pi|1')!.at(-1)!.row).toEqual({ key: '3', again: true });
  await again.close();
});

test('what the table does not have yet when the broker dies is there for who takes the partition up', async () => {
  // given
  const died = new PostgresStore(database.url, partition);
  await died.open(() => undefined);
  const long = JSON.stringify({ text: '"长"'.repeat(200) });
  const variable: EngineRecord = { position: String(position + 1n), partitionId: 1, key: '7', recordType: 'EVENT', valueType: 'VARIABLE', intent: 'CREATED', timestamp: 1, brokerVersion: '8.5.8', value: { name: 'a', value: long, scopeKey: '1' } };
  await commit(died, [job('1', { table: 'variable', queue: null, row: { name: 'a', value: long } }), job('2', { table: 'variable', queue: null, row: { name: 'b', value: `${long} ` } }), job('3')], [variable]);
  const { rows } = await database.db.raw<{ rows: { changes: string }[] }>('select changes from broker.redo where partition = ?', [partition]);
  await database.db.raw("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guicheng-broker' and datname = current_database()");

  // when
  const next = await opened();

  // then: a value that its record tells was not written twice
  expect(rows).toHaveLength(1);
  expect(rows[0]!.changes.split(long)).toHaveLength(2);
  expect(await inRedo()).toBe(0);
  expect((await next.loadUnits(['pi|1'])).get('pi|1')!.map(({ row }) => row)).toEqual([{ name: 'a', value: long }, { name: 'b', value: `${long} ` }, { key: '3' }]);
  await next.close();
  await died.close();
});

test('of an earlier epoch nothing gets into the table any more', async () => {
  // given
  const store = await opened();
  await commit(store, [job('1')]);
  await database.db.raw('update broker.partition set epoch = epoch + 1 where id = ?', [partition]);

  // when, then
  await new Promise((resolve) => setTimeout(resolve, 1500)); // it would have been brought up to date long ago
  expect(await inTable()).toEqual([]);
  await expect(commit(store, [job('2')])).rejects.toBeInstanceOf(FencedError);
  await store.close();
  expect(await inTable()).toEqual([]);
  expect(await inRedo()).toBe(1);
});

test('when the next row is due is known beside many pending rows that were due before it', async () => {
  // given
  const store = await opened();
  const many = Array.from({ length: 1500 }, (_, at) => String(1000 + at));
  await commit(store, [...many.map((key) => job(key, { dueAt: 10, queue: null })), job('5000', { dueAt: 40, queue: null })]);
  await expect.poll(inRedo, { timeout: 20_000 }).toBe(0);

  // when
  await commit(store, many.map(gone));
  const early = await store.nextDue();

  // then: never later than it is
  expect(early).toBeLessThanOrEqual(40);
  await expect.poll(inRedo, { timeout: 20_000 }).toBe(0);
  expect(await store.nextDue()).toBe(40);
  await store.close();
});

test('connections that break off while the table is being brought up to date harm nothing: what was not written is there for who opens the store again', async () => {
  // given: a line to the database that can be cut, and somebody who holds the partition's row, so that the table has to wait
  const line = await cuttableLine();
  const store = new PostgresStore(line.url, partition);
  await store.open(() => undefined);
  await commit(store, [job('1')]);
  const holder = await database.db.transaction();
  await holder.raw('select from broker.partition where id = ? for update', [partition]);
  const waiting = (): Promise<unknown[]> => Promise.resolve(database.db('pg_stat_activity').whereRaw("application_name = 'guicheng-broker' and datname = current_database() and wait_event_type = 'Lock' and query like '%for key share%'").select('pid'));
  await expect.poll(waiting, { timeout: 20_000 }).toHaveLength(1);

  // when
  line.cut();
  await holder.rollback();

  // then
  await expect(commit(store, [job('2')])).rejects.toThrow();
  await expect.poll(waiting, { timeout: 20_000 }).toHaveLength(0);
  await expect.poll(() => store.open(() => undefined).then(() => true, () => false), { timeout: 20_000 }).toBe(true);
  expect(await inTable()).toEqual(['1']);
  await commit(store, [job('2')]);
  await store.close();
  expect(await inTable()).toEqual(['1', '2']);
  line.close();
});

/** A way to the database that ends without a word when it is cut, as when the server is killed. */
async function cuttableLine(): Promise<{ url: string; cut: () => void; close: () => void }> {
  const { user, database: name, host, port } = new pg.Client({ connectionString: database.url });
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    const toServer = host.startsWith('/') ? net.connect(`${host}/.s.PGSQL.${port}`) : net.connect(port, host);
    for (const each of [socket, toServer]) {
      sockets.add(each);
      each.on('error', () => undefined); // cut on purpose
      each.on('close', () => sockets.delete(each));
    }
    socket.pipe(toServer).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: `postgres://${user ?? ''}@127.0.0.1:${(server.address() as net.AddressInfo).port}/${name ?? ''}`,
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
}
