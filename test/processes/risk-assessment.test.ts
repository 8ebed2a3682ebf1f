import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import type { TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';
import { ServiceCase } from './change-driver.ts';
import { missingInOrder } from './complaint-driver.ts';
import { RiskAssessment, riskItem, startAssessmentEngine } from './risk-assessment-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const names = (rows: unknown): string[] => (rows as JsonObject[]).map((one) => `${String(one['dept'])} ${String(one['state'] ?? one['riskLevel'])}`);

test('risk assessment 1 > a quarter with five departments ends in an approved report, a register and its figures', async () => {
  // given
  engine = await startAssessmentEngine();
  await engine.db('app.risk_incident').insert({ risk_no: 'FX1', process_instance_key: 1, risk_level: 'major', risk_source: 'system_failure', rto_minutes: 40, loss_actual: 1000, status: 'closed', registered_at: new Date('2026-08-01'), updated_at: new Date('2026-08-01') });
  const assessment = await RiskAssessment.start(engine);
  expect(await assessment.waiting()).toEqual(['business', 'compliance', 'it', 'security', 'service']);
  expect((await engine.userTasks(assessment.key, 'ut_dept'))[0]).toMatchObject({ dueDate: '2026-11-30T17:30:00+08:00', variables: { period: '2026Q3', items: null, collected: { incidents: 1, byLevel: { major: 1 }, recoveryMinutes: 40, loss: 1000 } } });

  // when
  await assessment.submit('service', riskItem(3, 2, { item: '客户信息录入错误', source: 'misoperation', owner: 'wanglei' }));
  await assessment.submit('it', riskItem(2, 4), riskItem(1, 2, { item: '机房空调老化' }));
  for (const dept of ['business', 'compliance', 'security']) await assessment.submit(dept);
  const merge = await engine.userTask(assessment.key, 'ut_merge');
  expect(merge).toMatchObject({ candidateGroups: ['risk_mgmt'], variables: { missingDepts: [], lateDepts: [] } });
  expect((merge.variables['top10'] as JsonObject[]).map((one) => [one['item'], one['score']])).toEqual([['柜面系统高峰期响应缓慢', 8], ['客户信息录入错误', 6], ['柜面系统高峰期响应缓慢', 4], ['柜面系统高峰期响应缓慢', 4], ['柜面系统高峰期响应缓慢', 4], ['机房空调老化', 2]]);
  await assessment.merge({ newRisks: [{ dept: 'risk', ...riskItem(1, 1, { item: '新系统上线' }) }] });
  await assessment.thresholds();
  await assessment.approve();

  // then
  expect(missingInOrder(await assessment.path(), ['se_assessment', 'st_register', 'st_collect', 'st_members_depts', 'st_dl_assess', 'st_dl_cutoff', 'mi_dept', 'st_gather', 'ut_merge', 'br_rate', 'ut_threshold', 'st_report', 'ut_approve', 'xor_ok', 'st_enter', 'st_threshold', 'st_send', 'mi_rect', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  expect(await assessment.ledger()).toMatchObject({ period: '2026Q3', items: 7, high: 0, medium: 5, low: 2, trend: 'flat', approved: true, outcome: 'completed', depts: ['service', 'it', 'business', 'compliance', 'security'] });
  expect(await engine.db('app.risk_register').orderBy('register_no').select('dept', 'score', 'risk_level').limit(3)).toEqual([{ dept: 'it', score: 8, risk_level: 'general' }, { dept: 'service', score: 6, risk_level: 'general' }, { dept: 'business', score: 4, risk_level: 'general' }]);
  const [report] = await assessment.reports();
  expect(report!.content).toContain('2026Q3 发生风险事件 1 起（重大 1');
  expect(report!.content).toContain('共评定 7 项：高 0 项（重大、较大），中 5 项（一般），低 2 项（轻微）');
  expect(await assessment.told()).toEqual(['risk_quarterly']);
  expect(await engine.db('app.kpi_fact').where({ process_instance_key: assessment.key }).orderBy('metric').pluck('metric')).toEqual(['risk_assessment_closed', 'risks_assessed', 'risks_assessed_high', 'self_assessment_overdue']);
  expect(await engine.db('app.risk_threshold_change')).toEqual([]);
  expect(engine.problems).toEqual([]);
});

test('risk assessment 1 > the first day of a quarter asks every department about the one before', async () => {
  // given
  engine = await startAssessmentEngine('2026-09-30T12:00:00+08:00');

  // when
  await engine.advanceTo('2026-10-01T09:00:00+08:00');

  // then
  const key = (await engine.db('app.record').where({ series: 'FP' }).first()).process_instance_key;
  const assessment = new RiskAssessment(engine, String(key));
  expect(await assessment.waiting()).toEqual(['business', 'compliance', 'hr', 'it', 'rights', 'risk', 'security', 'service', 'supervision']);
  expect(await assessment.variables()).toMatchObject({ period: '2026Q3', periodFrom: '2026-07-01T00:00:00+08:00', periodTo: '2026-10-01T00:00:00+08:00' });
});

test('risk assessment 2 > a department that is late is reminded and reported, and marked as missing at the cut-off', async () => {
  // given
  engine = await startAssessmentEngine();
  const assessment = await RiskAssessment.start(engine, { depts: ['service', 'it', 'risk'] });
  await assessment.submit('service');

  // when
  await engine.advanceTo('2026-11-30T17:29:00+08:00');
  expect(await assessment.told()).toEqual(['sla_reminder']);
  await engine.advanceTo('2026-11-30T17:31:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toMatchObject([{ case_no: await assessment.no(), stage: 'assess', element_id: 'mi_dept', escalate_to: 'risk_mgmt_head' }]);
  await assessment.complete('ut_sla_intervene', { action: 'urge', reason: '请尽快填报' });
  await engine.advanceTo('2026-12-01T10:00:00+08:00');
  await assessment.submit('risk');

  // when
  await engine.advanceTo('2026-12-03T17:31:00+08:00');

  // then
  const { variables } = await engine.userTask(assessment.key, 'ut_merge');
  expect(names(variables['selfAssessments'])).toEqual(['it missing', 'risk late', 'service in_time']);
  expect(variables).toMatchObject({ missingDepts: ['it'], lateDepts: ['risk'] });
  expect(await assessment.path()).toContain('bt_mi_dept_cut');
  await assessment.merge();
  await assessment.thresholds();
  await assessment.approve();
  expect((await assessment.reports())[0]!.content).toMatch(/缺报部门：信息科技部。/);
  expect(await assessment.ledger()).toMatchObject({ missing_depts: ['it'], late_depts: ['risk'] });
  expect(await engine.db('app.kpi_fact').where({ metric: 'self_assessment_overdue' })).toMatchObject([{ value: '2' }]);
});

test('risk assessment 2 > a deadline that was moved counts from its new date', async () => {
  // given
  engine = await startAssessmentEngine();
  const assessment = await RiskAssessment.start(engine, { depts: ['it'] });

  // when
  await assessment.runOut('assess', '2026-12-01T17:30:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toMatchObject([{ due_at: new Date('2026-12-01T17:30:00+08:00') }]);
  expect(await assessment.path()).toEqual(expect.arrayContaining(['bt_mi_dept_breach', 'ee_mi_dept_breach', 'bm_mi_dept_due', 'esc_mi_dept_breach']));
});

test('risk assessment 3 > a score of 20 is major and is rectified', async () => {
  // given
  engine = await startAssessmentEngine();
  const assessment = await RiskAssessment.start(engine, { depts: ['it'] });
  await assessment.submit('it', riskItem(5, 4), riskItem(3, 3, { item: '备份未演练', owner: 'majun' }), riskItem(2, 2, { item: '打印机故障' }));

  // when
  await assessment.merge();
  await assessment.thresholds();
  expect(names((await engine.userTask(assessment.key, 'ut_approve')).variables['rated'])).toEqual(['it major', 'it significant', 'it general']);
  await assessment.approve();

  // then
  expect(await engine.db('app.rectification').orderBy('rect_no').select('problem', 'owner', 'weight', 'source_no', 'source_kind')).toEqual([
    { problem: '柜面系统高峰期响应缓慢', owner: 'zhaoyu', weight: 'heavy', source_no: await assessment.no(), source_kind: 'risk_assessment' },
    { problem: '备份未演练', owner: 'majun', weight: 'normal', source_no: await assessment.no(), source_kind: 'risk_assessment' },
  ]);
  expect(await assessment.ledger()).toMatchObject({ high: 2, medium: 1, low: 0, closed_at: null });
  expect(await engine.userTask(await assessment.called('rectification'), 'ut_plan')).toMatchObject({ assignee: 'majun' });

  // when: both items are closed
  const keys: string[] = await engine.db('app.rectification').pluck('process_instance_key');
  for (const key of keys.map(String)) {
    const rectification = new CaseDriver(engine, key);
    await rectification.complete('ut_plan', { plan: '扩容并制定错峰方案,完成压力测试', due: '2026-12-20' });
    await rectification.complete('ut_do', { progress: 100, actionTaken: '已扩容', finished: true });
    await rectification.complete('ut_verify', { checks: ['target', 'root'], effect: 'good', accepted: true, note: '已验证' });
  }
  expect(await assessment.state()).toBe('completed');
});

test('risk assessment 4 > a lowered threshold makes the next watch an alert that begins a risk incident, once a week', async () => {
  // given: three complaints in the week, which today's threshold of 50 does not mind
  engine = await startAssessmentEngine();
  for (const [index, at] of ['2026-11-20T10:00:00+08:00', '2026-11-21T10:00:00+08:00', '2026-11-22T10:00:00+08:00'].entries()) await engine.db('app.complaint').insert({ complaint_no: `TS-${index}`, process_instance_key: 1, received_at: new Date(at), registered_at: new Date(at) });
  const assessment = await RiskAssessment.start(engine, { depts: ['service'] });
  await assessment.submit('service');
  await assessment.merge();
  await assessment.thresholds({ metric: 'complaints_week', value: 3, level: 'significant' });
  await engine.advanceTo('2026-11-24T08:30:00+08:00');
  expect(await engine.db('app.threshold_alert')).toEqual([]);

  // when
  await assessment.approve();
  expect(await engine.db('app.risk_threshold_change')).toMatchObject([{ metric: 'complaints_week', from_value: '50', to_value: '3', assessment_no: await assessment.no() }]);
  await engine.advanceTo('2026-11-25T08:30:00+08:00');

  // then
  expect(await engine.db('app.threshold_alert')).toMatchObject([{ metric: 'complaints_week', period: '2026-W48', value: '3', threshold: '3', level: 'significant' }]);
  const watch = await ServiceCase.newest(engine, 'risk_assessment');
  expect(await watch.path()).toEqual(['tse_watch', 'st_watch', 'ee_watched', 'risk_assessment']);
  const incident = await ServiceCase.newest(engine, 'risk_incident');
  expect((await incident.path()).slice(0, 2)).toEqual(['mse_risk', 'st_register']);
  expect(await incident.variables()).toMatchObject({ title: '周投诉量达到预警阈值', riskSource: 'complaint', sourceNo: 'complaints_week:2026-W48' });
  expect(await engine.userTask(incident.key, 'ut_identify')).toMatchObject({ candidateGroups: ['risk_mgmt'] });

  // when: the day after, in the same week
  await engine.advanceTo('2026-11-26T08:30:00+08:00');

  // then
  expect(await ServiceCase.count(engine, 'risk_incident')).toBe(1);
  expect(await engine.db('app.kpi_fact').where({ metric: 'threshold_alert' })).toMatchObject([{ unit: 'complaints_week', period: '2026-11' }]);
});

test('risk assessment 5 and 6 > a refused report is merged and made again, every version is kept', async () => {
  // given
  engine = await startAssessmentEngine();
  const assessment = await RiskAssessment.start(engine, { depts: ['it'] });
  await assessment.submit('it', riskItem(2, 3));
  await assessment.merge({ conclusion: '第一稿结论' });
  await assessment.thresholds();
  expect(await engine.userTask(assessment.key, 'ut_approve')).toMatchObject({ candidateGroups: ['senior_mgmt'] });

  // when
  await assessment.approve(false);
  expect((await engine.userTask(assessment.key, 'ut_merge')).variables).toMatchObject({ approved: false, approvalComment: '请补充控制措施' });
  await assessment.merge({ conclusion: '第二稿结论', trend: 'down' });
  await assessment.thresholds();
  await assessment.approve();

  // then
  const reports = await assessment.reports();
  expect(reports.map((one) => one.version)).toEqual([1, 2]);
  expect(new Set(reports.map((one) => one.report_no)).size).toBe(1);
  expect(reports[0]!.content).toContain('第一稿结论');
  expect(reports[1]!.content).toContain('总体趋势：下降。');
  expect(await assessment.ledger()).toMatchObject({ report_no: reports[0]!.report_no, report_version: 2, conclusion: '第二稿结论', outcome: 'completed' });
  expect(missingInOrder(await assessment.path(), ['ut_approve', 'xor_ok', 'ut_merge', 'br_rate', 'ut_threshold', 'st_report', 'ut_approve', 'xor_ok', 'st_enter', 'ee_closed'])).toBeNull();
});
