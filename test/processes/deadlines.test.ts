import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';
import { Complaint, missingInOrder, startComplaintEngine } from './complaint-driver.ts';
import { Incident, startRiskEngine } from './risk-driver.ts';
import { startViolationEngine, Violation } from './violation-driver.ts';

/** Many steps, each of them durable: a busy machine takes its time. */
const LONG = { timeout: 120_000 };

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

/** The deadline of the element was moved before it came, so its timer found nobody late; the watch woke it at the new date, and it was escalated. */
async function expectRunOut(of: CaseDriver, ...elements: string[]): Promise<void> {
  const path = await of.path();
  for (const element of elements) expect(missingInOrder(path, [`bt_${element}_remind`, `bt_${element}_breach`, `ee_${element}_breach`, `bm_${element}_due`, `st_${element}_breach`, `esc_${element}_breach`]), element).toBeNull();
}

test('complaint deadlines > registration, investigation, plan and review each run out at the date they were moved to', LONG, async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine);
  const clock = new CaseDriver(engine, complaint.key);

  // when
  await clock.runOut('register', '2026-09-18T18:00:00+08:00');
  await complaint.register();
  await clock.runOut('investigate', '2026-09-30T12:00:00+08:00');
  await complaint.investigate();
  await clock.runOut('plan', '2026-10-13T12:00:00+08:00');
  await complaint.plan({ measures: ['compensation', 'process'], compensationKind: 'cash', compensationAmount: 200 });
  await clock.runOut('review', '2026-10-16T12:00:00+08:00');
  await complaint.complete('ut_review', { reviewResult: 'approve', comment: '同意' });

  // then
  await expectRunOut(clock, 'ut_register', 'ut_investigate', 'ut_plan', 'ut_review');
  expect(await engine.db('app.sla_breach').where({ process_instance_key: complaint.key }).orderBy('at').pluck('stage')).toEqual(['register', 'investigate', 'plan', 'review']);
  // then: the improvement of the process is under way
  expect(await complaint.path()).toContain('ee_improve');
  expect(await engine.db('app.record').where({ process_id: 'service_improvement', source_no: await complaint.no() })).toHaveLength(1);
});

test('complaint paths > a verified customer, a refused extension, a look on site and a supplement do not stop the investigation', LONG, async () => {
  // given
  engine = await startComplaintEngine();
  const complaint = await Complaint.submit(engine, { firstContactUser: 'wanglei' });
  const clock = new CaseDriver(engine, complaint.key);
  // Who was asked first has it 首问负责.
  expect((await engine.userTask(complaint.key, 'ut_register')).assignee).toBe('wanglei');
  await complaint.register({ needIdentity: true });
  await clock.identify();
  expect((await complaint.variables())['identityVerified']).toBe(true);

  // when
  await complaint.investigate({ requestExtension: true, extensionDays: 5, extensionReason: '需向第三方调取交易记录' });
  await complaint.complete('ut_extension', { extensionApproved: false, comment: '不同意延期' });
  expect((await complaint.variables())['dueInvestigate']).toBe('2026-09-28T17:30:00+08:00');
  await clock.say('complaint_supplement', { supplement: '当日还有一位大堂经理在场。' });
  await complaint.investigate({ requestExtension: false, onsiteNeeded: true });
  await complaint.complete('ut_onsite', { visitAt: '2026-09-18T15:00+08:00', site: 'branch_east', participants: ['zhangmin'], observations: '现场查看了监控与叫号记录。', onsiteDone: true });
  await complaint.investigate({ requestExtension: false, onsiteNeeded: true });

  // then
  expect(await clock.open()).toEqual(['ut_plan']);
  expect(await engine.db('app.customer_interaction').where({ case_no: await complaint.no(), kind: 'complaint_supplement' })).toMatchObject([{ content: '当日还有一位大堂经理在场。' }]);
  expect(missingInOrder(await complaint.path(), ['ca_identity', 'ut_extension', 'st_append', 'ut_onsite', 'ut_investigate'])).toBeNull();
});

test('risk deadlines > identification, customer notice, disposal, report and investigation each run out at the date they were moved to', LONG, async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine);
  const clock = new CaseDriver(engine, incident.key);

  // when
  await clock.runOut('response', '2026-11-23T13:00:00+08:00');
  await incident.assess({ likelihood: 4, impact: 4, needSuspend: true });
  await incident.complete('ut_confirm', { riskLevel: 'major' });
  await clock.runOut('customer_notice', '2026-11-23T15:00:00+08:00');
  await incident.notify();
  await clock.runOut('dispose', '2026-11-23T19:00:00+08:00');
  await clock.runOut('regulator', '2026-11-24T16:00:00+08:00');
  await incident.tellRegulator();
  await incident.contain();
  await incident.recover();
  await incident.aftermath();
  await clock.runOut('investigate', '2026-12-05T12:00:00+08:00');

  // then
  await expectRunOut(clock, 'ut_identify', 'ut_notice', 'sub_emergency', 'ut_regulator', 'ut_investigate');
  expect(await clock.open()).toEqual(['ut_investigate']);
});

test('risk deadlines > a department that handles a minor incident itself runs out as well', LONG, async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine, { customersAffected: 0 });
  const clock = new CaseDriver(engine, incident.key);
  await incident.assess({ likelihood: 1, impact: 2 });

  // when
  await clock.runOut('dispose', '2026-11-30T12:00:00+08:00');

  // then
  await expectRunOut(clock, 'ut_routine');
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'dispose', element_id: 'ut_routine', escalate_to: 'risk_mgmt_head' }]);
});

test('violation deadlines > intake, investigation, determination, decision and appeal each run out at the date they were moved to', LONG, async () => {
  // given
  engine = await startViolationEngine();
  const violation = await Violation.submit(engine);
  const clock = new CaseDriver(engine, violation.key);

  // when
  await clock.runOut('accept', '2026-11-27T12:00:00+08:00');
  await violation.accept();
  await clock.runOut('investigate', '2026-12-25T12:00:00+08:00');
  await violation.investigate();
  await violation.giveStatement();
  await violation.conclude({ rectItems: [] });
  await clock.runOut('determine', '2027-01-12T12:00:00+08:00');
  await violation.determine();
  await clock.runOut('decide', '2027-01-26T12:00:00+08:00');
  await violation.decide('talk');
  await clock.say('violation_appeal_filed', { appealGrounds: '当日客流过大,请从轻处理。' });
  await clock.runOut('appeal_decision', '2027-02-26T12:00:00+08:00');

  // then
  await expectRunOut(clock, 'ut_accept', 'ut_investigate', 'ut_determine', 'ut_decide', 'ut_appeal');
  expect(await clock.open()).toEqual(['ut_appeal']);
});
