import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { missingInOrder } from './complaint-driver.ts';
import { Improvement } from './improvement-driver.ts';
import { Training } from './training-driver.ts';
import { startViolationEngine, Violation } from './violation-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const count = (path: readonly string[], id: string): number => path.filter((one) => one === id).length;
const head = ['st_register', 'st_dl_accept', 'br_class', 'ut_accept', 'xor_accept', 'st_ack_reporter', 'xor_interim'];
const tail = ['st_record', 'mi_retrain', 'mi_rect', 'st_feedback', 'xor_systemic', 'st_archive', 'st_metric', 'ee_closed'];
const serious = (staffNo: string, role: string) => ({ staffNo, role, severity: 'serious', repeatCount: 0 });

/** Five committee members: two more than the sample organization has. */
async function fiveMembers(): Promise<void> {
  await engine.db('app.app_user').whereIn('id', ['hefang', 'chenjing']).update({ groups: engine.db.raw(`array_append(groups, 'accountability_committee')`) });
}

test('violation 1 > a minor substantiated one from a complaint ends in a talk, a rectification and an answer to the complaint', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.refer(engine, { sourceKind: 'complaint', complaintNo: 'TS20261120-0001', description: '客户投诉柜员态度生硬', happenedAt: '2026-11-20T10:00+08:00' });
  expect(await violation.variables()).toMatchObject({ dueAccept: '2026-11-25T17:30:00+08:00', severityPrelim: 'general', investigatorGroup: ['compliance'] });

  // when
  await violation.accept();
  await violation.investigate();
  expect(await engine.userTask(violation.key, 'ut_statement')).toMatchObject({ assignee: 'wanglei' });
  await violation.giveStatement();
  await violation.conclude();
  await violation.determine();

  // then
  expect(await engine.userTask(violation.key, 'ut_decide')).toMatchObject({ candidateGroups: ['cs_manager'], variables: { recommended: ['talk'], recommendedText: '提醒谈话' } });

  // when
  await violation.decide('talk');
  expect(await violation.variables()).toMatchObject({ dueAppeal: '2026-11-30T17:30:00+08:00' });
  await engine.advanceTo('2026-11-30T17:31:00+08:00');
  await violation.rectify();

  // then
  const path = await violation.path();
  expect(missingInOrder(path, ['mse_violation', ...head, 'st_dl_investigate', 'ut_investigate', 'st_dl_statement', 'st_ask_statement', 'ut_statement', 'ut_conclude', 'ut_determine', 'ut_decide', 'sub_decide', 'xor_committee', 'st_dl_appeal', 'st_decision_letter', 'st_serve', 'ict_appeal', 'st_apply', 'sub_execute', 'st_record', 'mi_retrain', 'mi_rect', 'st_feedback', 'st_signal', 'xor_systemic', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  expect(path).not.toContain('ut_hr');
  expect(path).not.toContain('ut_committee');
  expect(await violation.finished()).toBe('completed');
  const caseNo = await violation.no();
  expect(await violation.sanctions()).toEqual([{ staff_no: 'wanglei', type: 'talk', status: 'in_force', interim: false }]);
  expect(await engine.db('app.rectification').where({ source_no: caseNo })).toMatchObject([{ source_kind: 'violation', status: 'closed' }]);
  expect(await engine.db('app.violation_case').first()).toMatchObject({ case_no: caseNo, source_no: 'TS20261120-0001', violation_type: 'attitude', subject_no: 'wanglei', conclusion: 'substantiated', outcome: 'sanctioned' });
  expect(await engine.db('app.archive_item').where({ case_no: caseNo }).first()).toMatchObject({ class: 'violation', retain_until: new Date('2036-11-30T17:31:00+08:00') });
  const [told] = (await engine.records({ valueType: 'MESSAGE', intent: 'PUBLISHED' })).filter((record) => record.value['name'] === 'violation_closed');
  expect(told?.value).toMatchObject({ correlationKey: 'TS20261120-0001', variables: { violationCaseNo: caseNo, violationOutcome: 'sanctioned' } });
  expect(engine.problems).toEqual([]);
});

test('violation 2 > an interim suspension is lifted when nothing is substantiated', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine, { violationType: 'privacy' });
  expect((await engine.userTask(violation.key, 'ut_accept')).variables).toMatchObject({ severityPrelim: 'serious', investigatorGroup: ['compliance', 'internal_audit'] });

  // when
  await violation.accept({ violationType: 'privacy', severityPrelim: 'serious', needInterim: true });
  await violation.interim();

  // then
  expect(await violation.duty('wanglei')).toBe('suspended');

  // when
  await violation.investigate();
  await violation.giveStatement();
  await violation.conclude({ conclusion: 'unsubstantiated' });

  // then
  expect(missingInOrder(await violation.path(), ['se_report', ...head, 'ut_interim', 'st_apply_interim', 'xor_substantiated', 'cb_interim', 'st_lift_interim', 'ct_lift', 'st_clear', 'st_feedback_clear', 'st_feedback', 'st_archive', 'ee_closed'])).toBeNull();
  expect(await violation.duty('wanglei')).toBe('on');
  expect(await violation.sanctions()).toMatchObject([{ type: 'suspend', status: 'lifted', interim: true }]);
  expect(await engine.db('app.violation_case').first()).toMatchObject({ outcome: 'unsubstantiated' });
  expect(await violation.told()).toEqual(expect.arrayContaining(['violation_ack', 'violation_statement', 'violation_cleared', 'violation_result']));
});

