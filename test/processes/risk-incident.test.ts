import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { missingInOrder } from './complaint-driver.ts';
import { Incident, startRiskEngine, waitingCase } from './risk-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const count = (path: readonly string[], id: string): number => path.filter((one) => one === id).length;
const amongst = (path: readonly string[], ids: readonly string[]): string[] => ids.filter((id) => path.includes(id));
const instant = (value: unknown): number => Date.parse(String(value));
const MINOR = { likelihood: 1, impact: 2 };
const GENERAL = { likelihood: 2, impact: 3 };

test('risk 1 and 10 > a major incident runs through everything, and a drill is planned within 30 days', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine);
  expect((await engine.userTask(incident.key, 'ut_identify')).candidateGroups).toEqual(['risk_mgmt']);
  expect(await incident.variables()).toMatchObject({ riskLevel: 'general', dueResponse: '2026-11-23T12:00:00+08:00' });

  // when
  await incident.assess({ likelihood: 4, impact: 4, needSuspend: true });
  const confirm = await engine.userTask(incident.key, 'ut_confirm');
  expect(confirm.candidateGroups).toEqual(['senior_mgmt']);
  await engine.advanceTo('2026-11-23T10:30:00+08:00');
  await engine.completeUserTask(confirm.key, { riskLevel: 'major' });

  // then
  const inside = await engine.userTask(incident.key, 'ut_contain');
  expect({ ...(await incident.variables()), ...inside.variables }).toMatchObject({ riskLevel: 'major', computedLevel: 'major', score: 16, dueDispose: '2026-11-23T14:30:00+08:00', dueCustomerNotice: '2026-11-23T11:30:00+08:00', dueRegulator: '2026-11-24T10:30:00+08:00', noticeRequired: true, regulatorRequired: true });
  expect(await engine.db('app.service_state').first()).toMatchObject({ scope: 'site', ref: 'branch_east', state: 'suspended' });
  expect(await engine.db('app.emergency_callout').orderBy('user_id').pluck('user_id')).toEqual(['majun', 'sunyi']);

  // when
  await incident.contain();
  await incident.notify();
  await incident.tellRegulator();
  await incident.recover();
  await incident.aftermath();
  const investigate = await incident.investigate();
  const rectifications = await incident.rectify();
  await incident.evaluate(true);
  await incident.review();

  // then
  expect(investigate.candidateGroups).toEqual(['risk_mgmt', 'tech_support']);
  expect(instant(investigate.dueDate)).toBe(instant('2026-11-30T17:30:00+08:00'));
  const path = await incident.path();
  expect(missingInOrder(path, ['se_risk_form', 'st_register', 'br_prelim', 'st_dl_response', 'ut_identify', 'xor_alarm', 'br_grade', 'xor_confirm', 'ut_confirm', 'br_policy', 'st_upsert', 'st_dl_dispose', 'xor_route', 'st_activate', 'and_1', 'and_2', 'ut_recover', 'xor_recovered', 'st_resume', 'ee_resume', 'sub_emergency', 'ut_aftermath', 'xor_comp', 'ut_investigate', 'xor_violation', 'xor_items', 'mi_rect', 'ut_evaluate', 'xor_eff', 'xor_review', 'ut_review', 'xor_drill', 'st_drill', 'st_report', 'st_db', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  const branches = path.slice(path.indexOf('and_1'), path.indexOf('and_2'));
  expect(amongst(branches, ['ut_contain', 'st_suspend', 'xor_suspend_end', 'ut_notice', 'st_publish', 'xor_notice_end', 'ut_regulator', 'xor_reg_end'])).toHaveLength(8);
  expect(await engine.instanceState(incident.key)).toBe('completed');
  expect(rectifications).toHaveLength(2);
  for (const key of rectifications) expect(await engine.path(key)).toContain('ee_rectified');
  const caseNo = await incident.no();
  // The two begin side by side, in either order.
  const closed = await engine.db('app.rectification').where({ source_no: caseNo }).select('requirement', 'status', 'source_kind');
  expect(closed.map((row) => row.status)).toEqual(['closed', 'closed']);
  expect(closed).toContainEqual({ requirement: '切换用时不超过五分钟', status: 'closed', source_kind: 'risk' });
  expect(await engine.db('app.service_state')).toMatchObject([{ ref: 'branch_east', state: 'resumed' }]);
  expect(await engine.db('app.risk_incident').first()).toMatchObject({ risk_no: caseNo, status: 'closed', risk_level: 'major', score: 16, rto_minutes: '180', cause_kind: 'system' });
  expect(await engine.db('app.emergency_activation').whereNull('released_at')).toEqual([]);
  expect(await engine.db('app.announcement').first()).toMatchObject({ audience: 'customer', case_no: caseNo });
  const report = await engine.db('app.report').where({ case_no: caseNo, template: 'risk_report' }).first();
  for (const part of ['一、风险识别与定级', '风险等级 重大，评分 16', '切换到备用系统', '核心系统双机切换演练(zhaoyu)', '主机磁盘故障', '每季演练']) expect(report.content).toContain(part);
  expect(await engine.db('app.archive_item').where({ case_no: caseNo }).first()).toMatchObject({ class: 'risk', retain_until: new Date('2036-11-23T10:30:00+08:00') });
  expect(await engine.db('app.record').where({ record_no: caseNo }).first()).toMatchObject({ outcome: 'disposed' });
  expect(await engine.db('app.kpi_fact').where({ case_no: caseNo, metric: 'risk_dispose_in_time' }).pluck('value')).toEqual(['1']);

  // then: the drill
  const drills = await engine.db('app.record').where({ process_id: 'emergency_drill', source_no: caseNo });
  expect(drills).toHaveLength(1);
  const plan = await engine.userTask(drills[0].process_instance_key, 'ut_plan');
  expect(plan.candidateGroups).toEqual(['emergency_team']);
  expect(instant(plan.dueDate)).toBe(instant('2026-12-23T10:30:00+08:00'));
  expect(engine.problems).toEqual([]);
});

test('risk 2 > when nobody confirms within an hour, the computed level holds', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine);
  await incident.assess({ likelihood: 4, impact: 4, needSuspend: true });
  await engine.userTask(incident.key, 'ut_confirm');

  // when
  await engine.advanceTo('2026-11-23T11:21:00+08:00');

  // then
  expect(await engine.userTasks(incident.key, 'ut_confirm')).toEqual([]);
  expect(missingInOrder(await incident.path(), ['bt_confirm', 'br_policy', 'st_upsert', 'st_activate'])).toBeNull();
  expect(await incident.path()).not.toContain('ut_confirm');
  expect(await incident.variables()).toMatchObject({ riskLevel: 'major', computedLevel: 'major', dueDispose: '2026-11-23T15:20:00+08:00' });
  expect(await engine.userTask(incident.key, 'ut_contain')).toBeDefined();
});

