import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { brokerMigrations } from '../../engine/broker/store/migrations/index.ts';
import { PostgresStore } from '../../engine/broker/store/postgres/postgres-store.ts';
import type { WrittenBatch } from '../../engine/broker/store/postgres/record-reader.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { startProjectionThread, type ProjectionThread } from '../../engine/projection-thread/index.ts';
import { projectionMigrations } from '../../engine/projection/index.ts';
import { bpmn, chain, end, serviceTask, start } from '../support/bpmn.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ROOT } from '../start/product.ts';

const MODEL = bpmn('p', start() + serviceTask('one') + end() + chain('start', 'one', 'end'));

let database: TestDatabase;
let broker: Broker;
let thread: ProjectionThread;
const errors: Error[] = [];
let onWritten = (_batch: WrittenBatch): void => undefined;

beforeAll(async () => {
  // The thread is a file of the built product.
  execFileSync(process.execPath, ['--input-type=module', '--eval', "import { prepare } from './engine/prepare.mjs'; await prepare();"], { cwd: ROOT });
  database = await createTestDatabase();
  await migrate(database.db, 'broker', brokerMigrations);
  await migrate(database.db, 'read_model', projectionMigrations);
  broker = new Broker({ stores: [new PostgresStore(database.url, 1, (batch) => onWritten(batch))], clock: systemClock, onError: (error) => void errors.push(error) });
  await broker.start();
  await broker.submit({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: MODEL, checksum: MODEL }] });
  thread = await startProjectionThread({ file: path.join(ROOT, 'dist', 'engine', 'projection-thread.js'), url: database.url, partitions: 1, clock: systemClock, onError: (error) => void errors.push(error) });
  onWritten = (batch) => thread.written(1, batch);
}, 240_000);
afterAll(async () => {
  await thread.stop();
  await broker.stop();
  await database.drop();
});

async function create(): Promise<string> {
  const answer = await broker.submit({ type: 'create_process_instance', bpmnProcessId: 'p', processDefinitionKey: '0', version: -1, variables: { text: 'x'.repeat(1000) } });
  return (answer as { value: { processInstanceKey: string } }).value.processInstanceKey;
}
const caughtUp = (): Promise<boolean> => thread.waitFor(1, broker.lastPosition(1), 30_000);
const readModelHas = async (key: string): Promise<boolean> => (await database.db('read_model.variable').where({ process_instance_key: key, name: 'text' }).first()) !== undefined;

test('what was written before and since its start gets into the read model, and listeners are told what has changed', async () => {
  // given
  const told: string[] = [];
  const end = thread.subscribe(({ instances }) => told.push(...instances));

  // when
  const keys = await Promise.all(Array.from({ length: 20 }, create));

  // then
  expect(await caughtUp()).toBe(true);
  expect(await database.db('read_model.process_definition').where({ bpmn_process_id: 'p' }).first()).toBeDefined();
  expect(told).toEqual(expect.arrayContaining(keys));
  for (const key of keys) expect(await readModelHas(key)).toBe(true);
  await expect.poll(() => thread.lagMs(), { timeout: 20_000 }).toBe(0);
  end();
});

test('goes on by itself when its connections are cut, and when it ends by an error of its own', async () => {
  // when: connections are cut
  await database.db.raw("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name in ('guicheng', 'guicheng-records')");
  const first = await create();

  // then
  expect(await caughtUp()).toBe(true);
  expect(await readModelHas(first)).toBe(true);

  // when: it is told of a partition that there is not
  const before = errors.length;
  thread.written(99, { firstPosition: '1', lastPosition: '1', text: '' });
  await expect.poll(() => errors.length, { timeout: 20_000 }).toBeGreaterThan(before);
  const second = await create();

  // then
  expect(await caughtUp()).toBe(true);
  expect(await readModelHas(second)).toBe(true);
});
