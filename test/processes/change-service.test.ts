import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { missingInOrder } from './complaint-driver.ts';
import { beginChange, startChangeEngine, systemFailure } from './change-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const X = ['se_change', 'st_register', 'xor_by'];
const cancelled = [...X, 'st_self', 'br_change', 'xor_allowed', 'xor_appr', 'st_notice', 'xor_type', 'xor_comp', 'st_cancel', 'ee_cancel'];
const delayed = [...X, 'ut_reason', 'br_change', 'xor_allowed', 'xor_appr', 'st_notice', 'xor_type', 'st_dl_choice'];
const row = async (): Promise<Record<string, unknown>> => (await engine.db('app.service_change').first()) as Record<string, unknown>;

test('change 1 > a customer who cancels in time pays nothing and gets nothing', async () => {
  // given
  engine = await startChangeEngine();

  // when
  const change = await beginChange(engine, { changeType: 'cancel', by: 'customer', hoursBefore: 3 });

  // then
  expect(await change.path()).toEqual([...cancelled, 'service_change']);
  expect(await change.variables()).toMatchObject({ feeMode: 'none', changeOutcome: 'cancelled', oldDate: '2026-11-24T10:00:00+08:00' });
  expect(await change.told()).toEqual(['change_notice_cancel']);
  expect(await engine.db('app.compensation')).toEqual([]);
  expect(await row()).toMatchObject({ change_no: await change.no(), target_no: 'YY20261124-0001', type: 'cancel', by: 'customer', fee_mode: 'none', outcome: 'cancelled' });
  expect(await engine.db('app.record').first()).toMatchObject({ series: 'YQ', source_no: 'YY20261124-0001', outcome: 'cancelled' });
  expect(await engine.db('app.progress_note').orderBy('progress_no').pluck('status')).toEqual(['change_requested', 'cancelled']);
  expect(engine.problems).toEqual([]);
});

test('change 2 > a late cancellation says that a fee may be due', async () => {
  // given
  engine = await startChangeEngine();

  // when
  const change = await beginChange(engine, { changeType: 'cancel', by: 'customer', hoursBefore: 0.5 });

  // then
  expect(await change.path()).toEqual([...cancelled, 'service_change']);
  expect(await change.variables()).toMatchObject({ feeMode: 'late_fee_if_any', changeOutcome: 'cancelled' });
  expect(await change.mail('change_notice_cancel')).toContain('按约定可能收取费用');
});

test('change 3 > a service that has begun is not cancelled', async () => {
  // given
  engine = await startChangeEngine();

  // when
  const change = await beginChange(engine, { changeType: 'cancel', by: 'customer', hoursBefore: 0.2, started: true });

  // then
  expect(await change.path()).toEqual([...X, 'st_self', 'br_change', 'xor_allowed', 'st_refuse', 'ee_refused', 'service_change']);
  expect(await change.variables()).toMatchObject({ changeOutcome: 'kept' });
  expect(await change.mail('change_refused')).toMatch(/取消申请未能办理，原因：服务已开始办理/);
  expect(await row()).toMatchObject({ outcome: 'kept' });
});

test('change 4 > a system failure needs no approval, the accepted new date stands and nothing is compensated', async () => {
  // given
  engine = await startChangeEngine();
  const change = await beginChange(engine, { changeType: 'delay', by: 'institution' });
  expect(await engine.userTask(change.key, 'ut_reason')).toMatchObject({ candidateGroups: ['cs_supervisor'] });

  // when
  await change.complete('ut_reason', systemFailure);
  const notice = await change.mail('change_notice_delay');
  await engine.publishMessage({ name: 'change_accepted', correlationKey: await change.no() });

  // then
  expect(await change.path()).toEqual([...delayed, 'ebg_choice', 'icm_accept', 'st_update', 'ee_update', 'service_change']);
  expect(await change.variables()).toMatchObject({ changeOutcome: 'rescheduled', newDate: '2026-11-25T10:00:00+08:00', compensationKind: 'points', dueChoice: '2026-11-26T12:00:00+08:00' });
  expect(notice).toMatch(/支行核心系统故障/);
  expect(notice).toMatch(/原定时间：2026-11-24 10:00\n新的时间：2026-11-25 10:00\n措施：改约次日并致歉/);
  expect(notice.match(/\/p\/[\w-]{32}/g)).toHaveLength(2);
  expect(await engine.db('app.compensation')).toEqual([]);
  expect(await row()).toMatchObject({ type: 'delay', by: 'institution', reason_kind: 'system', effect: '当日上午的预约无法办理', measure: '改约次日并致歉', affected_count: 12, outcome: 'rescheduled', new_at: new Date('2026-11-25T10:00:00+08:00'), notified_at: new Date('2026-11-23T12:00:00+08:00') });
});

