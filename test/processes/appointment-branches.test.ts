import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { Appointment, fill, SLOT, startAppointmentEngine } from './appointment-driver.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  const problems = [...engine.problems];
  await engine.stop();
  expect(problems).toEqual([]);
});

const at = (iso: string): Date => new Date(iso);
const full = { manualResult: 'alternative', altResource: 'west_wealth', altStart: '2026-11-24T10:00+08:00', note: '客户同意到城西支行' };

/** A child that gives the outcome the test asks for, in place of `service_change`, whose shipped policy never gives it here. */
const standInChange = (outcome: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d_stand_in" targetNamespace="http://guicheng.example/test">
  <bpmn:process id="service_change" name="stand-in for service_change" isExecutable="true">
    <bpmn:startEvent id="se"><bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=&quot;${outcome}&quot;" target="changeOutcome" /></zeebe:ioMapping></bpmn:extensionElements><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f" sourceRef="se" targetRef="ee" />
    <bpmn:endEvent id="ee"><bpmn:incoming>f</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

test('appointment > a new customer changes the time, then cancels before confirming', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.ask(engine, { customerNo: 'C999999', phone: '13911112222' });
  await appointment.identify();
  expect(await appointment.variables()).toMatchObject({ tier: null, slot: { start: SLOT } });

  // when
  await appointment.say('appointment_change_requested', { newFrom: '2026-11-25T14:00+08:00', newTo: '2026-11-25T16:00+08:00' });

  // then
  expect(await appointment.slots()).toMatchObject([{ start_at: at(SLOT), status: 'released' }, { start_at: at('2026-11-25T14:00:00+08:00'), status: 'held' }]);

  // when
  await appointment.say('appointment_cancel_requested');

  // then
  expect(missingInOrder(await appointment.path(), ['be_unknown', 'icm_change', 'st_release', 'ct_release', 'st_match', 'icm_cancel', 'ct_release2', 'ca_change0', 'st_archive_cancel', 'ee_cancelled'])).toBeNull();
  expect((await appointment.slots()).map((slot) => slot.status)).toEqual(['released', 'released']);
  expect(await appointment.row()).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
});

test('appointment > an identity that is not proved ends it', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.request(engine);

  // when
  await appointment.failIdentity();

  // then
  expect(await appointment.told()).toEqual(['appointment_identity_failed']);
});

test('appointment > nothing can be arranged, or the wait is over: the customer is told', async () => {
  // given
  engine = await startAppointmentEngine();
  await fill(engine, 'east_wealth');
  const declined = await Appointment.held(engine);
  const waiting = await Appointment.held(engine, { customerNo: 'C100002', phone: '13900000002' });

  // when
  await declined.complete('ut_manual', { manualResult: 'decline', note: '当日客满,客户另约' });
  await waiting.complete('ut_manual', { manualResult: 'waitlist', waitUntil: '2026-11-24T08:00+08:00', note: '客户愿意等候' });
  await engine.advanceTo('2026-11-24T08:01:00+08:00');

  // then
  expect(missingInOrder(await declined.path(), ['xor_manual', 'st_notify_noslot', 'ee_no_slot'])).toBeNull();
  expect(missingInOrder(await waiting.path(), ['st_wait', 'ict_wait', 'st_notify_noslot', 'ee_no_slot'])).toBeNull();
  expect(await waiting.row()).toMatchObject({ status: 'unavailable', outcome: 'no_slot' });
  expect(await engine.db('app.slot_wait')).toEqual([]);
});

test('appointment > from the waiting list to a visit that does not take place', async () => {
  // given
  engine = await startAppointmentEngine();
  const first = await Appointment.held(engine, { preferredTo: '2026-11-24T10:30+08:00' });
  const second = await Appointment.held(engine, { customerNo: 'C100002', phone: '13900000002', preferredTo: '2026-11-24T10:30+08:00' });
  await second.complete('ut_manual', { manualResult: 'waitlist', waitUntil: '2026-11-24T08:00+08:00', note: '客户愿意等候' });

  // when
  await first.say('appointment_cancel_requested');
  await second.say('appointment_confirmed');
  await engine.advanceTo('2026-11-24T10:31:00+08:00');

  // then
  expect(missingInOrder(await second.path(), ['icm_slot', 'st_match', 'icm_confirmed', 'ict_remind', 'st_noshow', 'ee_no_show'])).toBeNull();
});