test('risk 3 and 10 > a general incident without customers needs neither notice nor regulator nor review nor drill', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine, { customersAffected: 0 });

  // when
  await incident.assess(GENERAL);
  expect(await engine.userTasks(incident.key)).toMatchObject([{ elementId: 'ut_contain' }]);
  await incident.contain();
  await incident.recover();
  await incident.finish({ reviewed: false });

  // then
  const path = await incident.path();
  expect(await incident.variables()).toMatchObject({ riskLevel: 'general', score: 6, noticeRequired: false, regulatorRequired: false, dueDispose: '2026-11-24T10:20:00+08:00' });
  expect(missingInOrder(path, ['xor_confirm', 'br_policy', 'and_1', 'and_2', 'ut_recover', 'st_resume', 'sub_emergency', 'ut_aftermath', 'ut_investigate', 'mi_rect', 'ut_evaluate', 'xor_review', 'st_report', 'ee_closed'])).toBeNull();
  expect(amongst(path, ['xor_suspend_end', 'xor_notice_end', 'xor_reg_end'])).toHaveLength(3);
  expect(amongst(path, ['ut_confirm', 'st_suspend', 'ut_notice', 'ut_regulator', 'ut_review', 'st_drill'])).toEqual([]);
  expect(await engine.db('app.record').where({ process_id: 'emergency_drill' })).toEqual([]);
  expect(await engine.db('app.archive_item').first()).toMatchObject({ retain_until: new Date('2029-11-23T10:20:00+08:00') });
});

test('risk 3b > three affected customers are told', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine, { customersAffected: 3 });

  // when
  await incident.assess(GENERAL);

  // then
  const notice = await engine.userTask(incident.key, 'ut_notice');
  expect(notice.candidateGroups).toEqual(['rights_protection']);
  expect(instant(notice.dueDate)).toBe(instant('2026-11-24T10:20:00+08:00'));
});

