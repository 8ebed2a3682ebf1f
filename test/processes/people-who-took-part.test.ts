import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { Application, startApplicationEngine } from './application-driver.ts';
import { Appointment, served, SLOT, startAppointmentEngine } from './appointment-driver.ts';
import { Complaint, startComplaintEngine } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const history = (kind: string): Promise<Record<string, unknown>[]> => engine.db('app.customer_interaction').where({ kind });

test('people > an appointment keeps who received and who served the customer, and their opinion', async () => {
  // given
  engine = await startAppointmentEngine();
  const appointment = await Appointment.confirmed(engine);
  await engine.advanceTo(SLOT);

  // when
  await appointment.complete('ut_checkin', { arrivedAt: SLOT, idChecked: true, completedBy: 'wanglei' });
  await appointment.complete('ut_perform', { ...served, handlingOpinion: '客户偏好稳健,建议三个月后回访', completedBy: 'gaoxiang' });

  // then
  await engine.settle();
  expect(await history('service')).toMatchObject([{ case_no: await appointment.no(), customer_no: 'C100001', handler: 'gaoxiang', people: ['wanglei', 'gaoxiang'], opinion: '客户偏好稳健,建议三个月后回访', place: 'branch_east' }]);
});

test('people > an application keeps who accepted, reviewed and carried it out, and afterwards what the customer said', async () => {
  // given a customer whose every service is followed by a survey
  engine = await startApplicationEngine();
  const application = await Application.submit(engine, { customer: { tier: 'vip' }, business: 'credit', product: 'loan_personal', amount: 300_000, purpose: '购置经营用房', income: 80_000, guarantee: 'mortgage', riskTolerance: null, materialKinds: ['id', 'income', 'credit_report'] });
  await application.identify();

  // when
  await application.accept({ completedBy: 'wanglei' });
  await application.review('ut_first', { opinion: '资料齐全,收入稳定,同意。', completedBy: 'shenqi' });
  await application.review('ut_second', { opinion: '抵押足值,同意。', completedBy: 'xunuo' });
  await application.execute({ completedBy: 'wanglei' });
  await engine.settle();

  // then
  expect(await history('application')).toMatchObject([{ case_no: await application.no(), content: '购置经营用房', outcome: 'done', handler: 'wanglei', people: ['wanglei', 'shenqi', 'xunuo'], opinion: '资料齐全,收入稳定,同意。；抵押足值,同意。', feedback: null }]);

  // when
  await application.followUp();
  await engine.settle();

  // then
  expect(await history('application')).toMatchObject([{ feedback: '5/5' }]);
  expect(engine.problems).toEqual([]);
});

test('people > the explanation of a complaint keeps who registered, investigated and answered it', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);

  // when
  await complaint.register({ completedBy: 'wanglei' });
  await complaint.investigate({ completedBy: 'zhangmin', facts: '监控显示客户所述属实,柜员未使用规范用语。' });
  await complaint.plan({ measures: ['explain'], explanation: '已向您致歉,并对柜员进行了提醒。', completedBy: 'liuyang' });
  await engine.settle();

  // then
  expect(await history('explanation')).toMatchObject([{ case_no: await complaint.no(), content: '已向您致歉,并对柜员进行了提醒。', handler: 'liuyang', people: ['wanglei', 'zhangmin', 'liuyang'], opinion: '监控显示客户所述属实,柜员未使用规范用语。' }]);
});

test('people > a task nobody is known to have completed leaves the record without people, not without a record', async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);

  // when
  await complaint.register();
  await complaint.investigate();
  await complaint.plan({ measures: ['explain'], explanation: '已向您致歉,并对柜员进行了提醒。' });
  await engine.settle();

  // then
  expect(await history('explanation')).toMatchObject([{ handler: null, people: [] }]);
  expect(engine.problems).toEqual([]);
});
