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

const start = async (now = '2026-11-23T09:00:00+08:00'): Promise<void> => {
  engine = await startTestEngine({ now, processes: ['satisfaction_survey', 'complaint_handling', 'identity_verification', 'rectification'] });
};
const ask = (more: JsonObject = {}): Promise<ServiceCase> => ServiceCase.start(engine, 'satisfaction_survey', { trigger: 'complaint', caseNo: 'TS20261123-0009', customerNo: 'C100001', email: 'customer1@example.com', tier: 'basic', ...more });
const answer = async (survey: ServiceCase, answers: JsonObject): Promise<void> => engine.publishMessage({ name: 'survey_submitted', correlationKey: String((await survey.variables())['surveyNo']), variables: { ...answers, answers } });
const row = async (survey: ServiceCase): Promise<Record<string, unknown>> => (await engine.db('app.survey').where({ process_instance_key: survey.key }).first()) as Record<string, unknown>;
const tail = ['st_close', 'st_archive', 'st_metric', 'ee_closed'];
const end = [...tail, 'satisfaction_survey'];

test('survey 1 > five points close it, with the answer, the score and its figures', async () => {
  // given
  await start();
  const survey = await ask();
  expect(await survey.variables()).toMatchObject({ sample: 100, mode: 'must', sampled: true, dueSurveyAnswer: '2026-11-26T09:00:00+08:00' });
  expect(await survey.mail('survey_invitation')).toMatch(/\/p\/[\w-]{32}/);

  // when
  await answer(survey, { overall: 5, speed: 4, nps: 9 });

  // then
  expect(await survey.path()).toEqual(['se_survey', 'br_sample', 'st_send', 'xor_sampled', 'st_dl_survey_answer', 'ebg', 'icm_sub', 'xor_low', ...end]);
  expect(await row(survey)).toMatchObject({ status: 'answered', score: 5, trigger: 'complaint', case_no: 'TS20261123-0009' });
  expect((await engine.db('app.survey_answer').first()).answers).toEqual({ overall: 5, speed: 4, nps: 9 });
  expect(await engine.db('app.kpi_fact').whereLike('metric', 'survey%').orderBy('metric').select('metric', 'value', 'unit')).toMatchObject([{ metric: 'survey_answered', value: '1', unit: 'complaint' }, { metric: 'survey_satisfied', value: '1' }, { metric: 'survey_score', value: '5' }]);
  expect(await engine.db('app.archive_item').where({ case_no: 'TS20261123-0009' })).toHaveLength(1);
  expect(engine.problems).toEqual([]);
});

test('survey 2 > one point is followed up and becomes a complaint', async () => {
  // given
  await start();
  const survey = await ask({ customerName: '示例客户 · 甲', phone: '13900000001' });

  // when
  await answer(survey, { overall: 1, comment: '等了两个小时' });
  expect(await engine.userTask(survey.key, 'ut_call')).toMatchObject({ candidateGroups: ['cs_supervisor'], dueDate: '2026-11-26T17:30:00+08:00', variables: { score: 1, surveyComment: '等了两个小时' } });
  await survey.complete('ut_call', { cause: 'speed', remedy: '向客户致歉并安排专窗', openComplaint: true, solved: false });

  // then
  expect(missingInOrder(await survey.path(), ['xor_low', 'st_dl_low_score', 'ut_call', 'xor_to', 'st_to_a', ...tail])).toBeNull();
  expect(await engine.db('app.complaint')).toMatchObject([{ source: 'feedback', customer_no: 'C100001', business_ref: 'TS20261123-0009' }]);
  expect(await engine.db('app.record').where({ series: 'TS' })).toMatchObject([{ source_no: 'TS20261123-0009' }]);
  expect(await survey.variables()).toMatchObject({ score: 1, solved: false });
});

test('survey 2b > a low score that is put right stays a survey', async () => {
  // given
  await start();
  const survey = await ask();
  await answer(survey, { overall: 2 });

  // when
  await survey.complete('ut_call', { cause: 'attitude', remedy: '已当面致歉', openComplaint: false, solved: true });

  // then
  expect(await survey.variables()).toMatchObject({ score: 2, solved: true });
  expect(await engine.db('app.complaint')).toEqual([]);
  expect(await engine.db('app.kpi_fact').where({ metric: 'survey_low_solved' })).toMatchObject([{ value: '1' }]);
});

