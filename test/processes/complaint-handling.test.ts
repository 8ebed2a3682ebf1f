import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { allFour, Complaint, missingInOrder, shipped, startComplaintEngine } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const instant = (value: unknown): number => Date.parse(String(value));
const count = (path: readonly string[], id: string): number => path.filter((one) => one === id).length;

test('complaint 1 > a normal complaint runs from registration to the closed file', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);

  // when
  await complaint.register();
  await complaint.investigate();
  await engine.advanceTo('2026-09-20T10:00:00+08:00');
  await complaint.plan();
  await complaint.answer(5);
  await complaint.close();

  // then
  const variables = await complaint.variables();
  expect(variables).toMatchObject({ dueRegister: '2026-09-18T16:20:00+08:00', dueInvestigate: '2026-09-28T17:30:00+08:00', dueOverall: '2026-10-21T17:30:00+08:00', priority: 'normal', reviewLevel: 'none', outcome: 'resolved', satisfaction: 5 });
  const path = await complaint.path();
  expect(missingInOrder(path, ['ut_register', 'br_priority', 'ut_investigate', 'ut_plan', 'br_review_level', 'or_measures', 'st_train', 'icm_answer', 'ut_close', 'ee_closed'])).toBeNull();
  expect(await engine.instanceState(complaint.key)).toBe('completed');
  const training = await engine.db('app.record').where({ process_id: 'staff_training', source_no: variables['caseNo'] }).first();
  expect(training).toBeDefined();
  expect(await engine.userTask(training.process_instance_key, 'ut_plan')).toMatchObject({ candidateGroups: ['training_admin'] });
  const row = await engine.db('app.complaint').where({ complaint_no: variables['caseNo'] }).first();
  expect(row).toMatchObject({ category: 'attitude', satisfaction: 5, outcome: 'resolved' });
  expect(row.closed_at).not.toBeNull();
  expect(await engine.db('app.archive_item').where({ case_no: variables['caseNo'] }).first()).toMatchObject({ class: 'complaint', retain_until: new Date('2029-09-20T10:00:00+08:00') });
  expect(engine.problems).toEqual([]);
});

test('complaint 2 > a registration nobody does is reminded at 18 h, escalated at 24 h and can be reassigned', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);

  // when
  await engine.advanceTo('2026-09-18T10:21:00+08:00');

  // then
  expect(await complaint.told()).toEqual(['sla_reminder']);
  expect(await engine.db('app.inbox_message').where({ user_id: 'wanglei' })).toHaveLength(1);

  // when
  await engine.advanceTo('2026-09-18T16:21:00+08:00');

  // then
  expect(await complaint.path()).toContain('st_ut_register_breach');
  const intervention = await engine.userTask(complaint.key, 'ut_sla_intervene');
  expect(intervention.candidateGroups).toEqual(['cs_supervisor']);
  expect(intervention.variables['breachInfo']).toMatchObject({ stage: '登记', due: '2026-09-18T16:20:00+08:00' });

  // when
  await engine.completeUserTask(intervention.key, { action: 'reassign', newAssignee: 'liqiang', reason: '原受理人休假' });

  // then: the override is what the task list shows
  expect(await engine.db('app.task_override').where({ process_instance_key: complaint.key }).first()).toMatchObject({ element_id: 'ut_register', assignee: 'liqiang' });
  await complaint.register();
  expect(await engine.userTask(complaint.key, 'ut_investigate')).toBeDefined();
  expect(await engine.db('app.sla_breach').where({ process_instance_key: complaint.key })).toMatchObject([{ stage: 'register', level: 1, escalate_to: 'cs_supervisor' }]);
});

test('complaint 3 > an approved extension moves the deadlines, and the old timer finds nobody late', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register({ complexity: 'complex' });
  expect(await complaint.variables()).toMatchObject({ dueOverall: '2026-10-21T17:30:00+08:00', dueInvestigate: '2026-10-14T17:30:00+08:00' });

  // when
  await complaint.investigate({ requestExtension: true, extensionDays: 5, extensionReason: '需向第三方调取交易记录' });
  await complaint.complete('ut_extension', { extensionApproved: true, approvedDays: 5, comment: '同意延期' });

  // then
  const variables = await complaint.variables();
  expect(variables).toMatchObject({ dueOverall: '2026-10-28T17:30:00+08:00', dueInvestigate: '2026-10-21T17:30:00+08:00', requestExtension: false, extensionUsed: true });
  expect(missingInOrder(await complaint.path(), ['ut_investigate', 'xor_after_inv', 'ut_extension', 'st_dl_extension', 'st_notify_extension'])).toBeNull();
  expect(await engine.userTask(complaint.key, 'ut_investigate')).toBeDefined();
  expect(await complaint.told()).toContain('complaint_extension');

  // when: the timer of the old date fires
  await engine.advanceTo('2026-10-21T17:31:00+08:00');

  // then
  const overall = { process_instance_key: complaint.key, stage: 'overall' };
  expect(await complaint.path()).toContain('ee_sub_handling_breach');
  expect(await engine.db('app.sla_breach').where(overall)).toEqual([]);
  expect(await engine.db('app.sla_watch').where(overall)).toMatchObject([{ due_at: new Date('2026-10-28T17:30:00+08:00'), reason: 'moved' }]);

  // when: it is still open at the new date
  await engine.advanceTo('2026-10-28T17:31:00+08:00');

  // then
  expect(await complaint.path()).toContain('bm_sub_handling_due');
  expect(await engine.db('app.sla_breach').where(overall)).toMatchObject([{ level: 1, escalate_to: 'cs_manager' }]);
});

