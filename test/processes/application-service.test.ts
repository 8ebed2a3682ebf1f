import { afterEach, expect, test } from 'vitest';
import { taskPermissions } from '../../engine/identity/permissions.ts';
import type { TestEngine } from '../support/engine.ts';
import { Application, loan, outage, startApplicationEngine } from './application-driver.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const count = (path: readonly string[], id: string): number => path.filter((one) => one === id).length;

test('application 1 > a suitable wealth plan takes one review and is carried out, with notices at every step', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.submit(engine);
  await application.identify();
  expect(await application.variables()).toMatchObject({ missing: [], productRisk: 'R3', executeDays: 3, dueAccept: '2026-11-24T09:00:00+08:00', excludeUsers: ['wanglei'] });
  expect(await engine.userTask(application.key, 'ut_accept')).toMatchObject({ candidateGroups: ['counter_staff'], dueDate: '2026-11-24T09:00:00+08:00' });

  // when
  await application.accept();

  // then
  expect(await application.variables()).toMatchObject({ reviewLevels: 1, executeGroup: ['wealth_advisor'], suitability: 'match', acceptedAt: '2026-11-23T09:00:00+08:00' });
  expect(await engine.userTask(application.key, 'ut_first')).toMatchObject({ candidateGroups: ['reviewer_first'], dueDate: '2026-11-25T17:30:00+08:00' });

  // when
  await application.review('ut_first');
  expect(await engine.userTask(application.key, 'ut_execute')).toMatchObject({ candidateGroups: ['wealth_advisor'], dueDate: '2026-11-26T17:30:00+08:00', variables: { orderNo: 'DD20261123-0001' } });
  await application.execute({ contractNo: 'HT-EXAMPLE-1' });
  await application.followUp();

  // then
  expect(missingInOrder(await application.path(), ['se_apply', 'st_register', 'st_dl_accept', 'ca_identity', 'st_check', 'xor_complete', 'ut_accept', 'xor_acc', 'st_accept_notice', 'br_path', 'xor_suit', 'xor_resume', 'st_dl_review1', 'ut_first', 'xor_1', 'st_order', 'st_prog1', 'st_prog1_notice', 'st_dl_execute', 'ut_execute', 'st_prog3', 'st_prog3_notice', 'ee_prog3', 'sub_exec', 'st_log', 'ca_followup', 'st_archive', 'st_metric', 'ee_completed'])).toBeNull();
  expect(await application.state()).toBe('completed');
  expect(await application.told()).toEqual(['application_accepted', 'application_progress', 'application_finished']);
  expect(await application.progress()).toEqual(['executing', 'finished']);
  expect(await application.row()).toMatchObject({ outcome: 'completed', status: 'completed', review_levels: 1, last_passed: 1, results: [{ level: 1, result: 'pass' }], execute_group: ['wealth_advisor'] });
  expect(await application.orders()).toMatchObject([{ status: 'done' }]);
  expect(await engine.db('app.service_contract').select('contract_no', 'status', engine.db.raw('starts_on::text'), engine.db.raw('ends_on::text'))).toEqual([{ contract_no: 'HT-EXAMPLE-1', status: 'active', starts_on: '2026-11-24', ends_on: '2027-11-24' }]);
  expect(await engine.db('app.archive_item').where({ process_instance_key: application.key }).first()).toMatchObject({ class: 'service', retain_until: new Date('2029-11-23T09:00:00+08:00') });
  expect(engine.problems).toEqual([]);
});

