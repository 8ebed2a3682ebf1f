import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { ServiceCase } from './change-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const request: JsonObject = { customerNo: 'C100001', customerName: '示例客户 · 甲', phone: '13900000001', email: 'customer1@example.com', customerType: 'individual', reason: 'no_need', settleTo: '6222****1234', dataRequest: 'none', consent: true };
const documents: JsonObject = { idType: 'id_card', idNo: '11010519491231002X', name: '示例客户 · 甲', validUntil: '2030-01-01', match: 'same', collected: ['name', 'id'] };
const closed: JsonObject = { accountsClosed: ['settlement', 'card'], channelsClosed: ['app', 'sms'], cleanup: ['records', 'tags', 'marketing'] };

const begin = (more: JsonObject = {}): Promise<ServiceCase> => ServiceCase.start(engine, 'service_termination', { ...request, ...more });
const start = async (): Promise<void> => {
  engine = await startTestEngine({ now: '2026-11-23T09:00:00+08:00', processes: ['service_termination', 'identity_verification', 'security_incident'] });
};

/** Documents and face, as the enhanced level asks. */
async function identify(result: 'pass' | 'fail' = 'pass'): Promise<void> {
  const check = await ServiceCase.newest(engine, 'identity_verification');
  await check.complete('ut_docs', documents);
  await check.complete('ut_face', { method: 'face', liveness: result, result });
}

test('termination 1 > a clean close ends with everything revoked and the file kept five years from the closure', async () => {
  // given
  await start();
  await engine.db('app.customer').where({ customer_no: 'C100001' }).update({ tags: ['理财偏好'] });
  await engine.db('app.access_grant').insert({ grant_no: 'DY20261120-0001', customer_no: 'C100001', user_id: 'gaoxiang', until: new Date('2026-12-31T00:00:00Z'), granted_at: new Date('2026-11-20T00:00:00Z') });
  const termination = await begin();
  await identify();

  // when
  expect(await engine.userTask(termination.key, 'ut_close_acct')).toMatchObject({ candidateGroups: ['counter_staff'], dueDate: '2026-11-30T17:30:00+08:00' });
  await termination.complete('ut_close_acct', closed);
  await termination.complete('ut_final_check', { verified: true });

  // then
  expect(await termination.path()).toEqual(['se_termination', 'st_register', 'ca_identity', 'st_open_items', 'xor_open', 'st_dl_close', 'ut_close_acct', 'ut_final_check', 'xor_export', 'st_revoke', 'st_archive', 'st_notify_end', 'ee_terminated', 'service_termination']);
  expect(await engine.db('app.customer').where({ customer_no: 'C100001' }).first()).toMatchObject({ closed_at: new Date('2026-11-23T09:00:00+08:00'), tags: [], marketing_consent: false });
  expect(await engine.db('app.customer_closure')).toMatchObject([{ case_no: await termination.no(), customer_no: 'C100001', accounts: ['settlement', 'card'], channels: ['app', 'sms'] }]);
  expect(await engine.db('app.access_grant')).toMatchObject([{ revoked_at: new Date('2026-11-23T09:00:00+08:00') }]);
  expect(await engine.db('app.archive_item')).toMatchObject([{ class: 'customer_info', anchor: 'account_closure', retain_until: new Date('2031-11-23T09:00:00+08:00') }]);
  expect(await engine.db('app.record').where({ series: 'SQ' }).first()).toMatchObject({ outcome: 'terminated' });
  expect(await termination.mail('service_terminated')).toContain('2031-11-23');
  expect(engine.problems).toEqual([]);
});

test('termination 2 > an open complaint, order or unpaid compensation blocks until it is cleared', async () => {
  // given
  await start();
  await engine.db('app.complaint').insert({ complaint_no: 'TS20261120-0001', process_instance_key: 1, customer_no: 'C100001', received_at: new Date('2026-11-20T01:00:00Z'), registered_at: new Date('2026-11-20T01:00:00Z') });
  await engine.db('app.service_application').insert({ application_no: 'SQ20261120-0001', process_instance_key: 1, customer_no: 'C100001', registered_at: new Date('2026-11-20T01:00:00Z') });
  await engine.db('app.service_order').insert({ order_no: 'FW20261120-0001', application_no: 'SQ20261120-0001', process_instance_key: 1, customer_no: 'C100001', execute_group: ['counter_staff'], status: 'open', created_at: new Date('2026-11-20T01:00:00Z') });
  await engine.db('app.compensation').insert({ compensation_no: 'BC20261120-0001', process_instance_key: 1, party: 'C100001', kind: 'cash', amount: 100, status: 'registered', at: new Date('2026-11-20T01:00:00Z') });
  await engine.db('app.payable_export').insert({ compensation_no: 'BC20261120-0001', amount: 100, created_at: new Date('2026-11-20T01:00:00Z') });
  const termination = await begin();
  await identify();

  // when
  expect((await engine.userTask(termination.key, 'ut_clear')).variables['openItems']).toEqual([{ kind: 'complaint', no: 'TS20261120-0001' }, { kind: 'order', no: 'FW20261120-0001' }, { kind: 'compensation', no: 'BC20261120-0001' }]);
  await termination.complete('ut_clear', { handling: '已催办', cleared: true });

  // then: said to be cleared is not cleared
  expect(await termination.open()).toEqual(['ut_clear']);

  // when
  await engine.db('app.complaint').update({ closed_at: new Date('2026-11-23T02:00:00Z') });
  await engine.db('app.service_order').update({ status: 'void' });
  await engine.db('app.payable_export').update({ exported_at: new Date('2026-11-23T02:00:00Z') });
  await termination.complete('ut_clear', { handling: '全部结清', cleared: true });

  // then
  expect(missingInOrder(await termination.path(), ['st_open_items', 'xor_open', 'st_open_notice', 'ut_clear', 'st_open_items', 'xor_open', 'st_open_notice', 'ut_clear', 'st_open_items', 'xor_open', 'st_dl_close'])).toBeNull();
  expect(await engine.db('app.notification').where({ template: 'termination_open_items' })).toHaveLength(1);
  expect(await termination.open()).toEqual(['ut_close_acct']);
});

