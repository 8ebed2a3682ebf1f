import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../engine/contract/clock.ts';
import { Broker } from '../../../engine/broker/index.ts';
import { brokerMigrations } from '../../../engine/broker/store/migrations/index.ts';
import { PostgresStore } from '../../../engine/broker/store/postgres/postgres-store.ts';
import { FencedError } from '../../../engine/broker/store/store.ts';
import { migrate } from '../../../engine/database/migrate.ts';
import type { Answer } from '../../../engine/protocol/commands.ts';
import { bpmn, chain, end, serviceTask, start } from '../../support/bpmn.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const MODEL = bpmn('p', start() + serviceTask('one') + end() + chain('start', 'one', 'end'));
const CREATE = { type: 'create_process_instance', bpmnProcessId: 'p', processDefinitionKey: '0', version: -1, variables: {} } as const;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'broker', brokerMigrations);
});
afterAll(() => database.drop());

const brokers: Broker[] = [];
afterEach(async () => {
  for (const broker of brokers.splice(0)) await broker.stop();
});

async function startBroker(): Promise<{ broker: Broker; errors: Error[] }> {
  const errors: Error[] = [];
  const broker = new Broker({ stores: [new PostgresStore(database.url, 1)], clock: new VirtualClock('2026-09-17T08:20:00Z'), onError: (error) => void errors.push(error) });
  await broker.start();
  brokers.push(broker);
  await broker.submit({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: MODEL, checksum: MODEL }] });
  return { broker, errors };
}

const cutConnections = (): Promise<unknown> => database.db.raw("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guicheng-broker' and datname = current_database()");
const storedInstances = async (): Promise<string[]> => (await database.db('broker.state').where({ tbl: 'element_instance' }).select('key')).map((row: { key: string }) => row.key);

describe('a broker whose database fails', () => {
  test('refuses while connections are cut, says so, goes on by itself; all it has acknowledged is there, and its log has no gap', async () => {
    const { broker, errors } = await startBroker();
    const acknowledged: string[] = [];
    const refused: Extract<Answer, { ok: false }>[] = [];
    let cuts = 0;
    for (let round = 0; round < 12; round += 1) {
      const answers = Array.from({ length: 40 }, () => broker.submit(CREATE));
      if (round % 2 === 1) {
        await cutConnections();
        cuts += 1;
      }
      for (const answer of await Promise.all(answers)) {
        if (answer.ok) acknowledged.push((answer.value as { processInstanceKey: string }).processInstanceKey);
        else refused.push(answer);
      }
      await expect.poll(() => broker.healthy, { timeout: 20_000 }).toBe(true);
    }
    expect(cuts).toBe(6);
    expect(errors.length).toBeGreaterThan(0);
    expect(refused.every(({ rejection, reason }) => rejection === 'UNAVAILABLE' && reason.length > 0)).toBe(true);
    expect(acknowledged.length).toBeGreaterThanOrEqual(240);
    await expect.poll(async () => (await database.db('broker.redo').select('batch')).length, { timeout: 20_000 }).toBe(0);
    const stored = new Set(await storedInstances());
    expect(acknowledged.filter((key) => !stored.has(key))).toEqual([]);
    const records = await broker.readRecords(1, '0', 1_000_000);
    expect(records.map(({ position }) => Number(position))).toEqual(records.map((_, at) => at + 1));
    const created = records.filter(({ valueType, intent }) => valueType === 'PROCESS_INSTANCE_CREATION' && intent === 'CREATED').map(({ value }) => value['processInstanceKey'] as string);
    // Whoever was refused in mid-commit may have his instance or not; nobody has two, and the log says the same as the state.
    expect(new Set(created).size).toBe(created.length);
    expect(created.every((key) => stored.has(key))).toBe(true);
  });

  test('lets nobody wait for ever: results and jobs that are waited for are refused or empty', async () => {
    const { broker } = await startBroker();
    await broker.submit({ type: 'deploy_resources', resources: [{ name: 'q.bpmn', content: MODEL.replaceAll('"p"', '"q"').replaceAll('type="one"', 'type="other"'), checksum: 'q' }] });
    const result = broker.submit({ ...CREATE, bpmnProcessId: 'q', awaitResult: { fetchVariables: [], timeoutMs: 60_000 } });
    const jobs = broker.requestJobs({ type: 'activate_jobs', jobType: 'nothing', worker: 'test', timeoutMs: 1000, maxJobs: 1, fetchVariables: [] });
    await broker.idle();
    await cutConnections();
    expect(await result).toMatchObject({ ok: false, rejection: 'UNAVAILABLE' });
    expect(await jobs.answer).toMatchObject({ ok: false, rejection: 'UNAVAILABLE' });
    await expect.poll(() => broker.healthy, { timeout: 20_000 }).toBe(true);
    expect(await broker.submit(CREATE)).toMatchObject({ ok: true });
  });
});