test('complaint 4 > a plan the committee returns is made again', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register({ flags: ['fund_safety'] });
  expect((await complaint.variables())['priority']).toBe('urgent');
  await complaint.investigate();
  const vote = async (...results: string[]): Promise<void> => {
    const tasks = await engine.userTasks(complaint.key, 'ut_committee');
    expect(tasks.map((task) => task.assignee).sort()).toEqual(['sunyi', 'wutao', 'zhengjie']);
    for (const [index, task] of tasks.entries()) await engine.completeUserTask(task.key, { reviewResult: results[index]!, reviewComment: '已审议该方案' });
  };

  // when
  await complaint.plan();
  await vote('approve', 'return', 'return');

  // then
  expect((await complaint.variables())['reviewResult']).toBe('return');

  // when
  await complaint.plan();
  await vote('approve', 'return', 'approve');
  await complaint.answer(4);
  await complaint.close();

  // then
  const path = await complaint.path();
  expect(count(path, 'ut_plan')).toBe(2);
  expect(path).toContain('ee_closed');
});

test('complaint 5 > a customer dissatisfied twice gets a final ruling', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register();

  // when
  await complaint.investigate();
  await complaint.plan({ measures: ['explain'] });
  await complaint.answer(1);
  await complaint.investigate();
  await complaint.plan({ measures: ['explain'] });
  await complaint.answer(2);
  await complaint.complete('ut_final', { ruling: 'uphold', rulingText: '委员会认为原处理适当,予以维持,理由如下。', furtherRights: '可向监管部门反映' });
  await complaint.close();

  // then
  const path = await complaint.path();
  expect(count(path, 'sc_reopen')).toBe(1);
  expect(missingInOrder(path, ['sc_reopen', 'bx_final', 'ut_final', 'ut_close', 'ee_closed'])).toBeNull();
  expect((await complaint.variables())['outcome']).toBe('final_ruling');
  expect(await engine.db('app.report').where({ template: 'complaint_result_letter' }).orderBy('version').pluck('version')).toEqual([1, 2]);
  expect(await engine.db('app.report').where({ template: 'complaint_final_letter' }).pluck('version')).toEqual([1]);
});

test('complaint 6 > a customer who never answers is called, and the case closes without a score', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register();
  await complaint.investigate();
  await complaint.plan();

  // when
  await engine.advanceTo('2026-09-23T09:01:00+08:00');
  await complaint.complete('ut_return_visit', { reached: false });
  await complaint.close();

  // then
  expect(missingInOrder(await complaint.path(), ['ict_noanswer', 'ut_return_visit', 'xor_satisfied', 'ee_h_done', 'ut_close', 'ee_closed'])).toBeNull();
  expect((await complaint.variables())['satisfaction'] ?? null).toBeNull();
});

test('complaint 6b > silence after a reopening is not judged by the first answer', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register();
  await complaint.investigate();
  await complaint.plan();
  await complaint.answer(1);
  await complaint.investigate();
  await complaint.plan();

  // when
  await engine.advanceTo('2026-09-24T09:00:00+08:00');
  await complaint.complete('ut_return_visit', { reached: false });
  await complaint.close();

  // then
  const path = await complaint.path();
  expect(count(path, 'sc_reopen')).toBe(1);
  expect(path).toContain('ee_h_done');
  expect((await complaint.variables())['satisfaction']).toBeNull();
});

test('complaint 7 > a confirmed withdrawal ends the case without a result letter', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register();
  await engine.userTask(complaint.key, 'ut_investigate');

  // when
  await engine.publishMessage({ name: 'complaint_withdrawn', correlationKey: await complaint.no() });

  // then
  expect(await engine.userTasks(complaint.key, 'ut_investigate')).toEqual([]);

  // when
  await complaint.complete('ut_withdraw', { withdrawConfirmed: true, voluntary: true, note: '客户电话确认' });

  // then
  expect(await complaint.path()).toContain('ee_withdrawn');
  expect(await engine.db('app.report')).toEqual([]);
  expect(await engine.db('app.complaint').first()).toMatchObject({ outcome: 'withdrawn' });
});