test('violation 2b > without an interim measure there is nothing to lift', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);

  // when
  await violation.toDetermination({ conclude: { conclusion: 'unsubstantiated' } });

  // then
  const path = await violation.path();
  expect(missingInOrder(path, ['ct_lift', 'st_clear', 'st_feedback_clear', 'st_feedback', 'ee_closed'])).toBeNull();
  expect(path).not.toContain('st_lift_interim');
  expect(path).not.toContain('st_signal');
});

test('violation 3 > a subject who says nothing in three working days does not stop the case, and the letter says so', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);
  await violation.accept();
  await violation.investigate();
  expect((await violation.variables())['dueStatement']).toBe('2026-11-26T17:30:00+08:00');

  // when
  await engine.advanceTo('2026-11-26T17:31:00+08:00');

  // then
  expect(await engine.userTasks(violation.key, 'ut_statement')).toEqual([]);
  expect(await engine.db('app.progress_note')).toMatchObject([{ ref_no: await violation.no(), status: 'no_statement' }]);

  // when
  await violation.conclude({ rectItems: [] });
  await violation.determine();
  await violation.decide('talk');
  await engine.advanceTo('2026-12-04T09:00:00+08:00');

  // then
  const path = await violation.path();
  expect(missingInOrder(path, ['bt_statement', 'st_nostmt', 'ut_conclude', 'ut_determine', 'ict_appeal', ...tail])).toBeNull();
  expect(path).not.toContain('ut_statement');
  expect((await engine.db('app.report').where({ template: 'violation_decision_letter' }).first()).content).toContain('当事人未在期限内提交陈述申辩');
});

test('violation 3b > a suspended subject is told by mail and gives the statement by a link instead of the task', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);
  await violation.accept({ needInterim: true });
  await violation.interim();
  await violation.investigate();
  await engine.settle();
  expect(await violation.duty('wanglei')).toBe('suspended');
  const mail = await engine.db('app.mail_outbox as m').join('app.notification as n', 'n.notification_no', 'm.notification_no').where({ 'n.template': 'violation_statement' }).select('m.recipient', 'm.body');
  expect(mail).toMatchObject([{ recipient: 'user:wanglei', body: expect.stringMatching(/\/p\/[\w-]{20,}/) }]);

  // when
  await violation.say('violation_statement_given', { agree: 'deny', statement: '当日本人不在岗,考勤可以证明。', mitigation: null, signed: true });

  // then
  expect((await violation.path()).slice(-1)).toEqual(['bm_statement']);
  expect(await violation.open()).toEqual(['ut_conclude']);
  expect(await violation.variables()).toMatchObject({ agree: 'deny', statement: '当日本人不在岗,考勤可以证明。', statementSigned: true });
});

