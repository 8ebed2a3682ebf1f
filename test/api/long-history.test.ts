import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bpmn, chain, end, serviceTask, start } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

// 10,000,000 with HISTORY_INSTANCES=10000000, which takes some minutes and 10 GB.
const ENDED = Number(process.env['HISTORY_INSTANCES'] ?? 100_000);
/** Rows a question may read, whatever has ended. */
const MOST_ROWS = 40_000;
/** At least as many as the pool has. */
const SESSIONS = 20;

vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 3_600_000 });

let stack: TestStack;
let admin: Browser;

beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('work', 'work') + end() + chain('start', 'work', 'end')) });
  for (const at of [1, 2, 3]) await stack.create('p', { caseNo: `RUNNING-${at}`, customerName: '示例 · 王蕾' });
  admin = await stack.as('zhaoyu');
  await fill();
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

/** Instances of the deployed process that have ended over three years; every tenth is a case, every hundredth was canceled. */
async function fill(): Promise<void> {
  const { db } = stack.database;
  const row = (await db('read_model.process_definition').first('key')) as { key: string };
  await db.raw(
    `insert into read_model.process_instance (key, process_definition_key, bpmn_process_id, version, state, started_at, ended_at, case_no, customer_name, subject, due_at)
       select 3000000000000000 + i * 8, :definition, 'p', 1, case when i % 100 = 0 then 'terminated' else 'completed' end, at, at + interval '2 hours',
         case when i % 10 = 0 then 'TS-' || i end, case when i % 10 = 0 then '示例客户' || i % 5000 end, case when i % 10 = 0 then '转账未到账' end, case when i % 10 = 0 then at + interval '20 days' end
       from (select i, timestamptz '2026-09-17 06:00:00+08' - interval '3 years' * (i::float8 / :ended) as at from generate_series(1, :ended::integer) i) ended`,
    { definition: row.key, ended: ENDED },
  );
  for (const [offset, id, type] of [[0, 'p', 'PROCESS'], [1, 'start', 'START_EVENT'], [2, 'work', 'SERVICE_TASK'], [3, 'end', 'END_EVENT']] as const) {
    await db.raw(
      `insert into read_model.element_instance (key, process_instance_key, process_definition_key, element_id, type, state, flow_scope_key, started_at, ended_at)
         select key + :offset, key, process_definition_key, :id, :type, 'completed', key, started_at, ended_at from read_model.process_instance where ended_at is not null`,
      { offset, id, type },
    );
  }
  await db.raw("insert into read_model.job (key, type, process_instance_key, process_definition_key, element_id, element_instance_key, state, retries, created_at, ended_at) select key + 4, 'work', key, process_definition_key, 'work', key + 2, 'completed', 3, started_at, ended_at from read_model.process_instance where ended_at is not null");
  await db.raw("insert into read_model.element_statistics select process_definition_key, element_id, count(*) from read_model.element_instance where process_instance_key >= 3000000000000000 and state = 'completed' and type <> 'PROCESS' group by 1, 2 on conflict (process_definition_key, element_id) do update set completed = element_statistics.completed + excluded.completed");
  await db.raw('vacuum analyze');
}

/** Rows read of the tables that grow with history, so far. */
async function rowsRead(): Promise<number> {
  const { rows } = await stack.database.db.raw<{ rows: { read: string }[] }>("select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as read from pg_stat_user_tables where schemaname = 'read_model' and relname in ('process_instance', 'element_instance', 'job', 'variable')");
  return Number(rows[0]!.read);
}

/** The same with what each session of the pool has not handed in yet. */
async function settled(): Promise<number> {
  await Promise.all(Array.from({ length: SESSIONS }, () => stack.database.db.raw('select pg_stat_force_next_flush(), pg_sleep(0.05)')));
  return rowsRead();
}

const from = encodeURIComponent('2026-09-01T00:00:00+08:00');
const questions = [
  '/monitor/summary', '/metrics', '/definitions/p/statistics', '/instances', '/instances?page=100', '/instances?bpmnProcessId=p', '/instances?bpmnProcessId=p&version=1&state=completed',
  '/instances?state=active', '/instances?state=terminated', `/instances?from=${from}`, '/instances?incident=true', '/instances?elementId=work', '/instances?bpmnProcessId=p&state=active&elementId=work',
  '/instances?sort=startedAt', '/instances?sort=-endedAt', '/instances?sort=endedAt', '/instances?sort=due', '/instances?sort=-due', '/instances?sort=caseNo', '/instances?sort=-caseNo&page=50',
  '/instances?search=RUNNING-2', '/instances?search=TS-77770', '/instances?search=nothing-like-it', '/instances?search=3000000000000080', '/instances/3000000000000080',
];

describe(`with ${ENDED} instances that have ended`, () => {
  test.each(questions)('%s reads what it shows, not all that ever was', async (question) => {
    // given
    const before = await settled();

    // when
    const began = performance.now();
    const { status } = await admin.get(question);
    const took = performance.now() - began;

    // then
    expect(status).toBe(200);
    const read = (await settled()) - before;
    expect(read).toBeLessThan(MOST_ROWS);
    if (ENDED > 100_000) process.stdout.write(`${question}: ${took.toFixed(0)} ms, ${read} rows\n`);
  });

  test('counts as far as pages go, and says that there are more', async () => {
    expect((await admin.get('/instances')).body).toMatchObject({ total: 10_000, more: true });
    expect((await admin.get('/instances?page=400&pageSize=50')).body).toMatchObject({ items: [] });
    const few = (await admin.get('/instances?state=active')).body;
    expect(few).toMatchObject({ total: 3 });
    expect(few).not.toHaveProperty('more');
  });

  test('puts those without a value last, and leaves nobody out where both meet', async () => {
    const cases = ENDED / 10 + 3;
    if (cases > 10_003) return expect((await admin.get('/instances?sort=caseNo&pageSize=50&page=200')).body.items).toHaveLength(50);
    const seen = [];
    for (const page of [200, 201]) seen.push(...((await admin.get(`/instances?sort=caseNo&pageSize=50&page=${page}`)).body as { items: { key: string; caseNo: string | null }[] }).items);
    expect(seen.slice(0, 50).every(({ caseNo }) => caseNo !== null)).toBe(true);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(seen.length);
  });

  test('shows how often each element ran, of all that ended', async () => {
    const { body } = await admin.get('/definitions/p/statistics');
    expect(body).toEqual([{ elementId: 'end', active: 0, incidents: 0, completed: ENDED }, { elementId: 'start', active: 0, incidents: 0, completed: ENDED + 3 }, { elementId: 'work', active: 3, incidents: 0, completed: ENDED }]);
  });

  test('finds by two characters among the newest, by three among all', async () => {
    expect((await admin.get(`/instances?search=${encodeURIComponent('王蕾')}`)).body.total).toBe(3);
    expect((await admin.get(`/instances?search=${encodeURIComponent('示例客户')}`)).body.total).toBeGreaterThan(9000);
  });
});