test('risk 4 > a minor incident is handled by the department itself', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine, { customersAffected: 1 });

  // when
  await incident.assess(MINOR);
  const routine = await incident.complete('ut_routine', { actionTaken: '重启终端后恢复', recovered: true });
  await incident.finish({ reviewed: false });

  // then
  expect(routine.candidateGroups).toEqual(['dept_it']);
  expect(instant(routine.dueDate)).toBe(instant('2026-11-26T17:30:00+08:00'));
  const path = await incident.path();
  expect(missingInOrder(path, ['xor_route', 'ut_routine', 'ut_aftermath', 'ut_investigate', 'mi_rect', 'ut_evaluate', 'xor_review', 'st_report', 'ee_closed'])).toBeNull();
  expect(amongst(path, ['sub_emergency', 'st_activate', 'ut_review', 'st_comp'])).toEqual([]);
  expect((await incident.variables())['score']).toBe(2);
});

test('risk 5 > a false alarm detected by monitoring ends without an archive item', async () => {
  // given
  engine = await startRiskEngine();
  const detected = { title: '登录失败次数超过阈值', riskType: 'operational', riskSource: 'system_failure', occurredAt: '2026-11-23T09:55+08:00', place: 'hotline', impactScope: 'single', customersAffected: 0, ongoing: false, description: '监测到登录失败次数在十分钟内超过阈值。' };
  await engine.publishMessage({ name: 'risk_event_detected', correlationKey: '', messageId: 'monitor-1', variables: detected });
  await engine.publishMessage({ name: 'risk_event_detected', correlationKey: '', messageId: 'monitor-1', variables: detected });
  const records = await engine.db('app.record').where({ series: 'FX' });
  expect(records).toHaveLength(1);
  const incident = new Incident(engine, records[0].process_instance_key);

  // when
  await incident.complete('ut_identify', { falseAlarm: true });

  // then
  expect(await incident.path()).toEqual(['mse_risk', 'st_register', 'br_prelim', 'st_dl_response', 'ut_identify', 'xor_alarm', 'st_close_false', 'ee_false_alarm', 'risk_incident']);
  expect(await engine.db('app.archive_item')).toEqual([]);
  expect(await engine.db('app.risk_incident').first()).toMatchObject({ status: 'closed', false_alarm: true });
  expect(await engine.db('app.record').where({ series: 'FX' }).first()).toMatchObject({ outcome: 'false_alarm' });
});

test('risk 6 > an incident not recovered after three tries is upgraded and commanded from the top', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine, { customersAffected: 0 });
  await incident.assess(GENERAL);

  // when
  await incident.contain();
  await incident.recover(false);
  await incident.contain('ut_contain2');
  await incident.recover(false);
  await incident.contain('ut_contain2');
  await incident.recover(false);

  // then
  expect((await engine.userTask(incident.key, 'ut_command')).candidateGroups).toEqual(['senior_mgmt']);
  expect(await incident.variables()).toMatchObject({ riskLevel: 'significant', attempt: 0, recovered: null, noticeRequired: true });

  // when
  await engine.advanceTo('2026-11-23T13:00:00+08:00');
  await incident.complete('ut_command', { decision: 'suspend', order: '暂停该网点业务,启用备用系统' });

  // then
  const again = await engine.userTask(incident.key, 'ut_contain');
  expect(again.variables).toMatchObject({ commandOrder: '暂停该网点业务,启用备用系统', needSuspend: true });
  expect((await incident.variables())['dueDispose']).toBe('2026-11-23T21:00:00+08:00');
  expect(await engine.db('app.service_state').first()).toMatchObject({ state: 'suspended' });

  // when
  await incident.contain();
  await incident.notify();
  await incident.recover();
  await incident.finish({ reviewed: true });

  // then
  const path = await incident.path();
  expect(missingInOrder(path, ['ut_contain', 'ut_recover', 'sc_attempt', 'ut_contain2', 'ut_recover', 'sc_attempt', 'ut_contain2', 'ut_recover', 'bx_upgrade', 'st_upgrade', 'br_policy_up', 'ut_command', 'st_dl_dispose_up', 'st_activate', 'ut_recover', 'sub_emergency', 'ut_review', 'ee_closed'])).toBeNull();
  expect(count(path, 'sc_attempt')).toBe(2);
  expect(await engine.db('app.risk_level_change').orderBy('id').pluck('to_level')).toEqual(['general', 'significant']);
});

