import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import type { TestEngine } from '../support/engine.ts';
import { missingInOrder } from './complaint-driver.ts';
import { Release, startReleaseEngine } from './information-release-driver.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startReleaseEngine();
});
afterEach(async () => {
  await engine.stop();
});

const members = (group: string): Promise<string[]> => engine.db('app.app_user').where({ duty: 'on' }).whereRaw('? = any(groups)', [group]).orderBy('id').pluck('id');

test('release 1 > a note to a department goes out at once, each of its people confirms it, and it is filed with its figures', async () => {
  // when
  const release = await Release.raise(engine);

  // then
  const people = await members('dept_it');
  expect(people.length).toBeGreaterThan(0);
  expect(await release.asked()).toEqual(people);
  expect(await release.no()).toMatch(/^FB20261123-/);
  expect(await release.announcement()).toMatchObject({ title: '核心系统升级', level: 'general', audience: 'dept', dept: 'it', asked: people.length, effective_at: new Date('2026-11-23T22:00:00+08:00') });
  expect(await engine.db('app.inbox_message').where('title', '公告：核心系统升级').orderBy('user_id').pluck('user_id')).toEqual(people);
  expect(await engine.userTask(release.key, 'ut_ack')).toMatchObject({ dueDate: '2026-11-23T18:00:00+08:00' });

  // when
  await engine.advanceTo('2026-11-23T12:00:00+08:00');
  await release.confirm();

  // then
  expect(await release.announcement()).toMatchObject({ read_count: people.length, missed_count: 0 });
  expect(await release.facts()).toMatchObject({ information_read_rate: 100, information_missed: 0, information_read_hours: 2 });
  expect(await release.variables()).toMatchObject({ outcome: 'released', retainUntil: '2029-11-23T12:00:00+08:00' });
  expect(await release.state()).toBe('completed');
  expect(engine.problems).toEqual([]);
});

test('release 2 > an urgent notice to customers is approved, goes out within the hour by every channel, and nobody on the staff signs', async () => {
  // given
  const release = await Release.raise(engine, { level: 'urgent', audience: 'customer', channels: ['app'], title: '转账服务暂停', text: '因线路故障，转账服务暂停，恢复后另行通知。' });
  expect(await engine.userTask(release.key, 'ut_appr')).toMatchObject({ candidateGroups: ['cs_manager', 'compliance'], dueDate: '2026-11-23T11:00:00+08:00', variables: { excludeUsers: ['wanglei'] } });
  expect(await engine.db('app.announcement')).toEqual([]);

  // when
  await engine.advanceTo('2026-11-23T10:30:00+08:00');
  await release.approve();

  // then
  expect(await release.announcement()).toMatchObject({ audience: 'customer', channels: ['in_app', 'sms', 'email', 'phone', 'app', 'letter'], asked: 0, published_at: new Date('2026-11-23T10:30:00+08:00') });
  expect(await engine.db('app.inbox_message').where('title', 'like', '公告%')).toEqual([]);
  expect(await release.facts()).toMatchObject({ information_urgent_in_time: 1 });
  expect(await release.facts()).not.toHaveProperty('information_read_rate');
  expect(missingInOrder(await release.path(), ['xor_appr', 'ut_appr', 'xor_ok', 'xor_inside', 'st_send', 'st_track', 'st_archive', 'ee_closed'])).toBeNull();
});

test('release 3 > who has not confirmed after eight hours is reminded and counted as missed, a question is kept', async () => {
  // given
  const release = await Release.raise(engine, { audience: 'staff', channels: ['in_app', 'email'] });
  const people: string[] = await engine.db('app.app_user').where({ duty: 'on' }).orderBy('id').pluck('id');
  expect(await release.asked()).toEqual(people);
  const [slow, curious] = people as [string, string];
  const task = (await engine.userTasks(release.key, 'ut_ack')).find((one) => one.assignee === curious)!;
  await engine.completeUserTask(task.key, { read: true, question: '升级期间能否取款?' });
  await release.confirm([slow]);
  expect(await release.state()).toBe('active');

  // when
  await engine.advanceTo('2026-11-23T18:01:00+08:00');

  // then
  expect(await release.told()).toEqual(['information_release', 'information_unread']);
  expect(await engine.db('app.inbox_message').where('title', 'like', '您有通知未签收%').pluck('user_id')).toEqual([slow]);
  expect(await release.variables()).toMatchObject({ missedCount: 1, missed: [slow], questions: [{ receiver: curious, question: '升级期间能否取款?' }] });
  expect(await engine.db('app.announcement_receipt').where({ user_id: slow })).toMatchObject([{ read: false, read_at: null }]);
  expect(await release.facts()).toMatchObject({ information_missed: 1 });
  expect(await release.state()).toBe('completed');
});

