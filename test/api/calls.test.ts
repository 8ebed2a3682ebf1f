import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CALL_LIMIT, readCallLog } from '../../engine/api/calls/read-call-log.ts';
import type { CallLogCheck, ChannelFigures } from '../../engine/contract/administration.ts';
import { TestStack, type Browser } from '../support/stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const scope = { zone: 'Asia/Shanghai', now: Date.parse('2026-09-17T08:20:00Z'), agents: new Set(['wanglei', 'liqiang']), customers: new Set(['C100001']) };
const HEAD = 'started,answered,ended,agent,customer';
const rulesOf = (...lines: string[]): [number, string, string][] => readCallLog([HEAD, ...lines].join('\n'), scope).problems.map((problem) => [problem.line, problem.rule, problem.text]);

describe('a telephone log', () => {
  test('is read in local time or with an offset, with Chinese heads in any order, answered or not', () => {
    // when
    const { calls, problems } = readCallLog('\uFEFF坐席,客户号,呼入时间,接听时间,结束时间\r\nwanglei,C100001,2026-09-16 09:00:00,2026-09-16 09:00:20,2026-09-16 09:06:20\r\n"liqiang",,2026-09-16T01:10:00Z,,2026/9/16 9:11\r\n\r\n', scope);

    // then
    expect(problems).toEqual([]);
    expect(calls).toEqual([
      { startedAt: Date.parse('2026-09-16T01:00:00Z'), answeredAt: Date.parse('2026-09-16T01:00:20Z'), endedAt: Date.parse('2026-09-16T01:06:20Z'), agent: 'wanglei', customerNo: 'C100001' },
      { startedAt: Date.parse('2026-09-16T01:10:00Z'), answeredAt: null, endedAt: Date.parse('2026-09-16T01:11:00Z'), agent: 'liqiang', customerNo: null },
    ]);
  });

  test('tells each line that is wrong, and why', () => {
    expect(
      rulesOf(
        'yesterday,,2026-09-16 09:05,wanglei,',
        '2026-02-30 09:00,,2026-09-16 09:05,wanglei,',
        '2026-09-16 09:00,2026-09-16 08:59,2026-09-16 09:05,wanglei,',
        '2026-09-16 09:00,,2026-09-18 09:05,wanglei,',
        '2026-09-16 09:00,,2026-09-16 09:05,nobody,',
        '2026-09-16 09:00,,2026-09-16 09:05,wanglei,C999',
        '2026-09-16 09:00,,2026-09-16 09:05,wanglei,',
        '2026-09-16 09:00,,2026-09-16 09:06,wanglei,',
      ),
    ).toEqual([
      [2, 'time', 'yesterday'], [3, 'time', '2026-02-30 09:00'], [4, 'order', '2026-09-16 09:00 → 2026-09-16 08:59 → 2026-09-16 09:05'], [5, 'future', '2026-09-18 09:05'],
      [6, 'agent', 'nobody'], [7, 'customer', 'C999'], [9, 'twice', '2026-09-16 09:00,,2026-09-16 09:06,wanglei,'],
    ]);
  });

  test('wants its head, a call, and not too many of them', () => {
    expect(readCallLog('started,ended,agent\n1,2,3', scope).problems).toMatchObject([{ line: 1, rule: 'head' }]);
    expect(rulesOf()).toEqual([[2, 'empty', '']]);
    const many = Array.from({ length: CALL_LIMIT + 1 }, (_, index) => `${new Date(Date.parse('2026-01-01T00:00:00Z') + index * 60_000).toISOString()},,${new Date(Date.parse('2026-01-01T00:00:30Z') + index * 60_000).toISOString()},wanglei,`);
    expect(readCallLog([HEAD, ...many].join('\n'), scope)).toMatchObject({ calls: [], problems: [{ rule: 'many' }] });
  });
});

