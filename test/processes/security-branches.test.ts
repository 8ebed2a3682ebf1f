import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import type { TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';
import { SecurityEvent, startSecurityEngine } from './security-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

test('security > every row of the grading, also without numbers and types', async () => {
  // given
  engine = await startSecurityEngine();
  const grade = (variables: JsonObject): Promise<unknown> => engine.workers.engine.evaluateDecision('security_grading', variables);

  // when, then
  expect(await grade({ type: 'data_leak', recordsAffected: 1000 })).toEqual({ level: 'major', autoContain: true });
  expect(await grade({ type: 'data_leak', recordsAffected: 999 })).toEqual({ level: 'significant', autoContain: true });
  expect(await grade({ type: 'data_leak' })).toEqual({ level: 'significant', autoContain: true });
  expect(await grade({ type: 'network_attack', recordsAffected: 9_999_999 })).toEqual({ level: 'significant', autoContain: true });
  for (const type of ['vulnerability', 'abnormal']) expect(await grade({ type, dataClasses: ['customer_info'] }), type).toEqual({ level: 'general', autoContain: false });
  for (const type of ['fraud', 'unknown', null]) expect(await grade({ type }), String(type)).toEqual({ level: 'significant', autoContain: false });
});

test('security > what has happened is told inside after approval; a refused draft is written again', async () => {
  // given
  engine = await startSecurityEngine();
  const event = await SecurityEvent.report(engine, { type: 'abnormal' });
  await event.respond();
  await event.trace({ rectItems: [], leak: false });

  // when
  await event.review({ publish: true });
  const release = new CaseDriver(engine, await event.called('information_release'));
  const draft: JsonObject = { title: '安全事件通报', level: 'important', audience: 'staff', channels: ['in_app'], text: '请各部门自查批量导出权限。', effectiveAt: '2026-11-24T09:00+08:00' };
  expect((await engine.userTask(release.key, 'ut_draft')).candidateGroups).toEqual(['security_dept']);
  await release.complete('ut_draft', draft);
  await release.complete('ut_appr', { approved: false, edit: '请补充期限' });
  await release.complete('ut_draft', { ...draft, text: '请各部门于月底前自查批量导出权限。' });
  await release.complete('ut_appr', { approved: true });
  for (const task of await engine.userTasks(release.key, 'ut_ack')) await engine.completeUserTask(task.key, { read: true });

  // then
  expect(missingInOrder(await event.path(), ['xor_public', 'ca_release', 'st_archive', 'ee_closed'])).toBeNull();
  expect(await engine.db('app.announcement').pluck('text')).toEqual(['请各部门于月底前自查批量导出权限。']);
  expect((await event.variables())['publicAnnNo']).toBe('GG20261123-0001');
});

test('security > each stage that runs out is escalated at the date it was moved to', async () => {
  // given
  engine = await startSecurityEngine();
  const event = await SecurityEvent.report(engine);

  // when
  await event.runOut('response', '2026-11-23T12:30:00+08:00');
  await event.respond();
  await event.runOut('contain', '2026-11-23T15:00:00+08:00');
  await event.command();
  await event.runOut('customer_notice', '2026-11-26T12:00:00+08:00');
  await event.tellCustomers();
  await event.runOut('investigate', '2026-12-05T12:00:00+08:00');

  // then: each timer found its date moved, and the watch woke it
  const path = await event.path();
  for (const element of ['ut_respond', 'ut_command', 'ut_customer', 'ut_trace']) expect(missingInOrder(path, [`bt_${element}_remind`, `bt_${element}_breach`, `ee_${element}_breach`, `bm_${element}_due`, `st_${element}_breach`, `esc_${element}_breach`]), element).toBeNull();
  expect(await engine.db('app.sla_breach').orderBy('at').select('stage', 'escalate_to')).toEqual([
    { stage: 'response', escalate_to: 'senior_mgmt' },
    { stage: 'contain', escalate_to: 'senior_mgmt' },
    { stage: 'customer_notice', escalate_to: 'compliance_head' },
    { stage: 'investigate', escalate_to: 'senior_mgmt' },
  ]);
  expect(await event.open()).toEqual(['ut_trace']);
});

test('security > a complaint that touches customer data starts one without anybody or anything named', async () => {
  // given
  engine = await startSecurityEngine();

  // when: as the complaint procedure starts it
  const { processInstanceKey } = await engine.createInstance('security_incident', { type: 'data_leak', description: '客户投诉资料外泄', sourceNo: 'TS20261123-0001', detectedAt: '2026-11-23T09:00:00+08:00' });

  // then
  const event = new SecurityEvent(engine, processInstanceKey);
  expect(await event.open()).toEqual(['ut_respond']);
  expect(await event.path()).toContain('st_contain');
  expect(await event.ledger()).toMatchObject({ source_no: 'TS20261123-0001', level: 'significant', contained_at: null });
});
