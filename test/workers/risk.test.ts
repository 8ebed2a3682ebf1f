import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { archiveStore } from '../../engine/workers/archive/store.ts';
import { metricPublish } from '../../engine/workers/metric/publish.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { reportGenerate } from '../../engine/workers/report/generate.ts';
import { resourceActivate } from '../../engine/workers/resource/activate.ts';
import { riskUpsert } from '../../engine/workers/risk/upsert.ts';
import { serviceState } from '../../engine/workers/service/state.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

const RISK_NO = 'FX20261123-0001';
const incident: JsonObject = { caseNo: RISK_NO, riskNo: RISK_NO, title: '核心系统中断', riskType: 'operational', riskSource: 'system_failure', ownerDept: 'it', place: 'branch_east', impactScope: 'branch', customersAffected: 300, likelihood: 4, impact: 4, score: 16, computedLevel: 'major', riskLevel: 'major', occurredAt: '2026-11-23T09:40:00+08:00', falseAlarm: false };

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2026-11-23T10:00:00+08:00');
});
afterAll(() => bench.stop());

const own = (type: string, variables: JsonObject = {}, customHeaders: Record<string, string> = {}, more: Parameters<WorkerBench['job']>[2] = {}): ReturnType<WorkerBench['job']> => bench.job(type, { ...incident, ...variables }, { bpmnProcessId: 'risk_incident', customHeaders, ...more });
const rows = (table: string): Promise<Record<string, unknown>[]> => bench.context.db(table);

test('risk.upsert > delivered twice at once it writes one register row and one level', async () => {
  // when
  const [first, second] = await deliverTwice(riskUpsert, own('risk.upsert'), bench.context);

  // then
  expect(second).toEqual(first);
  expect(first).toEqual({ riskNo: RISK_NO });
  expect(await rows('app.risk_incident')).toMatchObject([{ risk_no: RISK_NO, risk_level: 'major', computed_level: 'major', score: 16, owner_dept: 'it', customers_affected: 300, status: 'open', occurred_at: new Date('2026-11-23T09:40:00+08:00') }]);
  expect(await rows('app.risk_level_change')).toMatchObject([{ from_level: null, to_level: 'major' }]);
});

test('risk.upsert > a changed level is written down in the order of time, an unchanged one is not', async () => {
  // when
  bench.clock.set(Date.parse('2026-11-23T11:00:00+08:00'));
  await riskUpsert.handle(own('risk.upsert', { riskLevel: 'significant' }), bench.context);
  await riskUpsert.handle(own('risk.upsert', { riskLevel: 'significant', lossActual: 1200.5 }), bench.context);

  // then
  expect(await bench.context.db('app.risk_level_change').orderBy('id').select('from_level', 'to_level')).toEqual([{ from_level: null, to_level: 'major' }, { from_level: 'major', to_level: 'significant' }]);
  expect(await rows('app.risk_incident')).toMatchObject([{ risk_level: 'significant', loss_actual: '1200.50' }]);
  await expect(riskUpsert.handle(own('risk.upsert', {}, { status: 'gone' }), bench.context)).rejects.toThrow('open or closed');
});

test('resource.activate > delivered twice at once it calls each one once and books each resource once', async () => {
  // given
  await bench.context.db('app.emergency_resource').insert([
    { resource_id: 'generator', kind: 'equipment', name: '发电机', name_en: 'Generator', site: 'branch_east', quantity: 1 },
    { resource_id: 'hotline_seats', kind: 'people', name: '备用坐席', name_en: 'Spare seats', site: null, quantity: 2 },
    { resource_id: 'generator_west', kind: 'equipment', name: '发电机', name_en: 'Generator', site: 'branch_west', quantity: 1 },
  ]);

  // when: the site is said by its name
  const job = own('resource.activate', { site: '示例 · 城东支行', groups: ['senior_mgmt', 'emergency_team'] }, { acknowledgeMinutes: '15' });
  const [first, second] = await deliverTwice(resourceActivate, job, bench.context);

  // then
  expect(second).toEqual(first);
  expect(first).toMatchObject({
    activationNo: 'YJ20261123-0001',
    teamRoster: [{ userId: 'majun', acknowledgeBy: '2026-11-23T11:15:00+08:00' }, { userId: 'sunyi' }],
    resources: [{ resourceId: 'generator' }, { resourceId: 'hotline_seats' }],
  });
  expect(await bench.context.db('app.emergency_callout').orderBy('user_id').pluck('user_id')).toEqual(['majun', 'sunyi']);
  expect(await bench.context.db('app.inbox_message').where({ user_id: 'majun' })).toHaveLength(1);
  expect(await rows('app.emergency_activation')).toMatchObject([{ site: 'branch_east', risk_level: 'major', released_at: null }]);
});

test('resource.activate > the last one is not booked for another case, and the first case keeps it when it is called out again', async () => {
  // when
  const again = await resourceActivate.handle(own('resource.activate', { site: 'branch_east' }), bench.context);
  const other = await resourceActivate.handle(own('resource.activate', { caseNo: 'FX20261123-0002', site: 'branch_east' }, {}, { processInstanceKey: '1001' }), bench.context);

  // then
  expect(again['resources']).toMatchObject([{ resourceId: 'generator' }, { resourceId: 'hotline_seats' }]);
  expect(other['resources']).toMatchObject([{ resourceId: 'hotline_seats' }]);
  expect(await rows('app.emergency_booking')).toHaveLength(3);
});

