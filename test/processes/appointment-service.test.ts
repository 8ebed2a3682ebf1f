import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { Appointment, fill, SLOT, startAppointmentEngine } from './appointment-driver.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';
import { Incident } from './risk-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const head = ['st_register', 'st_customer_lookup', 'ca_identity', 'br_match', 'st_match', 'st_hold', 'st_dl_confirm_call', 'st_confirm_notice', 'ebg_confirm'];
const at = (iso: string): Date => new Date(iso);

test('appointment 1 > wealth advice booked in the app is confirmed, reminded of, given and followed up', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.held(engine);

  // then
  expect(await appointment.variables()).toMatchObject({ resourceGroup: 'wealth_advisor', minutes: 60, priorityRank: 2, tier: 'basic', slot: { resourceId: 'east_wealth', start: SLOT, end: '2026-11-24T11:00:00+08:00', site: 'branch_east' }, dueConfirmCall: '2026-11-24T09:00:00+08:00' });
  expect(await appointment.slots()).toMatchObject([{ resource_id: 'east_wealth', start_at: at(SLOT), status: 'held' }]);
  expect(await appointment.row()).toMatchObject({ status: 'held', site: 'branch_east', resource_group: 'wealth_advisor' });

  // when: 25 hours ahead, so the reminder goes out an hour later
  await appointment.say('appointment_confirmed');
  await engine.advanceTo('2026-11-23T10:01:00+08:00');

  // then
  expect(await appointment.slots()).toMatchObject([{ status: 'confirmed' }]);
  expect(await appointment.told()).toEqual(['appointment_confirm', 'appointment_reminder']);

  // when
  await engine.advanceTo(SLOT);
  expect(await engine.userTask(appointment.key, 'ut_checkin')).toMatchObject({ candidateGroups: ['wealth_advisor'] });
  await appointment.checkIn();
  expect(await engine.userTask(appointment.key, 'ut_perform')).toMatchObject({ candidateGroups: ['wealth_advisor'], dueDate: '2026-11-24T11:00:00+08:00' });
  await appointment.serve();
  await appointment.followUp();

  // then
  expect(missingInOrder(await appointment.path(), ['mse_appt', ...head, 'icm_confirmed', 'st_confirm', 'xor_lead', 'ict_remind', 'st_remind', 'ict_start', 'ut_checkin', 'st_dl_perform', 'ut_perform', 'xor_app', 'ee_served', 'sub_service', 'xor_outcome', 'st_log', 'ca_followup', 'st_archive', 'st_metric', 'ee_completed'])).toBeNull();
  expect(await appointment.state()).toBe('completed');
  expect(await appointment.row()).toMatchObject({ status: 'served', outcome: 'completed', result: 'done', customer_no: 'C100001' });
  expect(await engine.db('app.customer_interaction').where({ case_no: await appointment.no(), kind: 'service' })).toMatchObject([{ customer_no: 'C100001', content: '介绍了三款稳健型产品并说明风险', outcome: 'done' }]);
  expect(await engine.db('app.record').where({ record_no: await appointment.no() }).first()).toMatchObject({ outcome: 'completed' });
  expect(engine.problems).toEqual([]);
});

test('appointment 1b > less than a day ahead nobody is reminded', async () => {
  // given
  engine = await startAppointmentEngine('2026-11-23T11:00:00+08:00');

  // when
  const appointment = await Appointment.confirmed(engine);
  await engine.advanceTo(SLOT);

  // then
  expect(await appointment.told()).toEqual(['appointment_confirm']);
  expect(await appointment.open()).toEqual(['ut_checkin']);
});

test('appointment 2 > a company asking for credit meets a credit officer and goes on to an application', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine, { customerType: 'corporate', companyName: '示例企业', business: 'credit', site: 'head_office', amount: 1_500_000 });
  expect(await appointment.variables()).toMatchObject({ resourceGroup: 'credit_officer', minutes: 90, slot: { resourceId: 'head_credit' }, approvalPath: 'full' });

  // when
  await engine.advanceTo(SLOT);
  await appointment.checkIn();
  await appointment.serve({ needApplication: true });

  // then
  const application = new CaseDriver(engine, await appointment.called('service_application'));
  expect(await application.variables()).toMatchObject({ appointmentNo: await appointment.no(), business: 'credit', amount: 1_500_000 });
  expect(await application.no()).toMatch(/^SQ20261124-/);
  expect(await engine.db('app.service_application').first()).toMatchObject({ appointment_no: await appointment.no(), customer_type: 'corporate' });
  expect(await engine.db('app.record').where({ record_no: await application.no() }).first()).toMatchObject({ source_no: await appointment.no() });

  // when: the customer cannot prove who they are
  await application.failIdentity();
  await appointment.followUp();

  // then
  expect(missingInOrder(await appointment.path(), ['xor_app', 'ca_application', 'ee_served', 'ca_followup', 'ee_completed'])).toBeNull();
  expect(await appointment.variables()).toMatchObject({ applicationOutcome: 'identity_failed', outcome: 'completed' });
});

