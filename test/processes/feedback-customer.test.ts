import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine, type TestUserTask } from '../support/engine.ts';
import { ServiceCase } from './change-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const start = async (): Promise<void> => {
  engine = await startTestEngine({ now: '2026-11-23T09:00:00+08:00', processes: ['customer_feedback', 'satisfaction_survey', 'service_consultation', 'service_improvement', 'service_followup', 'complaint_handling', 'identity_verification', 'rectification'] });
};
const give = (more: JsonObject): Promise<ServiceCase> => ServiceCase.start(engine, 'customer_feedback', { channel: 'app', content: '建议增加周末对公窗口,方便企业办理', customerNo: 'C100001', email: 'customer1@example.com', anonymous: false, ...more });
const triage = (feedback: ServiceCase, kind: string, more: JsonObject = {}): Promise<TestUserTask> => feedback.complete('ut_triage', { kind, urgency: 'normal', owner: 'service_supervision', summary: '周末对公窗口', ...more });

/** Answers the survey the case has just sent. */
async function rate(overall: number, followUp?: JsonObject): Promise<void> {
  const survey = await ServiceCase.newest(engine, 'satisfaction_survey');
  await engine.publishMessage({ name: 'survey_submitted', correlationKey: String((await survey.variables())['surveyNo']), variables: { overall, answers: { overall } } });
  if (followUp !== undefined) await survey.complete('ut_call', { cause: 'result', remedy: '再次核实', openComplaint: false, ...followUp });
}

