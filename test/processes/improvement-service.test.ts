import { afterEach, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';
import { ServiceCase } from './change-driver.ts';
import { missingInOrder } from './complaint-driver.ts';
import { Improvement } from './improvement-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const start = async (now = '2026-11-23T09:00:00+08:00', more: string[] = []): Promise<void> => {
  engine = await startTestEngine({ now, processes: ['service_improvement', 'process_change', ...more] });
};

/** Complaints as their ledger holds them: [category, received, causes, more]. */
async function complaints(...rows: [category: string, receivedAt: string, causes: string[], more?: Record<string, unknown>][]): Promise<void> {
  for (const [index, [category, receivedAt, causes, more = {}]] of rows.entries()) {
    await engine.db('app.complaint').insert({ complaint_no: `TS-${index + 1}`, process_instance_key: 500 + index, category, received_at: new Date(receivedAt), registered_at: new Date(receivedAt), causes, ...more });
  }
}

test('improvement 1 > the first of a month analyzes the complaints of the one before, reports to management and starts from the top category', async () => {
  // given
  await start('2026-11-30T12:00:00+08:00');
  const hours = (iso: string, by: number): Date => new Date(Date.parse(iso) + by * 3_600_000);
  await complaints(
    ['attitude', '2026-11-03T09:00:00+08:00', ['staff'], { accepted_at: hours('2026-11-03T09:00:00+08:00', 2), responded_at: hours('2026-11-03T09:00:00+08:00', 2), satisfaction: 5 }],
    ['process', '2026-11-05T09:00:00+08:00', ['process', 'system'], { accepted_at: hours('2026-11-05T09:00:00+08:00', 30), responded_at: hours('2026-11-05T09:00:00+08:00', 30), satisfaction: 2 }],
    ['process', '2026-11-06T09:00:00+08:00', ['process'], { closed_at: hours('2026-11-06T09:00:00+08:00', 72), extended: true }],
    ['process', '2026-11-30T23:30:00+08:00', [], {}],
    ['attitude', '2026-10-31T10:00:00+08:00', ['staff'], {}],
    ['fee', '2026-12-01T00:30:00+08:00', ['partner'], {}],
  );
  await engine.db('app.kpi_fact').insert({ metric: 'complaint_closed_in_20wd', period: '2026-11', value: 1, case_no: 'TS-3', process_instance_key: 502, at: new Date('2026-11-09') });
  await engine.db('app.sla_breach').insert({ breach_no: 'CS-1', case_no: 'TS-2', process_instance_key: 501, process_id: 'complaint_handling', stage: 'register', due_at: new Date('2026-11-06T09:00:00+08:00'), level: 1, escalate_to: 'cs_supervisor', at: new Date('2026-11-06T09:00:00+08:00') });

  // when
  await engine.advanceTo('2026-12-01T09:00:00+08:00');

  // then: the figures
  const monthly = new Improvement(engine, (await ServiceCase.newest(engine, 'service_improvement')).key);
  const { analysis } = await monthly.variables();
  expect(analysis).toMatchObject({
    period: '2026-11', total: 4, previousTotal: 1, closed: 1, extended: 1, registeredIn24h: 50, answeredIn24h: 50, firstResponseHours: 16, closedIn20wd: 100, satisfied: 50,
    byCategory: [{ value: 'process', name: '服务流程', count: 3, previous: 0, share: 75 }, { value: 'attitude', count: 1, previous: 1, share: 25 }],
    byCause: [{ value: 'process', count: 2 }, { value: 'staff', count: 1, previous: 1 }, { value: 'system', count: 1 }],
    late: [{ value: 'register', name: '登记', count: 1 }],
  });

  // then: the report, and who hears of it
  const report = await engine.db('app.report').where({ template: 'complaint_analysis' }).first();
  expect(report).toMatchObject({ case_no: await monthly.no(), version: 1 });
  expect(report.content).toContain('<td>服务流程</td><td class="n">3</td><td>75%</td><td class="n">0</td>');
  expect(report.content).toContain('最突出的类别为“服务流程”，共 3 件，占 75%，主要原因：流程（2）、系统（1）');
  const inbox: { user_id: string; text: string }[] = await engine.db('app.inbox_message').where('title', 'like', '%投诉分析报告%').orderBy('user_id');
  expect(inbox.map((one) => one.user_id)).toEqual(['chenjing', 'sunyi']);
  expect(inbox[0]!.text).toContain('本月受理投诉 4 件（上月 1 件）。');
  expect(inbox[0]!.text).toContain(`全文：http://localhost:3000/api/reports/${report.report_no}`);

  // then: the improvement it begins
  expect(missingInOrder(await monthly.path(), ['tse_month', 'st_analysis', 'st_send', 'xor_top', 'st_register'])).toBeNull();
  expect(await monthly.ledger()).toMatchObject({ source: 'complaint', source_no: report.report_no, title: '2026-11 投诉分析：服务流程', metric_name: 'complaints_process', metric_now: '3' });
  expect(await engine.userTask(monthly.key, 'ut_analyze')).toMatchObject({ candidateGroups: ['process_owner'] });
  expect(engine.problems).toEqual([]);
});

