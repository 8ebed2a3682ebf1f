import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CalendarCheck, CalendarYear, RecomputePreview, RecomputeRun } from '../../engine/contract/api.ts';
import { calendarDeadline } from '../../engine/workers/calendar/deadline.ts';
import type { Job, WorkerContext } from '../../engine/workers/job-worker.ts';
import { moveDeadline } from '../../engine/workers/ledgers/deadline.ts';
import { bpmn, chain, end, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let admin: Browser;
beforeAll(async () => {
  stack = await TestStack.start();
  admin = await stack.as('zhaoyu');
  await stack.deploy({ 'p.bpmn': bpmn('p', start() + userTask('ask', '<zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/><zeebe:taskSchedule dueDate="=dueInvestigate"/>') + end() + chain('start', 'ask', 'end')) });
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

const year = async (number = 2026): Promise<CalendarYear> => (await admin.get<CalendarYear>(`/calendar/${number}`)).body;

describe('the calendar', () => {
  test('shows a year with its holidays, make-up days and working days of each month', async () => {
    const found = await year();
    expect(found.workingDays).toEqual([21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]);
    expect(found.days).toContainEqual({ date: '2026-10-10', type: 'workday', name: '国庆节调休', remark: null });
    expect(await year(2027)).toMatchObject({ publishedAt: null, days: [] });
  });

  test('is for administrators', async () => {
    const other = await stack.as('chenjing');
    for (const path of ['/calendar/2026', '/calendar/2026/file', '/calendar/recompute']) expect((await other.get(path)).status).toBe(403);
    expect((await other.post('/calendar/2027', { csv: 'date,type\n', reason: 'x' })).status).toBe(403);
    expect((await other.post('/calendar/recompute', { digest: '', reason: 'x' })).status).toBe(403);
  });

  test('goes out as a file that comes in again without a change', async () => {
    // given
    const text = await (await admin.fetch('/calendar/2026/file')).text();
    expect(text.split('\r\n').slice(0, 2)).toEqual([expect.stringMatching(/date,type,name,remark$/), '2026-01-01,holiday,元旦,']);
    // when
    const { body } = await admin.post<CalendarCheck>('/calendar/2026/check', { csv: text });
    // then
    expect(body).toEqual({ problems: [], days: 39, added: [], removed: [], changed: [] });
  });

  test('tells every wrong line with its reason, and takes nothing of such a file', async () => {
    // given
    const csv = ['date,type,name,remark', '2027-01-01,holiday,元旦,', '2027-02-30,holiday,春节,', '2026-12-31,holiday,元旦,', '2027-01-02,rest,元旦,', '2027-01-04,workday,元旦调休,', '2027-01-01,holiday,元旦,', '2027/1/3,workday,"元旦,调休",', '2027-05-01,holiday,,'].join('\r\n');
    // when
    const { body } = await admin.post<CalendarCheck>('/calendar/2027/check', { csv });
    // then
    expect(body.problems).toEqual([
      { line: 3, rule: 'date', text: '2027-02-30' },
      { line: 4, rule: 'year', text: '2026-12-31' },
      { line: 5, rule: 'type', text: 'rest' },
      { line: 6, rule: 'weekday', text: '2027-01-04' },
      { line: 7, rule: 'twice', text: '2027-01-01' },
      { line: 9, rule: 'name', text: '' },
    ]);
    expect(body.added).toEqual([{ date: '2027-01-01', type: 'holiday', name: '元旦', remark: null }, { date: '2027-01-03', type: 'workday', name: '元旦,调休', remark: null }]);
    expect(await admin.post('/calendar/2027', { csv, reason: '国务院通知' })).toMatchObject({ status: 422, body: { code: 'calendar_invalid', params: { count: 6 } } });
    expect(await year(2027)).toMatchObject({ publishedAt: null, days: [] });
  });

  test('is read from JSON by the same rules', async () => {
    // given
    const right = JSON.stringify([{ date: '2027-01-01', type: 'holiday', name: '元旦, "新年"', remark: null }, { date: '2027/1/2', type: 'workday', name: '元旦调休' }]);

    // when
    const { body } = await admin.post<CalendarCheck>('/calendar/2027/check', { csv: right });
    const wrong = await admin.post<CalendarCheck>('/calendar/2027/check', { csv: JSON.stringify({ days: [{ date: '2027-01-01', type: 'holiday', name: '元旦' }, { date: '2026-01-01', type: 'holiday', name: '元旦' }, { date: '2027-01-04', type: 'workday', name: '调休' }, { date: 7 }] }) });
    const broken = await admin.post<CalendarCheck>('/calendar/2027/check', { csv: '[{"date": ' });

    // then
    expect(body).toMatchObject({ problems: [], days: 2, added: [{ date: '2027-01-01', type: 'holiday', name: '元旦, "新年"', remark: null }, { date: '2027-01-02', type: 'workday', name: '元旦调休' }] });
    expect(wrong.body.problems.map((problem) => [problem.line, problem.rule])).toEqual([[2, 'year'], [3, 'weekday'], [4, 'date']]);
    expect(broken.body.problems).toMatchObject([{ line: 1, rule: 'json' }]);
    expect((await admin.post('/calendar/2027', { csv: '[7]', reason: '导入' })).body).toMatchObject({ code: 'calendar_invalid' });
  });

  test('is published with a reason, which is audited', async () => {
    const { status, body } = await admin.post<CalendarYear>('/calendar/2027', { csv: '2027-01-01,holiday,元旦,', reason: '国务院通知' });
    expect([status, body.days.length, body.publishedAt]).toEqual([200, 1, '2026-09-17T08:20:00.000Z']);
    expect((await admin.post('/calendar/2027', { csv: '2027-01-01,holiday,元旦,', reason: ' ' })).status).toBe(400);
    expect(await stack.database.db('app.audit_log').where({ action: 'calendar.publish' }).first()).toMatchObject({ actor: 'zhaoyu', object: 'calendar:2027', reason: '国务院通知', after: { days: 1, added: ['2027-01-01'] } });
  });

  test('changes by the day, by the rules of a file', async () => {
    const put = (date: string, change: object) => admin.put<CalendarYear>(`/calendar/2027/days/${date}`, { reason: '补充', ...change });
    expect((await put('2027-01-02', { type: 'workday', name: '元旦调休' })).body.days.map((day) => day.date)).toEqual(['2027-01-01', '2027-01-02']);
    expect(await put('2027-01-04', { type: 'workday', name: '调休' })).toMatchObject({ status: 422, body: { code: 'calendar_invalid' } });
    expect((await put('2027-01-05', { type: 'holiday', name: '' })).status).toBe(422);
    expect((await put('2027-01-02', { type: null })).body.days).toHaveLength(1);
    expect((await put('2027-01-01', { type: null })).body.days).toHaveLength(0);
    expect((await put('2028-01-01', { type: 'holiday', name: '元旦' })).status).toBe(422);
  });
});

/** A case with a deadline of `amount` working days for `stage`, as the worker writes it. */
async function caseWith(no: string, stage: string, amount: number, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<string> {
  const due = `due${stage.charAt(0).toUpperCase()}${stage.slice(1)}`;
  const key = await stack.create('p', { caseNo: no, [due]: '2026-09-28T17:30:00+08:00', dueInvestigate: '2026-09-28T17:30:00+08:00' });
  await deadline(key, no, stage, amount, variables, headers);
  return key;
}

async function deadline(key: string, no: string, stage: string, amount: number, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<void> {
  const context = { db: stack.database.db, clock: stack.clock, zone: 'Asia/Shanghai', engine: { evaluateDecision: async () => ({ amount, unit: 'wd', remindAtPct: 80, escalateTo: 'cs_supervisor' }) } } as unknown as WorkerContext;
  const job = { key: `${Date.now()}`, type: 'calendar.deadline', processInstanceKey: key, bpmnProcessId: 'p', elementId: `st_${stage}`, elementInstanceKey: String(++instances), customHeaders: { stage, decisionId: 'x', ...headers }, variables: { caseNo: no, ...variables } } as unknown as Job;
  await calendarDeadline.handle(job, context);
}
let instances = 1000;

const dueOf = async (key: string, stage: string): Promise<string> => ((await stack.database.db('app.deadline').where({ process_instance_key: key, stage }).first()) as { due_at: Date }).due_at.toISOString();

describe('computing deadlines anew', () => {
  test('moves what the changed calendar moves, tasks and variables too, and leaves the rest', async () => {
    // given: 7 working days from Thursday 2026-09-17 end on 2026-09-28
    const plain = await caseWith('TS1', 'investigate', 7);
    const extended = await caseWith('TS2', 'investigate', 5);
    await deadline(extended, 'TS2', 'extension', 2, {}, { extends: 'investigate' });
    const byHand = await caseWith('TS3', 'investigate', 7);
    await stack.database.db.transaction((trx) => moveDeadline(trx, byHand, 'investigate', Date.parse('2026-09-29T09:30:00Z')));
    const fixed = await caseWith('TS4', 'investigate', 7, { wanted: '2026-09-28' }, { date: 'wanted' });
    const ended = await caseWith('TS5', 'investigate', 7);
    await stack.engine.cancelInstance(ended);
    await stack.caughtUp();
    expect([await dueOf(plain, 'investigate'), await dueOf(extended, 'investigate')]).toEqual(['2026-09-28T09:30:00.000Z', '2026-09-28T09:30:00.000Z']);
    expect((await admin.get<RecomputePreview>('/calendar/recompute')).body).toMatchObject({ total: 0, checked: 2, byHand: 2, moves: [] });

    // when: 2026-09-21 becomes a holiday
    expect((await admin.put('/calendar/2026/days/2026-09-21', { type: 'holiday', name: '临时放假', reason: '台风停工' })).status).toBe(200);
    const { body: preview } = await admin.get<RecomputePreview>('/calendar/recompute');
    expect(preview).toMatchObject({ total: 2, cases: 2, byHand: 2 });
    expect(preview.moves.map((move) => [move.caseNo, move.stage, move.oldDue, move.newDue])).toEqual([
      ['TS1', 'investigate', '2026-09-28T09:30:00.000Z', '2026-09-29T09:30:00.000Z'],
      ['TS2', 'investigate', '2026-09-28T09:30:00.000Z', '2026-09-29T09:30:00.000Z'],
    ]);
    expect(await admin.post('/calendar/recompute', { digest: 'another', reason: '台风' })).toMatchObject({ status: 409, body: { code: 'recompute_changed' } });
    const begun = await admin.post<RecomputeRun>('/calendar/recompute', { digest: preview.digest, reason: '台风停工' });

    // then
    expect([begun.status, begun.body.state, begun.body.total]).toEqual([202, 'running', 2]);
    await expect.poll(async () => (await admin.get<RecomputeRun>('/calendar/recompute/run')).body, { timeout: 20_000 }).toMatchObject({ state: 'done', moved: 2, skipped: 0, failed: 0, reason: '台风停工' });
    await stack.caughtUp();
    expect([await dueOf(plain, 'investigate'), await dueOf(extended, 'investigate'), await dueOf(byHand, 'investigate'), await dueOf(fixed, 'investigate')]).toEqual(['2026-09-29T09:30:00.000Z', '2026-09-29T09:30:00.000Z', '2026-09-29T09:30:00.000Z', '2026-09-28T09:30:00.000Z']);
    const variable = await stack.database.db('read_model.variable').where({ process_instance_key: plain, name: 'dueInvestigate' }).first();
    expect(JSON.parse(variable.value)).toBe('2026-09-29T17:30:00+08:00');
    const tasks = (await (await stack.as('wanglei')).get('/tasks?view=group')).body.items as { caseNo: string; due: { at: string } }[];
    expect(tasks.find((task) => task.caseNo === 'TS1')?.due.at).toBe('2026-09-29T09:30:00.000Z');
    expect(await stack.database.db('app.audit_log').where({ action: 'deadline.move', object: 'case:TS1' }).first()).toMatchObject({ actor: 'zhaoyu', reason: '台风停工', before: { due: '2026-09-28T17:30:00+08:00' }, after: { due: '2026-09-29T17:30:00+08:00' } });
    expect((await admin.get('/inbox')).body.items[0]).toMatchObject({ title: '期限已重新计算' });
    expect((await admin.get<RecomputePreview>('/calendar/recompute')).body.total).toBe(0);
  });

  test('a date that comes earlier is watched, since the running timer would be too late', async () => {
    // when: the day works again
    await admin.put('/calendar/2026/days/2026-09-21', { type: null, reason: '台风过境，照常上班' });
    const { body: preview } = await admin.get<RecomputePreview>('/calendar/recompute');
    await admin.post('/calendar/recompute', { digest: preview.digest, reason: '照常上班' });
    await expect.poll(async () => (await admin.get<RecomputeRun>('/calendar/recompute/run')).body, { timeout: 20_000 }).toMatchObject({ state: 'done', moved: 2, reason: '照常上班' });
    // then
    expect((await stack.database.db('app.sla_watch').orderBy('case_no')).map((row: { case_no: string; due_at: Date }) => [row.case_no, row.due_at.toISOString()])).toEqual([['TS1', '2026-09-28T09:30:00.000Z'], ['TS2', '2026-09-28T09:30:00.000Z']]);
  });

  test('a run that was broken off says so', async () => {
    await stack.database.db('app.calendar_recompute').insert({ user_id: 'zhaoyu', by_name: '示例 · 赵宇', reason: 'x', digest: '', total: 5, moved: 2, started_at: new Date(0) });
    expect((await admin.get<RecomputeRun>('/calendar/recompute/run')).body).toMatchObject({ state: 'interrupted', total: 5, moved: 2 });
  });
});