describe('its import', () => {
  let stack: TestStack;
  let admin: Browser;
  const log = [HEAD, '2026-09-16 09:00:00,2026-09-16 09:00:20,2026-09-16 09:10:20,wanglei,C100001', '2026-09-16 10:00:00,2026-09-16 10:01:40,2026-09-16 10:21:40,liqiang,', '2026-09-16 11:00:00,,2026-09-16 11:00:40,wanglei,'].join('\n');

  beforeAll(async () => {
    stack = await TestStack.start();
    await stack.deploy({ 'processes/shared/kpi-targets.dmn': await readFile(path.join(ROOT, 'processes/shared/kpi-targets.dmn'), 'utf8') });
    admin = await stack.as('zhaoyu');
  });
  afterAll(async () => {
    expect(stack.errors).toEqual([]);
    await stack.stop();
  });

  test('is for administrators alone', async () => {
    const clerk = await stack.as('wanglei');
    for (const answer of [await clerk.get('/calls'), await clerk.post('/calls/check', { csv: log }), await clerk.post('/calls', { csv: log, reason: '九月话务' })]) expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect(await stack.database.db('app.phone_call')).toEqual([]);
  });

  test('is shown before it is taken, and a wrong file is not taken at all', async () => {
    // when
    const preview = await admin.post<CallLogCheck>('/calls/check', { csv: log });
    const wrong = await admin.post('/calls', { csv: `${log}\n2026-09-16 12:00,,2026-09-16 12:01,nobody,`, reason: '九月话务' });

    // then
    expect(preview.body).toEqual({ problems: [], calls: 3, known: 0, missed: 1, from: '2026-09-16T01:00:00.000Z', to: '2026-09-16T03:00:00.000Z', handlingMinutes: 15 });
    expect([wrong.status, wrong.body.code, wrong.body.params]).toEqual([422, 'calls_invalid', { count: 1 }]);
    expect(await stack.database.db('app.phone_call')).toEqual([]);
  });

  test('gives the figures of phone and counter against their targets, counts a call once, and is on record', async () => {
    // given two services at the counter, of 20 and 50 minutes
    for (const [index, minutes] of [20, 50].entries()) await stack.database.db('app.appointment').insert({ appointment_no: `YY20260916-000${index + 1}`, process_instance_key: index + 1, mode: 'branch', status: 'served', registered_at: new Date('2026-09-15T01:00:00Z'), started_at: new Date('2026-09-16T01:00:00Z'), finished_at: new Date(Date.parse('2026-09-16T01:00:00Z') + minutes * 60_000) });

    // when
    const first = await admin.post('/calls', { csv: log, reason: '九月话务' });
    const again = await admin.post('/calls', { csv: `${log}\n2026-09-16 14:00:00,2026-09-16 14:00:30,2026-09-16 14:05:30,wanglei,`, reason: '补录一通' });
    const { body } = await admin.get<ChannelFigures>('/calls');

    // then
    expect([first.status, first.body, again.body]).toMatchObject([201, { imported: 3, known: 0 }, { imported: 1, known: 3 }]);
    expect(body.phone.target).toMatchObject({ metric: 'phone_minutes', target: 15, direction: 'max' });
    expect(body.phone.months).toHaveLength(12);
    expect(body.phone.months.at(-1)).toEqual({ month: '2026-09', count: 4, missed: 1, waitSeconds: 50, handlingMinutes: 11.7, inTime: 66.7 });
    expect(body.phone.months[0]).toEqual({ month: '2025-10', count: 0, missed: 0, waitSeconds: null, handlingMinutes: null, inTime: null });
    expect(body.counter.target).toMatchObject({ metric: 'counter_minutes', target: 30 });
    expect(body.counter.months.at(-1)).toEqual({ month: '2026-09', count: 2, missed: 0, waitSeconds: null, handlingMinutes: 35, inTime: 50 });
    expect(body.imports).toMatchObject([{ byName: '示例 · 赵宇', imported: 1, known: 3 }, { imported: 3, known: 0 }]);
    expect(await stack.database.db('app.audit_log').where({ action: 'calls.import' }).orderBy('seq')).toMatchObject([{ actor: 'zhaoyu', reason: '九月话务', after: { imported: 3, known: 0 } }, { reason: '补录一通' }]);
  });
});
