import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { ServiceCase } from './change-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const start = async (now = '2026-11-24T11:00:00+08:00'): Promise<void> => {
  engine = await startTestEngine({ now, processes: ['service_followup', 'satisfaction_survey', 'service_application', 'identity_verification', 'service_change'] });
};
const called: JsonObject = { caseNo: 'YY20261124-0001', appointmentNo: 'YY20261124-0001', customerNo: 'C100002', email: 'customer2@example.com', customer: { no: 'C100002', name: '示例客户 · 乙', tier: 'vip' }, resourceGroup: 'wealth_advisor', serviceContent: '资产配置咨询', result: 'done' };
const follow = (more: JsonObject = {}): Promise<ServiceCase> => ServiceCase.start(engine, 'service_followup', { ...called, ...more });
const confirm: JsonObject = { confirmedItems: ['content', 'dates', 'support'], openIssues: false, supportUntil: '2026-12-31', renewalDue: false };

async function rate(overall: number): Promise<void> {
  const survey = await ServiceCase.newest(engine, 'satisfaction_survey');
  await engine.publishMessage({ name: 'survey_submitted', correlationKey: String((await survey.variables())['surveyNo']), variables: { overall, answers: { overall } } });
}

/** A contract in force, as an application leaves it. */
async function contract(contractNo: string, endsOn: string, more: JsonObject = {}): Promise<void> {
  await engine.db('app.service_application').insert({ application_no: `SQ-${contractNo}`, process_instance_key: 1, registered_at: new Date('2025-12-01T09:00:00+08:00') });
  await engine.db('app.service_order').insert({ order_no: `FW-${contractNo}`, application_no: `SQ-${contractNo}`, process_instance_key: 1, execute_group: ['wealth_advisor'], status: 'done', created_at: new Date('2025-12-01T09:00:00+08:00') });
  await engine.db('app.service_contract').insert({ contract_no: contractNo, application_no: `SQ-${contractNo}`, order_no: `FW-${contractNo}`, customer_no: 'C100002', business: 'wealth', amount: 100_000, service_group: 'wealth_advisor', starts_on: '2025-12-20', ends_on: endsOn, status: 'active', created_at: new Date('2025-12-20T09:00:00+08:00'), ...more });
}

test('followup 1 > without issues the customer gets a summary and a survey, and it is filed', async () => {
  // given
  await start();
  const followup = await follow();
  expect(await engine.userTask(followup.key, 'ut_confirm_end')).toMatchObject({ candidateGroups: ['wealth_advisor'] });

  // when
  await followup.complete('ut_confirm_end', confirm);
  await rate(5);

  // then
  expect(await followup.path()).toEqual(['se_followup', 'ut_confirm_end', 'st_inform', 'ca_survey', 'xor_issue', 'st_profile', 'xor_renew', 'st_archive_upd', 'ee_followed', 'service_followup']);
  expect(await followup.mail('service_summary')).toMatch(/内容：资产配置咨询\n结果：已完成\n后续支持至：2026-12-31/);
  expect(await engine.db('app.archive_item').where({ process_instance_key: followup.key })).toMatchObject([{ class: 'service', case_no: 'YY20261124-0001' }]);
  expect(await engine.db('app.customer_interaction').where({ process_instance_key: followup.key })).toMatchObject([{ kind: 'followup', customer_no: 'C100002', outcome: '满意度 5' }]);
  expect(await followup.variables()).toMatchObject({ score: 5 });
  expect(engine.problems).toEqual([]);
});

test('followup 2 > an issue solved in 48 hours is reported to the customer in a second message', async () => {
  // given
  await start();
  const followup = await follow();
  await followup.complete('ut_confirm_end', { ...confirm, openIssues: true, issueText: '回单未打印' });
  await rate(4);
  expect(await engine.userTask(followup.key, 'ut_issue')).toMatchObject({ candidateGroups: ['wealth_advisor'], dueDate: '2026-11-27T11:00:00+08:00' });

  // when
  await engine.advanceTo('2026-11-26T11:00:00+08:00');
  await followup.complete('ut_issue', { handling: '已补打并寄出', resolved: true });

  // then
  expect(missingInOrder(await followup.path(), ['xor_issue', 'st_dl_issue', 'ut_issue', 'st_inform_issue', 'st_profile', 'ee_followed'])).toBeNull();
  expect(await followup.mail('service_issue_result')).toMatch(/回单未打印[^]*已补打并寄出[^]*已解决/);
  expect(await engine.db('app.sla_breach')).toEqual([]);
});