test('violation 4 > a demotion goes through the committee, every person gets the own decision, and is trained anew', async () => {
  // given
  engine = await startViolationEngine();
  await fiveMembers();
  const violation = await Violation.submit(engine);
  await violation.toDetermination({ accept: { investigators: ['majun', 'xunuo'] } });

  // when
  await violation.determine({ liablePersons: [serious('wanglei', 'direct'), serious('liqiang', 'lead')] });

  // then: one after the other
  expect((await engine.userTasks(violation.key, 'ut_decide')).map(({ candidateGroups, variables }) => ({ candidateGroups, recommended: variables['recommended'], person: variables['person'] }))).toEqual([{ candidateGroups: ['senior_mgmt'], recommended: ['demote', 'fine'], person: serious('wanglei', 'direct') }]);
  await violation.decide('demote', { retrain: true });
  expect(await engine.userTask(violation.key, 'ut_decide')).toMatchObject({ candidateGroups: ['hr', 'compliance'], variables: { recommended: ['post_adjust', 'perf_deduct'], type: null } });
  await violation.decide('perf_deduct', { amount: 10 });
  expect((await violation.variables())['decisions']).toMatchObject([{ person: { staffNo: 'wanglei' }, type: 'demote', retrain: true, amount: null }, { person: { staffNo: 'liqiang' }, type: 'perf_deduct', amount: 10, retrain: false }]);

  // when
  await violation.votes('approve', 'return', 'approve', 'return', 'approve');
  await engine.advanceTo('2026-12-01T09:00:00+08:00');

  // then: both at the same time
  expect(await engine.db('app.sanction').pluck('type')).toEqual(['perf_deduct']);
  await violation.complete('ut_hr', { executedAt: '2026-12-01T10:00+08:00', docNo: '人字 1 号' });
  expect(await violation.sanctions()).toMatchObject([{ staff_no: 'liqiang', type: 'perf_deduct' }, { staff_no: 'wanglei', type: 'demote' }]);
  expect(await engine.db('app.staff_record').where({ staff_no: 'liqiang' }).first()).toMatchObject({ points: '90.00' });

  // when
  const training: { process_instance_key: string }[] = await engine.db('app.record').where({ process_id: 'staff_training', source_no: await violation.no() });
  expect(training).toHaveLength(1);
  expect((await engine.userTask(training[0]!.process_instance_key, 'ut_plan')).variables['trainees']).toEqual(['wanglei']);
  const retraining = new Training(engine, training[0]!.process_instance_key);
  await retraining.plan(['wanglei'], { sessionAt: '2026-12-05T09:00+08:00' });
  await retraining.signIn();
  await engine.advanceTo('2026-12-05T09:01:00+08:00');
  expect(await violation.open()).toEqual([]);
  await retraining.examine();

  // then
  const path = await violation.path();
  expect(missingInOrder(path, ['sub_decide', 'xor_committee', 'st_members_committee', 'ut_committee', 'sc_tally', 'xor_tally', 'st_dl_appeal', 'ict_appeal', 'sub_execute', ...tail])).toBeNull();
  expect((await violation.variables())['tally']).toBe('approve');
  expect(count(path, 'ut_decide')).toBe(2);
  expect(count(path, 'st_apply')).toBe(2);
  expect(count(path, 'ut_hr')).toBe(1);
  expect(engine.problems).toEqual([]);
});