test('termination 3 > whoever fails the enhanced identification three times ends nothing', async () => {
  // given
  await start();
  const termination = await begin();

  // when
  for (let attempt = 0; attempt < 3; attempt += 1) await identify('fail');

  // then
  expect((await termination.path()).slice(-4)).toEqual(['be_identity', 'st_notify_identity', 'ee_identity_failed', 'service_termination']);
  expect(await termination.variables()).toMatchObject({ identityVerified: false });
  expect(await engine.db('app.record').where({ series: 'SQ' }).first()).toMatchObject({ outcome: 'identity_failed' });
  expect((await engine.db('app.customer').where({ customer_no: 'C100001' }).first()).closed_at).toBeNull();
});

test('termination 4 > a customer who thinks better of it while something is open stays', async () => {
  // given
  await start();
  await engine.db('app.complaint').insert({ complaint_no: 'TS20261120-0001', process_instance_key: 1, customer_no: 'C100001', received_at: new Date('2026-11-20T01:00:00Z'), registered_at: new Date('2026-11-20T01:00:00Z') });
  const termination = await begin();
  await identify();
  await engine.userTask(termination.key, 'ut_clear');
  expect(await termination.mail('termination_open_items')).toMatch(/投诉 TS20261120-0001.*\/p\/[\w-]{20,}/s);

  // when
  await engine.publishMessage({ name: 'application_cancel_requested', correlationKey: await termination.no() });

  // then
  expect((await termination.path()).slice(-4)).toEqual(['bm_keep', 'st_keep', 'ee_kept', 'service_termination']);
  expect(await engine.db('app.record').where({ series: 'SQ' }).first()).toMatchObject({ outcome: 'kept' });
});

test('termination 5 > the customer gets a copy of the data that is kept', async () => {
  // given
  await start();
  const termination = await begin({ dataRequest: 'export', customerNo: null });
  await identify();

  // when
  await termination.complete('ut_close_acct', closed);
  await termination.complete('ut_final_check', { verified: true });

  // then
  expect(missingInOrder(await termination.path(), ['xor_export', 'st_export', 'st_revoke', 'ee_terminated'])).toBeNull();
  const copy = await engine.db('app.report').where({ template: 'customer_data_export' }).first();
  expect(copy.content).toMatch(/客户号 C100001；姓名 示例客户 · 甲；证件 id_card 11010519491231002X/);
  expect(await termination.mail('service_terminated')).toContain(copy.report_no);
});

test('termination 6 > nothing of it can be destroyed before five years have passed', async () => {
  // given
  await start();
  const termination = await begin();
  await identify();
  await termination.complete('ut_close_acct', closed);
  await termination.complete('ut_final_check', { verified: true });
  await engine.settle();
  const destroy = (at: string): Promise<number> => engine.db('app.archive_item').update({ package: null, destroyed_at: new Date(at) });

  // then
  await expect(destroy('2031-11-22T09:00:00+08:00')).rejects.toThrow('archive_item_kept_its_time');
  await expect(engine.db('app.archive_item').update({ package: null })).rejects.toThrow('archive_item_destroyed_on_record');
  expect(await destroy('2031-11-23T09:00:00+08:00')).toBe(1);
});

test('termination 7 > accounts not closed in five working days are reported, also after the deadline was moved', async () => {
  // given
  await start();
  const late = await begin();
  await identify();
  const moved = await begin();
  await identify();
  await engine.settle();
  await engine.db('app.deadline').where({ process_instance_key: moved.key, stage: 'close' }).update({ due_at: new Date('2026-12-01T17:30:00+08:00') });

  // when
  await engine.advanceTo('2026-11-30T17:30:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toMatchObject([{ case_no: await late.no(), stage: 'close', escalate_to: 'cs_manager' }]);
  expect(await moved.path()).toContain('ee_ut_close_acct_breach');
  await late.complete('ut_sla_intervene', { action: 'urge', reason: '请今日关闭' });

  // when
  await engine.advanceTo('2026-12-01T17:30:00+08:00');

  // then
  expect(await engine.db('app.sla_breach').where({ case_no: await moved.no() })).toMatchObject([{ level: 1 }]);
});
