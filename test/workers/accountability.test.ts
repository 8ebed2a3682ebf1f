import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import type { Job } from '../../engine/workers/job-worker.ts';
import { notifySend } from '../../engine/workers/notify/send.ts';
import { progressLog } from '../../engine/workers/progress/log.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { sanctionApply } from '../../engine/workers/sanction/apply.ts';
import { sanctionHistory } from '../../engine/workers/sanction/history.ts';
import { sanctionLift } from '../../engine/workers/sanction/lift.ts';
import { staffDuty } from '../../engine/workers/staff/duty.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2026-11-23T09:00:00+08:00');
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.context.db('app.sanction').delete();
  await bench.context.db('app.staff_record_entry').delete();
  await bench.context.db('app.staff_record').delete();
  await bench.context.db('app.app_user').update({ duty: 'on' });
});

const job = (type: string, variables: JsonObject, more: Partial<Job> = {}): Job => bench.job(type, { caseNo: 'WG20261123-0001', ...variables }, { bpmnProcessId: 'violation_accountability', ...more });
const duty = async (id: string): Promise<string> => (await bench.context.db('app.app_user').select('duty').where({ id }).first()).duty;
const apply = (variables: JsonObject): Promise<JsonObject> => sanctionApply.handle(job('sanction.apply', variables), bench.context);
const lift = (sanctionNo: unknown): Promise<JsonObject> => sanctionLift.handle(job('sanction.lift', { sanctionNo: sanctionNo as string }), bench.context);