test('appointment > the time agreed on is taken meanwhile; a call changes it, a second call confirms it; the service runs late and leads to an application', async () => {
  // given
  engine = await startAppointmentEngine();
  await fill(engine, 'east_wealth');
  const appointment = await Appointment.held(engine);
  await fill(engine, 'west_wealth');

  // when
  await appointment.complete('ut_manual', full);

  // then
  expect((await engine.userTask(appointment.key, 'ut_manual')).variables).toMatchObject({ shortage: expect.stringContaining('占用') });

  // when: later the same day, and nobody answers for a day
  await appointment.complete('ut_manual', { ...full, altResource: 'head_wealth' });
  await engine.advanceTo('2026-11-24T09:00:00+08:00');
  await appointment.complete('ut_call', { callResult: 'change', attempts: 1, newFrom: '2026-11-26T10:00+08:00', newTo: '2026-11-26T12:00+08:00' });
  await engine.advanceTo('2026-11-25T09:00:00+08:00');
  await appointment.complete('ut_call', { callResult: 'confirmed', attempts: 1 });
  await engine.advanceTo('2026-11-26T10:00:00+08:00');
  await appointment.checkIn();
  await appointment.runOut('perform', '2026-11-26T12:00:00+08:00');
  await appointment.serve({ needApplication: true });
  await new CaseDriver(engine, await appointment.called('service_application')).failIdentity();
  await appointment.followUp();

  // then
  const path = await appointment.path();
  expect(missingInOrder(path, ['be_taken', 'ut_manual', 'st_hold', 'ict_unconfirmed', 'ut_call', 'xor_call', 'ct_release', 'st_match', 'st_hold', 'ict_unconfirmed', 'ut_call', 'st_confirm'])).toBeNull();
  expect(missingInOrder(path, ['bt_ut_perform_remind', 'bt_ut_perform_breach', 'xor_ut_perform_breach', 'ee_ut_perform_breach', 'bm_ut_perform_due', 'xor_ut_perform_breach', 'esc_ut_perform_breach', 'st_sla_apply', 'ut_perform', 'ca_application', 'ee_completed'])).toBeNull();
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'perform', level: 1, escalate_to: 'cs_supervisor' }]);
});

test('appointment > nobody is reached: it lapses', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.held(engine, { preferredFrom: '2026-11-25T10:00+08:00', preferredTo: '2026-11-25T12:00+08:00' });

  // when
  await engine.advanceTo('2026-11-24T09:00:00+08:00');
  await appointment.complete('ut_call', { callResult: 'cancel', attempts: 1 });

  // then
  expect(await appointment.row()).toMatchObject({ status: 'expired' });
});

test('appointment > the customer changes a confirmed time: the new one is searched, after a refusal the old one first; declining the new time cancels', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);
  const change = async (): Promise<CaseDriver> => {
    await appointment.say('appointment_change_requested', { newFrom: '2026-11-25T14:00+08:00', newTo: '2026-11-25T16:00+08:00' });
    return new CaseDriver(engine, await appointment.called('service_change'));
  };

  // when
  const accepted = await change();
  await engine.publishMessage({ name: 'change_accepted', correlationKey: await accepted.no() });

  // then
  expect((await appointment.slots()).at(-1)).toMatchObject({ start_at: at('2026-11-25T14:00:00+08:00'), status: 'held' });

  // when
  await appointment.say('appointment_confirmed');
  const declined = await change();
  await engine.publishMessage({ name: 'change_rejected', correlationKey: await declined.no() });

  // then
  expect(missingInOrder(await appointment.path(), ['bm_change', 'st_free2', 'ca_resched', 'xor_resched', 'st_match', 'st_confirm', 'bm_change', 'ca_resched', 'xor_resched', 'st_log_cancel', 'st_archive_cancel', 'ee_cancelled'])).toBeNull();
  expect((await appointment.slots()).map((slot) => slot.status)).toEqual(['released', 'released']);
  expect(await appointment.progress()).toContain('cancelled');
});