test('release 4 > a refused draft goes back to who wrote it with the reason, and what has then been written goes out', async () => {
  // given
  const release = await Release.raise(engine, { level: 'important' });

  // when
  expect((await engine.userTask(release.key, 'ut_appr')).candidateGroups).toEqual(['cs_manager']);
  await release.approve(false);

  // then
  const draft = await engine.userTask(release.key, 'ut_draft');
  expect(draft).toMatchObject({ assignee: 'wanglei', variables: { edit: '请写明影响范围', title: '核心系统升级' } });

  // when
  await engine.completeUserTask(draft.key, { title: '核心系统升级', level: 'important', audience: 'dept', receiverDept: 'it', channels: ['in_app'], text: '今晚二十二时至二十四时升级核心系统，柜面业务不受影响。', effectiveAt: '2026-11-23T22:00:00+08:00' });
  await release.approve();
  await release.confirm();

  // then
  expect((await release.announcement())['text']).toContain('柜面业务不受影响');
  expect(await release.state()).toBe('completed');
});

test('release 5 > information is taken off the board when its time is over, after everybody has confirmed', async () => {
  // given
  const release = await Release.raise(engine, { withdrawAt: '2026-11-25T09:00:00+08:00' });
  await release.confirm();
  expect(await release.state()).toBe('active');
  expect((await release.announcement())['withdrawn_at']).toBeNull();

  // when
  await engine.advanceTo('2026-11-25T09:00:00+08:00');

  // then
  expect(await release.announcement()).toMatchObject({ withdrawn_at: new Date('2026-11-25T09:00:00+08:00') });
  expect((await release.variables())['outcome']).toBe('withdrawn');
  expect(await release.state()).toBe('completed');
});

test('release 5 > it is also taken off while people still confirm, once', async () => {
  // given
  const release = await Release.raise(engine, { withdrawAt: '2026-11-23T12:00:00+08:00' });

  // when
  await engine.advanceTo('2026-11-23T12:00:00+08:00');
  await engine.settle();

  // then
  expect(await release.announcement()).toMatchObject({ withdrawn_at: new Date('2026-11-23T12:00:00+08:00') });
  expect((await release.asked()).length).toBeGreaterThan(0);

  // when
  await engine.advanceTo('2026-11-23T13:00:00+08:00');
  await release.confirm();

  // then
  expect(await release.path()).not.toContain('st_withdraw');
  expect((await release.variables())['outcome']).toBe('withdrawn');
  expect(await release.announcement()).toMatchObject({ withdrawn_at: new Date('2026-11-23T12:00:00+08:00') });
  expect(engine.problems).toEqual([]);
});

test('release > another procedure asks for it: its department drafts first, and nothing of its own dates or text counts', async () => {
  // when
  const release = await Release.raise(engine, { level: null, draftGroup: 'security_dept', receivedAt: '2026-11-01T09:00:00+08:00', audience: 'staff' });

  // then
  expect(await release.open()).toEqual(['ut_draft']);
  expect(await engine.userTask(release.key, 'ut_draft')).toMatchObject({ candidateGroups: ['security_dept'], assignee: null });

  // when
  await release.complete('ut_draft', { title: '安全提示', level: 'urgent', audience: 'dept', receiverDept: 'it', channels: ['in_app'], text: '请立即修改管理口令。', effectiveAt: '2026-11-23T10:00:00+08:00' });

  // then
  expect(await engine.userTask(release.key, 'ut_appr')).toMatchObject({ candidateGroups: ['cs_manager'], dueDate: '2026-11-23T11:00:00+08:00' });
});

test('release > an approval nobody gives is reminded of, reported to management, and counts from a date it was moved to', async () => {
  // given
  const late = await Release.raise(engine, { level: 'urgent', audience: 'customer' });
  const inside = await Release.raise(engine, { level: 'urgent', ownerDept: 'it' });

  // when
  await late.runOut('release', '2026-11-23T11:30:00+08:00');

  // then
  expect(missingInOrder(await late.path(), ['bt_ut_appr_remind', 'bt_ut_appr_breach', 'ee_ut_appr_breach', 'bm_ut_appr_due', 'st_ut_appr_breach', 'esc_ut_appr_breach'])).toBeNull();
  expect(await engine.db('app.sla_breach').where({ case_no: await late.no() })).toMatchObject([{ stage: 'release', escalate_to: 'senior_mgmt', owner: ['group:cs_manager', 'group:compliance'] }]);
  expect(await engine.db('app.sla_breach').where({ case_no: await inside.no() })).toMatchObject([{ owner: ['group:dept_it_head', 'group:cs_manager'] }]);
  await late.approve();
  expect(await late.facts()).toMatchObject({ information_urgent_in_time: 0 });
});

test('release > every row of what it needs, also without a level', async () => {
  const needs = (level: string | null, audience: string | null): Promise<unknown> => engine.workers.engine.evaluateDecision('info_level', { level, audience } as JsonObject);
  for (const audience of ['customer', 'all']) {
    expect(await needs('urgent', audience)).toEqual({ needApproval: true, approver: 'service', allChannels: true });
    expect(await needs('important', audience)).toEqual({ needApproval: true, approver: 'service', allChannels: false });
  }
  for (const audience of ['staff', 'dept', null]) {
    expect(await needs('urgent', audience)).toEqual({ needApproval: true, approver: 'dept', allChannels: true });
    expect(await needs('important', audience)).toEqual({ needApproval: true, approver: 'dept', allChannels: false });
    expect(await needs('general', audience)).toEqual({ needApproval: false, approver: null, allChannels: false });
  }
  expect(await needs(null, 'customer')).toEqual({ needApproval: true, approver: 'service', allChannels: false });
});