test('risk 7 > an overdue disposal is escalated once, a changed level is written down, and nothing is canceled', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.major(engine);
  await incident.notify();
  await incident.tellRegulator();

  // when
  await engine.publishMessage({ name: 'risk_level_changed', correlationKey: await incident.no(), variables: { riskLevel: 'significant' } });

  // then
  expect(missingInOrder(await incident.path(), ['bm_level', 'st_relevel', 'ee_relevel'])).toBeNull();
  expect(await engine.db('app.risk_incident').first()).toMatchObject({ risk_level: 'significant', status: 'open' });

  // when
  await engine.advanceTo('2026-11-23T14:30:30+08:00');

  // then
  const intervention = await engine.userTask(incident.key, 'ut_sla_intervene');
  expect(intervention.candidateGroups).toEqual(['senior_mgmt']);
  expect(missingInOrder(await incident.path(), ['st_sub_emergency_remind', 'bt_sub_emergency_breach', 'st_sub_emergency_breach', 'esc_sub_emergency_breach'])).toBeNull();
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'dispose', level: 1, escalate_to: 'senior_mgmt' }]);
  expect(await engine.userTask(incident.key, 'ut_contain')).toBeDefined();

  // when
  await engine.completeUserTask(intervention.key, { action: 'urge', reason: '请立即恢复网点业务' });
  await incident.contain();
  await incident.recover();
  await incident.finish({ reviewed: true });

  // then
  const path = await incident.path();
  expect(missingInOrder(path, ['st_sla_apply', 'esp_sla', 'ut_contain', 'ut_recover', 'ee_closed'])).toBeNull();
  expect(await engine.db('app.sla_breach')).toHaveLength(1);
  expect(await engine.db('app.kpi_fact').where({ metric: 'risk_dispose_in_time' }).pluck('value')).toEqual(['0']);
});

test('risk 8 > a suspended branch reaches the two appointments and the application that wait there', async () => {
  // given
  engine = await startRiskEngine();
  await engine.deploy({ 'appointment.bpmn': waitingCase('waiting_appointment', 'YY', 'bm_suspended'), 'application.bpmn': waitingCase('waiting_application', 'SQ', 'bm_susp') });
  const wait = async (processId: string, site: string): Promise<string> => {
    const { processInstanceKey } = await engine.createInstance(processId, { site });
    await engine.userTask(processInstanceKey, 'ut_serve');
    return processInstanceKey;
  };
  const appointments = [await wait('waiting_appointment', 'branch_east'), await wait('waiting_appointment', 'branch_east')];
  const application = await wait('waiting_application', 'branch_east');
  const elsewhere = await wait('waiting_appointment', 'branch_west');

  // when
  const incident = await Incident.major(engine);

  // then
  expect((await engine.userTask(incident.key, 'ut_contain')).variables['suspendedCases'] ?? (await incident.variables())['suspendedCases']).toHaveLength(3);
  for (const key of appointments) expect(await engine.path(key)).toContain('bm_suspended');
  expect(await engine.path(application)).toContain('bm_susp');
  for (const key of [...appointments, application]) expect(await engine.userTask(key, 'ut_reason')).toBeDefined();
  expect(await engine.userTask(elsewhere, 'ut_serve')).toBeDefined();
});

test('risk 9 > a rectification without effect is done again: each item has two cases', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine, { customersAffected: 0 });
  await incident.assess(GENERAL);
  await incident.contain();
  await incident.recover();
  await incident.aftermath();
  await incident.investigate();

  // when
  await incident.rectify();
  await incident.evaluate(false);
  await incident.rectify();
  await incident.evaluate(true);

  // then
  const path = await incident.path();
  expect(missingInOrder(path, ['mi_rect', 'ut_evaluate', 'xor_eff', 'mi_rect', 'ut_evaluate', 'xor_eff', 'xor_review', 'ee_closed'])).toBeNull();
  const problems = await engine.db('app.rectification').where({ source_no: await incident.no() }).orderBy('problem').pluck('problem');
  expect(problems).toEqual(['核心系统双机切换演练', '核心系统双机切换演练', '补充柜面应急手册', '补充柜面应急手册']);
});
