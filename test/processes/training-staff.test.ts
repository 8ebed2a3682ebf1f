import { afterEach, expect, test } from 'vitest';
import { membersOnDuty } from '../../engine/identity/directory.ts';
import type { TestEngine } from '../support/engine.ts';
import { missingInOrder } from './complaint-driver.ts';
import { addStaff, SESSION_AT, startTrainingEngine, Training } from './training-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const trainings = async (): Promise<string[]> => (await engine.db('app.record').where({ process_id: 'staff_training' }).orderBy('record_no').pluck('process_instance_key')).map(String);

/** Last days of a person's certificates of a kind that are in force. */
const validity = async (staffNo: string, kind: string): Promise<string[]> => {
  const rows: { until: string }[] = await engine.db('app.certificate').select(engine.db.raw(`to_char(valid_until, 'YYYY-MM-DD') as until`)).where({ staff_no: staffNo, kind }).whereNull('superseded_at');
  return rows.map((row) => row.until);
};

test('training 1 > the yearly session for a department of twenty: nineteen pass, everybody was there, it is reported', async () => {
  // given: a year begins
  engine = await startTrainingEngine('2026-12-31T12:00:00+08:00');
  const people = await addStaff(engine, 20, 'business');
  await engine.db('app.app_user').whereNotIn('id', people).where({ dept: 'business' }).update({ dept: 'service' });
  await engine.advanceTo('2027-01-05T09:01:00+08:00');
  const training = new Training(engine, (await trainings())[0]!);
  expect((await engine.userTask(training.key, 'ut_plan')).candidateGroups).toEqual(['training_admin']);

  // when
  await training.plan([], { trainDepts: ['business'], topic: 'security', sessionAt: '2027-01-12T09:00+08:00' });
  expect((await engine.userTasks(training.key, 'ut_learn')).map((task) => task.assignee).sort()).toEqual(people);
  await training.signIn({ signed: people });
  expect(await training.open()).toEqual([]);
  await engine.advanceTo('2027-01-12T09:01:00+08:00');
  await training.examine({ failing: ['staff20'], caseScore: 90 });
  await training.examine({ failing: ['staff20'] });

  // then
  expect(missingInOrder(await training.path(), ['tse_year', 'st_register', 'st_dl_training', 'ut_plan', 'st_session', 'st_notice', 'sub_person', 'st_hours', 'xor_cover', 'st_report', 'st_archive', 'st_metric', 'ee_closed'])).toBeNull();
  expect(await training.state()).toBe('completed');
  expect(await training.told()).toEqual(['training_notice']);
  expect(await engine.db('app.training_session').first()).toMatchObject({ course: 'security', staff: people, coverage: '100.00', pass_rate: '95.00' });
  expect(await engine.db('app.training_result').where({ passed: true })).toHaveLength(19);
  expect(await validity('staff01', 'service')).toEqual(['2028-01-11']);
  expect(await engine.db('app.training_hours').where({ year: 2027, hours: 8 })).toHaveLength(20);
  expect(await engine.db('app.training_hours').where({ staff_no: 'wanglei', year: 2027 }).first()).toMatchObject({ hours: '0' });
  const { content } = await engine.db('app.report').where({ template: 'training_report' }).first();
  for (const part of ['培训总结报告', '主题 安全保密', '覆盖率 100 %，目标 100 %', '合格率 95 %（19/20）', 'staff20：不合格']) expect(content).toContain(part);
  expect(await engine.db('app.archive_item').first()).toMatchObject({ class: 'training', retain_until: new Date('2032-01-12T09:01:00+08:00') });
  const facts = await training.facts();
  expect(facts['training_pass']!.filter((one) => one === 1)).toHaveLength(19);
  expect(facts['training_coverage']).toEqual(Array.from({ length: 20 }, () => 1));
  expect(engine.problems).toEqual([]);
});

test('training 2 > who fails twice is restricted and gets no tasks, until a later training is passed', async () => {
  // given
  engine = await startTrainingEngine();
  const training = await Training.start(engine);
  await training.plan(['wanglei']);
  await training.signIn();
  await engine.advanceTo(SESSION_AT);

  // when
  await training.examine({ failing: ['wanglei'] });
  expect((await engine.userTask(training.key, 'ut_exam')).variables).toMatchObject({ attempts: 1, passed: null });
  expect(await training.duty('wanglei')).toBe('on');
  await training.examine({ failing: ['wanglei'] });

  // then
  expect(missingInOrder(await training.path(), ['xor_pass', 'sc_retry', 'ebg_exam', 'ict_exam', 'ut_exam', 'xor_pass', 'st_restrict', 'ee_restricted', 'st_hours'])).toBeNull();
  expect(await training.duty('wanglei')).toBe('restricted');
  expect((await membersOnDuty(engine.db, 'cs_frontdesk')).map((one) => one.id)).not.toContain('wanglei');
  expect(await engine.db('app.staff_record_entry').where({ staff_no: 'wanglei', kind: 'duty' }).first()).toMatchObject({ case_no: await training.no(), detail: { status: 'restricted' } });

  // when: passed the next time
  const again = await Training.start(engine);
  await again.plan(['wanglei'], { sessionAt: '2026-12-10T09:00+08:00' });
  await again.signIn();
  await engine.advanceTo('2026-12-10T09:01:00+08:00');
  await again.examine();

  // then
  expect(missingInOrder(await again.path(), ['st_cert', 'xor_duty', 'st_duty', 'ee_passed'])).toBeNull();
  expect(await training.duty('wanglei')).toBe('on');
});