test('feedback 1 > praise is credited to the people it names, passed on and closed', async () => {
  // given
  await start();
  const feedback = await give({ kind: 'praise', content: '柜员讲解非常耐心,感谢!' });
  expect(await feedback.variables()).toMatchObject({ kind: 'praise', urgency: 'normal', dueFirst: '2026-11-24T09:00:00+08:00' });

  // when
  await triage(feedback, 'praise');
  await feedback.complete('ut_praise', { staff: ['wanglei', 'liqiang'], praiseText: '讲解耐心', badge: 'service_star' });
  await rate(5);

  // then
  expect(missingInOrder(await feedback.path(), ['se_feedback', 'st_register', 'br_kind', 'st_dl_first', 'ut_triage', 'xor_kind', 'ut_praise', 'st_credit', 'st_answer', 'xor_open', 'ca_survey', 'xor_solved', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  expect(await engine.db('app.staff_record_entry').orderBy('staff_no').select('staff_no', 'kind', 'detail')).toEqual([{ staff_no: 'liqiang', kind: 'praise', detail: { note: '讲解耐心', badge: 'service_star' } }, { staff_no: 'wanglei', kind: 'praise', detail: { note: '讲解耐心', badge: 'service_star' } }]);
  expect(await engine.db('app.kpi_fact').where({ metric: 'staff_praised' }).orderBy('unit').pluck('unit')).toEqual(['liqiang', 'wanglei']);
  expect(await feedback.mail('feedback_answer')).toContain('您的表扬已转达相关员工');
  expect(await engine.db('app.record').where({ series: 'FK' }).first()).toMatchObject({ outcome: 'completed' });
  expect(engine.problems).toEqual([]);
});

test('feedback 2 > an adopted suggestion becomes an improvement with a due date and is tracked', async () => {
  // given
  await start();
  const feedback = await give({ kind: 'suggestion' });
  await triage(feedback, 'suggestion');
  expect(await engine.userTask(feedback.key, 'ut_sug')).toMatchObject({ candidateGroups: ['service_supervision'] });

  // when
  await feedback.complete('ut_sug', { adopt: true, plan: '试点周末对公窗口', due: '2026-12-31', reply: '我们将于年底前试点' });
  await feedback.complete('ut_track', { handling: '试点方案已下发', resolved: true });
  await rate(4);

  // then
  expect(missingInOrder(await feedback.path(), ['ut_sug', 'xor_adopt', 'st_improve', 'st_answer', 'xor_open', 'ut_track', 'ca_survey', 'ee_closed'])).toBeNull();
  const improvement = await ServiceCase.newest(engine, 'service_improvement');
  expect(await improvement.variables()).toMatchObject({ due: '2026-12-31', plan: '试点周末对公窗口', sourceNo: await feedback.no() });
  expect(await feedback.mail('feedback_answer')).toContain('我们将于年底前试点');
  expect(await engine.db('app.kpi_fact').where({ metric: 'feedback_adopted' })).toMatchObject([{ value: '1' }]);
});

test('feedback 3 > a complaint goes to complaint handling and the feedback closes with the link', async () => {
  // given
  await start();
  const feedback = await give({ kind: undefined as unknown as string, content: '我要投诉,理财经理误导销售', customerName: '示例客户 · 甲', phone: '13900000001' });
  expect(await feedback.variables()).toMatchObject({ kind: 'complaint', urgency: 'major', dueFirst: '2026-11-25T09:00:00+08:00' });

  // when
  await triage(feedback, 'complaint', { urgency: 'major' });

  // then
  expect((await feedback.path()).slice(-3)).toEqual(['st_to_a', 'ee_to_complaint', 'customer_feedback']);
  expect(await engine.db('app.record').orderBy('series').select('series', 'source_no', 'outcome')).toEqual([{ series: 'FK', source_no: null, outcome: 'to_complaint' }, { series: 'TS', source_no: await feedback.no(), outcome: null }]);
  expect(await engine.db('app.complaint').first()).toMatchObject({ source: 'feedback', customer_no: 'C100001' });
});

test('feedback 4 > no triage in 24 hours is reported, and a moved deadline counts from the new date', async () => {
  // given
  await start();
  const late = await give({ kind: 'consult' });
  const moved = await give({ kind: 'consult' });
  await engine.settle();
  await engine.db('app.deadline').where({ process_instance_key: moved.key, stage: 'first' }).update({ due_at: new Date('2026-11-25T09:00:00+08:00') });

  // when
  await engine.advanceTo('2026-11-24T09:00:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toMatchObject([{ case_no: await late.no(), stage: 'first', escalate_to: 'cs_supervisor' }]);
  expect(await late.told()).toEqual(expect.arrayContaining(['sla_reminder']));
  expect(await moved.path()).toContain('ee_ut_triage_breach');

  // when
  await late.complete('ut_sla_intervene', { action: 'urge', reason: '请立即分类' });
  await engine.advanceTo('2026-11-25T09:00:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toHaveLength(2);
});

test('feedback 5 > what is not solved at the return visit is reworked once', async () => {
  // given
  await start();
  const feedback = await give({ kind: 'suggestion' });
  await triage(feedback, 'suggestion');
  await feedback.complete('ut_sug', { adopt: false, reply: '暂不具备条件' });

  // when
  await rate(1, { solved: false });
  expect((await engine.userTask(feedback.key, 'ut_sug')).variables).toMatchObject({ round: 1 });
  await feedback.complete('ut_sug', { adopt: false, reply: '已改为预约制,可电话预约' });
  await rate(5);

  // then
  expect(missingInOrder(await feedback.path(), ['ut_sug', 'xor_adopt', 'st_answer', 'xor_open', 'ca_survey', 'xor_solved', 'sc_round', 'ut_sug', 'st_answer', 'ca_survey', 'xor_solved', 'st_archive'])).toBeNull();
  expect(await feedback.state()).toBe('completed');
  expect(await engine.db('app.survey').orderBy('survey_no').pluck('score')).toEqual([1, 5]);
});

test('feedback 5b > after two reworks it closes, solved or not', async () => {
  // given
  await start();
  const feedback = await give({ kind: 'suggestion' });
  await triage(feedback, 'suggestion');

  // when
  for (let round = 0; round < 3; round += 1) {
    await feedback.complete('ut_sug', { adopt: false, reply: '暂不具备条件' });
    await rate(1, { solved: false });
  }

  // then
  expect(await feedback.variables()).toMatchObject({ round: 2 });
  expect(await feedback.state()).toBe('completed');
});

test('feedback 6 > anonymous feedback from a channel needs no customer, keeps nothing of them, and asks nobody', async () => {
  // given
  await start();

  // when
  await engine.publishMessage({ name: 'feedback_received', correlationKey: '', messageId: 'web-1', variables: { channel: 'web', content: '请问周末营业到几点', anonymous: true, customerNo: 'C100001', phone: '13900000001' } });
  const feedback = await ServiceCase.newest(engine, 'customer_feedback');
  await triage(feedback, 'consult');

  // then
  expect(missingInOrder(await feedback.path(), ['mse_feedback', 'st_register', 'xor_kind', 'st_to_k', 'st_answer', 'ca_survey', 'xor_solved', 'ee_closed'])).toBeNull();
  expect(await feedback.variables()).toMatchObject({ channel: 'web', content: '请问周末营业到几点', customerNo: null, phone: null, kind: 'consult' });
  expect(await engine.db('app.mail_outbox')).toEqual([]);
  expect(await engine.db('app.survey')).toEqual([]);
  expect(await engine.db('app.record').where({ series: 'ZX' })).toMatchObject([{ source_no: await feedback.no() }]);
});
