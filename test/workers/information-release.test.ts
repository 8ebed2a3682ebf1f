import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { announcementPublish } from '../../engine/workers/announcement/publish.ts';
import { announcementTrack } from '../../engine/workers/announcement/track.ts';
import { announcementWithdraw } from '../../engine/workers/announcement/withdraw.ts';
import { directoryMembers } from '../../engine/workers/directory/members.ts';
import type { Job } from '../../engine/workers/job-worker.ts';
import { metricPublish } from '../../engine/workers/metric/publish.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
let annNo: string;
beforeAll(async () => {
  bench = await openBench('2026-11-23T10:00:00+08:00');
});
afterAll(() => bench.stop());

const job = (type: string, variables: JsonObject, headers: Record<string, string> = {}): Job => bench.job(type, { caseNo: 'FB20261123-0001', ...variables }, { bpmnProcessId: 'information_release', customHeaders: headers });

test('announcement.publish > delivered twice at once it is on the board once, and only those named find it', async () => {
  // when
  const [one, two] = await deliverTwice(announcementPublish, job('announcement.publish', { title: '通知', text: '请更新口令', audience: 'dept', receiverDept: 'it', receivers: ['wanglei', 'hefang'], level: 'urgent', channels: ['in_app'], receivedAt: '2026-11-23T08:00:00+08:00', withdrawAt: 'soon' }), bench.context);

  // then
  expect(two).toEqual(one);
  annNo = String(one['annNo']);
  expect(await bench.context.db('app.announcement')).toMatchObject([{ ann_no: annNo, title: '通知', level: 'urgent', dept: 'it', asked: 2, withdraw_at: null, raised_at: new Date('2026-11-23T08:00:00+08:00') }]);
  expect(await bench.context.db('app.inbox_message').orderBy('user_id').pluck('user_id')).toEqual(['hefang', 'wanglei']);
});

test('announcement.publish > another procedure’s title and level stay off the board', async () => {
  await announcementPublish.handle(bench.job('announcement.publish', { caseNo: 'FX1', title: '内部标题', level: 'major', text: '服务恢复', audience: 'customer' }, { bpmnProcessId: 'risk_incident' }), bench.context);
  expect(await bench.context.db('app.announcement').where({ case_no: 'FX1' }).first()).toMatchObject({ title: null, level: null, asked: null });
});

test('announcement.track > delivered twice at once it keeps one receipt for each, with the sums', async () => {
  // given
  const acks = [{ receiver: 'wanglei', read: true, question: '何时截止?', at: '2026-11-23T12:00:00+08:00[Asia/Shanghai]' }, { receiver: 'hefang', read: false, question: null, at: null }, 'broken'];

  // when
  const [one, two] = await deliverTwice(announcementTrack, job('announcement.track', { annNo, acks }), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toEqual({ readCount: 1, missedCount: 1, readRate: 50, missed: ['hefang'], questions: [{ receiver: 'wanglei', question: '何时截止?' }] });
  expect(await bench.context.db('app.announcement_receipt').orderBy('user_id')).toMatchObject([{ user_id: 'hefang', read: false, read_at: null }, { user_id: 'wanglei', read: true, read_at: new Date('2026-11-23T12:00:00+08:00') }]);
  for (const at of ['2026-11-23T12:00:00.123@Asia/Shanghai', '2026-11-23T12:00:00', '2026-11-23T04:00:00Z[GMT]']) {
    await bench.context.db('app.announcement_receipt').delete();
    await announcementTrack.handle(job('announcement.track', { annNo, acks: [{ receiver: 'wanglei', read: true, at }, { receiver: 'hefang', read: false, at: 'never' }] }), bench.context);
    expect(await bench.context.db('app.announcement_receipt').orderBy('user_id').pluck('read_at'), at).toEqual([null, new Date('2026-11-23T12:00:00+08:00')]);
  }
  await expect(announcementTrack.handle(job('announcement.track', { annNo: 'GG0' }), bench.context)).rejects.toThrow('no published announcement GG0');
});

test('metric.publish > the figures of a release: share read, hours, missed, in time', async () => {
  await deliverTwice(metricPublish, job('metric.publish', {}), bench.context);
  const facts: { metric: string; value: string }[] = await bench.context.db('app.kpi_fact');
  expect(Object.fromEntries(facts.map((fact) => [fact.metric, Number(fact.value)]))).toEqual({ information_release_closed: 1, information_read_rate: 50, information_missed: 1, information_read_hours: 2, information_urgent_in_time: 0 });
});

test('announcement.withdraw > twice, also by another step, leaves the first time; what is not there is an error', async () => {
  const [one, two] = await deliverTwice(announcementWithdraw, job('announcement.withdraw', { annNo }), bench.context);
  expect([one, two]).toEqual([{ annWithdrawn: true }, { annWithdrawn: true }]);
  const first = (await bench.context.db('app.announcement').where({ ann_no: annNo }).first()).withdrawn_at;
  expect(await announcementWithdraw.handle(job('announcement.withdraw', { annNo }), bench.context)).toEqual({ annWithdrawn: true });
  expect((await bench.context.db('app.announcement').where({ ann_no: annNo }).first()).withdrawn_at).toEqual(first);
  await expect(announcementWithdraw.handle(job('announcement.withdraw', { annNo: 'GG0' }), bench.context)).rejects.toThrow('no published announcement GG0');
});

test('directory.members > everybody on duty, a group when one is named, nobody is an error', async () => {
  const { db } = bench.context;
  const list = (variables: JsonObject): Promise<JsonObject> => directoryMembers.handle(job('directory.members', variables, { list: 'staff' }), bench.context);
  await db('app.app_user').where({ id: 'wanglei' }).update({ duty: 'off' });
  const all = (await list({}))['userIds'] as string[];
  expect(all.length).toBeGreaterThan(3);
  expect(all).not.toContain('wanglei');
  expect((await list({ excludeUsers: ['hefang'] }))['userIds']).toEqual(all.filter((id) => id !== 'hefang'));
  expect((await list({ group: 'cs_manager' }))['userIds']).toEqual(await db('app.app_user').where({ duty: 'on' }).whereRaw(`'cs_manager' = any(groups)`).orderBy('id').pluck('id'));
  await db('app.app_user').update({ duty: 'off' });
  await expect(list({})).rejects.toThrow('nobody is on duty');
});