test('training 3 > a certificate that runs out in thirty days brings a session about, once; a lapsed one restricts', async () => {
  // given
  engine = await startTrainingEngine();
  await engine.db('app.certificate').where({ staff_no: 'gaoxiang', kind: 'banking' }).update({ valid_until: '2026-12-24' });
  await engine.db('app.certificate').where({ staff_no: 'xunuo', kind: 'service' }).update({ valid_until: '2026-11-20' });

  // when: the scan of the 24th
  await engine.advanceTo('2026-11-24T07:01:00+08:00');

  // then
  const [key] = await trainings();
  const training = new Training(engine, key!);
  expect((await engine.userTask(key!, 'ut_plan')).variables).toMatchObject({ trainees: ['gaoxiang'], certKind: 'banking', topic: 'product', expiring: [{ staffNo: 'gaoxiang', kind: 'banking', validUntil: '2026-12-24' }] });
  expect(await training.duty('xunuo')).toBe('restricted');

  // when
  await engine.advanceTo('2026-11-25T07:01:00+08:00');

  // then: nothing new
  expect(await trainings()).toHaveLength(1);

  // when
  await training.plan(['gaoxiang'], { certKind: 'banking', topic: 'product' });
  await training.signIn();
  await engine.advanceTo(SESSION_AT);
  await training.examine();

  // then
  expect(await validity('gaoxiang', 'banking')).toEqual(['2029-11-30']);
  expect(await engine.db('app.certificate').where({ staff_no: 'gaoxiang', kind: 'banking' })).toHaveLength(2);
  expect(await training.duty('gaoxiang')).toBe('on');
});

test('training 4 > with a coverage of 92 % those who were absent make it up, then it closes', async () => {
  // given
  engine = await startTrainingEngine();
  const people = await addStaff(engine, 25);
  const training = await Training.start(engine);
  await training.plan(people);
  await training.signIn({ absent: ['staff24', 'staff25'], signed: people });
  await engine.advanceTo(SESSION_AT);

  // when
  await training.examine();

  // then
  const makeup = await engine.userTask(training.key, 'ut_makeup');
  expect(makeup).toMatchObject({ candidateGroups: ['training_admin'], variables: { coverage: 92, target: 100, trainees: ['staff24', 'staff25'] } });

  // when: one comes, the other is on long leave
  await training.complete('ut_makeup', { makeupAt: '2026-12-08T09:00+08:00', trainees: ['staff24'], excused: ['staff25'], note: '长期病假' });
  expect((await engine.userTasks(training.key, 'ut_learn')).map((task) => task.assignee)).toEqual(['staff24']);
  await training.signIn({ signed: people });
  await engine.advanceTo('2026-12-08T09:01:00+08:00');
  await training.examine();

  // then
  expect(missingInOrder(await training.path(), ['ee_absent', 'st_hours', 'xor_cover', 'ut_makeup', 'sub_person', 'st_hours', 'xor_cover', 'st_report'])).toBeNull();
  expect(await engine.db('app.training_session').first()).toMatchObject({ coverage: '100.00', excused: ['staff25'] });
  expect(await engine.db('app.training_hours').where({ staff_no: 'staff24' }).first()).toMatchObject({ hours: '8' });
});

test('training 5 > the result of the learning system counts in place of the exam, also the second time', async () => {
  // given
  engine = await startTrainingEngine();
  const training = await Training.start(engine);
  await training.plan(['wanglei', 'gaoxiang'], { method: 'online' });
  await training.signIn();
  const result = (staffNo: string, variables: object): Promise<void> => training.no().then((no) => engine.publishMessage({ name: 'training_result_received', correlationKey: `${no}:${staffNo}`, variables: { ...variables } }));

  // when: one passes by the mark, the other is told to have failed and then passes
  await result('wanglei', { theoryScore: 91 });
  await result('gaoxiang', { passed: false, theoryScore: 50 });
  expect(await training.open()).toEqual([]);
  await engine.advanceTo(SESSION_AT);
  expect((await engine.userTasks(training.key, 'ut_exam')).map((task) => task.variables['person'])).toEqual(['gaoxiang']);
  await training.examine();

  // then
  expect(await training.state()).toBe('completed');
  expect(await engine.db('app.training_result').orderBy('staff_no')).toMatchObject([{ staff_no: 'gaoxiang', theory_score: '88', passed: true, attempts: 1 }, { staff_no: 'wanglei', theory_score: '91', passed: true, attempts: 0 }]);
});