test('improvement 1 > a month without complaints is reported too and starts nothing', async () => {
  // given
  await start('2026-11-30T12:00:00+08:00');

  // when
  await engine.advanceTo('2026-12-01T09:00:00+08:00');

  // then
  const monthly = await ServiceCase.newest(engine, 'service_improvement');
  expect(await monthly.path()).toEqual(['tse_month', 'st_analysis', 'st_send', 'xor_top', 'ee_no_complaints', 'service_improvement']);
  expect((await engine.db('app.report').first()).content).toContain('本月没有投诉');
  expect(await engine.db('app.improvement')).toEqual([]);
});

test('improvement 2 and 3 > a plan sent back is written again; a met target is shared with everybody', async () => {
  // given
  await start();
  const improvement = await Improvement.raise(engine);
  await improvement.analyze();
  await improvement.plan();

  // when
  expect(await engine.userTask(improvement.key, 'ut_appr')).toMatchObject({ candidateGroups: ['cs_manager'] });
  await improvement.approve(false);
  expect((await engine.userTask(improvement.key, 'ut_plan')).variables).toMatchObject({ approved: false, approvalComment: '请补充费用测算' });
  await improvement.plan();
  await improvement.approve();

  // then
  expect(await engine.userTask(improvement.key, 'ut_do')).toMatchObject({ assignee: 'liqiang', dueDate: '2027-01-04T17:30:00+08:00' });

  // when
  await improvement.check(93, true);

  // then
  expect(await improvement.path()).toEqual(['se_improvement', 'st_register', 'ut_analyze', 'ut_plan', 'ut_appr', 'xor_appr', 'ut_plan', 'ut_appr', 'xor_appr', 'xor_doc', 'st_dl_improve', 'ut_do', 'ut_check', 'xor_eff', 'st_share', 'st_archive', 'st_metric', 'ee_closed', 'service_improvement']);
  expect(await improvement.ledger()).toMatchObject({ outcome: 'improved', improved: true, metric_after: '93', target: '90', budget: '8000.00', owner: 'liqiang', causes: ['process', 'staff'], round: 0 });
  expect((await engine.db('app.announcement').where({ case_no: await improvement.no() }).first()).text).toContain('窗口分流并增设自助机；高峰时段增派人员');
  expect(await improvement.facts()).toMatchObject({ service_improvement_closed: 1, improvement_effective: 1, improvement_in_time: 1, improvement_from_idea: 0 });
  expect(await engine.db('app.archive_item').where({ process_instance_key: improvement.key })).toMatchObject([{ class: 'improve' }]);
  expect(engine.problems).toEqual([]);
});

test('improvement 4 > what misses its target is analyzed again, and given up after the third round', async () => {
  // given
  await start();
  const improvement = await Improvement.raise(engine, { due: '2026-12-31' });

  // when
  await improvement.analyze();
  await improvement.plan();
  await improvement.approve();
  expect(await engine.userTask(improvement.key, 'ut_do')).toMatchObject({ dueDate: '2026-12-31T17:30:00+08:00' });
  await improvement.check(84, false);

  // then: a new round with a deadline of its own
  expect((await engine.userTask(improvement.key, 'ut_analyze')).variables).toMatchObject({ round: 1, due: null, metricAfter: 84 });
  await improvement.round(86, false);
  await improvement.round(87, false);

  // then
  expect(missingInOrder(await improvement.path(), ['xor_eff', 'sc_round', 'ut_analyze', 'xor_eff', 'sc_round', 'ut_analyze', 'xor_eff', 'st_archive', 'ee_closed'])).toBeNull();
  expect(await improvement.path()).not.toContain('st_share');
  expect(await improvement.ledger()).toMatchObject({ outcome: 'not_improved', round: 2 });
  expect(await improvement.facts()).toMatchObject({ improvement_effective: 0 });
});

