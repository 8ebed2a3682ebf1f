import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { appendAudit } from '../../engine/identity/audit.ts';
import { directoryMembers } from '../../engine/workers/directory/members.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { reportGenerate } from '../../engine/workers/report/generate.ts';
import { collectRisks } from '../../engine/workers/risk/collect-risks.ts';
import { riskGather } from '../../engine/workers/risk/gather.ts';
import { quarterOf } from '../../engine/workers/calendar/period.ts';
import { riskRegisterItems } from '../../engine/workers/risk/register.ts';
import { riskSelfAssess } from '../../engine/workers/risk/self-assess.ts';
import { riskThreshold } from '../../engine/workers/risk/threshold.ts';
import { measureThresholds, weekOf } from '../../engine/workers/risk/thresholds.ts';
import { riskWatch } from '../../engine/workers/risk/watch.ts';
import type { Job } from '../../engine/workers/job-worker.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
let caseNo: string;
beforeAll(async () => {
  bench = await openBench('2026-11-23T10:00:00+08:00');
});
afterAll(() => bench.stop());

const job = (type: string, variables: JsonObject, customHeaders: Record<string, string> = {}): Job => bench.job(type, { caseNo, riskAssessmentNo: caseNo, ...variables }, { bpmnProcessId: 'risk_assessment', processInstanceKey: '5001', customHeaders });
const item = (likelihood: number, impact: number, more: JsonObject = {}): JsonObject => ({ item: '系统容量不足', riskType: 'operational', source: 'system_failure', likelihood, impact, control: '扩容', owner: 'zhaoyu', ...more });

test('quarters and weeks > by name, the one before today, and weeks by ISO 8601 over the turn of the year', () => {
  const zone = 'Asia/Shanghai';
  expect(quarterOf('2026Q4', 0, zone)).toEqual({ name: '2026Q4', from: new Date('2026-10-01T00:00:00+08:00'), to: new Date('2027-01-01T00:00:00+08:00') });
  expect(quarterOf(null, Date.parse('2026-01-01T00:30:00+08:00'), zone).name).toBe('2025Q4');
  expect(quarterOf(null, Date.parse('2026-12-31T23:30:00+08:00'), zone).name).toBe('2026Q3');
  expect(() => quarterOf('2026', 0, zone)).toThrow('must be a quarter');
  expect(['2026-11-23', '2027-01-01', '2027-01-04', '2024-12-30'].map(weekOf)).toEqual(['2026-W48', '2026-W53', '2027-W01', '2025-W01']);
});

test('record.register > an assessment gets its ledger row once', async () => {
  const opening = bench.job('record.register', { depts: ['it'] }, { bpmnProcessId: 'risk_assessment', processInstanceKey: '5001', customHeaders: { series: 'FP' } });
  const [one, two] = await deliverTwice(recordRegister, opening, bench.context);
  expect(two).toEqual(one);
  caseNo = String(one['riskAssessmentNo']);
  expect(await bench.context.db('app.risk_assessment')).toMatchObject([{ assessment_no: caseNo, depts: ['it'], period: '2026-11' }]);
});

test('directory.members > departments with somebody on duty; one that nobody stands for is an error', async () => {
  await bench.context.db('app.app_user').where({ id: 'zhaoyu' }).update({ duty: 'off' });
  const listed = await directoryMembers.handle(job('directory.members', {}, { list: 'departments' }), bench.context);
  expect(listed['depts']).toEqual(['business', 'compliance', 'hr', 'rights', 'risk', 'security', 'service', 'supervision']);
  await expect(directoryMembers.handle(job('directory.members', { depts: ['risk', 'it'] }, { list: 'departments' }), bench.context)).rejects.toThrow('department it has nobody on duty');
  await bench.context.db('app.app_user').where({ id: 'zhaoyu' }).update({ duty: 'on' });
  expect(await directoryMembers.handle(job('directory.members', { depts: ['it', 'risk'] }, { list: 'departments' }), bench.context)).toEqual({ depts: ['it', 'risk'] });
});

