import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiMigrations } from '../../engine/api/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { identityMigrations } from '../../engine/identity/migrations/index.ts';
import { notificationMigrations } from '../../engine/notifications/migrations/index.ts';
import { projectionMigrations } from '../../engine/projection/index.ts';
import { assessmentCollect } from '../../engine/workers/assessment/collect.ts';
import { weightedScore } from '../../engine/workers/assessment/grade.ts';
import { periodOf } from '../../engine/workers/calendar/period.ts';
import { assessmentRecord } from '../../engine/workers/assessment/record.ts';
import { assessmentScore } from '../../engine/workers/assessment/score.ts';
import type { Job } from '../../engine/workers/job-worker.ts';
import { workerMigrations } from '../../engine/workers/migrations/index.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2026-10-10T09:00:00+08:00');
});
afterAll(() => bench.stop());

const at = (day: string): Date => new Date(`${day}T10:00:00+08:00`);
const job = (type: string, variables: JsonObject, more: Partial<Job> = {}): Job => bench.job(type, { caseNo: 'KH1', assessmentNo: 'KH1', ...variables }, { bpmnProcessId: 'quality_assessment', ...more });
const collect = async (variables: JsonObject): Promise<JsonObject> => assessmentCollect.handle(job('assessment.collect', variables, { customHeaders: { of: 'assessment' } }), bench.context);
const metricsOf = (found: JsonObject, subject: string): JsonObject => (found['subjects'] as JsonObject[]).find((one) => one['subject'] === subject)!['metrics'] as JsonObject;

async function complaint(no: string, key: string, day: string, values: object, worker: string): Promise<void> {
  const { db } = bench.context;
  await db('app.record').insert({ record_no: no, series: 'TS', process_id: 'complaint_handling', process_instance_key: key, registered_at: at(day), closed_at: at(day) });
  await db('app.complaint').insert({ complaint_no: no, process_instance_key: key, received_at: at(day), registered_at: at(day), closed_at: at(day), ...values });
  await db('app.task_assignment').insert({ process_instance_key: key, group_id: 'complaint_officer', user_id: worker, assigned_at: at(day), released_at: at(day) });
}

test('period > by name, or the quarter and year that ended last', () => {
  const now = Date.parse('2026-01-05T09:00:00+08:00');
  const of = (name: string | null, type: string | null = null): string[] => {
    const { name: found, from, to } = periodOf(name, type, now, 'Asia/Shanghai');
    return [found, from.toISOString(), to.toISOString()];
  };
  expect(of(null)).toEqual(['2025Q4', '2025-09-30T16:00:00.000Z', '2025-12-31T16:00:00.000Z']);
  expect(of(null, 'year')).toEqual(['2025', '2024-12-31T16:00:00.000Z', '2025-12-31T16:00:00.000Z']);
  expect(of('2026-09..2026-12')).toEqual(['2026-09..2026-12', '2026-08-31T16:00:00.000Z', '2026-12-31T16:00:00.000Z']);
  expect(of('2026-12')[2]).toBe('2026-12-31T16:00:00.000Z');
  for (const wrong of ['2026Q5', 'soon', '2026-13', '2026-10..2026-09']) expect(() => of(wrong), wrong).toThrow();
});

test('score > a missing figure leaves its weight to the others, too little is no score', () => {
  const weights = { satisfaction: 30, inTime: 25, quality: 20, compliance: 15, knowledge: 10, risk: 0 };
  expect(weightedScore({ satisfaction: 80, inTime: 100, quality: 100, compliance: 100, knowledge: 50 }, weights)).toBe(89);
  expect(weightedScore({ satisfaction: 80, inTime: null, quality: 100, compliance: 100, knowledge: null }, weights)).toBe(90.77);
  expect(weightedScore({ compliance: 100, knowledge: 100, risk: 100 }, weights)).toBeNull();
  expect(weightedScore({ satisfaction: 400, inTime: -3 }, weights)).toBe(54.55);
});