test('application 2 > a large loan takes three reviews; the last one sends it back once and only itself is repeated', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine, loan);
  expect(await application.variables()).toMatchObject({ reviewLevels: 3, executeGroup: ['credit_officer'], suitability: null });

  // when
  await application.review('ut_first');
  expect(await engine.userTask(application.key, 'ut_second')).toMatchObject({ candidateGroups: ['reviewer_second'], dueDate: '2026-11-25T17:30:00+08:00' });
  await application.review('ut_second');
  expect(await engine.userTask(application.key, 'ut_final')).toMatchObject({ candidateGroups: ['reviewer_final'], dueDate: '2026-11-26T17:30:00+08:00' });
  await application.review('ut_final', { reviewResult: 'return', opinion: '抵押物估值报告已过期,请更新。' });
  expect(await engine.userTask(application.key, 'ut_fix')).toMatchObject({ candidateGroups: ['counter_staff'], variables: { issue: '抵押物估值报告已过期,请更新。' } });
  await application.complete('ut_fix', { fixNote: '已更新估值报告' });
  await application.review('ut_final');
  await application.execute();
  await application.followUp();

  // then
  const path = await application.path();
  expect(missingInOrder(path, ['ut_first', 'xor_1', 'ut_second', 'xor_2', 'ut_final', 'xor_3', 'ut_fix', 'xor_resume', 'st_dl_review3', 'ut_final', 'xor_3', 'st_order', 'ut_execute', 'ee_completed'])).toBeNull();
  expect([count(path, 'ut_first'), count(path, 'ut_second'), count(path, 'ut_final')]).toEqual([1, 1, 2]);
  expect((await application.row())['results']).toMatchObject([{ level: 1, result: 'pass' }, { level: 2, result: 'pass' }, { level: 3, result: 'return' }, { level: 3, result: 'pass' }]);
});

test('application 3 > without proof of income the customer is asked, supplies it in two days, and it goes on', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.submit(engine, { ...loan, materialKinds: ['id', 'credit_report'] });
  await application.identify();

  // then
  expect(await application.variables()).toMatchObject({ missing: [{ kind: 'income', name: '收入证明' }], missingText: '收入证明', dueSupplement: '2026-11-30T17:30:00+08:00' });
  expect(await application.told()).toEqual(['materials_missing']);

  // when: the message holds only what is new
  await engine.advanceTo('2026-11-25T10:00:00+08:00');
  await application.say('application_materials_supplied', { materialKinds: ['income'], materials: ['files::2'] });

  // then
  expect(await application.open()).toContain('ut_accept');
  expect(await application.variables()).toMatchObject({ missing: [], suppliedFiles: ['files::2'] });
  expect(await engine.db('app.application_material').orderBy('kind').pluck('kind')).toEqual(['credit_report', 'id', 'income']);
});

test('application 4 > material that does not come by the fifth working day lets it lapse', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.submit(engine, { ...loan, materialKinds: ['id'] });
  await application.identify();

  // when
  await engine.advanceTo('2026-11-30T17:29:00+08:00');
  expect(await application.state()).toBe('active');
  await engine.advanceTo('2026-11-30T17:31:00+08:00');

  // then
  expect(missingInOrder(await application.path(), ['st_check', 'st_ask', 'st_dl_supplement', 'ict_mat', 'st_lapse', 'ee_lapsed'])).toBeNull();
  expect(await application.row()).toMatchObject({ outcome: 'lapsed' });
  expect(await application.progress()).toEqual(['lapsed']);
});

test('application 5 > the second review rejects: the customer hears the reason and where to complain', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine, { ...loan, amount: 300_000 });
  expect(await application.variables()).toMatchObject({ reviewLevels: 2 });

  // when
  await application.review('ut_first');
  await application.review('ut_second', { reviewResult: 'reject', rejectReason: '负债率超过准入标准' });

  // then
  expect(missingInOrder(await application.path(), ['ut_second', 'xor_2', 'be_rej', 'st_rej_notice', 'st_archive_rej', 'st_metric_rej', 'ee_rejected'])).toBeNull();
  expect(await application.row()).toMatchObject({ outcome: 'rejected' });
  const mail = await engine.db('app.mail_outbox').orderBy('id', 'desc').first();
  expect(mail.body).toContain('负债率超过准入标准');
  expect(mail.body).toContain('投诉');
  expect(await application.orders()).toEqual([]);
});

test('application 6 > a product above the risk tolerance is given up', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine, { product: 'wealth_growth', riskTolerance: 'R2' });

  // when
  expect(await engine.userTask(application.key, 'ut_suit')).toMatchObject({ candidateGroups: ['account_manager'], variables: { mismatchText: expect.stringContaining('R5') } });
  await application.complete('ut_suit', { riskConfirmed: false });

  // then
  expect(missingInOrder(await application.path(), ['br_path', 'xor_suit', 'ut_suit', 'xor_suit2', 'st_unsuitable', 'ee_unsuitable'])).toBeNull();
  expect(await application.row()).toMatchObject({ suitability: 'mismatch', outcome: 'unsuitable' });
});

