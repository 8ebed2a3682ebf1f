import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';
import { Drill, DRILL_DAY, startDrillEngine } from './drill-driver.ts';
import { Incident, startRiskEngine } from './risk-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const drills = async (): Promise<string[]> => (await engine.db('app.record').where({ process_id: 'emergency_drill' }).orderBy('record_no').pluck('process_instance_key')).map(String);

test('drill 1 > the half-yearly timer starts one: planned, approved, run, scored 86, good, reported', async () => {
  // given: a system that has run since December
  engine = await startDrillEngine('2026-12-20T09:00:00+08:00');
  await engine.advanceTo('2027-01-01T08:59:00+08:00');
  expect(await drills()).toEqual([]);

  // when
  await engine.advanceTo('2027-01-01T09:01:00+08:00');
  const drill = new Drill(engine, (await drills())[0]!);
  expect((await engine.userTask(drill.key, 'ut_plan')).candidateGroups).toEqual(['emergency_team']);
  await drill.plan({ date: '2027-01-20T14:00+08:00' });
  expect((await engine.userTask(drill.key, 'ut_approve')).candidateGroups).toEqual(['risk_mgmt_head']);
  await drill.approve();

  // then: nobody can run it before its day
  expect(await drill.open()).toEqual([]);
  expect(await drill.told()).toEqual(['drill_notice']);
  expect(await engine.db('app.inbox_message').where({ title: `应急演练通知：${await drill.no()}` }).orderBy('user_id').pluck('user_id')).toEqual(['hefang', 'majun', 'zhengjie']);

  // when
  await engine.advanceTo('2027-01-20T15:00:00+08:00');
  await drill.complete('ut_run', { startedAt: '2027-01-20T14:00+08:00', endedAt: '2027-01-20T14:25+08:00', interrupted: false });
  expect((await engine.userTasks(drill.key, 'ut_observe')).map((task) => task.assignee).sort()).toEqual(['hefang', 'zhengjie']);
  await drill.observe(90, 82);
  expect((await engine.userTask(drill.key, 'ut_summary')).variables).toMatchObject({ finalScore: 86, grade: 'good' });
  await drill.sumUp();

  // then
  const path = await drill.path();
  expect(missingInOrder(path, ['tse_half_year', 'st_register', 'st_dl_drill_plan', 'ut_plan', 'ut_approve', 'xor_approve', 'st_notice', 'st_announce', 'ict_date', 'ut_run', 'ut_observe', 'br_score', 'ut_summary', 'st_log', 'xor_plan_change', 'mi_rect', 'xor_publish', 'xor_redrill', 'st_report', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  expect(await drill.state()).toBe('completed');
  expect(await drill.ledger()).toMatchObject({ status: 'held', scenario: 'outage', type: 'live', rto_target: '30', rto_minutes: '25', score: '86.00', grade: 'good', participants: ['majun', 'hefang', 'zhengjie'] });
  const { content } = await engine.db('app.report').where({ template: 'drill_report' }).first();
  for (const part of ['应急演练总结报告', '场景 系统宕机', '得分 86，等级 良好', '用时 25 分钟，目标 30 分钟，达标', '通讯录未更新']) expect(content).toContain(part);
  expect(await engine.db('app.archive_item').where({ case_no: await drill.no() }).first()).toMatchObject({ class: 'drill', retain_until: new Date('2032-01-20T15:00:00+08:00') });
  const facts = Object.fromEntries((await engine.db('app.kpi_fact').where({ case_no: await drill.no() })).map((one) => [one.metric, Number(one.value)]));
  expect(facts).toEqual({ emergency_drill_closed: 1, drill_rto_met: 1, drill_score: 86 });
  expect(engine.problems).toEqual([]);

  // then: the next one half a year later
  await engine.advanceTo('2027-07-01T09:01:00+08:00');
  expect(await drills()).toHaveLength(2);
});

test('drill 2 > a plan that is not approved is planned again', async () => {
  // given
  engine = await startDrillEngine();
  const drill = await Drill.start(engine);

  // when
  await drill.plan();
  await drill.approve(false);

  // then
  expect((await engine.userTask(drill.key, 'ut_plan')).variables).toMatchObject({ scenario: 'outage', approvalComment: '请补充恢复目标' });
  expect(await drill.told()).toEqual([]);

  // when
  await drill.plan({ rtoTarget: 20 });
  await drill.approve();

  // then
  expect((await drill.path()).filter((id) => id === 'ut_plan')).toHaveLength(2);
  expect(await drill.told()).toEqual(['drill_notice']);
});

test('drill 3 > a drill that is not done within 24 hours is cancelled with a note', async () => {
  // given
  engine = await startDrillEngine();
  const drill = await Drill.start(engine);
  await drill.plan();
  await drill.approve();
  await engine.advanceTo(DRILL_DAY);
  expect(await drill.open()).toEqual(['ut_run']);

  // when
  await engine.advanceTo('2026-12-11T14:01:00+08:00');

  // then
  expect(missingInOrder(await drill.path(), ['ict_date', 'bt_run', 'st_cancel', 'ee_cancel'])).toBeNull();
  expect(await drill.state()).toBe('completed');
  expect(await drill.ledger()).toMatchObject({ status: 'cancelled', note: '演练开始后 24 小时未完成，已取消', rto_minutes: null });
  expect(await engine.db('app.record').where({ record_no: await drill.no() }).first()).toMatchObject({ outcome: 'cancelled' });
  expect(await engine.db('app.archive_item')).toEqual([]);
});

test('drill 4 > a failed drill is rectified and drilled again', async () => {
  // given
  engine = await startDrillEngine();
  const drill = await Drill.start(engine);

  // when
  await drill.held(60, 50);
  await drill.sumUp({ rectItems: [{ item: '更新应急通讯录', owner: 'majun', due: '2026-12-20' }], publish: true });
  const rectification = new CaseDriver(engine, await drill.called('rectification'));
  expect(await drills()).toEqual([drill.key]);
  await rectification.complete('ut_plan', { plan: '逐人核对并每月复核', due: '2026-12-20' });
  await rectification.complete('ut_do', { progress: 100, actionTaken: '已更新', finished: true });
  await rectification.complete('ut_verify', { checks: ['target'], effect: 'good', accepted: true, note: '通过' });

  // then
  expect(missingInOrder(await drill.path(), ['mi_rect', 'xor_publish', 'st_publish', 'xor_redrill', 'st_redrill', 'st_report', 'ee_closed'])).toBeNull();
  expect(await drill.ledger()).toMatchObject({ grade: 'fail', score: '55.00', issues: 1 });
  expect(await engine.db('app.kpi_fact').where({ metric: 'drill_issue_closed' }).pluck('value')).toEqual(['1']);
  expect(await engine.db('app.rectification').first()).toMatchObject({ source_no: await drill.no(), source_kind: 'drill', status: 'closed' });
  const again = (await drills()).filter((key) => key !== drill.key);
  expect(again).toHaveLength(1);
  expect((await engine.userTask(again[0]!, 'ut_plan')).variables).toMatchObject({ sourceKind: 'drill', sourceNo: await drill.no(), scenario: 'outage' });
  expect(await engine.db('app.announcement').orderBy('ann_no').pluck('text')).toEqual([expect.stringContaining('定于 2026-12-10 进行'), expect.stringContaining('评估得分 55')]);
});

test('drill 5 > a change of the emergency plan goes through the change procedure, which may send it back', async () => {
  // given
  engine = await startDrillEngine();
  const drill = await Drill.start(engine);
  await drill.held(95, 91);
  expect((await engine.userTask(drill.key, 'ut_summary')).variables).toMatchObject({ finalScore: 93, grade: 'excellent' });

  // when
  await drill.sumUp({ updatePlan: true });
  const change = new CaseDriver(engine, await drill.called('process_change'));
  const prepare = await engine.userTask(change.key, 'ut_fix');
  expect(prepare.variables).toMatchObject({ kind: 'manual', target: '应急预案', reason: '通讯录与备用线路需完善' });
  expect(await drill.open()).toEqual([]);
  const changed = { kind: 'manual', target: '应急预案', reason: '补充备用线路切换步骤', effectiveAt: '2026-12-31T09:00+08:00', testsPassed: true };
  await change.complete('ut_fix', changed);
  await change.complete('ut_review', { approved: false, comment: '请写明切换时限' });
  await change.complete('ut_fix', changed);
  await change.complete('ut_review', { approved: true, comment: '同意' });

  // then
  expect(await change.state()).toBe('completed');
  expect(missingInOrder(await drill.path(), ['xor_plan_change', 'ca_change', 'mi_rect', 'ee_closed'])).toBeNull();
  expect((await drill.variables())['processChangeNo']).toBe('BG20261210-0001');
  expect(await engine.db('app.record').where({ series: 'BG' }).first()).toMatchObject({ outcome: 'changed', source_no: await drill.no() });
});

test('drill 6 > after a major incident a drill is created that is to be planned within 30 days', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.major(engine);
  await incident.contain();
  await incident.notify();
  await incident.tellRegulator();
  await incident.recover();
  expect(await drills()).toEqual([]);

  // when
  await incident.finish({ reviewed: true });

  // then
  const [key] = await drills();
  const plan = await engine.userTask(key!, 'ut_plan');
  expect(plan.variables).toMatchObject({ sourceKind: 'risk', sourceNo: await incident.no() });
  expect(Date.parse(plan.dueDate!)).toBe(Date.parse('2026-12-23T10:30:00+08:00'));
});

test('drill > every row of the score, and none without observations', async () => {
  // given
  engine = await startDrillEngine();
  const grade = (finalScore: number | null): Promise<unknown> => engine.workers.engine.evaluateDecision('drill_score', { finalScore });

  // when, then
  for (const [score, expected] of [[100, 'excellent'], [90, 'excellent'], [89.99, 'good'], [80, 'good'], [79, 'pass'], [60, 'pass'], [59.9, 'fail'], [0, 'fail'], [null, 'fail']] as const) expect(await grade(score), String(score)).toBe(expected);
});
