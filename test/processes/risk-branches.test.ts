import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import type { TestEngine } from '../support/engine.ts';
import { missingInOrder, shipped } from './complaint-driver.ts';
import { Incident, startRiskEngine } from './risk-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const contained = async (engine: TestEngine, more: JsonObject = {}): Promise<Incident> => {
  const incident = await Incident.report(engine, { customersAffected: 0, ...more });
  await incident.assess({ likelihood: 2, impact: 3 });
  await incident.contain();
  await incident.recover();
  return incident;
};

test('risk > the matrix, the overriding rules and the last row', async () => {
  // given
  engine = await startRiskEngine();
  const grade = async (variables: JsonObject): Promise<unknown> => engine.workers.engine.evaluateDecision('risk_grading', variables);
  const plain = { customersAffected: 0, lossEstimate: 0, impactScope: 'branch', ongoing: false };
  const levels = ['minor', 'general', 'significant', 'major'];
  const expected = (score: number): string => levels[score >= 15 ? 3 : score >= 9 ? 2 : score >= 4 ? 1 : 0]!;

  // when, then
  for (let likelihood = 1; likelihood <= 5; likelihood += 1) {
    for (let impact = 1; impact <= 5; impact += 1) expect(await grade({ ...plain, likelihood, impact }), `${likelihood} × ${impact}`).toEqual({ riskLevel: expected(likelihood * impact), score: likelihood * impact });
  }
  for (const more of [{ customersAffected: 10_000 }, { lossEstimate: 1_000_000 }, { impactScope: 'all', ongoing: true }]) expect(await grade({ ...plain, likelihood: 1, impact: 1, ...more })).toEqual({ riskLevel: 'major', score: 1 });
  expect(await grade({ ...plain, customersAffected: 9_999, lossEstimate: 999_999.99, impactScope: 'all', likelihood: 1, impact: 1 })).toEqual({ riskLevel: 'minor', score: 1 });
  expect(await grade(plain)).toEqual({ riskLevel: 'general', score: null });
});

test('risk > a significant incident is reported to the regulator when it is one of compliance or touches customer data', async () => {
  // given
  engine = await startRiskEngine();
  const policy = async (variables: JsonObject): Promise<unknown> => engine.workers.engine.evaluateDecision('risk_response_policy', { riskType: 'operational', ownerDept: 'it', ...variables });

  // when, then
  expect(await policy({ riskLevel: 'significant' })).toMatchObject({ noticeRequired: true, regulatorRequired: false, commandGroup: ['risk_mgmt', 'emergency_team'], drillAfter: true });
  expect(await policy({ riskLevel: 'significant', riskType: 'compliance' })).toMatchObject({ regulatorRequired: true });
  expect(await policy({ riskLevel: 'significant', dataInvolved: true })).toMatchObject({ regulatorRequired: true });
  expect(await policy({ riskLevel: 'general' })).toMatchObject({ noticeRequired: false, regulatorRequired: false, drillAfter: false });
  expect(await policy({ riskLevel: 'minor' })).toMatchObject({ noticeRequired: false, commandGroup: ['dept_it'] });
});

test('risk > a significant incident is confirmed by the head of risk management, who may lower it with a reason', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine, { customersAffected: 5 });
  await incident.assess({ likelihood: 3, impact: 3 });

  // when
  const confirm = await incident.complete('ut_confirm', { riskLevel: 'minor', reason: '影响已自行消除' });

  // then
  expect(confirm.candidateGroups).toEqual(['risk_mgmt_head']);
  expect(await engine.userTask(incident.key, 'ut_routine')).toBeDefined();
  expect(await incident.variables()).toMatchObject({ riskLevel: 'minor', computedLevel: 'significant', gradeReason: '影响已自行消除' });
});