test('application 7 > the customer cancels during the second review', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine, loan);
  await application.review('ut_first');

  // when
  await application.say('application_cancel_requested');

  // then
  expect(missingInOrder(await application.path(), ['ut_first', 'bm_cancel', 'ca_cancel', 'xor_c', 'st_order_void', 'ee_cancelled'])).toBeNull();
  expect(await engine.variables(await application.called('service_change'))).toMatchObject({ changeOutcome: 'cancelled', started: false, hoursBefore: null });
  expect(await application.row()).toMatchObject({ outcome: 'cancelled' });
  expect(await application.orders()).toEqual([]);
});

test('application 8 > the system fails during the second review: put off, and the first review is not repeated', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine, loan);
  await application.review('ut_first');
  await engine.advanceTo('2026-11-24T10:00:00+08:00');

  // when
  await application.say('service_suspended', { serviceState: 'suspended' });
  const change = new CaseDriver(engine, await application.called('service_change'));
  await change.complete('ut_reason', outage);
  await application.say('service_resumed', { serviceState: 'resumed' });
  await engine.publishMessage({ name: 'change_accepted', correlationKey: await change.no() });

  // then: two working days from now
  expect(await engine.userTask(application.key, 'ut_second')).toMatchObject({ dueDate: '2026-11-26T17:30:00+08:00' });
  const path = await application.path();
  expect(missingInOrder(path, ['ut_first', 'bm_susp', 'bm_resumed', 'st_resumed', 'ca_delay', 'xor_d', 'xor_resume', 'st_dl_review2'])).toBeNull();
  expect(count(path, 'ut_first')).toBe(1);
  expect(await change.variables()).toMatchObject({ by: 'institution', changeOutcome: 'rescheduled' });
});

test('application 9 > an execution that is late is escalated, and the supervisor gives it more time', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine);
  await application.review('ut_first');

  // when
  await engine.advanceTo('2026-11-26T17:31:00+08:00');

  // then
  expect(await engine.userTask(application.key, 'ut_sla_intervene')).toMatchObject({ candidateGroups: ['cs_manager'] });
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'execute', element_id: 'ut_execute', level: 1 }]);
  expect(await application.told()).toEqual(expect.arrayContaining(['sla_reminder', 'sla_breach']));

  // when
  await application.complete('ut_sla_intervene', { action: 'extend', newDueAt: '2026-11-27T12:00+08:00', reason: '等待第三方回执' });
  await application.execute();

  // then
  expect(await application.progress()).toEqual(['executing', 'executing', 'finished']);
  expect(missingInOrder(await application.path(), ['bt_ut_execute_breach', 'st_ut_execute_breach', 'xor_ut_execute_breach', 'ut_sla_intervene', 'st_sla_apply', 'ut_execute', 'st_prog3'])).toBeNull();
  expect((await engine.db('app.deadline').where({ stage: 'execute' }).first()).due_at).toEqual(new Date('2026-11-27T12:00:00+08:00'));
});

test('application 10 > neither the adviser of the customer nor who entered it may take the review', async () => {
  // given
  engine = await startApplicationEngine();
  await engine.db('app.customer_adviser').insert({ customer_no: 'C100001', user_id: 'gaoxiang' });
  const application = await Application.accepted(engine);

  // when
  const task = await engine.userTask(application.key, 'ut_first');
  const mayClaim = (id: string): boolean => taskPermissions({ id, roles: ['staff'], groups: ['reviewer_first'] }, { assignee: task.assignee, candidateGroups: task.candidateGroups, candidateUsers: [], excludeUsers: task.variables['excludeUsers'] as string[], open: true }).claim;

  // then
  expect(task.variables['excludeUsers']).toEqual(['wanglei', 'gaoxiang']);
  expect(['gaoxiang', 'wanglei', 'xunuo'].map(mayClaim)).toEqual([false, false, true]);
});
