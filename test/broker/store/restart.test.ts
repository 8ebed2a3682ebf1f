import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokerMigrations } from '../../../engine/broker/store/migrations/index.ts';
import { MemoryStore } from '../../../engine/broker/store/memory/memory-store.ts';
import { PartitionHeldError, PostgresStore } from '../../../engine/broker/store/postgres/postgres-store.ts';
import type { Store } from '../../../engine/broker/store/store.ts';
import { migrate } from '../../../engine/database/migrate.ts';
import { boundary, bpmn, chain, end, flow, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { TestBroker } from '../../support/broker.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'broker', brokerMigrations);
});
afterAll(() => database.drop());

const MODEL = bpmn(
  'p',
  start() + serviceTask('one') + boundary('late', 'one', timer('timeDuration', 'PT1H'), false) + `<bpmn:intermediateCatchEvent id="wait">${messageEvent('m')}</bpmn:intermediateCatchEvent>` + serviceTask('two') + end() + end('e_late') + chain('start', 'one', 'wait', 'two', 'end') + flow('late', 'e_late'),
  message('m', 'paid', '=order'),
);

describe.each<[string, () => () => Store]>([
  ['memory', () => {
    const kept = new MemoryStore();
    return () => kept;
  }],
  ['postgres', () => () => new PostgresStore(database.url, 1)],
])('a broker on %s', (_name, makeOpener) => {
  test('goes on after every step as if it had never been stopped', async () => {
    const open = makeOpener();
    let engine = await TestBroker.start(open());
    const restart = async (): Promise<void> => {
      await engine.stop();
      expect(engine.errors).toEqual([]);
      engine = await TestBroker.start(open(), engine.clock);
    };
    await engine.deploy({ 'p.bpmn': MODEL });
    await restart();
    const key = await engine.create('p', { order: 'A-1', text: '客户投诉' });
    await restart();
    await engine.publish('paid', 'A-1', { sum: 5 }, 86_400_000);
    await restart();
    await engine.advance(3_600_000);
    await restart();
    const [job] = await engine.activate('one', 1, 1000);
    await restart();
    await engine.advance(1001);
    await restart();
    const [again] = await engine.activate('one');
    expect(again?.key).toBe(job?.key);
    await engine.done({ type: 'complete_job', jobKey: again!.key, variables: { done: true } });
    await restart();
    await engine.complete('two');
    expect(await engine.elements('ELEMENT_COMPLETED', key)).toEqual(['start', 'late', 'e_late', 'one', 'wait', 'two', 'end', 'p']);
    expect(await engine.variables(key)).toEqual({ order: 'A-1', text: '客户投诉', sum: 5, done: true });
    const positions = (await engine.records()).map((record) => Number(record.position));
    expect(positions).toEqual(positions.map((_, index) => index + 1));
    await engine.stop();
  });

  test('works jobs whose state no longer fits into memory', async () => {
    const engine = await TestBroker.start(makeOpener()());
    await engine.deploy({ 'q.bpmn': bpmn('q', start() + serviceTask('many') + end() + chain('start', 'many', 'end')) });
    await Promise.all(Array.from({ length: 300 }, (_, index) => engine.create('q', { index })));
    const jobs = await engine.activate('many', 300);
    expect(jobs).toHaveLength(300);
    await Promise.all(jobs.map((job) => engine.done({ type: 'complete_job', jobKey: job.key, variables: {} })));
    expect((await engine.elements()).filter((id) => id === 'q')).toHaveLength(300);
    await engine.stop();
  });
});

test('a second broker on the same database is refused with one sentence', async () => {
  const first = await TestBroker.start(new PostgresStore(database.url, 1));
  const second = new PostgresStore(database.url, 1);
  await expect(second.open(() => undefined)).rejects.toThrow(PartitionHeldError);
  await second.close();
  await first.stop();
});