test('assessment.collect > a quarter holds what came in during it, and nothing of the next', async () => {
  const { db } = bench.context;
  const risk = (no: string, level: string, at: string, more: object = {}): object => ({ risk_no: no, process_instance_key: 1, risk_level: level, risk_source: 'complaint', owner_dept: 'it', status: 'open', registered_at: new Date(at), updated_at: new Date(at), ...more });
  await db('app.risk_incident').insert([risk('A', 'major', '2026-07-01T00:00:00+08:00', { loss_estimate: 10 }), risk('B', 'minor', '2026-09-30T23:59:00+08:00'), risk('C', 'major', '2026-10-01T00:00:00+08:00'), risk('D', 'major', '2026-08-01', { false_alarm: true })]);
  const { variables } = await collectRisks(db, bench.context, job('assessment.collect', {}));
  expect(variables).toMatchObject({ period: '2026Q3', collected: { incidents: 2, byLevel: { major: 1, minor: 1 }, bySource: { complaint: 2 }, byDept: { it: 2 }, loss: 10, complaints: 0 } });
  expect((variables['thresholds'] as JsonObject[]).map((one) => one['metric'])).toEqual(['complaints_week', 'breach_rate', 'churn', 'failed_login']);
});

test('risk.self_assess and risk.gather > delivered twice they are one row each; the late and the missing are marked', async () => {
  // when
  const self = (dept: string, dueAssess: string, ...items: JsonObject[]): Job => job('risk.self_assess', { dept, dueAssess, items, scope: ['tech'], selfScore: 80 });
  const [one, two] = await deliverTwice(riskSelfAssess, self('it', '2026-11-23T17:30:00+08:00', item(5, 4), item(1, 1)), bench.context);
  await riskSelfAssess.handle(self('risk', '2026-11-20T17:30:00+08:00', item(3, 3)), bench.context);
  const [gathered, again] = await deliverTwice(riskGather, job('risk.gather', { depts: ['it', 'risk', 'hr'] }), bench.context);

  // then
  expect([one, two]).toEqual([{ selfState: 'in_time' }, { selfState: 'in_time' }]);
  expect(again).toEqual(gathered);
  expect(gathered).toMatchObject({ missingDepts: ['hr'], missingText: '人力资源部', lateDepts: ['risk'] });
  expect((gathered['selfAssessments'] as JsonObject[]).map((row) => `${String(row['dept'])} ${String(row['stateName'])} ${String(row['items'])}`)).toEqual(['hr 缺报 0', 'it 按期 2', 'risk 迟报 1']);
  expect((gathered['top10'] as JsonObject[]).map((row) => row['score'])).toEqual([20, 9, 1]);
  expect(await bench.context.db('app.risk_self_assessment').where({ assessment_no: caseNo })).toHaveLength(3);
});

test('risk.register > enters every rated risk once and says what is to be rectified', async () => {
  const rated = [item(5, 4, { dept: 'it', riskLevel: 'major' }), item(3, 3, { dept: 'risk', riskLevel: 'significant', source: 'complaint' }), item(1, 1, { dept: 'it', riskLevel: 'minor' })];
  const [one, two] = await deliverTwice(riskRegisterItems, job('risk.register', { items: rated, rated }), bench.context);
  expect(two).toEqual(one);
  expect(one).toEqual({ registered: 3, rectItems: [{ item: '系统容量不足', requirement: '扩容', owner: 'zhaoyu', weight: 'heavy' }, { item: '系统容量不足', requirement: '扩容', owner: 'zhaoyu', weight: 'normal' }] });
  expect(await bench.context.db('app.risk_register').orderBy('register_no').select('register_no', 'score', 'threshold')).toEqual([{ register_no: `${caseNo}-001`, score: 20, threshold: 'failed_login' }, { register_no: `${caseNo}-002`, score: 9, threshold: 'complaints_week' }, { register_no: `${caseNo}-003`, score: 1, threshold: 'failed_login' }]);
  expect(await bench.context.db('app.risk_assessment').first()).toMatchObject({ items: 3, high: 2, medium: 0, low: 1 });
});

test('risk_quarterly > delivered twice it is one version, a second job makes the next', async () => {
  const variables: JsonObject = { period: '2026Q3', rated: [item(5, 4, { dept: 'it', riskLevel: 'major', score: 20 })], selfAssessments: [{ dept: 'hr', state: 'missing', selfScore: null, items: 0 }], missingDepts: ['hr'], thresholds: [{ metric: 'churn', value: 1, level: 'major' }, { metric: 'unknown', value: 1 }], reason: '季节因素', trend: 'up', conclusion: '<风险>上升' };
  const [one, two] = await deliverTwice(reportGenerate, job('report.generate', variables, { template: 'risk_quarterly' }), bench.context);
  expect(two).toEqual(one);
  expect(one).toMatchObject({ reportVersion: 1, riskCounts: { items: 1, high: 1, medium: 0, low: 0 } });
  expect(await reportGenerate.handle(job('report.generate', variables, { template: 'risk_quarterly' }), bench.context)).toMatchObject({ reportNo: one['reportNo'], reportVersion: 2 });
  const { content } = await bench.context.db('app.report').where({ case_no: caseNo, version: 1 }).first();
  expect(content).toContain('<td>人力资源部</td><td>缺报</td>');
  expect(content).toContain('<td>客户流失率</td><td class="n">2</td><td class="n">1</td><td>重大</td>');
  expect(content).toContain('&lt;风险&gt;上升');
});