test('assessment.collect > figures come from ledgers and facts of the period alone, also where no pages stand beside it', async () => {
  // given: a complaint in the quarter, one before it, a violation, an inspection, an exam
  const { db } = bench.context;
  await complaint('TS1', '8001', '2026-08-03', { satisfaction: 4, reopen_count: 0 }, 'liuyang');
  await complaint('TS2', '8002', '2026-05-03', { satisfaction: 1, reopen_count: 1 }, 'liuyang');
  await db('app.survey').insert({ survey_no: 'DC1', case_no: 'TS1', process_instance_key: '8009', template: 'x', sent_at: at('2026-08-04'), expires_at: at('2026-08-09'), status: 'answered', closed_at: at('2026-08-05'), score: 5 });
  await db('app.kpi_fact').insert([{ metric: 'complaint_closed_in_target', period: '2026-08', value: 0, case_no: 'TS1', process_instance_key: '8001', at: at('2026-08-03') }, { metric: 'risk_response_in_time', unit: 'service', period: '2026-08', value: 1, process_instance_key: '8010', at: at('2026-08-03') }, { metric: 'risk_response_in_time', unit: 'service', period: '2026-08', value: 0, process_instance_key: '8011', at: at('2026-08-03') }]);
  await db('app.violation_case').insert({ case_no: 'WG1', process_instance_key: '8012', subject_no: 'liuyang', conclusion: 'substantiated', registered_at: at('2026-07-03') });
  await db('app.inspection').insert({ inspection_no: 'JC1', process_instance_key: '8013', type: 'special', registered_at: at('2026-07-03') });
  await db('app.inspection_item').insert({ inspection_no: 'JC1', process_instance_key: '8013', position: 1, item: 'x', inspector: 'hefang', result: 'fail', staff_no: 'liuyang', checked_at: at('2026-07-05') });
  await db('app.training_result').insert({ training_no: 'PX1', staff_no: 'liuyang', process_instance_key: '8014', present: true, hours: 4, theory_score: 70, passed: true, attempts: 0, at: at('2026-09-03') });
  await db('app.rectification').insert([{ rect_no: 'ZG1', process_instance_key: '8015', problem: 'x', owner: 'liqiang', due: '2026-08-31', status: 'closed', opened_at: at('2026-08-01'), closed_at: at('2026-08-31') }, { rect_no: 'ZG2', process_instance_key: '8016', problem: 'x', owner: 'liqiang', due: '2026-09-10', status: 'open', opened_at: at('2026-08-01') }]);

  // when
  const found = await collect({ units: ['service'], period: '2026Q3' });

  // then: the survey stands for its complaint
  expect(metricsOf(found, 'liuyang')).toEqual({ satisfaction: 100, inTime: null, quality: 100, compliance: 70, knowledge: 70 });
  expect(metricsOf(found, 'service')).toEqual({ satisfaction: 100, complaintInTime: 0, risk: 50, rectification: 50, training: 100 });
  expect(metricsOf(found, 'chenjing')).toEqual({ satisfaction: null, inTime: null, quality: null, compliance: 100, knowledge: null });
  expect(found).toMatchObject({ period: '2026Q3', units: ['service'] });
  expect(metricsOf(await collect({ units: ['service'], period: '2026' }), 'liuyang')).toMatchObject({ satisfaction: 60, quality: 50 });
  await expect(collect({ units: ['moon'], period: '2026Q3' })).rejects.toThrow('nobody belongs to moon');
});

test('assessment.collect > with the read model beside it, tasks count by who did them and when they were due', async () => {
  // given
  const { db } = bench.context;
  await migrate(db, 'app', [...identityMigrations, ...notificationMigrations, ...workerMigrations, ...apiMigrations]);
  await migrate(db, 'read_model', projectionMigrations);
  const task = (key: string, assignee: string, done: string) => db('read_model.user_task').insert({ key, process_instance_key: '8020', process_definition_key: 1, bpmn_process_id: 'p', version: 1, element_id: 'e', element_instance_key: key, state: 'completed', assignee, candidate_groups: [], candidate_users: [], exclude_users: [], due_at: at('2026-08-10'), created_at: at('2026-08-01'), completed_at: at(done) });
  await task('1', 'liuyang', '2026-08-09');
  await task('2', 'liuyang', '2026-08-11');
  await task('3', 'chenjing', '2026-08-12');
  await db('app.task_state').insert({ job_key: '3', process_instance_key: '8020', assignee: 'liuyang', changed_at: at('2026-08-12'), completed_by: 'liuyang', completed_at: at('2026-08-12') });

  // when
  const found = await collect({ units: ['service'], period: '2026Q3' });

  // then
  expect(metricsOf(found, 'liuyang')).toMatchObject({ inTime: 33.33 });
  expect(metricsOf(found, 'chenjing')).toMatchObject({ inTime: null });
});