test('improvement 4 > the owner who is late is reminded and reported, also after the deadline was moved', async () => {
  // given
  await start();
  const improvement = await Improvement.raise(engine, { due: '2026-12-10' });
  const moved = await Improvement.raise(engine, { due: '2026-12-10' });
  for (const one of [improvement, moved]) {
    await one.analyze();
    await one.plan();
    await one.approve();
  }

  // when
  await engine.settle();
  await engine.db('app.deadline').where({ process_instance_key: moved.key, stage: 'improve' }).update({ due_at: new Date('2026-12-14T17:30:00+08:00') });
  await engine.advanceTo('2026-12-10T17:31:00+08:00');

  // then
  expect(await improvement.told()).toEqual(['sla_reminder', 'sla_breach']);
  expect(await engine.db('app.sla_breach')).toMatchObject([{ case_no: await improvement.no(), stage: 'improve', escalate_to: 'cs_manager', owner: ['user:liqiang'] }]);
  await improvement.complete('ut_sla_intervene', { action: 'urge', reason: '请按期完成' });

  // when
  await engine.advanceTo('2026-12-14T17:31:00+08:00');

  // then
  expect(await engine.db('app.sla_breach').where({ case_no: await moved.no() })).toMatchObject([{ due_at: new Date('2026-12-14T17:30:00+08:00') }]);
  await improvement.check(92, true);
  expect(await improvement.facts()).toMatchObject({ improvement_in_time: 0 });
});

test('improvement 5 > a procedure that has to change goes through process change first', async () => {
  // given
  await start();
  const improvement = await Improvement.raise(engine);
  await improvement.analyze();
  await improvement.plan({ changeProcess: true, processId: 'complaint_handling' });

  // when
  await improvement.approve();
  const change = new CaseDriver(engine, await improvement.called('process_change'));
  expect((await engine.userTasks(improvement.key, 'ut_do'))).toEqual([]);
  expect(await change.variables()).toMatchObject({ target: 'complaint_handling', sourceNo: await improvement.no(), reason: '窗口分流并增设自助机；高峰时段增派人员' });
  await change.complete('ut_fix', { kind: 'bpmn', target: 'complaint_handling', reason: '增加分流步骤', effectiveAt: '2026-12-01T09:00+08:00', testsPassed: true });
  await change.complete('ut_review', { approved: true, comment: '同意' });
  await improvement.check(95, true);

  // then
  expect(missingInOrder(await improvement.path(), ['xor_doc', 'ca_change', 'st_dl_improve', 'ut_do', 'ut_check', 'st_share', 'ee_closed'])).toBeNull();
  expect(await improvement.ledger()).toMatchObject({ process_change_no: expect.stringMatching(/^BG2026/), outcome: 'improved' });
});

test('improvement 6 > an adopted suggestion is its source, with the date promised and a title from what was said', async () => {
  // given
  await start('2026-11-23T09:00:00+08:00', ['customer_feedback', 'satisfaction_survey', 'service_followup']);
  const feedback = await ServiceCase.start(engine, 'customer_feedback', { channel: 'app', kind: 'suggestion', content: '建议增加周末对公窗口,方便企业办理', customerNo: 'C100001', email: 'customer1@example.com', anonymous: false });
  await feedback.complete('ut_triage', { kind: 'suggestion', urgency: 'normal', owner: 'service_supervision', summary: '周末对公窗口' });

  // when
  await feedback.complete('ut_sug', { adopt: true, plan: '试点周末对公窗口', due: '2026-12-31', reply: '我们将于年底前试点' });

  // then
  const improvement = await Improvement.from(engine, await feedback.no());
  expect(await improvement.ledger()).toMatchObject({ source: 'idea', title: '建议增加周末对公窗口,方便企业办理' });
  await improvement.analyze();
  await improvement.plan();
  await improvement.approve();
  expect(await engine.userTask(improvement.key, 'ut_do')).toMatchObject({ dueDate: '2026-12-31T17:30:00+08:00' });
  await improvement.check(91, true);
  expect(await improvement.facts()).toMatchObject({ improvement_from_idea: 1 });
});