test('sanction.apply > delivered twice at once it takes the points once', async () => {
  // when
  const [first, second] = await deliverTwice(sanctionApply, job('sanction.apply', { person: { staffNo: 'wanglei' }, type: 'perf_deduct', amount: 12.5, reason: '依据处理标准' }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(await bench.context.db('app.sanction')).toMatchObject([{ sanction_no: first['sanctionNo'], staff_no: 'wanglei', type: 'perf_deduct', amount: '12.50', interim: false, status: 'in_force' }]);
  expect(await bench.context.db('app.staff_record')).toMatchObject([{ staff_no: 'wanglei', points: '87.50' }]);
  expect(await bench.context.db('app.staff_record_entry')).toMatchObject([{ kind: 'sanction', case_no: 'WG20261123-0001' }]);
});

test('sanction.apply > points never fall below zero, and a year without awards is on the record', async () => {
  // when
  await apply({ person: 'liqiang', type: 'perf_deduct', amount: 250 });
  await apply({ person: 'liqiang', type: 'no_award', months: 12 });

  // then
  const record = await bench.context.db('app.staff_record').select('points', { until: bench.context.db.raw('no_award_until::text') }).first();
  expect(record).toEqual({ points: '0.00', until: '2027-11-23' });
  expect(await bench.context.db('app.sanction').where({ type: 'no_award' }).first()).toMatchObject({ months: 12, to_at: new Date('2027-11-23T09:00:00+08:00') });
  expect(await duty('liqiang')).toBe('on');
});

test('sanction.apply > an unknown person, an unknown type and a negative amount are refused and leave nothing', async () => {
  await expect(apply({ person: 'nobody', type: 'talk' })).rejects.toThrow('no member of staff "nobody"');
  await expect(apply({ person: 'wanglei', type: 'flogging' })).rejects.toThrow('no sanction');
  await expect(apply({ person: 'wanglei', type: 'fine', amount: -1 })).rejects.toThrow('-1');
  await expect(apply({ type: 'talk' })).rejects.toThrow('person.staffNo');
  expect(await bench.context.db('app.sanction')).toEqual([]);
});

test('sanction.lift > a suspension lifted twice at once gives the duty back once, a third time is an error', async () => {
  // given
  const { sanctionNo } = await apply({ person: 'wanglei', type: 'suspend', from: '2026-11-23T10:00+08:00', to: '2026-12-31T17:30+08:00' });
  expect(await duty('wanglei')).toBe('suspended');

  // when
  const [first, second] = await deliverTwice(sanctionLift, job('sanction.lift', { sanctionNo: sanctionNo ?? null }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(await duty('wanglei')).toBe('on');
  expect(await bench.context.db('app.staff_record_entry').orderBy('id').pluck('kind')).toEqual(['interim', 'lifted']);
  await expect(lift(sanctionNo)).rejects.toThrow('in force');
});

test('sanction.lift > what another case still imposes stays', async () => {
  // given
  const first = await apply({ person: 'wanglei', type: 'suspend' });
  const second = await apply({ caseNo: 'WG20261123-0002', person: 'wanglei', type: 'restrict' });
  expect(await duty('wanglei')).toBe('suspended');

  // when, then
  await lift(first['sanctionNo']);
  expect(await duty('wanglei')).toBe('restricted');
  await lift(second['sanctionNo']);
  expect(await duty('wanglei')).toBe('on');
});

test('staff.duty > twice at once it changes duty once; on-duty ends the measures of this case only', async () => {
  // given
  await apply({ person: 'wanglei', type: 'suspend' });
  await apply({ person: 'liqiang', type: 'suspend' });
  await apply({ caseNo: 'WG20261123-0002', person: 'liqiang', type: 'suspend' });
  await bench.context.db('app.app_user').where({ id: 'hefang' }).update({ duty: 'off' });

  // when
  const persons = ['wanglei', 'liqiang', 'hefang'].map((staffNo) => ({ staffNo, status: 'on-duty' }));
  const [first, second] = await deliverTwice(staffDuty, job('staff.duty', { persons: [...persons, { staffNo: 'zhangmin', status: 'off' }] }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(await Promise.all(['wanglei', 'liqiang', 'hefang', 'zhangmin'].map(duty))).toEqual(['on', 'suspended', 'off', 'off']);
  expect(await bench.context.db('app.sanction').orderBy('sanction_no').pluck('status')).toEqual(['ended', 'ended', 'in_force']);
  expect(await bench.context.db('app.staff_record_entry').where({ kind: 'duty' })).toHaveLength(4);
  await expect(staffDuty.handle(job('staff.duty', { staffNo: 'wanglei', status: 'holiday' }), bench.context)).rejects.toThrow('no duty');
});

test('sanction.history > counts the cases of one year, without interim and lifted measures', async () => {
  // given
  await apply({ caseNo: 'WG20261101-0001', person: 'wanglei', type: 'talk' });
  await apply({ caseNo: 'WG20261101-0001', person: 'wanglei', type: 'fine', amount: 100 });
  await apply({ caseNo: 'WG20261101-0002', person: 'wanglei', type: 'suspend' });
  await lift((await apply({ caseNo: 'WG20261101-0003', person: 'wanglei', type: 'criticism' }))['sanctionNo']);
  const old = await apply({ caseNo: 'WG20241101-0001', person: 'wanglei', type: 'talk' });
  await bench.context.db('app.sanction').where({ sanction_no: old['sanctionNo'] }).update({ at: new Date('2025-11-22T09:00:00+08:00') });

  // when
  const [first, second] = await deliverTwice(sanctionHistory, job('sanction.history', { staff: ['wanglei', 'liqiang'] }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(first['priorSanctions']).toEqual([{ staffNo: 'wanglei', repeatCount: 1 }, { staffNo: 'liqiang', repeatCount: 0 }]);
  expect((first['sanctionHistory'] as JsonObject[]).map((row) => row['type'])).toEqual(['fine', 'talk']);
});

test('progress.log > twice at once it is one note', async () => {
  // when
  const [first, second] = await deliverTwice(progressLog, job('progress.log', { refNo: 'WG20261123-0009', status: 'merged', note: '并案', eta: '2026-12-01T17:30:00+08:00' }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(await bench.context.db('app.progress_note')).toMatchObject([{ progress_no: first['progressNo'], ref_no: 'WG20261123-0009', status: 'merged', note: '并案' }]);
});

test('record.register > a violation gets one ledger row, which follows its variables, and knows the open cases', async () => {
  // when
  const [first, second] = await deliverTwice(recordRegister, bench.job('record.register', { violationType: 'privacy', sourceKind: 'hotline', sourceNo: 'TS1' }, { bpmnProcessId: 'violation_accountability', customHeaders: { series: 'WG' } }), bench.context);
  const next = await recordRegister.handle(bench.job('record.register', {}, { bpmnProcessId: 'violation_accountability', processInstanceKey: '1002', customHeaders: { series: 'WG' } }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(next['openViolations']).toEqual([{ value: first['caseNo'], label: first['caseNo'] }]);
  await progressLog.handle(job('progress.log', { caseNo: first['caseNo'] ?? null, status: 'noted', subjectNo: 'wanglei', conclusion: 'partly', liablePersons: [{ staffNo: 'wanglei' }] }), bench.context);
  expect(await bench.context.db('app.violation_case').where({ case_no: first['caseNo'] }).first()).toMatchObject({ violation_type: 'privacy', source_no: 'TS1', subject_no: 'wanglei', conclusion: 'partly', liable: [{ staffNo: 'wanglei' }] });
});

test('notify.send > a reporter from outside is told by the contact given, which no log holds', async () => {
  // when
  await notifySend.handle(job('notify.send', { to: ['contact:reporter@example.com'] }, { customHeaders: { template: 'violation_ack' } }), bench.context);

  // then
  expect(await bench.context.db('app.notification_log').where({ recipient: 'contact' }).pluck('state')).toEqual(['skipped', 'stored']);
  expect(JSON.stringify(await bench.context.db('app.notification_log'))).not.toContain('reporter@example.com');
});

test('every effect is in the audit chain', async () => {
  expect(await verifyAudit(bench.context.db)).toMatchObject({ ok: true });
  expect(JSON.stringify(await bench.context.db('app.audit_log'))).toContain('case:WG20261123-0001');
});
