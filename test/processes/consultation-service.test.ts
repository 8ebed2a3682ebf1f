import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { drawn } from '../../engine/workers/survey/dispatch.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { ServiceCase } from './change-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const ASKED = '2026-11-23T10:00:00+08:00';
const start = async (): Promise<void> => {
  engine = await startTestEngine({ now: ASKED, processes: ['service_consultation', 'satisfaction_survey', 'complaint_handling', 'identity_verification'] });
};
const ask = (more: JsonObject = {}): Promise<ServiceCase> =>
  ServiceCase.start(engine, 'service_consultation', { channel: 'phone', category: 'account', question: '请问账户被冻结怎么办?', phone: '13900000001', email: 'customer1@example.com', firstContactUser: 'wanglei', ...more });
const row = async (consultation: ServiceCase): Promise<Record<string, unknown>> => engine.db('app.consultation').where({ consultation_no: await consultation.no() }).first();
const facts = async (consultation: ServiceCase): Promise<Record<string, number>> =>
  Object.fromEntries((await engine.db('app.kpi_fact').where({ process_instance_key: consultation.key })).map((fact: { metric: string; value: string }) => [fact.metric, Number(fact.value)]));

test('consultation 1 > a question answered at first contact is logged, filed and counted', async () => {
  // given
  await start();
  const consultation = await ask();
  const task = await engine.userTask(consultation.key, 'ut_answer');
  expect(task).toMatchObject({ assignee: 'wanglei', candidateGroups: ['cs_frontdesk'], dueDate: '2026-11-24T10:00:00+08:00', variables: { customer: { no: 'C100001' }, dueSolved: '2026-11-26T10:00:00+08:00' } });

  // when
  await engine.advanceTo('2026-11-23T10:05:00+08:00');
  await consultation.complete('ut_answer', { answer: '请本人持身份证到任一网点重置密码后解除。', plainCheck: true, handled: 'yes' });

  // then
  expect(await consultation.path()).toEqual(['se_consult', 'st_register', 'st_customer_lookup', 'st_inquiry', 'st_kb', 'st_dl_answer', 'st_dl_solved', 'ut_answer', 'xor_route', 'st_reply', 'st_use', 'st_log', 'xor_survey', 'st_archive', 'st_metric', 'ee_closed', 'service_consultation']);
  expect(await row(consultation)).toMatchObject({ customer_no: 'C100001', channel: 'phone', category: 'account', handled: 'yes', repeated: false, outcome: 'answered', answered_at: new Date('2026-11-23T10:05:00+08:00'), solved_at: new Date('2026-11-23T10:05:00+08:00'), closed_at: new Date('2026-11-23T10:05:00+08:00') });
  expect(await engine.db('app.customer_interaction').where({ process_instance_key: consultation.key }).orderBy('interaction_no').select('kind', 'content', 'outcome')).toEqual([{ kind: 'inquiry', content: '请问账户被冻结怎么办?', outcome: 'registered' }, { kind: 'consultation', content: '请问账户被冻结怎么办?', outcome: '请本人持身份证到任一网点重置密码后解除。' }]);
  expect(await consultation.mail('consultation_answer')).toContain('重置密码后解除');
  expect(await facts(consultation)).toMatchObject({ service_consultation_closed: 1, consultation_first_answer: 1, consultation_answered_in_24h: 1, consultation_solved_in_72h: 1, consultation_repeated: 0 });
  expect(engine.problems).toEqual([]);
});