test('appointment 3 > nothing free: on the waiting list until another one gives the time back', async () => {
  // given
  engine = await startAppointmentEngine();
  const first = await Appointment.confirmed(engine, { preferredTo: '2026-11-24T10:30+08:00' });
  const second = await Appointment.held(engine, { customerNo: 'C100002', phone: '13900000002', preferredTo: '2026-11-24T10:30+08:00' });
  expect((await engine.userTask(second.key, 'ut_manual')).variables).toMatchObject({ shortage: expect.stringContaining('60 分钟'), resourceOptions: expect.arrayContaining([{ value: 'west_wealth', label: '示例 · 城西支行理财室' }]) });

  // when
  await second.complete('ut_manual', { manualResult: 'waitlist', waitUntil: '2026-11-24T08:00+08:00', note: '客户愿意等候' });
  expect(await second.row()).toMatchObject({ status: 'waiting' });
  expect(await second.slots()).toEqual([]);
  await first.say('appointment_cancel_requested');

  // then
  expect(missingInOrder(await second.path(), ['be_noslot', 'ut_manual', 'xor_manual', 'st_wait', 'ebg_wait', 'icm_slot', 'st_match', 'st_hold'])).toBeNull();
  expect(await second.slots()).toMatchObject([{ resource_id: 'east_wealth', start_at: at(SLOT), status: 'held' }]);

  // when
  await second.say('appointment_confirmed');

  // then
  expect(await second.slots()).toMatchObject([{ status: 'confirmed' }]);
  expect(await engine.db('app.slot_wait').whereNull('told_at')).toEqual([]);
});

test('appointment 4 > not confirmed in a day and not reached: the hold is undone and the time is free again', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.held(engine, { preferredFrom: '2026-11-25T10:00+08:00', preferredTo: '2026-11-25T12:00+08:00' });

  // when
  await engine.advanceTo('2026-11-24T09:00:00+08:00');
  expect(await engine.userTask(appointment.key, 'ut_call')).toMatchObject({ candidateGroups: ['remote_agent'] });
  await appointment.complete('ut_call', { callResult: 'unreachable', attempts: 3 });

  // then
  expect(missingInOrder(await appointment.path(), [...head, 'ict_unconfirmed', 'ut_call', 'xor_call', 'st_release', 'ct_release3', 'st_notify_expired', 'ee_expired'])).toBeNull();
  expect(await appointment.slots()).toMatchObject([{ status: 'released' }]);
  expect(await appointment.row()).toMatchObject({ status: 'expired', outcome: 'expired', resource_id: null });
  expect(await appointment.told()).toEqual(['appointment_confirm', 'appointment_expired']);
});

test('appointment 5 > cancelled sixteen hours before: the time is free, nothing is charged', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);
  await engine.advanceTo('2026-11-23T18:00:00+08:00');

  // when
  await appointment.say('appointment_cancel_requested');

  // then
  expect(missingInOrder(await appointment.path(), ['bm_cancel', 'st_free', 'ca_cancel', 'st_archive_cancel', 'st_metric_cancel', 'ee_cancelled'])).toBeNull();
  expect(await appointment.slots()).toMatchObject([{ status: 'released' }]);
  expect(await appointment.row()).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
  expect(await engine.variables(await appointment.called('service_change'))).toMatchObject({ hoursBefore: 16, feeMode: 'none', changeOutcome: 'cancelled', by: 'customer' });
  expect(await engine.db('app.compensation')).toEqual([]);
});

test('appointment 6 > cancelled half an hour before: the late rule applies', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);
  await engine.advanceTo('2026-11-24T09:30:00+08:00');

  // when
  await appointment.say('appointment_cancel_requested');

  // then
  expect(await engine.variables(await appointment.called('service_change'))).toMatchObject({ hoursBefore: 0.5, feeMode: 'late_fee_if_any', changeOutcome: 'cancelled' });
  expect(await appointment.state()).toBe('completed');
});

test('appointment 7 > nobody comes within thirty minutes', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);

  // when
  await engine.advanceTo('2026-11-24T10:16:00+08:00');
  expect(await appointment.told()).toContain('appointment_waiting');
  await engine.advanceTo('2026-11-24T10:31:00+08:00');

  // then
  expect(missingInOrder(await appointment.path(), ['bt_wait', 'st_wait_lead', 'bt_noshow', 'st_noshow', 'ee_noshow', 'sub_service', 'xor_outcome', 'st_archive_noshow', 'st_metric_noshow', 'ee_no_show'])).toBeNull();
  expect(await appointment.row()).toMatchObject({ status: 'noshow', outcome: 'no_show' });
  expect(await appointment.progress()).toEqual(['noshow']);
});