test('training 6 > who has not signed the confidentiality agreement does not get on duty, though the exam is passed', async () => {
  // given
  engine = await startTrainingEngine();
  const [first, second] = await addStaff(engine, 2);
  const training = await Training.start(engine);
  await training.plan([first!, second!]);

  // when
  await training.signIn({ signed: [first!] });
  await engine.advanceTo(SESSION_AT);
  await training.examine();

  // then
  expect(missingInOrder(await training.path(), ['st_cert', 'xor_duty', 'st_restrict'])).toBeNull();
  expect([await training.duty(first!), await training.duty(second!)]).toEqual(['on', 'restricted']);
  expect(await engine.db('app.certificate').where({ staff_no: first }).orderBy('kind').pluck('kind')).toEqual(['confidentiality', 'service']);
  expect(await engine.db('app.certificate').where({ staff_no: second }).pluck('kind')).toEqual(['service']);
});

test('training 7 > a training not done in twenty working days is reminded of, reported and escalated, and can be given more time', async () => {
  // given
  engine = await startTrainingEngine();
  const training = await Training.start(engine);
  await training.plan(['wanglei'], { sessionAt: '2027-01-04T09:00+08:00' });
  const before = await training.variables();
  expect(before['dueTraining']).toBe('2026-12-21T17:30:00+08:00');

  // when: the deadline is moved once, then it runs out
  await training.runOut('training', '2026-12-24T17:30:00+08:00');

  // then
  expect(await training.told()).toContain('sla_reminder');
  expect(await engine.db('app.sla_breach').where({ case_no: await training.no() })).toMatchObject([{ stage: 'training', escalate_to: 'cs_manager' }]);

  // when
  await training.signIn();
  await engine.advanceTo('2027-01-04T09:01:00+08:00');
  await training.examine();
  for (const { key } of await engine.userTasks(training.key, 'ut_sla_intervene')) await engine.completeUserTask(key, { action: 'urge', reason: '已安排' });

  // then
  expect(await training.state()).toBe('completed');
});

test('training 8 > a need nobody plans for is reminded of and escalated, too', async () => {
  // given
  engine = await startTrainingEngine();
  const training = await Training.start(engine);
  expect(Date.parse((await engine.userTask(training.key, 'ut_plan')).dueDate!)).toBe(Date.parse('2026-12-21T17:30:00+08:00'));

  // when
  await training.runOut('training', '2026-12-23T17:30:00+08:00');

  // then
  expect(missingInOrder(await training.path(), ['bt_ut_plan_remind', 'st_ut_plan_remind', 'bt_ut_plan_breach', 'st_ut_plan_breach', 'bm_ut_plan_due', 'st_ut_plan_breach', 'ut_sla_intervene', 'st_sla_apply'])).toBeNull();
  expect(await engine.db('app.sla_breach').where({ case_no: await training.no() })).toMatchObject([{ stage: 'training', element_id: 'ut_plan', owner: ['group:training_admin'] }]);
  expect(await training.open()).toEqual(['ut_plan']);
});

test('training > which certificates every role needs, and how long they are valid', async () => {
  // given
  engine = await startTrainingEngine();
  const needs = (role: string | null): Promise<unknown> => engine.workers.engine.evaluateDecision('cert_requirement', { role });
  const months = (kind: string): Promise<unknown> => engine.workers.engine.evaluateDecision('cert_validity', { kind });

  // when, then
  expect(await needs('wealth_advisor')).toEqual(['fund', 'service', 'confidentiality']);
  expect(await needs('financial_advisor')).toEqual(['securities', 'service', 'confidentiality']);
  expect(await needs('insurance_advisor')).toEqual(['insurance', 'service', 'confidentiality']);
  for (const role of ['account_manager', 'credit_officer', 'reviewer_first', 'reviewer_second', 'reviewer_final']) expect(await needs(role), role).toEqual(['banking', 'service', 'confidentiality']);
  for (const role of ['cs_frontdesk', 'counter_staff', 'remote_agent', 'cs_supervisor', 'complaint_officer']) expect(await needs(role), role).toEqual(['service', 'confidentiality']);
  for (const role of ['compliance', null]) expect(await needs(role)).toEqual(['confidentiality']);
  expect(await Promise.all(['service', 'banking', 'securities', 'fund', 'insurance', 'confidentiality', 'other'].map(months))).toEqual([12, 36, 36, 36, 36, 0, 12]);
});