describe('a broker whose disk is full', () => {
  /** From here on the server refuses to write as it does when the file system has no room. */
  const fill = (): Promise<unknown> =>
    database.db.raw(`create or replace function broker.no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file "base/5/16384": No space left on device' using errcode = 'disk_full'; end $$;
      create or replace trigger no_room before insert on broker.record_batch for each statement execute function broker.no_room()`);
  const free = (): Promise<unknown> => database.db.raw('drop trigger if exists no_room on broker.record_batch');
  afterEach(free);

  test('refuses and says why, as long as it lasts; goes on by itself when there is room, with all it has acknowledged', async () => {
    // given
    const { broker, errors } = await startBroker();
    const before = await broker.submit(CREATE);
    await fill();

    // when
    const refused = [await broker.submit(CREATE), await broker.submit(CREATE)];
    const told = errors.length;
    await new Promise((resolve) => setTimeout(resolve, 1500)); // it tries again meanwhile, and says it once for each trouble
    const still = await broker.submit(CREATE);
    await free();

    // then
    expect(before).toMatchObject({ ok: true });
    for (const answer of [...refused, still]) expect(answer).toMatchObject({ ok: false, rejection: 'UNAVAILABLE', reason: expect.stringContaining('No space left on device') as unknown });
    expect(told).toBeGreaterThan(0);
    await expect.poll(async () => (await broker.submit(CREATE)).ok, { timeout: 20_000 }).toBe(true);
    await expect.poll(storedInstances, { timeout: 20_000 }).toContain((before as { value: { processInstanceKey: string } }).value.processInstanceKey);
    const records = await broker.readRecords(1, '0', 1_000_000);
    expect(records.map(({ position }) => Number(position))).toEqual(records.map((_, at) => at + 1));
  });
});

// As when a broker is cut off: its lock is gone, and its other connections still stand.
const cutLock = (): Promise<unknown> => database.db.raw("select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory' and a.application_name = 'guicheng-broker' and a.datname = current_database()");

describe('two brokers on one database', () => {
  test('the second cannot begin while the first works; once it has taken over, the first ends, and has written nothing since', async () => {
    const first = await startBroker();
    await expect(startBroker()).rejects.toThrow('Another Guicheng is already running');
    let second: Awaited<ReturnType<typeof startBroker>> | undefined;
    // The first asks for its lock again at once: whoever is quicker has it.
    while (second === undefined) {
      await cutLock();
      second = await startBroker().catch(() => undefined);
    }
    await expect.poll(() => first.errors.at(-1), { timeout: 20_000 }).toBeInstanceOf(FencedError);
    await expect(first.broker.submit(CREATE)).rejects.toThrow('the broker has stopped');
    const before = await storedInstances();
    expect(await second.broker.submit(CREATE)).toMatchObject({ ok: true });
    await expect.poll(async () => (await storedInstances()).length, { timeout: 20_000 }).toBeGreaterThan(before.length);
  });

  test('who has lost its session can write no longer, nor take the partition back', async () => {
    const first = new PostgresStore(database.url, 7);
    const second = new PostgresStore(database.url, 7);
    try {
      let lost = 0;
      await first.open(() => (lost += 1));
      const change = { table: 'element_instance', key: '1', unit: 'u', row: { a: 1 }, fresh: true, dueAt: null, queue: null };
      await first.commit({ changes: [change], records: [], counters: { key: 1n, position: 1n } });
      await cutLock();
      await expect.poll(() => lost, { timeout: 20_000 }).toBeGreaterThan(0);
      const taken = await second.open(() => undefined);
      expect(taken).toEqual({ key: 1n, position: 1n });
      await expect(first.commit({ changes: [{ ...change, key: '2' }], records: [], counters: { key: 2n, position: 2n } })).rejects.toThrow();
      await expect(first.open(() => undefined)).rejects.toBeInstanceOf(FencedError);
      expect([...(await second.loadUnits(['u'])).values()].flat().map(({ key }) => key)).toEqual(['1']);
    } finally {
      await first.close();
      await second.close();
    }
  });

  test('what was begun in an earlier epoch can no longer be written, were the session still there', async () => {
    const store = new PostgresStore(database.url, 8);
    try {
      await store.open(() => undefined);
      await database.db.raw('update broker.partition set epoch = epoch + 1 where id = 8');
      const change = { table: 'element_instance', key: '1', unit: 'u', row: { a: 1 }, fresh: true, dueAt: null, queue: null };
      await expect(store.commit({ changes: [change], records: [], counters: { key: 1n, position: 1n } })).rejects.toBeInstanceOf(FencedError);
      expect([...(await store.loadUnits(['u'])).values()].flat()).toEqual([]);
    } finally {
      await store.close();
    }
  });
});
