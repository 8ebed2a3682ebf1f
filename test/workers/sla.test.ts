import { afterEach, beforeEach, expect, test } from 'vitest';
import { calendarDeadline } from '../../engine/workers/calendar/deadline.ts';
import type { Job } from '../../engine/workers/job-worker.ts';
import { notifySend } from '../../engine/workers/notify/send.ts';
import { slaBreach } from '../../engine/workers/sla/breach.ts';
import { createSlaWatch } from '../../engine/workers/sla-watch.ts';
import { taskIntervene } from '../../engine/workers/task/intervene.ts';
import { openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeEach(async () => {
  bench = await openBench('2026-09-17T16:20:00+08:00');
  bench.decisions.set('complaint_sla', ({ stage }) => (stage === 'register' ? { amount: 24, unit: 'h', remindAtPct: 75, escalateTo: 'cs_supervisor' } : stage === 'overall' ? { amount: 20, unit: 'wd', remindAtPct: 80, escalateTo: 'cs_manager' } : null));
  bench.decisions.set('sla_escalation', ({ breachLevel }) => (Number(breachLevel) >= 3 ? { escalateTo: 'senior_mgmt', repeatAfter: null } : { escalateTo: Number(breachLevel) === 2 ? 'cs_manager' : 'cs_supervisor', repeatAfter: '1 wd' }));
});
afterEach(() => bench.stop());

const vars = { caseNo: 'TS20260917-0001', owner: ['group:cs_frontdesk'] };
const deadline = (stage: string): Job => bench.job('calendar.deadline', vars, { customHeaders: { stage, decisionId: 'complaint_sla' } });
const breach = (stage = 'register'): Job => bench.job('sla.breach', vars, { customHeaders: { stage, element: 'ut_register' } });
const watch = (): Promise<number> => createSlaWatch({ db: bench.context.db, clock: bench.clock, engine: bench.context.engine }).tick();
const due = (): Promise<string[]> => Promise.resolve(bench.asked.filter((one) => one.name === 'sla_due').map((one) => String(one.detail['correlationKey'])));

test('calendar.deadline > gives due, remind and sla of the stage, null without a row', async () => {
  expect(await calendarDeadline.handle(deadline('register'), bench.context)).toEqual({ dueRegister: '2026-09-18T16:20:00+08:00', remindRegister: '2026-09-18T10:20:00+08:00', slaRegister: '24 h' });
  expect(await calendarDeadline.handle(deadline('customer_notice'), bench.context)).toEqual({ dueCustomerNotice: null, remindCustomerNotice: null, slaCustomerNotice: null });
});

test('calendar.deadline > a date of a form ends that day at 17:30', async () => {
  const job = bench.job('calendar.deadline', { ...vars, rectItem: { due: '2026-09-30' } }, { customHeaders: { stage: 'overall', decisionId: 'complaint_sla', date: 'rectItem.due' } });
  expect(await calendarDeadline.handle(job, bench.context)).toMatchObject({ dueOverall: '2026-09-30T17:30:00+08:00' });
});

test('calendar.deadline > a year without a calendar is counted Monday to Friday, and the administrators hear of it once', async () => {
  // given
  bench.clock.set('2026-12-30T10:00:00+08:00');

  // when
  const answer = await calendarDeadline.handle(deadline('overall'), bench.context);
  await calendarDeadline.handle(deadline('overall'), bench.context);

  // then
  expect(answer['dueOverall']).toBe('2027-01-27T17:30:00+08:00');
  expect(await bench.context.db('app.inbox_message').where({ user_id: 'zhaoyu' }).pluck('title')).toEqual(['缺少 2027 年节假日数据']);
  expect(await bench.context.db('app.audit_log').where({ action: 'calendar.missing' })).toHaveLength(1);
});

test('sla.breach > a late stage is recorded once, however often it fires', async () => {
  // given
  await calendarDeadline.handle(deadline('register'), bench.context);
  bench.clock.set('2026-09-18T16:20:00+08:00');

  // when
  const first = await slaBreach.handle(breach(), bench.context);
  const again = await slaBreach.handle(breach(), bench.context);

  // then
  expect(first).toMatchObject({ breached: true, breachEscalateTo: 'cs_supervisor', breachLevel: 1, breachInfo: { stage: '登记', assignee: '首问受理人员' } });
  expect(again).toEqual({ breached: false });
  expect(await bench.context.db('app.sla_breach')).toHaveLength(1);
  expect((await bench.context.db('app.inbox_message').pluck('user_id')).sort()).toEqual(['liqiang', 'wanglei']);
});

test('sla.breach > goes up a level with each repetition', async () => {
  // given
  await calendarDeadline.handle(deadline('register'), bench.context);
  bench.clock.set('2026-09-18T16:20:00+08:00');
  await slaBreach.handle(breach(), bench.context);

  // when: one working day later, the make-up Sunday
  bench.clock.set('2026-09-20T17:30:00+08:00');
  expect(await watch()).toBe(1);
  const second = await slaBreach.handle(breach(), bench.context);
  bench.clock.set('2026-09-21T17:30:00+08:00');
  expect(await watch()).toBe(1);
  const third = await slaBreach.handle(breach(), bench.context);

  // then
  expect(second).toMatchObject({ breached: true, breachLevel: 2, breachEscalateTo: 'cs_manager' });
  expect(third).toMatchObject({ breached: true, breachLevel: 3, breachEscalateTo: 'senior_mgmt' });
  bench.clock.set('2026-10-20T17:30:00+08:00');
  expect(await watch()).toBe(0);
});

test('task.intervene > an extension moves the deadline, and the watch wakes it then, once, also after a restart', async () => {
  // given
  await calendarDeadline.handle(deadline('register'), bench.context);
  bench.clock.set('2026-09-18T16:20:00+08:00');
  const { breachNo = null } = await slaBreach.handle(breach(), bench.context);

  // when
  await taskIntervene.handle(bench.job('task.intervene', { ...vars, intervention: { breachNo, action: 'extend', newDueAt: '2026-09-19T12:00:00+08:00', reason: '等待录音调取' } }), bench.context);
  bench.clock.set('2026-09-19T11:59:59+08:00');
  expect(await watch()).toBe(0);
  bench.clock.set('2026-09-19T12:00:00+08:00');

  // then
  expect(await watch()).toBe(1);
  expect(await watch()).toBe(0);
  expect(await due()).toEqual(['TS20260917-0001:register']);
  expect(await slaBreach.handle(breach(), bench.context)).toMatchObject({ breached: true, breachLevel: 2 });
  expect(await bench.context.db('app.task_override').first()).toMatchObject({ element_id: 'ut_register', due_at: new Date('2026-09-19T12:00:00+08:00') });
});

test('sla watch > a date stays unmarked when the engine does not take the message', async () => {
  // given
  await bench.context.db('app.sla_watch').insert({ case_no: 'TS1', stage: 'overall', process_instance_key: '1', due_at: new Date(bench.clock.now()), reason: 'moved' });
  const down = { ...bench.context.engine, publishMessage: () => Promise.reject(new Error('unavailable')) };

  // when, then
  await expect(createSlaWatch({ db: bench.context.db, clock: bench.clock, engine: down }).tick()).rejects.toThrow('unavailable');
  expect(await watch()).toBe(1);
});

test('task.intervene > urges, reassigns and takes over', async () => {
  // given
  await calendarDeadline.handle(deadline('register'), bench.context);
  bench.clock.set('2026-09-18T16:20:00+08:00');
  const { breachNo = null } = await slaBreach.handle(breach(), bench.context);
  const intervene = (intervention: object): Promise<unknown> => taskIntervene.handle(bench.job('task.intervene', { ...vars, intervention: { breachNo, reason: '请尽快', ...intervention } }), bench.context);

  // when
  await intervene({ action: 'urge' });
  await intervene({ action: 'reassign', newAssignee: 'liqiang' });
  await intervene({ action: 'takeover' });

  // then
  expect(await bench.context.db('app.task_override').orderBy('id').select('assignee', 'candidate_group')).toEqual([
    { assignee: null, candidate_group: null },
    { assignee: 'liqiang', candidate_group: null },
    { assignee: null, candidate_group: 'cs_supervisor' },
  ]);
  await expect(intervene({ action: 'dance' })).rejects.toThrow('is no intervention');
});

test('notify.send > a reminder goes out once per case, stage and date', async () => {
  // given
  const reminder = (stageDue: string): Job => bench.job('notify.send', { ...vars, to: ['group:cs_frontdesk'], stageDue }, { customHeaders: { template: 'sla_reminder', stage: 'register' } });

  // when
  const first = await notifySend.handle(reminder('2026-09-18T16:20:00+08:00'), bench.context);
  const again = await notifySend.handle(reminder('2026-09-18T16:20:00+08:00'), bench.context);
  await notifySend.handle(reminder('2026-09-19T16:20:00+08:00'), bench.context);

  // then
  expect(again['notificationNo']).toBe(first['notificationNo']);
  expect(await bench.context.db('app.inbox_message').orderBy('id').pluck('text')).toEqual([expect.stringContaining('2026-09-18 16:20'), expect.stringContaining('2026-09-19 16:20')]);
});