test('survey 2c > a follow-up that takes more than three working days is reported, and not before', async () => {
  // given
  await start();
  const survey = await ask();
  await answer(survey, { overall: 1 });
  await engine.settle();
  await engine.db('app.deadline').where({ process_instance_key: survey.key, stage: 'low_score' }).update({ due_at: new Date('2026-11-27T17:30:00+08:00') });

  // when
  await engine.advanceTo('2026-11-26T18:00:00+08:00');
  expect(await engine.db('app.sla_breach')).toEqual([]);
  await engine.advanceTo('2026-11-27T17:30:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'low_score', escalate_to: 'cs_manager' }]);
  await survey.complete('ut_sla_intervene', { action: 'urge', reason: '请今日完成' });
  expect(await engine.db('app.task_override')).toMatchObject([{ element_id: 'ut_call' }]);
  expect(await survey.told()).toEqual(expect.arrayContaining(['sla_reminder']));
});

test('survey 3 > three days and four more without an answer lead to a call where it is obligatory', async () => {
  // given
  await start();
  const survey = await ask({ result: 'done' });

  // when
  await engine.advanceTo('2026-11-26T09:00:00+08:00');
  expect(await survey.told()).toEqual(['survey_invitation', 'survey_reminder']);
  await engine.advanceTo('2026-11-30T08:59:00+08:00');
  expect(await survey.open()).toEqual([]);
  await engine.advanceTo('2026-11-30T09:00:00+08:00');
  expect(await engine.userTask(survey.key, 'ut_visit')).toMatchObject({ candidateGroups: ['cs_frontdesk'] });
  await survey.complete('ut_visit', { reached: true, overall: 4, attitude: 5 });

  // then
  expect(missingInOrder(await survey.path(), ['ict_expire', 'st_remind', 'st_dl_survey_reminder', 'ebg2', 'ict_expire2', 'xor_mode', 'ut_visit', 'xor_low', ...tail])).toBeNull();
  expect(await row(survey)).toMatchObject({ status: 'answered', score: 4 });
  expect((await engine.db('app.survey_answer').first()).answers).toEqual({ overall: 4, attitude: 5, expertise: null, speed: null, convenience: null, result: null });
});

test('survey 3b > a customer who is not reached leaves no score', async () => {
  // given
  await start();
  // the caller's own variables of the same names are no answers
  const survey = await ask({ overall: 1, result: 'done', comment: '同意' });
  await engine.advanceTo('2026-11-30T09:00:00+08:00');

  // when
  await survey.complete('ut_visit', { reached: false, note: '三次未接通' });

  // then
  expect(await survey.variables()).toMatchObject({ score: null });
  expect(await row(survey)).toMatchObject({ status: 'closed', score: null });
  expect(await engine.db('app.kpi_fact').whereLike('metric', 'survey%').pluck('metric')).toEqual(['survey_answered']);
});

test('survey 3c > who answers nothing of their own will is left alone', async () => {
  // given
  await start();
  const survey = await ask({ trigger: 'appointment', tier: 'vip' });

  // when
  await engine.advanceTo('2026-11-30T09:00:00+08:00');

  // then
  expect((await survey.path()).slice(-3)).toEqual(['xor_mode', 'ee_no_answer', 'satisfaction_survey']);
});

test('survey 4 > an answer after the reminder counts', async () => {
  // given
  await start();
  const survey = await ask({ comment: '审批同意' });
  await engine.advanceTo('2026-11-27T10:00:00+08:00');

  // when
  await answer(survey, { overall: 3 });

  // then
  expect(missingInOrder(await survey.path(), ['ebg2', 'icm_sub2', 'xor_low', ...tail])).toBeNull();
  expect(await row(survey)).toMatchObject({ score: 3 });
  expect(await survey.variables()).toMatchObject({ surveyComment: null });
});

test('survey 5 > on the first day of a quarter customers are drawn, each once, and each gets a survey', async () => {
  // given
  await start('2026-12-31T20:00:00+08:00');
  const reachable = Number((await engine.db('app.customer').count({ n: '*' }).first())!['n']);

  // when
  await engine.advanceTo('2027-01-01T09:00:00+08:00');

  // then
  expect(await engine.db('app.survey_draw')).toHaveLength(reachable);
  expect((await engine.db('app.survey_draw').first()).period).toBe('2027Q1');
  expect(await engine.db('app.survey').where({ trigger: 'quarterly', status: 'open' })).toHaveLength(reachable);
  const drawnOnes = await ServiceCase.newest(engine, 'satisfaction_survey');
  expect(await drawnOnes.variables()).toMatchObject({ trigger: 'quarterly', sample: 200, mode: 'optional', sampled: true });
});

test('survey 6 > three appointments of ten are asked: which ones follows from their number', async () => {
  // given
  await start();
  const numbers = Array.from({ length: 40 }, (_, index) => `YY20261123-${String(index + 1).padStart(4, '0')}`);
  const inside = numbers.find((no) => drawn(no) < 30)!;
  const outside = numbers.find((no) => drawn(no) >= 30)!;

  // when
  const asked = await ask({ trigger: 'appointment', caseNo: inside });
  const spared = await ask({ trigger: 'appointment', caseNo: outside });
  const nobody = await ask({ trigger: 'feedback', customerNo: null, email: null, caseNo: 'FK20261123-0001' });

  // then
  expect(await asked.variables()).toMatchObject({ sample: 30, sampled: true });
  expect(await spared.path()).toEqual(['se_survey', 'br_sample', 'st_send', 'xor_sampled', 'ee_not_sampled', 'satisfaction_survey']);
  expect(await spared.told()).toEqual([]);
  expect((await nobody.path()).at(-2)).toBe('ee_not_sampled');
});

test('survey 7 > on site a member of staff asks the customer who is there: nobody is drawn, no link is sent, and the score counts like any other', async () => {
  // given: a consultation, of which one in ten is asked
  await start();
  const survey = await ask({ trigger: 'consultation', caseNo: 'ZX20261123-0001', surveyMode: 'onsite' });
  expect(await survey.told()).toEqual([]);
  expect(await engine.userTask(survey.key, 'ut_visit')).toMatchObject({ candidateGroups: ['cs_frontdesk'] });

  // when
  await survey.complete('ut_visit', { reached: true, overall: 4, attitude: 5, expertise: 4, speed: 3, convenience: 4, result: 4, note: '希望缩短等候' });

  // then
  expect(await survey.path()).toEqual(['se_survey', 'br_sample', 'st_send', 'xor_sampled', 'ut_visit', 'xor_low', ...end]);
  expect(await row(survey)).toMatchObject({ channel: 'onsite', status: 'answered', score: 4, trigger: 'consultation' });
  expect((await engine.db('app.survey_answer').first()).answers).toMatchObject({ overall: 4, attitude: 5 });
});
