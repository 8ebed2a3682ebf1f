import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { complaintEvidence } from '../../engine/workers/complaint/evidence.ts';
import { applicationCheck } from '../../engine/workers/application/check.ts';
import { archiveStore } from '../../engine/workers/archive/store.ts';
import type { Job, WorkerContext } from '../../engine/workers/job-worker.ts';
import { metricPublish } from '../../engine/workers/metric/publish.ts';
import { progressLog } from '../../engine/workers/progress/log.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { serviceOrder } from '../../engine/workers/service/order.ts';
import { installSampleServices } from '../../engine/workers/slot/sample-services.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2026-11-23T09:00:00+08:00');
  await installSampleServices(bench.context.db);
});
afterAll(() => bench.stop());

const loan: JsonObject = { customerNo: 'C100001', customerType: 'individual', business: 'credit', product: 'loan_personal', amount: 300_000, term: 12, executeGroup: ['credit_officer'] };
let instance = 3000;
/** A registered application of its own instance. */
async function application(more: JsonObject = {}): Promise<{ no: string; job(type: string, variables?: JsonObject, headers?: Record<string, string>): Job }> {
  const processInstanceKey = String((instance += 1));
  const { caseNo } = await recordRegister.handle(bench.job('record.register', { ...loan, ...more }, { bpmnProcessId: 'service_application', processInstanceKey, customHeaders: { series: 'SQ' } }), bench.context);
  const no = String(caseNo);
  return { no, job: (type, variables = {}, customHeaders = {}) => bench.job(type, { ...loan, ...more, caseNo: no, applicationNo: no, ...variables }, { bpmnProcessId: 'service_application', processInstanceKey, customHeaders }) };
}
const order = (no: string): Promise<Record<string, unknown>[]> => bench.context.db('app.service_order').where({ application_no: no }).orderBy('order_no');

test('record.register > a termination has a number of the same series but is no application', async () => {
  // given
  const before = await bench.context.db('app.service_application').count({ count: '*' }).first();

  // when
  await recordRegister.handle(bench.job('record.register', {}, { bpmnProcessId: 'service_termination', customHeaders: { series: 'SQ' } }), bench.context);

  // then
  expect(await bench.context.db('app.service_application').count({ count: '*' }).first()).toEqual(before);
});