const weights: JsonObject[] = [{ level: 'unit', weights: { satisfaction: 50, risk: 50 } }, { level: 'staff', weights: { satisfaction: 50, compliance: 50 } }];
const subject = (kind: string, id: string, metrics: JsonObject): JsonObject => ({ kind, subject: id, name: id, dept: 'service', metrics, hits: [] });
const period = { period: '2026Q3', periodFrom: '2026-07-01T00:00:00+08:00', periodTo: '2026-10-01T00:00:00+08:00' };

test('assessment.score > delivered twice each subject has one row, with its grade, and who is not measured has none', async () => {
  // when
  const subjects = [subject('unit', 'service', { satisfaction: 90, risk: 100 }), subject('staff', 'liuyang', { satisfaction: 40, compliance: 70 }), subject('staff', 'gaoxiang', { satisfaction: 95, compliance: 90 }), subject('staff', 'chenjing', { compliance: null })];
  const [one, two] = await deliverTwice(assessmentScore, job('assessment.score', { subjects, weights, ...period }, { customHeaders: { of: 'assessment' } }), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toMatchObject({ unitScores: [{ subject: 'service', score: 95, grade: 'A' }], staffScores: [{ subject: 'liuyang', score: 55, grade: 'D', earlierFailures: 0 }, { subject: 'gaoxiang', score: 92.5, grade: 'A' }], unmeasured: ['chenjing'] });
  expect(await bench.context.db('app.quality_assessment')).toHaveLength(3);
});

test('assessment.record > delivered twice points go once; a ban on awards leaves none; a failed person gets thirty days', async () => {
  // given: gaoxiang may not be awarded
  const { db } = bench.context;
  await db('app.staff_record').insert({ staff_no: 'gaoxiang', no_award_until: '2026-12-31', updated_at: at('2026-01-01') });
  const reward = (kind: string, id: string, score: number, grade: string, more: JsonObject = {}): JsonObject => ({ kind, subject: id, name: id, score, grade, award: [], points: 0, rectify: false, ...more });
  const rewards = [reward('unit', 'service', 90, 'A', { award: ['commendation'] }), reward('staff', 'liuyang', 55, 'D', { award: ['perf_deduct'], points: -10, rectify: true }), reward('staff', 'gaoxiang', 92.5, 'A', { award: ['bonus', 'commendation'] })];

  // when
  const record = job('assessment.record', { rewards, reviews: [{ unit: 'service', adjust: -5, reason: '漏报一次投诉' }], confirmations: [{ unit: 'service', agree: 'dispute', remark: '请核实' }], ...period });
  const [one, two] = await deliverTwice(assessmentRecord, record, bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toMatchObject({ recorded: 3, rectItems: [{ owner: 'liuyang', due: '2026-11-09', weight: 'heavy' }] });
  expect(await db('app.staff_record').where({ staff_no: 'liuyang' }).first()).toMatchObject({ points: '90.00' });
  expect(await db('app.quality_assessment').where({ subject: 'service' }).first()).toMatchObject({ computed: '95.00', score: '90.00', adjust: '-5.00', disputed: true, remark: '请核实', reason: '漏报一次投诉', status: 'approved' });
  expect(await db('app.quality_assessment').where({ subject: 'gaoxiang' }).first()).toMatchObject({ award: [] });
  expect(await db('app.staff_record_entry').where({ staff_no: 'gaoxiang', kind: 'reward' })).toEqual([]);
});

test('assessment.score > a D of the year before is counted the next time, one of longer ago is not', async () => {
  const next = { period: '2026Q4', periodFrom: '2026-10-01T00:00:00+08:00', periodTo: '2027-01-01T00:00:00+08:00' };
  const again = await assessmentScore.handle(job('assessment.score', { caseNo: 'KH2', assessmentNo: 'KH2', subjects: [subject('staff', 'liuyang', { satisfaction: 90, compliance: 90 })], weights, ...next }, { customHeaders: { of: 'assessment' } }), bench.context);
  expect(again['staffScores']).toMatchObject([{ earlierFailures: 1 }]);
  const later = { period: '2028Q1', periodFrom: '2028-01-01T00:00:00+08:00', periodTo: '2028-04-01T00:00:00+08:00' };
  const after = await assessmentScore.handle(job('assessment.score', { caseNo: 'KH3', assessmentNo: 'KH3', subjects: [subject('staff', 'liuyang', { satisfaction: 90, compliance: 90 })], weights, ...later }, { customHeaders: { of: 'assessment' } }), bench.context);
  expect(after['staffScores']).toMatchObject([{ earlierFailures: 0 }]);
});