test('followup 3 > an issue that takes more than 72 hours is reported, also after its deadline was moved', async () => {
  // given
  await start();
  const late = await follow();
  const moved = await follow({ caseNo: 'YY20261124-0002', appointmentNo: 'YY20261124-0002' });
  for (const one of [late, moved]) {
    await one.complete('ut_confirm_end', { ...confirm, openIssues: true, issueText: '费用有疑问' });
    await rate(4);
  }
  await engine.settle();
  await engine.db('app.deadline').where({ process_instance_key: moved.key, stage: 'issue' }).update({ due_at: new Date('2026-11-28T11:00:00+08:00') });

  // when
  await engine.advanceTo('2026-11-27T11:00:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toMatchObject([{ case_no: 'YY20261124-0001', stage: 'issue', escalate_to: 'cs_manager' }]);
  expect(await late.told()).toContain('sla_reminder');
  expect(await moved.path()).toContain('ee_ut_issue_breach');

  // when
  await late.complete('ut_sla_intervene', { action: 'urge', reason: '请今日答复客户' });
  await engine.advanceTo('2026-11-28T11:00:00+08:00');
  await late.complete('ut_issue', { handling: '仍在核实', resolved: false, newDue: '2026-12-01T10:00:00+08:00' });

  // then
  expect(await engine.db('app.sla_breach')).toHaveLength(2);
  expect(await engine.db('app.customer').where({ customer_no: 'C100002' }).first()).toMatchObject({ tags: expect.arrayContaining(['有未决问题']) });
});

test('followup 4 > a renewal begins an application and the agreed tier is the customer’s', async () => {
  // given
  await start();
  await contract('HT20251220-0001', '2026-12-20');
  const followup = await follow({ contractNo: 'HT20251220-0001', business: 'account', customerType: 'individual' });
  await followup.complete('ut_confirm_end', { ...confirm, renewalDue: true });
  await rate(5);
  expect(await engine.userTask(followup.key, 'ut_renew')).toMatchObject({ candidateGroups: ['account_manager'] });

  // when
  await followup.complete('ut_renew', { renew: 'yes', term: 12, tierChange: 'advanced' });

  // then
  expect(missingInOrder(await followup.path(), ['st_profile', 'xor_renew', 'ut_renew', 'xor_renewed', 'st_start_app', 'st_archive_upd', 'ee_followed'])).toBeNull();
  const application = await ServiceCase.newest(engine, 'service_application');
  expect(await application.variables()).toMatchObject({ customerNo: 'C100002', term: 12, purpose: '续期 HT20251220-0001' });
  expect(await engine.db('app.customer').where({ customer_no: 'C100002' }).first()).toMatchObject({ tier: 'advanced', tags: ['临近到期'] });
  expect(await engine.db('app.service_contract').first()).toMatchObject({ status: 'renewed' });
});

test('followup 4b > a customer who does not renew is left in peace', async () => {
  // given
  await start();
  const followup = await follow();
  await followup.complete('ut_confirm_end', { ...confirm, renewalDue: true });
  await rate(3);

  // when
  await followup.complete('ut_renew', { renew: 'no', reason: '资金另有安排' });

  // then
  expect(missingInOrder(await followup.path(), ['ut_renew', 'xor_renewed', 'st_archive_upd', 'ee_followed'])).toBeNull();
  expect(await ServiceCase.count(engine, 'service_application')).toBe(0);
});

test('followup 5 > thirty days before its end a contract without an open service gets a task, once', async () => {
  // given
  await start('2026-11-18T12:00:00+08:00');
  await contract('HT20251220-0001', '2026-12-20');
  await contract('HT20251220-0002', '2027-01-20');
  await contract('HT20251220-0003', '2026-12-18', { status: 'ended' });

  // when
  await engine.advanceTo('2026-11-20T07:59:00+08:00');
  expect(await engine.db('app.service_contract').whereNotNull('followup_started_at')).toEqual([]);
  await engine.advanceTo('2026-11-22T09:00:00+08:00');

  // then
  expect(await engine.db('app.service_contract').whereNotNull('followup_started_at').select('contract_no', 'followup_started_at')).toEqual([{ contract_no: 'HT20251220-0001', followup_started_at: new Date('2026-11-20T08:00:00+08:00') }]);
  const tasks = (await engine.records({ valueType: 'JOB', intent: 'CREATED' })).filter((record) => record.value['elementId'] === 'ut_confirm_end');
  expect(tasks).toHaveLength(1);
  const followup = new ServiceCase(engine, String(tasks[0]!.value['processInstanceKey']));
  expect((await engine.userTask(followup.key, 'ut_confirm_end')).variables).toMatchObject({ caseNo: 'HT20251220-0001', customerNo: 'C100002', renewalDue: true, contractEndsOn: '2026-12-20' });
});

test('followup 6 > a customer who cannot be reached lets the survey end, and it is filed without a score', async () => {
  // given
  await start();
  const followup = await follow();
  await followup.complete('ut_confirm_end', confirm);

  // when
  await engine.advanceTo('2026-12-01T11:00:00+08:00');

  // then
  expect(await followup.state()).toBe('completed');
  expect(await followup.variables()).toMatchObject({ score: null });
  expect(await engine.db('app.archive_item').where({ process_instance_key: followup.key })).toHaveLength(1);
});
