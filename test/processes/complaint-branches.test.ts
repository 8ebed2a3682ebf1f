import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import type { TestEngine } from '../support/engine.ts';
import { Complaint, missingInOrder, startComplaintEngine, submission } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

test('complaint > somebody who is no customer is served all the same', async () => {
  // given
  engine = await startComplaintEngine();

  // when
  const complaint = await Complaint.submit(engine, { customerNo: null, phone: '13700000009' });

  // then
  expect(await engine.userTask(complaint.key, 'ut_register')).toBeDefined();
  expect(await complaint.path()).toContain('be_no_customer');
});

test('complaint > an urgent one without a substantive reply in 48 h tells the customer where it stands, once', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register({ flags: ['media'] });
  expect((await complaint.variables())['dueSubstantive']).toBe('2026-09-19T16:20:00+08:00');

  // when
  await engine.advanceTo('2026-09-19T16:21:00+08:00');

  // then
  expect(await complaint.told()).toContain('complaint_interim');
  expect((await complaint.variables())['interimSent']).toBe(true);
});

test('complaint > a code asked for three times in vain leaves the complaint running, unverified', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register({ needIdentity: true });
  await engine.settle();
  const otp = await engine.db('app.identity_otp').first();
  const identity = otp.process_instance_key as string;

  // when
  for (let attempt = 0; attempt < 3; attempt += 1) await engine.completeUserTask((await engine.userTask(identity, 'ut_otp')).key, { code: 'wrong!' });

  // then
  expect(await engine.userTask(complaint.key, 'ut_investigate')).toBeDefined();
  expect(await complaint.variables()).toMatchObject({ identityVerified: false });
  expect(await engine.db('app.identity_check').pluck('fail_reason')).toEqual(['code_wrong', 'code_wrong', 'code_wrong']);
});

test('complaint > a confirmed withdrawal takes a compensation back', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register();
  await complaint.investigate();
  await complaint.plan({ measures: ['compensation'], compensationKind: 'cash', compensationAmount: 200 });
  await complaint.complete('ut_review', { reviewResult: 'approve', reviewComment: '同意补偿' });
  expect(await engine.db('app.compensation').first()).toMatchObject({ amount: '200.00', status: 'registered', party: 'C100001' });

  // when
  await engine.publishMessage({ name: 'complaint_withdrawn', correlationKey: await complaint.no() });
  await complaint.complete('ut_withdraw', { withdrawConfirmed: true, voluntary: true, note: '客户撤诉' });

  // then
  expect(missingInOrder(await complaint.path(), ['st_comp_reverse', 'st_notify_withdraw', 'st_archive_withdrawn', 'ee_withdrawn'])).toBeNull();
  expect(await engine.db('app.compensation').first()).toMatchObject({ status: 'reversed' });
  expect(await engine.db('app.payable_export').orderBy('id').pluck('amount')).toEqual(['200.00', '-200.00']);
});

test('complaint > a suspected leak starts a security incident once, accountability answers the complaint', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  await complaint.register();

  // when
  await complaint.investigate({ dataLeakSuspected: true });
  await complaint.plan({ measures: ['accountability'] });
  await complaint.complete('ut_review', { reviewResult: 'approve', reviewComment: '同意移交' });
  await complaint.answer(5);

  // then
  expect(await engine.db('app.record').where({ series: 'AQ' })).toMatchObject([{ source_no: await complaint.no() }]);
  const violation = await engine.db('app.record').where({ series: 'WG' }).first();
  await engine.userTask(complaint.key, 'ut_close');

  // when
  const accountability = async (elementId: string, variables: JsonObject): Promise<void> => engine.completeUserTask((await engine.userTask(violation.process_instance_key, elementId)).key, variables);
  await accountability('ut_accept', { acceptDecision: 'accept', subjectNo: 'wanglei', violationType: 'attitude', severityPrelim: 'general', investigators: ['wutao', 'hefang'] });
  await accountability('ut_investigate', { method: ['docs'], evidence: [{ type: 'recording' }], facts: '录音显示当事人用语规范,所述情况不属实。', standards: [] });
  await accountability('ut_statement', { agree: 'deny', statement: '本人按规范服务,请核实录音。', signed: true });
  await accountability('ut_conclude', { conclusion: 'unsubstantiated', causes: ['customer'], harm: 'none' });

  // then
  expect(await complaint.path()).toContain('st_append_violation');
  expect(await complaint.variables()).toMatchObject({ violationCaseNo: violation.record_no, violationOutcome: 'unsubstantiated' });
});

test('complaint > a suggestion becomes a feedback case, a refusal tells why', async () => {
  // given
  engine = await startComplaintEngine();
  const suggestion = await Complaint.submit(engine);
  const refusal = await Complaint.submit(engine, { businessRef: 'OTHER' });

  // when
  await suggestion.register({ acceptDecision: 'transfer' });
  await refusal.register({ acceptDecision: 'reject', rejectReason: '所述事项不属于本机构业务范围' });

  // then
  expect(await suggestion.path()).toContain('ee_transferred');
  expect(await refusal.path()).toContain('ee_not_accepted');
  expect(await engine.db('app.record').where({ series: 'FK' })).toMatchObject([{ source_no: await suggestion.no() }]);
  expect(await engine.db('app.complaint').orderBy('complaint_no').pluck('outcome')).toEqual(['transferred', 'not_accepted']);
});

test('complaint > a channel can bring it in by message, and only once', async () => {
  // given
  engine = await startComplaintEngine();

  // when
  await engine.publishMessage({ name: 'complaint_received', correlationKey: '', messageId: 'mail-1', variables: submission });
  await engine.publishMessage({ name: 'complaint_received', correlationKey: '', messageId: 'mail-1', variables: submission });

  // then
  expect(await engine.db('app.complaint')).toHaveLength(1);
});