test('appointment 8 > the branch is down: put off by the institution with an offer, and the customer takes the new time', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);
  await engine.advanceTo('2026-11-24T09:00:00+08:00');

  // when
  await appointment.say('service_suspended', { serviceState: 'suspended', suspendedBy: 'FX20261124-0001' });
  const change = new CaseDriver(engine, await appointment.called('service_change'));
  await change.complete('ut_reason', { changeType: 'delay', reasonKind: 'system', reasonText: '支行核心系统故障,暂时无法办理业务', newDate: '2026-11-25T10:00+08:00', impact: '当日预约无法办理', affectedCount: 12, measures: '改约次日并致歉' });
  await appointment.say('service_resumed', { serviceState: 'resumed' });
  await engine.publishMessage({ name: 'change_accepted', correlationKey: await change.no() });

  // then
  expect(await change.variables()).toMatchObject({ by: 'institution', compensationKind: 'points', changeOutcome: 'rescheduled' });
  expect(missingInOrder(await appointment.path(), ['bm_suspended', 'bm_resumed', 'st_resumed', 'ca_delay', 'xor_delay', 'st_match', 'st_hold', 'st_confirm_notice'])).toBeNull();
  expect(await appointment.slots()).toMatchObject([{ start_at: at(SLOT), status: 'released' }, { start_at: at('2026-11-25T10:00:00+08:00'), status: 'held' }]);
  expect(await appointment.told()).toEqual(['appointment_confirm', 'appointment_reminder', 'service_resumed', 'appointment_confirm']);
});

test('appointment 8b > a major incident at the branch reaches its appointments, not those of another, and its end is told', async () => {
  // given
  engine = await startAppointmentEngine('2026-11-23T09:00:00+08:00', ['risk_incident', 'emergency_drill']);
  const east = await Appointment.confirmed(engine, { preferredFrom: '2026-11-25T10:00+08:00', preferredTo: '2026-11-25T12:00+08:00' });
  const west = await Appointment.confirmed(engine, { site: 'branch_west', preferredFrom: '2026-11-25T10:00+08:00', preferredTo: '2026-11-25T12:00+08:00' });

  // when: the core system of the east branch is down
  await engine.advanceTo('2026-11-23T10:00:00+08:00');
  const incident = await Incident.major(engine);
  await engine.settle();

  // then
  expect(await engine.db('app.service_suspension').where({ case_no: await incident.no() }).pluck('affected')).toEqual([[await east.no()]]);
  expect(missingInOrder(await east.path(), ['st_confirm', 'bm_suspended'])).toBeNull();
  expect(await west.path()).not.toContain('bm_suspended');
  expect(await engine.userTask(await east.called('service_change'), 'ut_reason')).toMatchObject({ candidateGroups: ['cs_supervisor'], variables: { by: 'institution', suspendedBy: await incident.no() } });

  // when
  await incident.contain();
  await incident.notify();
  await incident.tellRegulator();
  await incident.recover();

  // then
  expect(missingInOrder(await east.path(), ['bm_resumed', 'st_resumed'])).toBeNull();
  expect(await east.told()).toContain('service_resumed');
});

test('appointment 9 > three failed identity checks: rejected, and nothing was held', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.ask(engine);

  // when
  await appointment.failIdentity();

  // then
  expect(missingInOrder(await appointment.path(), ['se_appt_form', 'st_register', 'st_customer_lookup', 'be_identity', 'st_notify_identity', 'ee_rejected_identity'])).toBeNull();
  expect(await engine.db('app.resource_slot')).toEqual([]);
  expect(await appointment.row()).toMatchObject({ status: 'rejected', outcome: 'identity_failed' });
});

test('appointment 10 > two customers race for one time: one gets it, the other the next', async () => {
  // given: both have passed the identity check but for the last click
  engine = await startAppointmentEngine();
  const both = [await Appointment.request(engine), await Appointment.request(engine, { customerNo: 'C100002', phone: '13900000002' })];

  // when
  await Promise.all(both.map((one) => one.identify()));
  await engine.settle();

  // then
  const starts = (await Promise.all(both.map((one) => one.slots()))).flat().map((slot) => [slot.resource_id, slot.start_at.toISOString(), slot.status]).sort();
  expect(starts).toEqual([['east_wealth', at(SLOT).toISOString(), 'held'], ['east_wealth', at('2026-11-24T11:00:00+08:00').toISOString(), 'held']]);
  expect(engine.problems).toEqual([]);
});

test('appointment > the supervisor offers another resource when the branch is full', async () => {
  // given
  engine = await startAppointmentEngine();
  await fill(engine, 'east_wealth');
  const appointment = await Appointment.held(engine);

  // when
  await appointment.complete('ut_manual', { manualResult: 'alternative', altResource: 'west_wealth', altStart: '2026-11-24T10:00+08:00', note: '客户同意到城西支行' });

  // then
  expect(await appointment.slots()).toMatchObject([{ resource_id: 'west_wealth', start_at: at(SLOT), status: 'held' }]);
  expect(missingInOrder(await appointment.path(), ['ut_manual', 'xor_manual', 'st_hold', 'st_confirm_notice'])).toBeNull();
});