test('violation 5a > what the committee returns is determined and decided again', async () => {
  // given
  engine = await startViolationEngine();
  await fiveMembers();
  const violation = await Violation.submit(engine);
  await violation.toDetermination({ accept: { investigators: ['majun', 'xunuo'] } });
  const persons = { liablePersons: [serious('wanglei', 'direct')] };

  // when
  await violation.determine(persons);
  await violation.decide('demote');
  await violation.votes('approve', 'approve', 'return', 'return', 'return');

  // then
  expect((await engine.userTask(violation.key, 'ut_determine')).variables['returnReason']).toBe('事实需补充;事实需补充;事实需补充');

  // when
  await violation.determine(persons);
  await violation.decide('demote');
  await violation.votes('approve', 'approve', 'approve', 'return', 'approve');
  await engine.advanceTo('2026-12-01T09:00:00+08:00');
  await violation.complete('ut_hr', { executedAt: '2026-12-01T10:00+08:00', docNo: '人字 2 号' });

  // then
  const path = await violation.path();
  expect(count(path, 'ut_determine')).toBe(2);
  expect(count(path, 'sub_decide')).toBe(4);
  expect(path.at(-2)).toBe('ee_closed');
});

test('violation 5b > a decider who returns the determination undoes what was decided before', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);
  await violation.toDetermination();
  await violation.determine({ liablePersons: [serious('wanglei', 'direct'), serious('liqiang', 'lead')] });

  // when
  await violation.decide('fine', { amount: 500 });
  await violation.complete('ut_decide', { result: 'return', reason: '管理责任的依据不足' });

  // then
  const task = await engine.userTask(violation.key, 'ut_determine');
  expect(task.variables['returnReason']).toBe('管理责任的依据不足');
  expect((await violation.variables())['decisions'] ?? null).toBeNull();
  const path = await violation.path();
  expect(path).toContain('be_ret');
  expect(count(path, 'ut_determine')).toBe(1);
  expect(await engine.db('app.sanction')).toEqual([]);
});

test('violation 6 > an appeal turns a fine into a criticism', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);
  await violation.toDetermination();
  await violation.determine({ liablePersons: [serious('wanglei', 'direct')] });
  expect(await engine.userTask(violation.key, 'ut_decide')).toMatchObject({ candidateGroups: ['senior_mgmt'], variables: { recommended: ['demote', 'fine'] } });
  await violation.decide('fine', { amount: 500 });

  // when
  await engine.advanceTo('2026-11-26T10:00:00+08:00');
  await engine.publishMessage({ name: 'violation_appeal_filed', correlationKey: await violation.no(), variables: { appealGrounds: '处罚过重' } });

  // then
  expect(await engine.userTask(violation.key, 'ut_appeal')).toMatchObject({ candidateGroups: ['internal_audit'], variables: { appealGrounds: '处罚过重' } });
  expect((await violation.variables())['dueAppealDecision']).toBe('2026-12-10T17:30:00+08:00');

  // when
  await violation.complete('ut_appeal', { appealResult: 'revise', newDecisions: [{ person: { staffNo: 'wanglei' }, type: 'criticism' }], reason: '初犯且已道歉,变更为通报批评,理由见复核报告。' });

  // then
  const path = await violation.path();
  expect(missingInOrder(path, ['icm_appeal', 'st_dl_appeal_decision', 'ut_appeal', 'xor_appeal', 'sc_revise', 'sub_execute', ...tail])).toBeNull();
  expect(path).not.toContain('ut_committee');
  expect(await violation.sanctions()).toMatchObject([{ staff_no: 'wanglei', type: 'criticism' }]);
  expect(await engine.db('app.violation_case').first()).toMatchObject({ appeal_result: 'revise', outcome: 'sanctioned' });
});

