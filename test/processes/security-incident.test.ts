import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { missingInOrder } from './complaint-driver.ts';
import { items, SecurityEvent, startSecurityEngine } from './security-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

test('security 1 > a leak of 5000 records is major: the account is disabled, customers are told within 72 hours, the response takes less than 2', async () => {
  // given
  engine = await startSecurityEngine();
  const event = await SecurityEvent.report(engine);

  // then
  const respond = await engine.userTask(event.key, 'ut_respond');
  expect(respond.candidateGroups).toEqual(['security_dept']);
  expect(await event.no()).toBe('AQ20261123-0001');
  expect(await event.variables()).toMatchObject({ level: 'major', autoContain: true, dueResponse: '2026-11-23T12:00:00+08:00', containment: [{ kind: 'account', ref: 'wanglei' }] });
  expect(await event.duty('wanglei')).toBe('suspended');
  expect(await event.told()).toEqual(['security_alert']);
  expect(await engine.db('app.inbox_message').orderBy('user_id').pluck('user_id')).toEqual(['majun', 'sunyi']);

  // when
  await engine.advanceTo('2026-11-23T11:00:00+08:00');
  await event.respond({ accountsDisabled: ['gaoxiang'] });
  const [command, customer] = [await engine.userTask(event.key, 'ut_command'), await engine.userTask(event.key, 'ut_customer')];
  expect([command.candidateGroups, customer.candidateGroups]).toEqual([['senior_mgmt'], ['rights_protection']]);
  expect({ ...(await event.variables()), ...customer.variables }).toMatchObject({ dueContain: '2026-11-23T14:00:00+08:00', dueCustomerNotice: '2026-11-26T10:00:00+08:00' });
  expect(await event.duty('gaoxiang')).toBe('suspended');
  await event.command();
  expect(await event.open()).toEqual(['ut_customer']);
  await engine.advanceTo('2026-11-24T09:00:00+08:00');
  await event.tellCustomers();
  expect((await engine.userTask(event.key, 'ut_trace')).candidateGroups).toEqual(['tech_support']);
  expect((await event.variables())['dueInvestigate']).toBe('2026-12-01T17:30:00+08:00');
  await event.trace();
  expect(await event.rectify()).toBe(1);
  await event.review();

  // then
  const path = await event.path();
  expect(missingInOrder(path, ['se_sec', 'st_register', 'br_class', 'st_alert', 'xor_contain', 'st_contain', 'st_dl_response', 'ut_respond', 'xor_false', 'st_disable', 'xor_major', 'st_dl_contain', 'and_1', 'ut_command', 'ut_customer', 'st_publish', 'and_2', 'ut_trace', 'xor_liable', 'mi_rect', 'ut_review', 'st_release', 'xor_public', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  expect(await event.state()).toBe('completed');
  expect(await event.ledger()).toMatchObject({ type: 'data_leak', level: 'major', data_classes: ['customer_info'], records_affected: 5000, affected_count: 4800, cause_kind: 'config', leak: true, contained_at: new Date('2026-11-23T10:00:00+08:00'), responded_at: new Date('2026-11-23T11:00:00+08:00'), notified_at: new Date('2026-11-24T09:00:00+08:00'), outcome: 'resolved' });
  expect(await engine.db('app.announcement')).toMatchObject([{ audience: 'customer', case_no: await event.no() }]);
  expect([await event.duty('wanglei'), await event.duty('gaoxiang')]).toEqual(['on', 'on']);
  expect(await engine.db('app.archive_item').where({ class: 'security' })).toMatchObject([{ case_no: await event.no(), retain_until: new Date('2031-11-24T09:00:00+08:00') }]);
  const facts = Object.fromEntries((await engine.db('app.kpi_fact').where({ case_no: await event.no() })).map((one) => [one.metric, Number(one.value)]));
  expect(facts).toEqual({ security_incident_closed: 1, security_closed_major: 1, security_response_in_time: 1, security_response_minutes: 60, security_contain_minutes: 0, security_contain_in_time: 1, security_notice_in_time: 1 });
  expect(await engine.db('app.sla_breach')).toEqual([]);
  expect(engine.problems).toEqual([]);
});

test('security 2 > a response after two and a half hours is a breach, and the event goes on', async () => {
  // given
  engine = await startSecurityEngine();
  const event = await SecurityEvent.report(engine, { type: 'fraud', accounts: [] });

  // when
  await engine.advanceTo('2026-11-23T12:30:00+08:00');

  // then
  expect(missingInOrder(await event.path(), ['bt_ut_respond_remind', 'st_ut_respond_remind', 'bt_ut_respond_breach', 'st_ut_respond_breach'])).toBeNull();
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'response', element_id: 'ut_respond', escalate_to: 'senior_mgmt' }]);
  expect((await engine.userTask(event.key, 'ut_sla_intervene')).candidateGroups).toEqual(['senior_mgmt']);

  // when
  await event.complete('ut_sla_intervene', { action: 'urge', reason: '请立即响应' });
  await event.respond();
  await event.trace({ leak: false });
  await event.rectify();
  await event.review();

  // then
  expect(await event.state()).toBe('completed');
  expect(await engine.db('app.kpi_fact').where({ metric: 'security_response_in_time' }).pluck('value')).toEqual(['0']);
});