test('application.check > what the catalogue asks for, added up over deliveries, twice at once the same', async () => {
  // given
  const { no, job } = await application();

  // when
  const [first, second] = await deliverTwice(applicationCheck, job('application.check', { materialKinds: ['id'] }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(first).toMatchObject({ missing: [{ kind: 'income', name: '收入证明' }, { kind: 'credit_report', name: '征信查询授权书' }], missingText: '收入证明、征信查询授权书', valid: false, productRisk: null, executeDays: 5, excludeUsers: [] });
  expect(await applicationCheck.handle(job('application.check', { materialKinds: ['income', 'credit_report'] }), bench.context)).toMatchObject({ missing: [], valid: true });
  expect(await bench.context.db('app.application_material').where({ application_no: no }).orderBy('kind').pluck('kind')).toEqual(['credit_report', 'id', 'income']);
});

test('application.check > a company shows its license, a product may ask for more, and whoever entered or advises is recused', async () => {
  // given
  await bench.context.db('app.service_material').insert({ business: 'credit', product: 'loan_business', kind: 'balance_sheet', name: '财务报表', name_en: 'Balance sheet' });
  await bench.context.db('app.customer_adviser').insert([{ customer_no: 'C200001', user_id: 'gaoxiang' }, { customer_no: 'C200001', user_id: 'wanglei' }]);
  const { job } = await application({ customerNo: 'C200001', customerType: 'corporate', product: 'loan_business' });

  // when
  const checked = await applicationCheck.handle(job('application.check', { initiator: 'wanglei', materialKinds: ['id', 'income', 'credit_report'], excludeUsers: ['sunyi'] }), bench.context);

  // then
  expect(checked).toMatchObject({ missing: [{ kind: 'license' }, { kind: 'balance_sheet' }], executeDays: 10, excludeUsers: ['sunyi', 'wanglei', 'gaoxiang'] });
  expect(await applicationCheck.handle(job('application.check', { initiator: 'worker:service_followup', customerNo: 'C100001', product: 'wealth_growth', business: 'wealth' }), bench.context)).toMatchObject({ productRisk: 'R5', excludeUsers: [] });
  await expect(applicationCheck.handle(job('application.check', { business: null }), bench.context)).rejects.toThrow('business');
});

test('service.order > twice at once it is one order; asked again there is no second one; void takes it back', async () => {
  // given
  const { no, job } = await application();

  // when
  const [first, second] = await deliverTwice(serviceOrder, job('service.order'), bench.context);

  // then
  expect(second).toEqual(first);
  expect(await serviceOrder.handle(job('service.order'), bench.context)).toEqual(first);
  expect(await order(no)).toMatchObject([{ order_no: first['orderNo'], status: 'open', execute_group: ['credit_officer'], customer_no: 'C100001' }]);

  // when
  const [void1, void2] = await deliverTwice(serviceOrder, job('service.order', {}, { action: 'void' }), bench.context);

  // then
  expect(void2).toEqual(void1);
  expect(await order(no)).toMatchObject([{ status: 'void' }]);
  expect(await serviceOrder.handle(job('service.order', {}, { action: 'void' }), bench.context)).toEqual({ voidedOrder: null });
  await expect(serviceOrder.handle(job('service.order', { executeGroup: [] }), bench.context)).rejects.toThrow('executeGroup');
  await expect(serviceOrder.handle(job('service.order', {}, { action: 'burn' }), bench.context)).rejects.toThrow('"burn"');
});

test('progress.log > completing an order leaves one contract, twice at once; a failed execution leaves none', async () => {
  // given
  const { no, job } = await application();
  await serviceOrder.handle(job('service.order', { dueExecute: '2026-11-30T17:30:00+08:00' }), bench.context);

  // when
  const done: JsonObject = { status: 'finished', result: 'done', contractNo: null, fee: 12.5, finishedAt: '2026-11-30T23:30+08:00' };
  const [first, second] = await deliverTwice(progressLog, job('progress.log', done, { order: 'complete' }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(await order(no)).toMatchObject([{ status: 'done', eta: new Date('2026-11-30T17:30:00+08:00') }]);
  expect(await bench.context.db('app.service_contract').select('contract_no', 'fee', bench.context.db.raw('starts_on::text'), bench.context.db.raw('ends_on::text'), 'service_group').where({ application_no: no })).toEqual([{ contract_no: first['contractNo'], fee: '12.50', starts_on: '2026-11-30', ends_on: '2027-11-30', service_group: 'credit_officer' }]);
  await expect(progressLog.handle(job('progress.log', done, { order: 'complete' }), bench.context)).rejects.toThrow('no open order');

  // given
  const other = await application({ term: null });
  await serviceOrder.handle(other.job('service.order'), bench.context);

  // when, then: a number that is taken stops it, and the order stays open
  await expect(progressLog.handle(other.job('progress.log', { ...done, contractNo: first['contractNo'] ?? null }, { order: 'complete' }), bench.context)).rejects.toThrow('exists already');
  expect(await order(other.no)).toMatchObject([{ status: 'open' }]);
  expect(await progressLog.handle(other.job('progress.log', { ...done, result: 'failed', status: 'failed' }, { order: 'complete' }), bench.context)).toMatchObject({ contractNo: null });
  expect(await order(other.no)).toMatchObject([{ status: 'failed' }]);
});

test('an effect that fails in its transaction leaves nothing, and the next delivery does all of it', async () => {
  // given: the audit log cannot be written
  const { no, job } = await application();
  const once = job('service.order');
  await bench.context.db.raw(`create function app.refuse() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$; create trigger refuse before insert on app.audit_log for each row execute function app.refuse()`);

  // when, then
  await expect(serviceOrder.handle(once, bench.context)).rejects.toThrow('the disk is full');
  await bench.context.db.raw('drop trigger refuse on app.audit_log; drop function app.refuse()');
  expect(await order(no)).toEqual([]);
  const { orderNo } = await serviceOrder.handle(once, bench.context);
  expect(await order(no)).toMatchObject([{ order_no: orderNo }]);
});

test('archive.store and metric.publish > the file holds application and order, and the board gets its figures', async () => {
  // given
  bench.decisions.set('retention_policy', () => ({ years: 3, anchor: 'completion' }));
  const { no, job } = await application({ reviewResults: [{ level: 1, result: 'return' }, { level: 1, result: 'pass' }], acceptedAt: '2026-11-23T10:00:00+08:00', finishedAt: '2026-11-23T14:30:00+08:00' });
  await serviceOrder.handle(job('service.order'), bench.context);

  // when
  await archiveStore.handle(job('archive.store', { outcome: 'completed' }, { class: 'service' }), bench.context);
  await deliverTwice(metricPublish, job('metric.publish'), bench.context);

  // then
  const facts = Object.fromEntries((await bench.context.db('app.kpi_fact').where({ case_no: no })).map((one) => [one.metric, Number(one.value)]));
  expect(facts).toEqual({ service_application_closed: 1, application_rejected: 0, application_first_pass: 0, application_progress_notices: 0, application_accepted_in_24h: 1, application_handling_hours: 4.5 });
  expect(await bench.context.db('app.service_application').where({ application_no: no }).first()).toMatchObject({ outcome: 'completed', status: 'completed' });
  expect(await verifyAudit(bench.context.db)).toMatchObject({ ok: true });
});

test('complaint.evidence > knows the appointments and applications of the customer', async () => {
  // given
  const { no } = await application({ customerNo: 'C100003' });
  const { caseNo } = await recordRegister.handle(bench.job('record.register', { customerNo: 'C100003', business: 'card' }, { bpmnProcessId: 'service_appointment', processInstanceKey: '3999', customHeaders: { series: 'YY' } }), bench.context);

  // when
  const { evidence } = await complaintEvidence.handle(bench.job('complaint.evidence', { customerNo: 'C100003', caseNo: 'TS1' }), bench.context);

  // then
  expect((evidence as JsonObject[]).map(({ kind, ref, summary }) => ({ kind, ref, summary })).sort((a, b) => String(a.kind).localeCompare(String(b.kind)))).toEqual([{ kind: 'application', ref: no, summary: 'credit registered' }, { kind: 'appointment', ref: caseNo, summary: 'card requested' }]);
});

test('metric.publish > figures of an appointment', async () => {
  // given
  const variables: JsonObject = { channel: 'app', resourceGroup: 'wealth_advisor' };
  const { caseNo } = await recordRegister.handle(bench.job('record.register', variables, { bpmnProcessId: 'service_appointment', customHeaders: { series: 'YY' } }), bench.context);
  await bench.context.db('app.appointment').where({ appointment_no: caseNo }).update({ status: 'served', confirmed_at: new Date('2026-11-23T12:00:00+08:00'), start_at: new Date('2026-11-24T10:00:00+08:00'), started_at: new Date('2026-11-24T10:05:00+08:00'), finished_at: new Date('2026-11-24T10:50:00+08:00') });

  // when
  const context: WorkerContext = bench.context;
  await metricPublish.handle(bench.job('metric.publish', { caseNo: caseNo ?? null }, { bpmnProcessId: 'service_appointment' }), context);

  // then
  const facts = Object.fromEntries((await bench.context.db('app.kpi_fact').where({ case_no: caseNo })).map((one) => [one.metric, Number(one.value)]));
  expect(facts).toEqual({ service_appointment_closed: 1, appointment_no_show: 0, appointment_cancelled: 0, appointment_online: 1, appointment_confirmed_in_24h: 1, appointment_lead_hours: 25, appointment_service_minutes: 45 });
});