test('violation 7 > an appeal that revokes lifts the interim measure and nothing is carried out', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);
  await violation.toDetermination({ accept: { needInterim: true } });
  await violation.determine();
  await violation.decide('talk');

  // when
  await engine.publishMessage({ name: 'violation_appeal_filed', correlationKey: await violation.no(), variables: { appealGrounds: '当日不在岗' } });
  expect(await violation.duty('wanglei')).toBe('suspended');
  await violation.complete('ut_appeal', { appealResult: 'revoke', reason: '考勤证明当事人当日不在岗,撤销原处理决定。' });

  // then
  const path = await violation.path();
  expect(missingInOrder(path, ['cb_interim', 'st_lift_interim', 'ct_lift2', 'st_feedback', 'st_archive', 'ee_closed'])).toBeNull();
  expect(path).not.toContain('st_apply');
  expect(await violation.duty('wanglei')).toBe('on');
  expect(await engine.db('app.violation_case').first()).toMatchObject({ outcome: 'revoked' });
});

test('violation 7b > an appeal in vain leaves the decision as it was, and the suspension ends with the execution', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);
  await violation.toDetermination({ accept: { needInterim: true } });
  await violation.determine();
  await violation.decide('talk');

  // when
  await engine.publishMessage({ name: 'violation_appeal_filed', correlationKey: await violation.no(), variables: { appealGrounds: '不服' } });
  await violation.complete('ut_appeal', { appealResult: 'uphold', reason: '原决定事实清楚、依据充分、程序合规,予以维持。' });

  // then
  expect(missingInOrder(await violation.path(), ['xor_appeal', 'sub_execute', ...tail])).toBeNull();
  expect(await violation.sanctions()).toMatchObject([{ type: 'suspend', status: 'ended' }, { type: 'talk', status: 'in_force' }]);
  expect(await violation.duty('wanglei')).toBe('on');
});

test('violation 8 > a report can be refused or merged into another case', async () => {
  // given
  engine = await startViolationEngine();
  const other = await Violation.submit(engine);
  await engine.userTask(other.key, 'ut_accept');
  const refused = await Violation.submit(engine, { anonymous: true, reporterName: null, reporterContact: null });
  const merged = await Violation.submit(engine);
  expect((await engine.userTask(merged.key, 'ut_accept')).variables['openViolations']).toContainEqual({ value: await other.no(), label: await other.no() });

  // when
  await refused.complete('ut_accept', { acceptDecision: 'reject', rejectReason: '不属于服务违规' });
  await merged.complete('ut_accept', { acceptDecision: 'merge', mergeInto: await other.no() });

  // then
  expect((await refused.path()).slice(-4, -1)).toEqual(['xor_accept', 'st_notify_reporter', 'ee_not_accepted']);
  expect((await merged.path()).slice(-4, -1)).toEqual(['xor_accept', 'st_merge', 'ee_merged']);
  expect(await engine.db('app.progress_note')).toMatchObject([{ ref_no: await other.no(), status: 'merged', case_no: await merged.no() }]);
  expect(await engine.db('app.violation_case').orderBy('case_no').pluck('outcome')).toEqual([null, 'not_accepted', 'merged']);
  expect([await refused.finished(), await merged.finished()]).toEqual(['completed', 'completed']);
});

test('violation 9 > a suspected crime is handed over with its package', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);

  // when
  await violation.toDetermination({ conclude: { conclusion: 'judicial' } });
  await violation.complete('ut_transfer', { authority: '示例公安分局', docs: 'files::1', sentAt: '2026-11-25T10:00+08:00' });

  // then
  expect(missingInOrder(await violation.path(), ['xor_substantiated', 'ut_transfer', 'st_to_authority', 'ee_transferred'])).toBeNull();
  const letter = await engine.db('app.report').where({ template: 'violation_transfer_letter' }).first();
  for (const part of ['示例公安分局', '录音显示当事人', '服务规范 第 3 条', 'R-7']) expect(letter.content).toContain(part);
  expect(await engine.db('app.sanction')).toEqual([]);
  expect(await engine.db('app.violation_case').first()).toMatchObject({ outcome: 'transferred' });
});

