import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { certificateIssue } from '../../engine/workers/certificate/issue.ts';
import { installSampleCertificates } from '../../engine/workers/certificate/sample-certificates.ts';
import { certificateScan } from '../../engine/workers/certificate/scan.ts';
import type { Job } from '../../engine/workers/job-worker.ts';
import { metricPublish } from '../../engine/workers/metric/publish.ts';
import { staffDuty } from '../../engine/workers/staff/duty.ts';
import { trainingResult } from '../../engine/workers/training/result.ts';
import { trainingSession } from '../../engine/workers/training/session.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2026-11-23T10:00:00+08:00');
  bench.decisions.set('kpi_targets', () => ({ target: 100 }));
  bench.decisions.set('cert_validity', ({ kind }) => (kind === 'confidentiality' ? 0 : 12));
  bench.decisions.set('cert_requirement', ({ role }) => (role === 'account_manager' ? ['banking', 'confidentiality'] : ['confidentiality']));
});
afterAll(() => bench.stop());

const job = (type: string, variables: JsonObject, more: Partial<Job> = {}): Job => bench.job(type, { caseNo: 'PX1', trainingNo: 'PX1', ...variables }, { bpmnProcessId: 'staff_training', ...more });
const duty = async (id: string): Promise<string> => (await bench.context.db('app.app_user').select('duty').where({ id }).first()).duty;

test('training.session > a department stands for its people, delivered twice it is one session', async () => {
  // when
  const [one, two] = await deliverTwice(trainingSession, job('training.session', { course: 'security', staff: ['wanglei', 'majun'], depts: ['rights'], hours: 4, sessionAt: '2026-12-01T09:00:00+08:00' }), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one['trainees']).toEqual(['wanglei', 'majun', 'zhouning']);
  expect(await bench.context.db('app.training_session')).toMatchObject([{ training_no: 'PX1', course: 'security', staff: ['wanglei', 'majun', 'zhouning'] }]);
});

test('training.session > somebody who is not in the directory is refused and leaves nothing', async () => {
  await expect(trainingSession.handle(job('training.session', { caseNo: 'PX9', course: 'law', staff: ['nobody'] }), bench.context)).rejects.toThrow('nobody with the id nobody');
  expect(await bench.context.db('app.training_session')).toHaveLength(1);
});