test('complaint 7b > a withdrawal that is not confirmed starts the handling again', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register();
  await engine.userTask(complaint.key, 'ut_investigate');

  // when
  await engine.publishMessage({ name: 'complaint_withdrawn', correlationKey: await complaint.no() });
  await complaint.complete('ut_withdraw', { withdrawConfirmed: false, note: '客户否认撤诉' });
  await complaint.investigate();
  await complaint.plan();
  await complaint.answer(5);
  await complaint.close();

  // then
  const path = await complaint.path();
  expect(count(path, 'st_assign')).toBe(2);
  expect(path).toContain('ee_closed');
});

test('complaint 8 > a second complaint on the same matter is joined with the first', async () => {
  // given
  engine = await startComplaintEngine();
  const first = await Complaint.submit(engine);
  await first.register();
  const second = await Complaint.submit(engine, { content: '同一件事,补充:当天排队四十分钟。' });
  const task = await engine.userTask(second.key, 'ut_register');
  expect(task.variables).toMatchObject({ repeatCount: 1, duplicateOf: await first.no(), openComplaints: [{ value: await first.no() }] });

  // when
  await engine.completeUserTask(task.key, { acceptDecision: 'merge', mergeInto: await first.no(), registerNote: '与前件相同' });

  // then
  expect(await second.path()).toContain('ee_merged');
  expect(await engine.db('app.customer_interaction').where({ case_no: await first.no() })).toMatchObject([{ kind: 'complaint_supplement', content: '同一件事,补充:当天排队四十分钟。' }]);
  expect(await engine.db('app.complaint').where({ complaint_no: await second.no() }).first()).toMatchObject({ outcome: 'merged' });
  expect(await engine.instanceState(first.key)).toBe('active');
});

test('complaint 9 > a changed deadline holds for the next complaint and leaves the running one alone', async () => {
  // given
  engine = await startComplaintEngine();
  const running = await Complaint.submit(engine);
  const next = await Complaint.submit(engine, { customerNo: 'C100002', phone: '13900000002', businessRef: 'ACC-2' });
  await running.register();
  const before = await shipped('processes/complaint_handling/complaint-sla.dmn');
  const after = before.replace(/("complaint_sla_r14_o1">\s*<text>)7</, '$15<');
  expect(after).not.toBe(before);

  // when
  await engine.deploy({ 'processes/complaint_handling/complaint-sla.dmn': after });
  await next.register();

  // then
  expect((await next.variables())['dueInvestigate']).toBe('2026-09-23T17:30:00+08:00');
  expect((await engine.userTask(running.key, 'ut_investigate')).variables['dueInvestigate']).toBe('2026-09-28T17:30:00+08:00');
});

test('complaint 10 > three of four checks open a rectification, and the close check comes back after it', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register();
  await complaint.investigate();
  await complaint.plan();
  await complaint.answer(5);

  // when
  await complaint.complete('ut_close', { fourChecks: ['cause', 'person', 'measure'], rectItems: [{ item: '修订柜面用语规范', owner: 'wanglei', due: '2026-09-30' }], closeNote: '整改未验证' });

  // then
  const row = await engine.db('app.rectification').first();
  expect(row).toMatchObject({ source_no: await complaint.no(), problem: '修订柜面用语规范', owner: 'wanglei', status: 'open' });
  const rectification = row.process_instance_key as string;
  const work = async (elementId: string, variables: Parameters<typeof engine.completeUserTask>[1]): Promise<void> => engine.completeUserTask((await engine.userTask(rectification, elementId)).key, variables);

  // when
  await work('ut_plan', { plan: '修订用语规范并全员宣导', due: '2026-09-30' });
  const doing = await engine.userTask(rectification, 'ut_do');
  await work('ut_do', { progress: 100, actionTaken: '已修订并宣导', finished: true });
  const verify = await engine.userTask(rectification, 'ut_verify');
  await work('ut_verify', { checks: ['target', 'root'], effect: 'good', accepted: true, note: '验证通过' });

  // then
  expect(instant(doing.dueDate)).toBe(instant('2026-09-30T17:30:00+08:00'));
  expect(verify.variables['excludeUsers']).toEqual(['wanglei']);
  expect(await engine.db('app.rectification').first()).toMatchObject({ status: 'closed', effect: 'good', rounds: 1 });
  expect(await engine.userTask(complaint.key, 'ut_close')).toBeDefined();
  await complaint.complete('ut_close', allFour);
  expect(await complaint.path()).toContain('ee_closed');
});