test('service.state > suspends a site once for all that wait there, tells nobody twice, and resumes them', async () => {
  // given: two appointments and an application in the east, one in the west, one of them closed
  const register = async (series: string, site: string): Promise<string> => String((await recordRegister.handle(bench.job('record.register', { site }, { bpmnProcessId: 'other', customHeaders: { series } }), bench.context))['recordNo']);
  const east = [await register('SQ', 'branch_east'), await register('YY', 'branch_east'), await register('YY', 'branch_east')];
  await register('YY', 'branch_west');
  const closed = await register('YY', 'branch_east');
  await bench.context.db('app.record').where({ record_no: closed }).update({ closed_at: new Date() });
  bench.asked.length = 0;

  // when
  const suspend = (): ReturnType<WorkerBench['job']> => own('service.state', { scope: 'site', ref: 'branch_east', reason: '核心系统中断' }, { state: 'suspended' });
  const [first, second] = await deliverTwice(serviceState, suspend(), bench.context);

  // then
  expect(second).toEqual(first);
  expect(first).toEqual({ affected: east });
  expect(bench.asked.map((one) => [one.name, one.detail['correlationKey']])).toEqual(east.map((one) => ['service_suspended', one]));
  expect(await rows('app.service_state')).toMatchObject([{ scope: 'site', ref: 'branch_east', state: 'suspended', case_no: RISK_NO }]);

  // when: an upgrade suspends again after one more has come
  const late = await register('YY', 'branch_east');
  const again = await serviceState.handle(suspend(), bench.context);

  // then
  expect(again).toEqual({ affected: [late] });
  expect(await rows('app.service_suspension')).toMatchObject([{ affected: [...east, late] }]);

  // when: another case holds the site as well
  await serviceState.handle(own('service.state', { caseNo: 'FX20261123-0002', scope: 'site', ref: 'branch_east' }, { state: 'suspended' }, { processInstanceKey: '1001' }), bench.context);
  bench.asked.length = 0;
  const resumed = await serviceState.handle(own('service.state', {}, { state: 'resumed' }), bench.context);

  // then
  expect(resumed).toEqual({ affected: [...east, late].sort() });
  expect(new Set(bench.asked.map((one) => one.name))).toEqual(new Set(['service_resumed']));
  expect(await rows('app.service_state')).toMatchObject([{ state: 'suspended' }]);

  // when
  await serviceState.handle(own('service.state', { caseNo: 'FX20261123-0002' }, { state: 'resumed' }, { processInstanceKey: '1001' }), bench.context);

  // then
  expect(await rows('app.service_state')).toMatchObject([{ state: 'resumed' }]);
  expect(await serviceState.handle(own('service.state', {}, { state: 'resumed' }), bench.context)).toEqual({ affected: [] });
  await expect(serviceState.handle(own('service.state', { scope: 'planet', ref: 'x' }, { state: 'suspended' }), bench.context)).rejects.toThrow('not for "planet"');
});

test('risk.upsert > closing the risk gives back what was booked', async () => {
  // when
  await riskUpsert.handle(own('risk.upsert', { recoveredAt: '2026-11-23T12:40:00+08:00', rtoMinutes: 180 }, { status: 'closed' }), bench.context);

  // then
  expect(await rows('app.risk_incident')).toMatchObject([{ status: 'closed', rto_minutes: '180', closed_at: new Date(bench.clock.now()) }]);
  expect(await bench.context.db('app.emergency_activation').whereNull('released_at').pluck('case_no')).toEqual(['FX20261123-0002']);
});

test('report.generate > the risk report has its four parts', async () => {
  // when
  const [first, second] = await deliverTwice(reportGenerate, own('report.generate', { data: { levelText: '重大', rootCause: '双机切换失败' } }, { template: 'risk_report' }), bench.context);

  // then
  expect(second).toEqual(first);
  const { content } = await bench.context.db('app.report').first();
  for (const part of ['一、风险识别与定级', '二、处置措施与应急响应', '三、整改情况', '四、分析与建议', '风险等级 重大，评分 16', '双机切换失败']) expect(content).toContain(part);
});

test('metric.publish > the figures of a risk: in time, repeated, recovery', async () => {
  // given
  await bench.context.db('app.sla_breach').insert({ breach_no: 'CS1', case_no: RISK_NO, process_instance_key: 1000, process_id: 'risk_incident', stage: 'dispose', due_at: new Date(), level: 1, escalate_to: 'senior_mgmt', at: new Date() });

  // when
  await deliverTwice(metricPublish, own('metric.publish'), bench.context);

  // then
  const facts = Object.fromEntries((await bench.context.db('app.kpi_fact').where({ case_no: RISK_NO })).map((one) => [one.metric, Number(one.value)]));
  expect(facts).toEqual({ risk_incident_closed: 1, risk_closed_major: 1, risk_response_in_time: 1, risk_dispose_in_time: 0, risk_repeat: 0, risk_recovery_minutes: 180 });
});

test('archive.store > a major risk is kept ten years with what was activated and suspended', async () => {
  // given
  bench.decisions.set('retention_policy', ({ class: name, riskLevel }) => ({ years: name === 'risk' && riskLevel === 'major' ? 10 : 3, anchor: 'completion' }));

  // when
  const stored = await archiveStore.handle(own('archive.store', {}, { class: 'risk' }), bench.context);

  // then
  expect(stored['retainUntil']).toBe('2036-11-23T11:00:00+08:00');
  expect(await verifyAudit(bench.context.db)).toMatchObject({ ok: true });
});
