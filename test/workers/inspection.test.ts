import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { assessmentCollect } from '../../engine/workers/assessment/collect.ts';
import { assessmentScore } from '../../engine/workers/assessment/score.ts';
import { inspectionLog } from '../../engine/workers/inspection/log.ts';
import type { Job } from '../../engine/workers/job-worker.ts';
import { metricPublish } from '../../engine/workers/metric/publish.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
let first: string;
let second: string;
beforeAll(async () => {
  bench = await openBench('2026-11-23T10:00:00+08:00');
});
afterAll(() => bench.stop());

const job = (type: string, inspectionNo: string | null, variables: JsonObject, headers: Record<string, string> = {}): Job => bench.job(type, { ...(inspectionNo === null ? {} : { caseNo: inspectionNo, inspectionNo }), ...variables }, { bpmnProcessId: 'supervision_inspection', customHeaders: headers });
const sample = (inspectionNo: string, variables: JsonObject): Job => job('assessment.collect', inspectionNo, { inspectors: ['hefang', 'wutao'], sampleSize: 4, scope: ['process', 'privacy'], ...variables }, { of: 'sample' });
const log = (inspectionNo: string, step: string, variables: JsonObject): Promise<JsonObject> => inspectionLog.handle(job('inspection.log', inspectionNo, variables, { step }), bench.context);

test('record.register > an inspection gets its ledger row once', async () => {
  // when
  const [one, two] = await deliverTwice(recordRegister, job('record.register', null, { type: 'audit', basis: '季度内部审计' }, { series: 'JC' }), bench.context);
  first = String(one['inspectionNo']);
  second = String((await recordRegister.handle(job('record.register', null, { type: 'channel' }, { series: 'JC' }), bench.context))['inspectionNo']);

  // then
  expect(two).toEqual(one);
  expect(await bench.context.db('app.inspection').orderBy('inspection_no')).toMatchObject([{ inspection_no: first, type: 'audit', basis: '季度内部审计' }, { inspection_no: second, type: 'channel' }]);
});

test('assessment.collect > closed cases are drawn and shared out, nobody inspects a case of their own, the rest is looked at on the spot', async () => {
  // given: two closed cases, one of them worked on by hefang, and one still open
  const { db } = bench.context;
  const record = (no: string, key: string, closed: boolean) => db('app.record').insert({ record_no: no, series: 'TS', process_id: 'complaint_handling', process_instance_key: key, registered_at: new Date('2026-11-01'), closed_at: closed ? new Date('2026-11-10') : null });
  await record('TS1', '7001', true);
  await record('TS2', '7002', true);
  await record('TS3', '7003', false);
  for (const key of ['7001', '7002']) await db('app.task_assignment').insert({ process_instance_key: key, group_id: 'x', user_id: 'hefang', assigned_at: new Date('2026-11-02') });

  // when
  const [one, two] = await deliverTwice(assessmentCollect, sample(first, { type: 'audit', periodFrom: '2026-11-01T00:00:00+08:00', periodTo: '2026-11-30T00:00:00+08:00' }), bench.context);

  // then
  expect(two).toEqual(one);
  const items = one['sample'] as JsonObject[];
  expect(items.map((item) => item['ref']).sort()).toEqual(['TS1', 'TS2', null, null]);
  expect(items.filter((item) => item['ref'] !== null).map((item) => item['inspector'])).toEqual(['wutao', 'wutao']);
  expect(items.filter((item) => item['ref'] === null).map((item) => item['inspector'])).toEqual(['hefang', 'hefang']);
  expect(items.map((item) => item['scope'])).toEqual(['process', 'privacy', 'process', 'privacy']);
  expect(await db('app.inspection_item').where({ inspection_no: first })).toHaveLength(4);
  expect(await db('app.inspection').where({ inspection_no: first }).first()).toMatchObject({ planned: 4, inspectors: ['hefang', 'wutao'], scope: ['process', 'privacy'] });
});

test('assessment.collect > channels, systems, sites and interviews have their own inspections', async () => {
  await bench.context.db('app.app_user').where({ id: 'hefang' }).update({ dept: 'it' });
  const items = async (type: string, size: number): Promise<string[]> => {
    await bench.context.db('app.inspection_item').where({ inspection_no: second }).delete();
    const found = await assessmentCollect.handle(sample(second, { type, sampleSize: size, scope: ['channel'], dept: 'it' }), bench.context);
    return (found['sample'] as JsonObject[]).map((item) => String(item['item']));
  };
  expect((await items('security_scan', 3)).every((item) => item.startsWith('系统：'))).toBe(true);
  expect((await items('mystery', 4)).every((item) => item.startsWith('暗访：'))).toBe(true);
  expect(new Set(await items('channel', 12)).size).toBe(12);
  expect((await items('interview', 2)).sort()).toEqual(['访谈：TS1', '访谈：TS2']);
  await expect(assessmentCollect.handle(sample(second, { inspectors: [] }), bench.context)).rejects.toThrow('needs "inspectors"');
});