test('consultation 2 > what a department must answer is answered in two working days, and the first agent replies', async () => {
  // given
  await start();
  const consultation = await ask({ category: 'product', question: '理财产品能不能提前赎回?', firstContactUser: 'wanglei' });

  // when
  await consultation.complete('ut_answer', { answer: '已记录,由业务部门答复', plainCheck: true, handled: 'transfer', dept: 'business' });
  const task = await engine.userTask(consultation.key, 'ut_dept');
  expect(task).toMatchObject({ candidateGroups: ['dept_business'], dueDate: '2026-11-25T17:30:00+08:00', variables: { firstAnswer: '已记录,由业务部门答复', answer: null } });
  await engine.advanceTo('2026-11-24T15:00:00+08:00');
  await consultation.complete('ut_dept', { answer: '封闭期内不能提前赎回。', refs: ['product'], confident: 'yes' });
  expect(await engine.userTask(consultation.key, 'ut_reply')).toMatchObject({ assignee: 'wanglei', dueDate: '2026-11-26T10:00:00+08:00', variables: { deptAnswer: '封闭期内不能提前赎回。' } });
  await consultation.complete('ut_reply', { replyChannel: 'email', replyText: '该产品处于封闭期,到期前不能赎回。', riskDisclosed: true });

  // then
  expect(missingInOrder(await consultation.path(), ['ut_answer', 'xor_route', 'st_dl_dept', 'ut_dept', 'ut_reply', 'st_reply', 'st_use', 'st_log', 'ee_closed'])).toBeNull();
  expect(await consultation.mail('consultation_answer')).toContain('该产品处于封闭期');
  expect(await row(consultation)).toMatchObject({ handled: 'transfer', dept: 'business', answer: '该产品处于封闭期,到期前不能赎回。', answered_at: new Date(ASKED), solved_at: new Date('2026-11-24T15:00:00+08:00') });
  expect(await facts(consultation)).toMatchObject({ consultation_first_answer: 0, consultation_solved_in_72h: 1 });
  expect(await engine.db('app.sla_breach')).toEqual([]);
});

