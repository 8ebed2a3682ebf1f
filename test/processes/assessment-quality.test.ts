import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { Assessment, startAssessmentEngine, UNITS, workOf } from './assessment-driver.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const assessments = async (): Promise<string[]> => (await engine.db('app.record').where({ process_id: 'quality_assessment' }).orderBy('record_no').pluck('process_instance_key')).map(String);

test('assessment 1 > the quarter for three units: figures of the ledgers, scores and grades stored, rewards on the records, published inside', async () => {
  // given: a quarter of work, and the first of the next
  engine = await startAssessmentEngine('2026-09-30T12:00:00+08:00');
  await workOf(engine);
  await engine.db('app.app_user').whereNotNull('dept').whereNotIn('dept', UNITS).update({ dept: null });
  await engine.advanceTo('2026-10-01T09:01:00+08:00');
  const assessment = new Assessment(engine, (await assessments())[0]!);
  expect((await engine.userTasks(assessment.key, 'ut_confirm')).map((task) => task.candidateGroups)).toEqual([['dept_rights'], ['dept_risk'], ['dept_service']]);

  // when
  await assessment.confirm();
  expect((await engine.userTasks(assessment.key, 'ut_rev')).map((task) => task.candidateGroups[0])).toEqual(['service_supervision', 'service_supervision', 'service_supervision']);
  await assessment.review({ rights: 10 });
  expect((await engine.userTask(assessment.key, 'ut_approve')).candidateGroups).toEqual(['senior_mgmt']);
  await assessment.approve();

  // then
  const units = await assessment.scores('unit');
  expect(units).toMatchObject({ service: { score: 100, grade: 'A', period: '2026Q3', status: 'approved', confirmed: true, disputed: false }, risk: { score: 86.5, grade: 'B' }, rights: { score: 49.5, adjust: 10, grade: 'D' } });
  expect(await assessment.scores('staff')).toMatchObject({ liuyang: { score: 99.5, grade: 'A', award: ['bonus', 'commendation'] }, zhengjie: { score: 88.5, grade: 'B', award: [] }, zhouning: { score: 31.5, grade: 'D', award: ['perf_deduct'] } });
  expect((await assessment.variables())['unmeasured']).toContain('chenjing');
  expect(await engine.db('app.staff_record_entry').where({ staff_no: 'liuyang' }).orderBy('id').pluck('kind')).toEqual(['assessment', 'reward']);
  expect(await engine.db('app.staff_record').where({ staff_no: 'zhouning' }).first()).toMatchObject({ points: '90.00' });
  const board = await engine.db('app.announcement').first();
  expect(board.text).toMatch(/2026Q3 服务质量考核结果.*客户服务部 100 分 A/);
  expect(board.text).not.toContain('刘洋');
  expect(missingInOrder(await assessment.path(), ['tse_q', 'st_register', 'st_collect', 'br_weights', 'st_score', 'st_dl_confirm', 'sub_confirm', 'ut_rev', 'br_award', 'ut_approve', 'xor_ok', 'st_record', 'st_publish'])).toBeNull();

  // when: the failed unit and person have put it right
  for (let left = 2; left > 0; left -= 1) await rectify(assessment);

  // then
  expect(missingInOrder(await assessment.path(), ['mi_rect', 'xor_viol', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  expect(await assessment.state()).toBe('completed');
  const facts = (await engine.db('app.kpi_fact').where({ case_no: await assessment.no() })).map((one) => [one.metric, one.unit, Number(one.value)]);
  expect(facts).toEqual(expect.arrayContaining([['assessment_unit_score', 'service', 100], ['assessment_grade_d', 'rights', 1], ['assessment_disputed', 'service', 0]]));
  expect(engine.problems).toEqual([]);

  // then: the next quarter
  await engine.advanceTo('2027-01-01T09:01:00+08:00');
  expect(await assessments()).toHaveLength(2);
});

/** Puts one of the open rectifications of an assessment right. */
async function rectify(assessment: Assessment): Promise<void> {
  const keys: string[] = (await engine.db('app.rectification').where({ source_no: await assessment.no(), status: 'open' }).pluck('process_instance_key')).map(String);
  const item = new CaseDriver(engine, keys[0]!);
  await item.complete('ut_plan', { plan: '逐项分析失分原因并落实责任人', due: '2026-10-30' });
  await item.complete('ut_do', { progress: 100, actionTaken: '已完成', finished: true });
  await item.complete('ut_verify', { checks: ['target'], effect: 'good', accepted: true, note: '通过' });
}

test('assessment 2 > a disputed score is adjusted by the review, and what management returns is reviewed again', async () => {
  // given
  engine = await startAssessmentEngine();
  await workOf(engine);
  const assessment = await Assessment.start(engine, { type: 'quarter', period: '2026Q3', units: ['risk'] });

  // when
  await assessment.confirm(['risk']);
  const [review] = await engine.userTasks(assessment.key, 'ut_rev');
  expect(review!.variables).toMatchObject({ computedScore: 86.5, confirmation: { agree: 'dispute', remark: '系统故障当日的超时不应计入' } });
  await assessment.review({ risk: 2 });
  await assessment.approve(false);
  await assessment.review({ risk: 4 });
  await assessment.approve();

  // then
  expect((await assessment.path()).filter((id) => id === 'ut_approve')).toHaveLength(2);
  expect(await assessment.scores('unit')).toEqual({ risk: { score: 90.5, grade: 'A', adjust: 4, disputed: true, confirmed: true, award: ['bonus', 'commendation'], status: 'approved', period: '2026Q3' } });
  expect(await engine.db('app.quality_assessment').where({ subject: 'risk' }).first()).toMatchObject({ computed: '86.50', remark: '系统故障当日的超时不应计入', reason: '核实系统故障属实' });
});

test('assessment 3 > who does not confirm within five days is reviewed all the same', async () => {
  // given
  engine = await startAssessmentEngine();
  await workOf(engine);
  const assessment = await Assessment.start(engine, { type: 'quarter', period: '2026Q3', units: ['risk', 'service'] });
  const [first] = await engine.userTasks(assessment.key, 'ut_confirm');
  expect(Date.parse(first!.dueDate!)).toBe(Date.parse('2026-10-15T09:00:00+08:00'));
  await engine.completeUserTask(first!.key, { agree: 'agree' });

  // when
  await engine.advanceTo('2026-10-15T09:01:00+08:00');

  // then
  expect(missingInOrder(await assessment.path(), ['ut_confirm', 'bt_conf', 'ee_unconfirmed', 'sub_confirm'])).toBeNull();
  await assessment.review();
  await assessment.approve();
  expect(await assessment.scores('unit')).toMatchObject({ risk: { confirmed: true }, service: { confirmed: false } });
  expect(await assessment.state()).toBe('completed');
});

test('assessment 4 > a grade D opens a rectification for thirty days, a second one in a year suggests another post', async () => {
  // given: graded D already in spring
  engine = await startAssessmentEngine();
  await workOf(engine);
  const earlier = { assessment_no: 'KH-EARLIER', subject_kind: 'staff', subject: 'zhouning', dept: 'rights', process_instance_key: '1', period: '2026Q1', period_from: new Date('2026-01-01T00:00:00+08:00'), period_to: new Date('2026-04-01T00:00:00+08:00'), metrics: '{}', weights: '{}', computed: 40, score: 40, grade: 'D', status: 'approved', scored_at: new Date('2026-04-02'), approved_at: new Date('2026-04-02') };
  await engine.db('app.quality_assessment').insert(earlier);
  const assessment = await Assessment.start(engine, { type: 'quarter', period: '2026Q3', units: ['rights'] });

  // when
  await assessment.confirm();
  await assessment.review();
  expect((await engine.userTask(assessment.key, 'ut_approve')).variables['rewards']).toMatchObject([{ kind: 'unit', subject: 'rights', grade: 'D', rectify: true }, { kind: 'staff', subject: 'zhouning', award: ['perf_deduct', 'post_adjust'], points: -10 }]);
  await assessment.approve();

  // then
  const items = await engine.db('app.rectification').select('owner', 'source_kind', 'weight', engine.db.raw(`to_char(due, 'YYYY-MM-DD') as due`)).where({ source_no: await assessment.no() });
  expect(items).toEqual([{ owner: 'zhouning', source_kind: 'assessment', weight: 'heavy', due: '2026-11-09' }, { owner: 'zhouning', source_kind: 'assessment', weight: 'heavy', due: '2026-11-09' }]);
  expect(await assessment.open()).toEqual([]);
});

test('assessment 5 > a serious finding nobody answered for, and what the review adds, go to accountability', async () => {
  // given
  engine = await startAssessmentEngine();
  await workOf(engine);
  const at = new Date('2026-08-20T10:00:00+08:00');
  await engine.db('app.inspection').insert({ inspection_no: 'JC-1', process_instance_key: '1', type: 'special', registered_at: at });
  await engine.db('app.finding').insert({ finding_no: 'WT-1', inspection_no: 'JC-1', process_instance_key: '1', issue: '擅自复制客户资料', kind: 'breach', dept: 'service', staff_no: 'wanglei', repeat_count: 0, level: 'serious', found_at: at });
  const assessment = await Assessment.start(engine, { type: 'quarter', period: '2026Q3', units: ['service'] });

  // when
  await assessment.confirm();
  const [review] = await engine.userTasks(assessment.key, 'ut_rev');
  expect(review!.variables['violations']).toEqual([{ staffNo: 'wanglei', type: 'process', note: 'WT-1 擅自复制客户资料' }]);
  await assessment.review({}, { service: [{ staffNo: 'wanglei', type: 'privacy', note: 'WT-1 擅自复制客户资料' }] });
  await assessment.approve();

  // then
  expect(missingInOrder(await assessment.path(), ['xor_viol', 'st_refer', 'st_archive', 'ee_closed'])).toBeNull();
  const [violation] = await engine.db('app.violation_case');
  expect(violation).toMatchObject({ source_kind: 'supervision', subject_no: 'wanglei', violation_type: 'privacy' });
});

test('assessment 6 > the year takes in the figures of the whole year', async () => {
  // given: good work in spring, bad in autumn
  engine = await startAssessmentEngine('2027-01-04T09:00:00+08:00');
  for (const day of ['2026-02-12', '2026-05-12', '2026-11-12']) await workOf(engine, day);
  await engine.db('app.complaint').where('complaint_no', 'like', 'TS-2026-11%').update({ satisfaction: 2, reopen_count: 1 });
  await engine.db('app.app_user').whereNotNull('dept').whereNot({ dept: 'service' }).update({ dept: null });

  // when
  await engine.advanceTo('2027-01-05T10:01:00+08:00');

  // then
  const assessment = new Assessment(engine, (await assessments())[0]!);
  expect(missingInOrder(await assessment.path(), ['tse_y', 'st_register', 'st_collect'])).toBeNull();
  expect(await assessment.variables()).toMatchObject({ period: '2026', periodFrom: '2026-01-01T00:00:00+08:00', periodTo: '2027-01-01T00:00:00+08:00' });
  // 5, 5 and 2 points: 80; everything else in full
  expect(await assessment.scores('unit')).toMatchObject({ service: { score: 94, grade: 'A', period: '2026', status: 'scored' } });
});

test('assessment > weights add up to a hundred, and every row of rewards', async () => {
  // given
  engine = await startAssessmentEngine();
  const decide = (id: string, variables: object): Promise<unknown> => engine.workers.engine.evaluateDecision(id, { ...variables } as never);

  // when, then
  for (const level of ['staff', 'unit', 'team']) expect(Object.values((await decide('assessment_weights', { level })) as Record<string, number>).reduce((sum, one) => sum + one, 0), level).toBe(100);
  for (const [kind, grade, earlierFailures, award, rectify] of [['unit', 'A', 0, ['bonus', 'commendation'], false], ['staff', 'B', 0, [], false], ['staff', 'C', 0, ['talk'], false], ['staff', 'D', 0, ['perf_deduct'], true], ['staff', 'D', 1, ['perf_deduct', 'post_adjust'], true], ['unit', 'D', 2, ['perf_deduct'], true], ['unit', null, 0, [], false]] as const) expect(await decide('reward_punish', { kind, grade, earlierFailures }), `${kind} ${grade} ${earlierFailures}`).toMatchObject({ award, rectify });
});