test('risk > every harmed customer is compensated once, a suspected violation is referred', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await contained(engine);

  // when
  await incident.aftermath({ compensate: true, persons: [{ customerNo: 'C100001', kind: 'cash', amount: 50 }, { customerNo: 'C100002', kind: 'points', amount: 200 }] });
  await incident.investigate({ violationSuspected: true, responsible: [{ staffNo: 'zhaoyu', dept: 'it', role: '值班' }] });
  await engine.settle();

  // then
  expect(await engine.db('app.compensation').orderBy('party').select('party', 'kind', 'amount')).toEqual([{ party: 'C100001', kind: 'cash', amount: '50.00' }, { party: 'C100002', kind: 'points', amount: '200.00' }]);
  expect(await engine.db('app.payable_export').pluck('amount')).toEqual(['50.00']);
  expect((await incident.variables())['compensationNos']).toHaveLength(2);
  const referred = (await engine.records({ valueType: 'MESSAGE', intent: 'PUBLISHED' })).filter((record) => record.value['name'] === 'violation_referred');
  expect(referred.map((record) => record.value['variables'])).toMatchObject([{ sourceKind: 'risk', sourceNo: await incident.no(), responsible: [{ staffNo: 'zhaoyu' }] }]);
  expect(await incident.path()).toContain('st_refer');
});

test('risk > an item without a date gets the default of its level', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await contained(engine);

  // when
  await incident.aftermath();
  await incident.investigate({ rectItems: [{ item: '更新值班表', owner: 'zhaoyu' }] });
  await engine.settle();

  // then: 30 working days for a general incident
  expect((await incident.variables())['slaRectify']).toBe('30 wd');
  expect(await engine.db('app.rectification').select(engine.db.raw('due::text'), 'requirement')).toEqual([{ due: String((await incident.variables())['dueRectify']).slice(0, 10), requirement: null }]);
});

test('risk > without anything to rectify the report follows at once', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await contained(engine);

  // when
  await incident.aftermath();
  await incident.investigate({ rectItems: [] });

  // then
  const path = await incident.path();
  expect(missingInOrder(path, ['xor_items', 'xor_review', 'st_report', 'st_db', 'ee_closed'])).toBeNull();
  expect(path).not.toContain('mi_rect');
});

test('risk > an identification nobody does is reminded and escalated to the head of risk management', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.report(engine);

  // when
  await engine.advanceTo('2026-11-23T12:01:00+08:00');

  // then
  expect((await engine.userTask(incident.key, 'ut_sla_intervene')).candidateGroups).toEqual(['risk_mgmt_head']);
  expect(missingInOrder(await incident.path(), ['bt_ut_identify_remind', 'st_ut_identify_remind', 'bt_ut_identify_breach', 'st_ut_identify_breach'])).toBeNull();
  expect(await engine.db('app.notification').where({ case_no: await incident.no() }).orderBy('notification_no').pluck('template')).toEqual(['sla_reminder', 'sla_breach']);
});

test('risk > a notice to customers that is late is escalated while the containment goes on', async () => {
  // given
  engine = await startRiskEngine();
  const incident = await Incident.major(engine);

  // when
  await engine.advanceTo('2026-11-23T11:31:00+08:00');

  // then
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'customer_notice', element_id: 'ut_notice', escalate_to: 'risk_mgmt_head' }]);
  expect((await engine.userTasks(incident.key)).map((task) => task.elementId).sort()).toEqual(['ut_contain', 'ut_notice', 'ut_regulator', 'ut_sla_intervene']);
});

test('risk > an owner who wants no drill after a significant incident says so in the policy', async () => {
  // given
  engine = await startRiskEngine();
  const file = 'processes/risk_incident/risk-response-policy.dmn';
  const before = await shipped(file);
  const after = before.replace(/(<outputEntry id="risk_response_policy_r2_o5">\s*<text>)true/, '$1false');
  expect(after).not.toBe(before);
  await engine.deploy({ [file]: after });
  const incident = await Incident.report(engine, { customersAffected: 5 });

  // when
  await incident.assess({ likelihood: 3, impact: 3 });
  await incident.complete('ut_confirm', { riskLevel: 'significant' });
  await incident.contain();
  await incident.notify();
  await incident.recover();
  await incident.finish({ reviewed: true });

  // then
  expect(missingInOrder(await incident.path(), ['ut_review', 'xor_drill', 'st_report', 'ee_closed'])).toBeNull();
  expect(await engine.db('app.record').where({ process_id: 'emergency_drill' })).toEqual([]);
});