test('inspection.log > what is checked is added up by scope, and what failed comes back as issues', async () => {
  // when
  const result = (position: number, more: JsonObject): JsonObject => ({ position, result: 'pass', score: 90, ...more });
  const logged = await log(first, 'checked', { checkResults: [result(1, {}), result(2, { result: 'fail', score: 30, problem: '资料外传', staff: 'wanglei' }), result(3, { result: 'na', score: 50 }), result(4, { score: 80, note: '客户称等候十分钟' })] });

  // then
  expect(logged).toMatchObject({ checkedCount: 4, failedCount: 1, totals: [{ scope: 'process', checked: 1, failed: 0, mean: 90 }, { scope: 'privacy', checked: 2, failed: 1, mean: 55 }], issues: [{ issue: '资料外传', scope: 'privacy', kind: 'breach', dept: 'service', staffNo: 'wanglei' }] });
  expect(await bench.context.db('app.inspection_item').where({ inspection_no: first, position: 3 }).first()).toMatchObject({ result: 'na', score: null });
  expect(await bench.context.db('app.inspection_item').where({ inspection_no: first, position: 4 }).first()).toMatchObject({ note: '客户称等候十分钟' });
});

test('inspection.log > findings are entered once and know how often that was found in the year before', async () => {
  // given: found twice this year, once longer ago, once elsewhere
  const { db } = bench.context;
  const earlier = (no: string, day: string, dept: string) => db('app.finding').insert({ finding_no: no, inspection_no: second, process_instance_key: '1', issue: 'x', scope: 'privacy', dept, repeat_count: 0, found_at: new Date(day) });
  await earlier('WT1', '2026-03-01', 'service');
  await earlier('WT2', '2026-09-01', 'service');
  await earlier('WT3', '2025-03-01', 'service');
  await earlier('WT4', '2026-09-01', 'risk');
  const issues: JsonObject[] = [{ issue: '资料外传', scope: 'privacy', kind: 'breach', harm: false, dept: 'service', staffNo: 'wanglei', owner: 'liqiang', due: '2026-12-20' }, { issue: '可增设引导牌', scope: 'process', kind: 'suggestion', harm: false, dept: 'service', owner: 'liqiang', due: '2026-12-20' }];

  // when
  const [one, two] = await deliverTwice(inspectionLog, job('inspection.log', first, { issues, praise: [{ note: '台账完整' }] }, { step: 'found' }), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one['findings']).toMatchObject([{ issue: '资料外传', repeat: 2 }, { issue: '可增设引导牌', repeat: 0 }]);
  expect(await db('app.finding').where({ inspection_no: first })).toHaveLength(2);

  // when: rated
  const rated = await log(first, 'rated', { findings: one['findings']!, levels: ['serious', 'minor'], serious: false });

  // then
  expect(rated).toMatchObject({ foundSerious: true, seriousFindings: [{ staffNo: 'wanglei', level: 'serious' }], rectItems: [{ item: '资料外传', weight: 'heavy', owner: 'liqiang', due: '2026-12-20' }, { weight: 'minor' }] });
  expect((await db('app.finding').where({ inspection_no: first }).orderBy('finding_no')).map((row) => [row.level, row.referred_at !== null])).toEqual([['serious', true], ['minor', false]]);
});

test('assessment.score and metric.publish > an inspection is scored once by what applies, closed with its findings, and gives its figures', async () => {
  // when
  const [one, two] = await deliverTwice(assessmentScore, job('assessment.score', first, { round: 1 }, { of: 'inspection' }), bench.context);
  await metricPublish.handle(job('metric.publish', first, {}), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toEqual({ score: 66.67, grade: 'C' });
  expect(await bench.context.db('app.inspection').where({ inspection_no: first }).first()).toMatchObject({ score: '66.67', rounds: 1, serious: true, closed_at: expect.any(Date) });
  const facts = (await bench.context.db('app.kpi_fact').where({ case_no: first })).map((row) => [row.metric, row.unit, Number(row.value)]);
  expect(facts).toEqual(expect.arrayContaining([['inspection_done_audit', null, 1], ['inspection_in_time', null, 1], ['inspection_score', null, 66.67], ['inspection_item_failed', 'privacy', 1], ['finding_repeated', 'service', 1], ['finding_closed_in_time', 'service', 1]]));
});

test('inspection.log > an unknown step and an inspection without a row are refused', async () => {
  await expect(log(first, 'burned', {})).rejects.toThrow('must be checked, found or rated');
  await expect(log('JC-NONE', 'checked', { checkResults: [] })).rejects.toThrow('there is no inspection JC-NONE');
});