test('training.result > absence lowers the coverage, delivered twice hours count once, and everybody has a row of the year', async () => {
  // given
  const results: JsonObject[] = [{ person: 'wanglei', present: 'yes', hours: 4, passed: true, theoryScore: 90, caseScore: 86, attempts: 0 }, { person: 'majun', present: 'yes', hours: 4, passed: false, theoryScore: 50, attempts: 1 }, { person: 'zhouning', present: 'leave', hours: 0, passed: null, attempts: 0 }];

  // when
  const [one, two] = await deliverTwice(trainingResult, job('training.result', { results }), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toEqual({ coverage: 66.67, passRate: 50, target: 100, absent: ['zhouning'], totalHours: 8, plannedCount: 3, presentCount: 2, passedCount: 1 });
  const hours: { staff_no: string; hours: string }[] = await bench.context.db('app.training_hours').where({ year: 2026 });
  expect(hours).toHaveLength((await bench.context.db('app.app_user')).length);
  expect(hours.filter((row) => Number(row.hours) === 4).map((row) => row.staff_no).sort()).toEqual(['majun', 'wanglei']);
});

test('training.result > a make-up session replaces the absence, who is excused does not count', async () => {
  // when
  const made = await trainingResult.handle(job('training.result', { results: [{ person: 'zhouning', present: 'yes', hours: 4, passed: true, attempts: 0 }] }), bench.context);

  // then
  expect(made).toMatchObject({ coverage: 100, passRate: 66.67, totalHours: 12, absent: [] });
  expect(await trainingResult.handle(job('training.result', { results: [], excused: ['majun'] }), bench.context)).toMatchObject({ plannedCount: 2, passRate: 100 });
  expect(await bench.context.db('app.training_session').first()).toMatchObject({ excused: ['majun'], coverage: '100.00' });
});

test('metric.publish > the figures of a training by department', async () => {
  // when
  await metricPublish.handle(job('metric.publish', {}), bench.context);

  // then
  const facts: { metric: string; unit: string | null; value: string }[] = await bench.context.db('app.kpi_fact').where({ case_no: 'PX1' });
  const of = (metric: string): (string | number)[][] => facts.filter((one) => one.metric === metric).map((one) => [one.unit!, Number(one.value)]).sort();
  expect(of('training_pass')).toEqual([['rights', 1], ['security', 0], ['service', 1]]);
  expect(of('training_hours')).toEqual([['rights', 4], ['security', 4], ['service', 4]]);
  expect(of('training_awareness')).toEqual([['service', 86]]);
  expect(facts.some((one) => one.metric === 'staff_training_closed')).toBe(true);
});

test('certificate.issue > delivered twice one certificate, the agreement once, and what is still missing for the role', async () => {
  // when
  const [one, two] = await deliverTwice(certificateIssue, job('certificate.issue', { staffNo: 'gaoxiang', certKind: 'service', signed: true }), bench.context);
  const again = await certificateIssue.handle(job('certificate.issue', { staffNo: 'gaoxiang', certKind: 'banking', signed: true }), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toEqual({ certNo: 'ZS20261123-0001', validUntil: '2027-11-22', missing: ['banking'], duty: 'on' });
  expect(again).toMatchObject({ missing: [] });
  expect(await bench.context.db('app.certificate').where({ staff_no: 'gaoxiang' }).orderBy('cert_no').pluck('kind')).toEqual(['service', 'confidentiality', 'banking']);
  expect(await certificateIssue.handle(job('certificate.issue', { staffNo: 'wanglei', certKind: 'none' }), bench.context)).toEqual({ certNo: null, validUntil: null, missing: ['confidentiality'], duty: 'on' });
  await expect(certificateIssue.handle(job('certificate.issue', { staffNo: 'gaoxiang', certKind: 'driving' }), bench.context)).rejects.toThrow('"driving" is no kind of certificate');
});

test('certificate.scan > what runs out is marked once, what has run out restricts only who needs it', async () => {
  // given
  const { db } = bench.context;
  await db('app.certificate').where({ staff_no: 'gaoxiang', kind: 'banking' }).update({ valid_until: '2026-11-01' });
  await db('app.certificate').where({ staff_no: 'gaoxiang', kind: 'service' }).update({ valid_until: '2026-11-01' });
  const held = (staffNo: string, kind: string, until: string): object => ({ cert_no: `T-${staffNo}-${kind}`, staff_no: staffNo, kind, process_instance_key: '1', issued_at: new Date('2025-12-01'), valid_until: until });
  await db('app.certificate').insert([held('liqiang', 'service', '2026-12-23'), held('wanglei', 'service', '2026-12-01'), held('xunuo', 'banking', '2026-12-05'), held('chenjing', 'service', '2026-12-24')]);

  // when
  const scan = job('certificate.scan', {}, { customHeaders: { withinDays: '30' } });
  const [one, two] = await deliverTwice(certificateScan, scan, bench.context);

  // then: of two kinds the more frequent one
  expect(two).toEqual(one);
  expect(one).toMatchObject({ certKind: 'service', trainees: ['wanglei', 'liqiang'] });
  expect((one['lapsed'] as string[]).length).toBe(2);
  expect(await duty('gaoxiang')).toBe('restricted');
  expect(await db('app.staff_record_entry').where({ staff_no: 'gaoxiang', kind: 'duty' })).toMatchObject([{ detail: { status: 'restricted', kind: 'banking' } }]);
  expect(await certificateScan.handle(job('certificate.scan', {}), bench.context)).toMatchObject({ certKind: 'banking', trainees: ['xunuo'], lapsed: [] });
  expect(await certificateScan.handle(job('certificate.scan', {}), bench.context)).toMatchObject({ certKind: null, trainees: [], expiring: [] });
});

test('staff.duty > passing a training does not give back an account that a security event has locked', async () => {
  // given
  const { db } = bench.context;
  await db('app.security_event').insert({ event_no: 'AQ1', process_instance_key: '1', registered_at: new Date() });
  await db('app.security_lock').insert({ event_no: 'AQ1', process_instance_key: '1', kind: 'account', ref: 'wanglei', before: JSON.stringify({ duty: 'on' }), locked_at: new Date() });
  await db('app.app_user').where({ id: 'wanglei' }).update({ duty: 'suspended' });

  // when
  await staffDuty.handle(job('staff.duty', { staffNo: 'wanglei', status: 'on-duty' }), bench.context);

  // then
  expect(await duty('wanglei')).toBe('suspended');
});

test('sample certificates > every sample person has what the groups need, once', async () => {
  // when
  const { db, clock, zone } = bench.context;
  await installSampleCertificates(db, clock.now(), zone);
  const before = await db('app.certificate');
  await installSampleCertificates(db, clock.now(), zone);

  // then
  expect(await db('app.certificate')).toHaveLength(before.length);
  expect(await db('app.certificate').where({ staff_no: 'xunuo' }).pluck('kind')).toEqual(['banking']);
  expect(await db('app.certificate').where({ staff_no: 'hefang' }).orderBy('kind').pluck('kind')).toEqual(['confidentiality', 'service']);
});

test('training effects stand in the audit log', async () => {
  expect(await verifyAudit(bench.context.db)).toMatchObject({ ok: true });
});