test('change 5 > a customer who declines the new date is compensated once and the service is cancelled', async () => {
  // given
  engine = await startChangeEngine();
  const change = await beginChange(engine, { changeType: 'delay', by: 'institution' });
  await change.complete('ut_reason', systemFailure);

  // when
  await engine.publishMessage({ name: 'change_rejected', correlationKey: await change.no() });

  // then
  expect(await change.path()).toEqual([...delayed, 'ebg_choice', 'icm_reject', 'xor_comp', 'st_comp', 'st_cancel', 'ee_cancel', 'service_change']);
  expect(await engine.db('app.compensation')).toMatchObject([{ party: 'C100001', kind: 'points', amount: '500.00', case_no: await change.no() }]);
  expect(await row()).toMatchObject({ outcome: 'cancelled', compensation_no: (await change.variables())['compensationNo'] });
  expect(await change.variables()).toMatchObject({ changeOutcome: 'cancelled' });
});

test('change 6 > without an answer the customer is called after three days', async () => {
  // given
  engine = await startChangeEngine();
  const change = await beginChange(engine, { changeType: 'delay', by: 'institution' });
  const other = await beginChange(engine, { changeType: 'delay', by: 'institution', targetNo: 'YY20261124-0002' });
  await change.complete('ut_reason', systemFailure);
  await other.complete('ut_reason', systemFailure);

  // when
  await engine.advanceTo('2026-11-26T11:59:00+08:00');
  expect(await change.open()).toEqual([]);
  await engine.advanceTo('2026-11-26T12:00:00+08:00');
  expect(await engine.userTask(change.key, 'ut_call')).toMatchObject({ candidateGroups: ['remote_agent'] });
  await change.complete('ut_call', { contactResult: 'unreachable', note: '两次未接通' });
  await other.complete('ut_call', { contactResult: 'accept', newDate: '2026-11-27T15:00:00+08:00', note: '客户希望周五下午' });

  // then
  expect(missingInOrder(await change.path(), [...delayed, 'ict_choice', 'ut_call', 'xor_contact', 'xor_comp', 'st_comp', 'st_cancel', 'ee_cancel'])).toBeNull();
  expect(missingInOrder(await other.path(), ['ict_choice', 'ut_call', 'xor_contact', 'st_update', 'ee_update'])).toBeNull();
  expect(await other.variables()).toMatchObject({ changeOutcome: 'rescheduled', newDate: '2026-11-27T15:00:00+08:00' });
});

test('change 6b > a customer who accepts on the phone keeps the date of the notice unless another is agreed', async () => {
  // given
  engine = await startChangeEngine();
  const change = await beginChange(engine, { changeType: 'delay', by: 'institution' });
  await change.complete('ut_reason', systemFailure);
  await engine.advanceTo('2026-11-26T12:00:00+08:00');

  // when
  await change.complete('ut_call', { contactResult: 'accept', note: '同意' });

  // then
  expect(await change.variables()).toMatchObject({ changeOutcome: 'rescheduled', newDate: '2026-11-25T10:00:00+08:00' });
});