test('risk.threshold > what changes is written down once, what does not is not, and nonsense is refused', async () => {
  const wanted = [{ metric: 'complaints_week', value: 2, level: 'general' }, { metric: 'churn', value: 2, level: 'significant' }];
  const [one, two] = await deliverTwice(riskThreshold, job('risk.threshold', { thresholds: wanted, reason: '旺季' }), bench.context);
  expect([one, two]).toEqual([{ thresholdsChanged: 1 }, { thresholdsChanged: 1 }]);
  expect(await bench.context.db('app.risk_threshold_change')).toMatchObject([{ metric: 'complaints_week', from_value: '50', to_value: '2', assessment_no: caseNo }]);
  expect(await bench.context.db('app.risk_threshold').where({ metric: 'complaints_week' }).first()).toMatchObject({ value: '2', reason: '旺季' });
  for (const thresholds of [[{ metric: 'weather', value: 1 }], [{ metric: 'churn', value: -1 }], [{ metric: 'churn', value: '5' }]]) await expect(riskThreshold.handle(job('risk.threshold', { thresholds }), bench.context)).rejects.toThrow(/threshold/);
});

test('risk.watch > an alert once in its period, also when delivered twice, with a message id against doubles', async () => {
  // given
  const { db } = bench.context;
  const complaint = (no: string, at: string): object => ({ complaint_no: no, process_instance_key: 1, received_at: new Date(at), registered_at: new Date(at) });
  await db('app.complaint').insert([complaint('A', '2026-11-22T10:00:00+08:00'), complaint('B', '2026-11-16T11:00:00+08:00'), complaint('C', '2026-11-16T09:00:00+08:00')]);
  const watch = (): Job => bench.job('risk.watch', {}, { bpmnProcessId: 'risk_assessment', processInstanceKey: '5002', customHeaders: { message: 'risk_event_detected' } });
  const published = (): JsonObject[] => bench.asked.filter((one) => one.command === 'publish').map((one) => one.detail);

  // when
  const [one, two] = await deliverTwice(riskWatch, watch(), bench.context);
  await riskWatch.handle(watch(), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toEqual({ alerts: [{ metric: 'complaints_week', value: 2, threshold: 2, level: 'general', period: '2026-W48' }] });
  expect(published()).toMatchObject([{ correlationKey: '', messageId: 'threshold:complaints_week:2026-W48', variables: { riskSource: 'complaint', impactScope: 'all', ongoing: false } }]);

  // when: a hundred failed sign-ins within a day
  await db.transaction(async (trx) => {
    for (let count = 0; count < 100; count += 1) await appendAudit(trx, { at: bench.clock.now(), actor: 'nobody', action: 'session.refused', object: 'session' });
  });
  await riskWatch.handle(watch(), bench.context);

  // then
  expect(published().map((detail) => detail['messageId'])).toEqual(['threshold:complaints_week:2026-W48', 'threshold:failed_login:2026-11-23']);
});

test('thresholds > shares of a few say nothing; from twenty on they count', async () => {
  const { db } = bench.context;
  const now = bench.clock.now();
  expect((await measureThresholds(db, now, 'Asia/Shanghai')).churn.value).toBe(0);
  await db('app.customer').insert(Array.from({ length: 20 }, (_, index) => ({ customer_no: `K${index}`, name: '示例', type: 'individual', tier: 'basic', closed_at: index < 3 ? new Date(now - 86_400_000) : null })));
  await db('app.deadline').insert(Array.from({ length: 20 }, (_, index) => ({ process_instance_key: 9000 + index, stage: 'x', process_id: 'p', started_at: new Date(now - 2 * 86_400_000), due_at: new Date(now - 86_400_000), remind_at: new Date(now - 86_400_000), amount: 1, unit: 'd', remind_at_pct: 80 })));
  await db('app.sla_breach').insert({ breach_no: 'CS9', case_no: 'X', process_instance_key: 9000, process_id: 'p', stage: 'x', due_at: new Date(now - 86_400_000), level: 1, escalate_to: 'cs_supervisor', at: new Date(now - 86_400_000) });
  expect(await measureThresholds(db, now, 'Asia/Shanghai')).toMatchObject({ churn: { value: 12.5, period: '2026-11' }, breach_rate: { value: 5, period: '2026-W48' } });
});
