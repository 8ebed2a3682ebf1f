import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { missingInOrder } from './complaint-driver.ts';
import { Inspection, startInspectionEngine } from './inspection-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const inspections = async (): Promise<string[]> => (await engine.db('app.record').where({ process_id: 'supervision_inspection' }).orderBy('record_no').pluck('process_instance_key')).map(String);

test('inspection 1 > the quarterly audit of ten items: two fail, two rectifications, reported, re-checked and scored', async () => {
  // given: a new quarter
  engine = await startInspectionEngine('2026-12-31T12:00:00+08:00');
  await engine.advanceTo('2027-01-01T09:01:00+08:00');
  expect(await inspections()).toHaveLength(1);
  const audit = new Inspection(engine, (await inspections())[0]!);
  const planning = await engine.userTask(audit.key, 'ut_plan');
  expect(planning).toMatchObject({ candidateGroups: ['service_supervision'], variables: { type: 'audit', basis: '季度内部审计' } });
  expect(Date.parse(planning.dueDate!)).toBe(Date.parse('2027-01-06T17:30:00+08:00'));

  // when
  await audit.plan({ type: 'audit', basis: '季度内部审计', sampleSize: 10, periodTo: '2027-01-20T17:00+08:00' });
  expect((await engine.userTask(audit.key, 'ut_appr')).candidateGroups).toEqual(['senior_mgmt']);
  await audit.approve();
  const items = await engine.userTasks(audit.key, 'mi_check');
  expect(items).toHaveLength(10);
  expect(items.filter((task) => task.assignee === 'hefang')).toHaveLength(5);
  await audit.check({ 3: { problem: '交接登记不及时', staff: 'wanglei' }, 7: { problem: '告知书未签字' } });
  expect((await engine.userTask(audit.key, 'ut_found')).variables).toMatchObject({ checkedCount: 10, failedCount: 2, totals: [{ scope: 'process', checked: 5, failed: 2 }, { scope: 'complaint', checked: 5, failed: 0 }], issues: [{ issue: '交接登记不及时', dept: 'service', staffNo: 'wanglei' }, { issue: '告知书未签字', dept: 'service' }] });
  await audit.sumUp();
  await audit.report();

  // then
  expect(await audit.told()).toEqual(['inspection_feedback']);
  expect((await engine.db('app.inbox_message').where({ user_id: 'liqiang' }).where('title', 'like', '检查反馈%').first()).text).toContain('抽查 10 项，不合格 2 项');
  expect(new Set(await engine.db('app.rectification').where({ source_kind: 'supervision', owner: 'liqiang', weight: 'normal' }).pluck('problem'))).toEqual(new Set(['交接登记不及时', '告知书未签字']));
  const { content } = await engine.db('app.report').where({ template: 'inspection_report' }).first();
  for (const part of ['服务监督检查反馈书', '内部审计', '业务流程：5 项，不合格 2 项', '问题：登记不及时', '（一般）告知书未签字']) expect(content).toContain(part);

  // when
  await audit.rectify('2027-02-10');
  await audit.recheck();

  // then
  expect(missingInOrder(await audit.path(), ['se_inspection', 'st_register', 'st_dl_inspection_plan', 'ut_plan', 'ut_appr', 'xor_appr', 'st_dl_check', 'st_pick', 'mi_check', 'st_checked', 'ut_found', 'st_found', 'br_rate', 'st_rated', 'xor_serious', 'xor_scan', 'st_dl_inspection_report', 'ut_report', 'st_report', 'st_send', 'mi_rect', 'ut_followup', 'xor_done', 'st_kpi', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  expect(await audit.state()).toBe('completed');
  expect(await audit.ledger()).toMatchObject({ type: 'audit', planned: 10, checked: 10, failed: 2, score: '84.00', grade: 'B', serious: false, rounds: 0, praise: [{ note: '值班登记完整' }], closed_at: expect.any(Date) });
  expect(await audit.findings()).toMatchObject([{ issue: '交接登记不及时', level: 'general', repeat_count: 0, closed_at: expect.any(Date) }, { level: 'general' }]);
  const facts = await engine.db('app.kpi_fact').where({ case_no: await audit.no() });
  expect(facts.filter((one) => one.metric === 'inspection_item_failed').map((one) => Number(one.value)).reduce((sum, one) => sum + one, 0)).toBe(2);
  expect(facts.find((one) => one.metric === 'inspection_in_time')).toMatchObject({ value: '1' });
  expect(await engine.db('app.archive_item').where({ case_no: await audit.no() }).first()).toMatchObject({ class: 'supervision' });
  expect(engine.problems).toEqual([]);
});

test('inspection 1b > the plan of every month: channels in February, nothing in March, the scan in June and December', async () => {
  // given
  engine = await startInspectionEngine('2026-11-30T12:00:00+08:00');
  const types = async (): Promise<string[]> => {
    const keys = await inspections();
    return Promise.all(keys.map(async (key) => String((await engine.variables(key))['type'])));
  };

  // when, then
  await engine.advanceTo('2026-12-01T09:01:00+08:00');
  expect(await types()).toEqual(['security_scan']);
  await engine.advanceTo('2027-02-01T09:01:00+08:00');
  expect(await types()).toEqual(['security_scan', 'audit', 'channel']);
  await engine.advanceTo('2027-03-01T09:01:00+08:00');
  expect(await types()).toHaveLength(3);
  const due = (month: number): Promise<unknown> => engine.workers.engine.evaluateDecision('inspection_plan', { month });
  for (const [month, type] of [[1, 'audit'], [4, 'audit'], [7, 'audit'], [10, 'audit'], [2, 'channel'], [5, 'channel'], [8, 'channel'], [11, 'channel'], [6, 'security_scan'], [12, 'security_scan']] as const) expect(await due(month), String(month)).toMatchObject([{ type }]);
  for (const month of [3, 9]) expect((await due(month)) ?? [], String(month)).toEqual([]);
});

test('inspection 2 > a serious finding goes to accountability, and the channel check gives the index of health', async () => {
  // given
  engine = await startInspectionEngine();
  const inspection = await Inspection.start(engine);
  await inspection.plan({ type: 'channel', scope: ['channel'], sampleSize: 2 });
  await inspection.approve();

  // when: customers were harmed
  await inspection.check({ 1: { problem: '客户资料被转发到外部邮箱', staff: 'wanglei' } });
  await inspection.sumUp({ harm: true });

  // then
  expect(await inspection.findings()).toMatchObject([{ level: 'serious', staff_no: 'wanglei', referred_at: expect.any(Date) }]);
  expect(await engine.db('app.violation_case').first()).toMatchObject({ source_kind: 'supervision', subject_no: 'wanglei' });
  expect(await engine.db('app.record').where({ series: 'WG' }).first()).toMatchObject({ source_no: await inspection.no() });

  // when
  await inspection.report();
  expect(await engine.db('app.rectification').first()).toMatchObject({ weight: 'heavy' });
  await inspection.rectify();
  await inspection.recheck();

  // then
  expect(missingInOrder(await inspection.path(), ['xor_serious', 'st_refer', 'xor_scan', 'st_dl_inspection_report', 'st_kpi'])).toBeNull();
  expect(await engine.db('app.kpi_fact').where({ metric: 'channel_health' }).pluck('value')).toEqual(['67.5']);
});

test('inspection 3 > a plan that is not approved is planned again', async () => {
  // given
  engine = await startInspectionEngine();
  const inspection = await Inspection.start(engine);

  // when
  await inspection.plan();
  expect((await engine.userTask(inspection.key, 'ut_appr')).candidateGroups).toEqual(['cs_manager']);
  await inspection.approve(false);

  // then
  expect((await engine.userTask(inspection.key, 'ut_plan')).variables).toMatchObject({ approvalComment: '请扩大抽样', sampleSize: 4 });
  await inspection.plan({ sampleSize: 6 });
  await inspection.approve();
  expect(await engine.userTasks(inspection.key, 'mi_check')).toHaveLength(6);
});

test('inspection 4 > what the half-yearly scan finds becomes a security event', async () => {
  // given
  engine = await startInspectionEngine();
  const scan = await Inspection.start(engine, { type: 'security_scan', basis: '半年度漏洞扫描' });
  await scan.plan({ type: 'security_scan', dept: 'it', scope: ['system'], inspectors: ['majun'], sampleSize: 3 });
  await scan.approve();

  // when
  await scan.check({ 2: { problem: '组件版本过旧' } });
  await scan.sumUp({ dept: 'it' });

  // then
  expect(missingInOrder(await scan.path(), ['xor_scan', 'st_security', 'st_dl_inspection_report'])).toBeNull();
  expect(await engine.db('app.security_event').first()).toMatchObject({ type: 'vulnerability', source_no: await scan.no(), detected_at: new Date(engine.clock.now()) });
  const [event] = await engine.db('app.record').where({ series: 'AQ' }).pluck('process_instance_key');
  expect((await engine.variables(String(event)))['description']).toBe('漏洞扫描发现：组件版本过旧');
});

test('inspection 5 > a check not done by the day of the plan is reminded of, reported and escalated', async () => {
  // given
  engine = await startInspectionEngine();
  const inspection = await Inspection.start(engine);
  await inspection.plan();
  await inspection.approve();
  expect((await inspection.variables())['dueCheck']).toBe('2026-12-04T17:30:00+08:00');

  // when: more time is given once, and that runs out too
  await inspection.runOut('check', '2026-12-08T17:30:00+08:00');

  // then
  expect(await inspection.told()).toContain('sla_reminder');
  expect(await engine.db('app.sla_breach').where({ case_no: await inspection.no() })).toMatchObject([{ stage: 'check', escalate_to: 'cs_manager', owner: ['user:hefang', 'user:wutao'] }]);
  await inspection.check();
  await inspection.sumUp();
  await inspection.report();
  await inspection.recheck();
  expect(await engine.db('app.kpi_fact').where({ metric: 'inspection_in_time' }).pluck('value')).toEqual(['0']);
});

test('inspection 5b > a plan not made in three working days and a report not written in five are escalated as well', async () => {
  // given
  engine = await startInspectionEngine();
  const inspection = await Inspection.start(engine);
  expect(Date.parse((await engine.userTask(inspection.key, 'ut_plan')).dueDate!)).toBe(Date.parse('2026-11-26T17:30:00+08:00'));

  // when
  await inspection.runOut('inspection_plan', '2026-11-27T17:30:00+08:00');
  await inspection.plan();
  await inspection.approve();
  await inspection.check();
  await inspection.sumUp();
  expect((await inspection.variables())['dueInspectionReport']).toBe('2026-12-04T17:30:00+08:00');
  await inspection.runOut('inspection_report', '2026-12-07T17:30:00+08:00');

  // then
  expect(await engine.db('app.sla_breach').where({ case_no: await inspection.no() }).orderBy('breach_no')).toMatchObject([{ stage: 'inspection_plan', element_id: 'ut_plan' }, { stage: 'inspection_report', element_id: 'ut_report' }]);
  expect(await inspection.open()).toEqual(['ut_report']);
});

test('inspection 6 > what the re-check finds still open is rectified a second time, the rest not', async () => {
  // given
  engine = await startInspectionEngine();
  const inspection = await Inspection.start(engine);
  await inspection.plan();
  await inspection.approve();
  await inspection.check({ 1: { problem: '登记不及时' }, 2: { problem: '未双人复核' } });
  await inspection.sumUp();
  await inspection.report();
  await inspection.rectify();
  const [late] = await inspection.findings();

  // when
  expect((await engine.userTask(inspection.key, 'ut_followup')).variables['rectOptions']).toEqual([{ value: late!['finding_no'], label: '登记不及时' }, { value: expect.any(String), label: '未双人复核' }]);
  await inspection.recheck(false, [String(late!['finding_no'])]);

  // then
  expect(await engine.db('app.rectification').where({ status: 'open' }).pluck('problem')).toEqual(['登记不及时']);
  await inspection.rectify();
  await inspection.recheck();
  expect(missingInOrder(await inspection.path(), ['xor_done', 'sc_round', 'mi_rect', 'ut_followup', 'xor_done', 'st_kpi'])).toBeNull();
  expect(await engine.db('app.rectification')).toHaveLength(3);
  expect(await inspection.ledger()).toMatchObject({ rounds: 1 });
});

test('inspection > every row of the level of a finding', async () => {
  // given
  engine = await startInspectionEngine();
  const level = (harm: boolean | null, repeat: number | null, kind: string | null): Promise<unknown> => engine.workers.engine.evaluateDecision('finding_level', { harm, repeat, kind });

  // when, then
  for (const [harm, repeat, kind, expected] of [[true, 0, 'suggestion', 'serious'], [false, 2, 'breach', 'serious'], [false, 1, 'breach', 'general'], [false, 0, 'suggestion', 'minor'], [null, null, null, 'general']] as const) expect(await level(harm, repeat, kind), `${harm} ${repeat} ${kind}`).toBe(expected);
});