test('change 7 > a mistake of the staff is approved by the manager before the customer hears of it, and reported when that takes too long', async () => {
  // given
  engine = await startChangeEngine();
  const change = await beginChange(engine, { changeType: 'delay', by: 'institution' });
  const staffFault = { ...systemFailure, reasonKind: 'staff', reasonText: '理财顾问临时病假,无人接替办理' };
  await change.complete('ut_reason', staffFault);

  // when
  expect(await engine.userTask(change.key, 'ut_appr')).toMatchObject({ candidateGroups: ['cs_manager'], dueDate: '2026-11-24T17:30:00+08:00' });
  await change.complete('ut_appr', { approved: false, offer: 'adjust', comment: '请说明替代人员' });
  await change.complete('ut_reason', staffFault);
  expect(await change.told()).toEqual([]);
  await engine.advanceTo('2026-11-24T17:30:00+08:00');

  // then: one working day has passed
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'decision', case_no: await change.no(), escalate_to: 'senior_mgmt' }]);
  expect(await change.told()).toEqual(expect.arrayContaining(['sla_reminder']));

  // when
  await change.complete('ut_sla_intervene', { action: 'extend', newDueAt: '2026-11-25T17:30:00+08:00', reason: '等待替代人员排班' });
  await engine.advanceTo('2026-11-25T09:00:00+08:00');
  await change.complete('ut_appr', { approved: true, offer: 'raise', comment: '同意,提高优惠' });
  await engine.publishMessage({ name: 'change_rejected', correlationKey: await change.no() });

  // then
  const path = await change.path();
  expect(missingInOrder(path, ['ut_reason', 'st_dl_decision', 'ut_appr', 'xor_approved', 'ut_reason', 'ut_appr', 'xor_approved', 'st_notice', 'icm_reject', 'st_comp'])).toBeNull();
  expect(await engine.db('app.compensation')).toMatchObject([{ kind: 'discount', amount: '100.00' }]);
  expect(await row()).toMatchObject({ approval: 'manager', approved: true, offer: 'raise', outcome: 'cancelled' });
});

test('change 7b > a deadline that was moved is not overdue at the old date, but at the new one', async () => {
  // given
  engine = await startChangeEngine();
  const change = await beginChange(engine, { changeType: 'delay', by: 'institution' });
  await change.complete('ut_reason', { ...systemFailure, reasonKind: 'policy' });
  await engine.settle();

  // when
  await engine.db('app.deadline').where({ process_instance_key: change.key, stage: 'decision' }).update({ due_at: new Date('2026-11-25T17:30:00+08:00') });
  await engine.advanceTo('2026-11-24T18:00:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toEqual([]);
  expect(await change.path()).toContain('ee_ut_appr_breach');

  // when
  await engine.advanceTo('2026-11-25T17:31:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toHaveLength(1);
  expect(await change.path()).toContain('bm_ut_appr_due');
});

test('change 8 > a late delay of a customer that the manager refuses leaves everything as it was', async () => {
  // given
  engine = await startChangeEngine();
  const change = await beginChange(engine, { changeType: 'delay', by: 'customer', hoursBefore: 1.5, newDate: '2026-11-26T10:00:00+08:00' });
  expect(await change.variables()).toMatchObject({ feeMode: 'once', approval: 'manager' });

  // when
  await change.complete('ut_appr', { approved: false, offer: 'keep', comment: '当日无法另行安排' });

  // then
  expect(missingInOrder(await change.path(), [...X, 'st_self', 'br_change', 'xor_appr', 'st_dl_decision', 'ut_appr', 'xor_approved', 'st_refuse', 'ee_refused'])).toBeNull();
  expect(await change.variables()).toMatchObject({ changeOutcome: 'kept' });
  expect(await change.mail('change_refused')).toContain('当日无法另行安排');
});

test('change 9 > an application, which has no time of its own, is cancelled free of charge', async () => {
  // given
  engine = await startChangeEngine();

  // when
  const change = await beginChange(engine, { changeType: 'cancel', by: 'customer', targetNo: 'SQ20261123-0001', hoursBefore: null, slot: null });

  // then
  expect(await change.variables()).toMatchObject({ allowed: true, feeMode: 'none', changeOutcome: 'cancelled' });
  expect(await change.state()).toBe('completed');
});