test('consultation 3 > no answer in 24 hours is reminded of and reported; the department that is late too, also at a moved date', async () => {
  // given
  await start();
  const late = await ask();
  const moved = await ask({ firstContactUser: null });

  // when
  await engine.advanceTo('2026-11-24T04:00:00+08:00');
  expect(await late.told()).toEqual(['sla_reminder']);
  await engine.db('app.deadline').where({ process_instance_key: moved.key, stage: 'answer' }).update({ due_at: new Date('2026-11-25T10:00:00+08:00') });
  await engine.advanceTo('2026-11-24T10:01:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toMatchObject([{ case_no: await late.no(), stage: 'answer', escalate_to: 'cs_supervisor', owner: ['user:wanglei'] }]);
  expect(await engine.userTask(late.key, 'ut_sla_intervene')).toMatchObject({ candidateGroups: ['cs_supervisor'] });

  // when: answered late, then the department is late
  await late.complete('ut_sla_intervene', { action: 'urge', reason: '请立即答复' });
  await late.complete('ut_answer', { answer: '转风险管理部核实', plainCheck: true, handled: 'transfer', dept: 'risk' });
  expect(await engine.userTask(late.key, 'ut_dept')).toMatchObject({ dueDate: '2026-11-26T17:30:00+08:00' });
  await engine.advanceTo('2026-11-25T10:01:00+08:00');
  expect(await engine.db('app.sla_breach').orderBy('breach_no')).toMatchObject([{ stage: 'answer' }, { case_no: await moved.no(), stage: 'answer', owner: ['group:cs_frontdesk'] }]);
  await late.runOut('dept', '2026-11-27T17:30:00+08:00');

  // then
  expect(await engine.db('app.sla_breach').where({ stage: 'dept' })).toMatchObject([{ case_no: await late.no(), escalate_to: 'cs_manager', due_at: new Date('2026-11-27T17:30:00+08:00') }]);
  await late.complete('ut_dept', { answer: '按规定办理', confident: 'no' });
  await late.complete('ut_reply', { replyChannel: 'phone', replyText: '已电话答复客户' });
  expect(await late.state()).toBe('completed');
  expect(await facts(late)).toMatchObject({ consultation_answered_in_24h: 0, consultation_solved_in_72h: 0 });
});

test('consultation 4 > an inquiry that is a complaint becomes one and closes with the link', async () => {
  // given
  await start();
  const consultation = await ask({ category: 'complaint', question: '柜员拒绝为我办理业务,我要投诉', channel: 'call_center' });

  // when
  await consultation.complete('ut_answer', { answer: '已转投诉处理,我们会在二十四小时内联系您', plainCheck: true, handled: 'complaint' });

  // then
  expect((await consultation.path()).slice(-4)).toEqual(['xor_route', 'st_to_complaint', 'ee_complaint', 'service_consultation']);
  expect(await row(consultation)).toMatchObject({ outcome: 'to_complaint', handled: 'complaint' });
  expect(await engine.db('app.record').where({ series: 'TS' })).toMatchObject([{ source_no: await consultation.no(), channel: 'call_center' }]);
  expect(await engine.db('app.complaint').first()).toMatchObject({ customer_no: 'C100001', customer_name: '示例客户 · 甲' });
});

test('consultation 5 > the article an answer comes from is found first and linked in the record', async () => {
  // given
  await start();
  const consultation = await ask({ question: '我的账户被冻结了,如何解除?', customerNo: 'C999999' });
  const { variables } = await engine.userTask(consultation.key, 'ut_answer');

  // then
  const articles = variables['articles'] as JsonObject[];
  expect(articles[0]).toMatchObject({ articleNo: 'ZS-0002', title: '示例 · 账户被冻结怎么办' });
  expect((variables['articleOptions'] as JsonObject[])[0]).toEqual({ value: 'ZS-0002', label: 'ZS-0002 示例 · 账户被冻结怎么办' });

  // when
  await consultation.complete('ut_answer', { answer: '请持身份证到网点解除', plainCheck: true, handled: 'yes', usedArticles: ['ZS-0002'] });

  // then: somebody unknown is answered all the same
  expect(missingInOrder(await consultation.path(), ['st_register', 'be_unknown', 'st_inquiry', 'st_kb', 'ut_answer', 'st_reply', 'st_use', 'st_log', 'ee_closed'])).toBeNull();
  expect(await row(consultation)).toMatchObject({ articles: ['ZS-0002'] });
  expect(await engine.db('app.knowledge_use')).toMatchObject([{ article_no: 'ZS-0002', case_no: await consultation.no() }]);
  expect(await facts(consultation)).toMatchObject({ consultation_with_article: 1 });
});

test('consultation 6 > one drawn for the sample is surveyed; the second question of a customer counts as asked again', async () => {
  // given: the next number is one that the draw of ten percent takes
  await start();
  const taken = Array.from({ length: 100 }, (_, index) => index + 1).find((number) => drawn(`ZX20261123-${String(number).padStart(4, '0')}`) < 10)!;
  await engine.db('app.record_counter').insert({ series: 'ZX', day: '2026-11-23', last: taken - 1 });
  const consultation = await ask();
  await consultation.complete('ut_answer', { answer: '请到网点办理', plainCheck: true, handled: 'yes', sample: true });

  // when
  const survey = await ServiceCase.newest(engine, 'satisfaction_survey');
  await engine.publishMessage({ name: 'survey_submitted', correlationKey: String((await survey.variables())['surveyNo']), variables: { overall: 5, answers: { overall: 5 } } });

  // then
  expect(missingInOrder(await consultation.path(), ['xor_survey', 'ca_survey', 'st_archive', 'ee_closed'])).toBeNull();
  expect(await consultation.variables()).toMatchObject({ score: 5 });
  expect(await engine.db('app.survey')).toMatchObject([{ trigger: 'consultation', case_no: await consultation.no(), score: 5 }]);

  // when
  const again = await ask();
  await again.complete('ut_answer', { answer: '请到网点办理', plainCheck: true, handled: 'yes' });

  // then
  expect(await row(again)).toMatchObject({ repeated: true });
  expect(await facts(again)).toMatchObject({ consultation_repeated: 1 });
});