test('violation 10 > an investigation that takes too long is reminded, escalated and extended once', async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);
  await violation.accept();
  expect((await violation.variables())['dueInvestigate']).toBe('2026-12-14T17:30:00+08:00');

  // when
  await engine.advanceTo('2026-12-14T17:29:00+08:00');

  // then
  expect(await violation.path()).toContain('bt_ut_investigate_remind');
  expect(await violation.told()).toContain('sla_reminder');

  // when
  await engine.advanceTo('2026-12-14T17:31:00+08:00');

  // then
  expect(missingInOrder(await violation.path(), ['bt_ut_investigate_breach', 'st_ut_investigate_breach'])).toBeNull();
  const intervention = await engine.userTask(violation.key, 'ut_sla_intervene');
  expect(intervention.candidateGroups).toEqual(['compliance_head']);

  // when
  await engine.completeUserTask(intervention.key, { action: 'extend', newDueAt: '2027-01-05T17:30:00+08:00', reason: '需调取外部证据' });

  // then
  const stage = { process_instance_key: violation.key, stage: 'investigate' };
  expect(await engine.db('app.sla_watch').where({ ...stage, reason: 'moved' })).toMatchObject([{ due_at: new Date('2027-01-05T17:30:00+08:00') }]);
  expect(await engine.userTask(violation.key, 'ut_investigate')).toBeDefined();
  expect(await engine.db('app.sla_breach').where(stage)).toHaveLength(1);

  // when
  await engine.advanceTo('2027-01-05T17:31:00+08:00');

  // then
  expect(await violation.path()).toContain('bm_ut_investigate_due');
  expect(await engine.db('app.sla_breach').where(stage)).toHaveLength(2);
  expect(await engine.userTask(violation.key, 'ut_investigate')).toBeDefined();
});

test('violation > a systemic one raises an improvement, a repeated offender is known from the ledger and judged harder', async () => {
  // given
  engine = await startViolationEngine();
  const settled = async (violation: Violation, type: string, repeatCount: number): Promise<void> => {
    await violation.toDetermination({ conclude: { systemic: type === 'perf_deduct' } });
    await violation.determine({ liablePersons: [{ staffNo: 'wanglei', role: 'direct', severity: 'general', repeatCount }] });
    await violation.decide(type, { amount: 5 });
    await engine.publishMessage({ name: 'violation_appeal_filed', correlationKey: await violation.no(), variables: { appealGrounds: '不服' } });
    await violation.complete('ut_appeal', { appealResult: 'uphold', reason: '原决定事实清楚、依据充分、程序合规,予以维持。' });
  };
  await settled(await Violation.submit(engine), 'talk', 0);
  await settled(await Violation.submit(engine), 'talk', 1);
  const third = await Violation.submit(engine);

  // when
  await third.toDetermination({ conclude: { systemic: true } });

  // then
  expect((await engine.userTask(third.key, 'ut_determine')).variables['priorSanctions']).toEqual([{ staffNo: 'wanglei', repeatCount: 2 }]);

  // when
  await third.determine({ liablePersons: [{ staffNo: 'wanglei', role: 'direct', severity: 'general', repeatCount: 2 }] });

  // then: one level up
  expect(await engine.userTask(third.key, 'ut_decide')).toMatchObject({ candidateGroups: ['compliance_head'], variables: { recommended: ['perf_deduct', 'no_award'] } });

  // when
  await third.decide('perf_deduct', { amount: 10 });
  await engine.advanceTo('2026-12-01T09:00:00+08:00');
  const improvement = await Improvement.from(engine, await third.no());
  await improvement.round(95, true);

  // then
  expect(missingInOrder(await third.path(), ['xor_systemic', 'ca_improve', 'st_archive', 'ee_closed'])).toBeNull();
});