test('security 3 > a vulnerability is general: nothing is contained, it is patched', async () => {
  // given
  engine = await startSecurityEngine();
  const event = await SecurityEvent.report(engine, { type: 'vulnerability', recordsAffected: 0 });

  // when
  await event.respond();
  await event.trace({ kind: 'vuln', leak: false, fix: '已安装补丁' });
  await event.rectify();
  await event.review();

  // then
  const path = await event.path();
  expect(await event.variables()).toMatchObject({ level: 'general', autoContain: false, fix: '已安装补丁' });
  for (const id of ['st_contain', 'ut_command', 'ut_customer', 'and_1', 'st_refer']) expect(path).not.toContain(id);
  expect(await event.duty('wanglei')).toBe('on');
  expect(await engine.db('app.security_lock')).toEqual([]);
  expect(await event.state()).toBe('completed');
});

test('security 4 > misuse by a member of staff starts accountability, and the account stays disabled', async () => {
  // given
  engine = await startSecurityEngine();
  const event = await SecurityEvent.report(engine, { recordsAffected: 20, accounts: ['wanglei', 'gaoxiang'] });
  expect((await event.variables())['level']).toBe('significant');
  await event.respond();

  // when
  await event.trace({ kind: 'misuse', liable: true, responsible: [{ staffNo: 'wanglei', dept: 'service', role: '经办' }] });
  await event.rectify();
  await event.review();

  // then
  const referred = (await engine.records({ valueType: 'MESSAGE', intent: 'PUBLISHED' })).filter((record) => record.value['name'] === 'violation_referred');
  expect(referred.map((record) => record.value['variables'])).toMatchObject([{ sourceKind: 'security', sourceNo: await event.no(), violationType: 'privacy', responsible: [{ staffNo: 'wanglei' }] }]);
  expect(await engine.db('app.violation_case')).toMatchObject([{ source_no: await event.no(), violation_type: 'privacy' }]);
  expect([await event.duty('wanglei'), await event.duty('gaoxiang')]).toEqual(['suspended', 'on']);
  expect(await event.ledger()).toMatchObject({ liable: true, outcome: 'resolved' });
});

test('security 5 > a false report is closed, what was contained is given back, nothing is filed', async () => {
  // given
  engine = await startSecurityEngine();
  const event = await SecurityEvent.report(engine);
  expect(await event.open()).toEqual(['ut_respond']);
  expect(await event.duty('wanglei')).toBe('suspended');

  // when
  await event.respond({ falseAlarm: true });

  // then
  expect(missingInOrder(await event.path(), ['ut_respond', 'xor_false', 'st_release_false', 'st_close_false', 'ee_false_alarm'])).toBeNull();
  expect(await event.state()).toBe('completed');
  expect(await event.duty('wanglei')).toBe('on');
  expect(await event.ledger()).toMatchObject({ outcome: 'false_alarm', closed_at: new Date(engine.clock.now()) });
  expect(await engine.db('app.record').where({ record_no: await event.no() }).first()).toMatchObject({ outcome: 'false_alarm' });
  expect(await engine.db('app.archive_item')).toEqual([]);
});

test('security 6 > a finding of the half-yearly scan opens a rectification', async () => {
  // given
  engine = await startSecurityEngine();

  // when: the scan reports what it found
  const event = await SecurityEvent.detect(engine, { type: 'vulnerability', system: 'web', detectedAt: '2026-11-23T09:00+08:00', dataClasses: ['internal'], description: '半年度漏洞扫描发现组件版本过旧', sourceNo: 'SCAN-2026-2', sample: [{ ref: 'CVE-1', kind: 'component', note: '中危' }] });
  await event.respond();
  await event.trace({ kind: 'vuln', leak: false, rectItems: [...items, { item: '升级组件', owner: 'majun', due: '2026-12-10', standard: '复扫无中危以上漏洞' }] });

  // then
  const opened = await engine.db('app.rectification').where({ source_no: await event.no(), source_kind: 'security' }).orderBy('problem').select('problem', 'owner', 'requirement', 'status', engine.db.raw('due::text'));
  expect(opened).toContainEqual({ problem: '升级组件', owner: 'majun', requirement: '复扫无中危以上漏洞', status: 'open', due: '2026-12-10' });
  expect(opened).toHaveLength(2);
  expect(await event.path()).toContain('mse_sec');
  expect(await event.ledger()).toMatchObject({ source_no: 'SCAN-2026-2', level: 'general' });
});