test('appointment > a change refused at the last moment gets the old time back', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);
  await engine.advanceTo('2026-11-24T08:30:00+08:00');

  // when
  await appointment.say('appointment_change_requested', { newFrom: '2026-11-25T14:00+08:00', newTo: '2026-11-25T16:00+08:00' });
  await new CaseDriver(engine, await appointment.called('service_change')).complete('ut_appr', { approved: false, offer: 'keep', comment: '临近开始,不予改期' });

  // then
  expect(await appointment.slots()).toMatchObject([{ start_at: at(SLOT), status: 'released' }, { start_at: at(SLOT), status: 'held' }]);

  // when
  await appointment.say('appointment_confirmed');
  await engine.advanceTo(SLOT);
  await appointment.checkIn();
  await appointment.serve();

  // then
  expect(missingInOrder(await appointment.path(), ['xor_resched', 'st_match', 'st_confirm', 'xor_lead', 'ict_start', 'ut_perform', 'xor_app', 'ee_served'])).toBeNull();
});

test('appointment > a delay the customer declines is cancelled free of charge, even at the last hour', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);
  await engine.advanceTo('2026-11-24T09:00:00+08:00');

  // when
  await appointment.say('service_suspended');
  const change = new CaseDriver(engine, await appointment.called('service_change'));
  await change.complete('ut_reason', { changeType: 'delay', reasonKind: 'system', reasonText: '支行核心系统故障,暂时无法办理业务', newDate: '2026-11-25T10:00+08:00', impact: '当日预约无法办理', affectedCount: 12, measures: '改约次日并致歉' });
  await appointment.say('service_resumed');
  await engine.publishMessage({ name: 'change_rejected', correlationKey: await change.no() });

  // then
  expect(missingInOrder(await appointment.path(), ['bm_suspended', 'bm_resumed', 'st_resumed', 'ca_delay', 'xor_delay', 'st_free', 'ca_cancel', 'st_archive_cancel', 'ee_cancelled'])).toBeNull();
  expect(await engine.variables(await appointment.called('service_change'))).toMatchObject({ hoursBefore: null, feeMode: 'none', by: 'customer' });
  expect(await engine.db('app.compensation')).toMatchObject([{ kind: 'points', party: 'C100001' }]);
});

test('appointment > the institution takes the new time, then keeps the old one, then the customer cancels', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);

  // when
  await engine.deploy({ 'stand-in-service-change.bpmn': standInChange('rescheduled') });
  await appointment.say('service_suspended');
  await appointment.say('appointment_confirmed');
  await engine.deploy({ 'stand-in-service-change.bpmn': standInChange('kept') });
  await appointment.say('service_suspended');

  // then
  expect(missingInOrder(await appointment.path(), ['xor_delay', 'st_match', 'st_confirm', 'ca_delay', 'xor_delay', 'st_confirm'])).toBeNull();
  expect((await appointment.slots()).at(-1)).toMatchObject({ start_at: at(SLOT), status: 'confirmed' });

  // when
  await appointment.say('appointment_cancel_requested');

  // then
  expect(missingInOrder(await appointment.path(), ['bm_cancel', 'st_free', 'ca_cancel', 'ee_cancelled'])).toBeNull();
});

test('appointment > who serves, how long and in which order', async () => {
  // given
  engine = await startAppointmentEngine();
  const match = async (variables: Record<string, string | number>): Promise<unknown> => engine.workers.engine.evaluateDecision('resource_matching', variables);

  // when, then
  expect(await match({ customerType: 'individual', business: 'wealth', tier: 'vip' })).toMatchObject({ resourceGroup: 'wealth_advisor', minutes: 60, priorityRank: 2 });
  expect(await match({ customerType: 'individual', serviceClass: 'value_added', business: 'card' })).toMatchObject({ resourceGroup: 'wealth_advisor', minutes: 45, priorityRank: 3 });
  expect(await match({ customerType: 'corporate', business: 'credit' })).toMatchObject({ resourceGroup: 'credit_officer', minutes: 90, priorityRank: 1 });
  expect(await match({ customerType: 'corporate', business: 'account' })).toMatchObject({ resourceGroup: 'financial_advisor', minutes: 60, priorityRank: 2 });
  expect(await match({ customerType: 'cross_border', business: 'account' })).toMatchObject({ resourceGroup: 'financial_advisor', minutes: 60, priorityRank: 2 });
  expect(await match({ customerType: 'individual', tier: 'vip', business: 'account' })).toMatchObject({ resourceGroup: 'account_manager', minutes: 60, priorityRank: 1 });
  expect(await match({ customerType: 'individual', business: 'deposit_payment' })).toMatchObject({ resourceGroup: 'counter_staff', minutes: 30, priorityRank: 3 });
  expect(await match({})).toMatchObject({ resourceGroup: 'account_manager', minutes: 45, priorityRank: 3 });
});
