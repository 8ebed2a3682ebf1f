import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiMigrations } from '../../engine/api/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { identityMigrations } from '../../engine/identity/migrations/index.ts';
import { notificationMigrations } from '../../engine/notifications/migrations/index.ts';
import { workerMigrations } from '../../engine/workers/migrations/index.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { archiveStore } from '../../engine/workers/archive/store.ts';
import { drillLog } from '../../engine/workers/drill/log.ts';
import type { Job } from '../../engine/workers/job-worker.ts';
import { metricPublish } from '../../engine/workers/metric/publish.ts';
import { progressLog } from '../../engine/workers/progress/log.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { sanctionApply } from '../../engine/workers/sanction/apply.ts';
import { securityContain } from '../../engine/workers/security/contain.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
let first: string;
let second: string;
beforeAll(async () => {
  bench = await openBench('2026-11-23T10:00:00+08:00');
  bench.decisions.set('retention_policy', () => ({ years: 5, anchor: 'completion' }));
});
afterAll(() => bench.stop());

const job = (type: string, caseNo: string, variables: JsonObject, more: Partial<Job> = {}): Job => bench.job(type, { caseNo, eventNo: caseNo, ...variables }, { bpmnProcessId: 'security_incident', ...more });
const duty = async (id: string): Promise<string> => (await bench.context.db('app.app_user').select('duty').where({ id }).first()).duty;
const register = async (variables: JsonObject, instance: string): Promise<string> => String((await recordRegister.handle(bench.job('record.register', variables, { bpmnProcessId: 'security_incident', processInstanceKey: instance, customHeaders: { series: 'AQ' } }), bench.context))['eventNo']);
const contain = (caseNo: string, variables: JsonObject, instance = '2001'): Promise<JsonObject> => securityContain.handle(job('security.contain', caseNo, variables, { processInstanceKey: instance }), bench.context);
const release = (caseNo: string, variables: JsonObject = {}): Promise<JsonObject> => securityContain.handle(job('security.contain', caseNo, variables, { customHeaders: { action: 'release' } }), bench.context);

test('record.register > a security event gets its ledger row once, contained when its reporter says so', async () => {
  // when
  const opening = bench.job('record.register', { type: 'data_leak', dataClasses: ['customer_info'], recordsAffected: 5000, detectedAt: '2026-11-23T09:50+08:00' }, { bpmnProcessId: 'security_incident', processInstanceKey: '2001', customHeaders: { series: 'AQ' } });
  const [one, two] = await deliverTwice(recordRegister, opening, bench.context);
  first = String(one['eventNo']);
  second = await register({ type: 'abnormal', contained: true }, '2002');

  // then
  expect(two).toEqual(one);
  expect(await bench.context.db('app.security_event').orderBy('event_no')).toMatchObject([
    { event_no: first, type: 'data_leak', data_classes: ['customer_info'], records_affected: 5000, contained_at: null, closed_at: null },
    { event_no: second, type: 'abnormal', contained_at: new Date(bench.clock.now()) },
  ]);
});

test('security.contain > delivered twice at once it disables the account once, without any table of sessions', async () => {
  // when
  const [one, two] = await deliverTwice(securityContain, job('security.contain', first, { accounts: ['wanglei', 'wanglei'] }, { processInstanceKey: '2001' }), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toEqual({ containment: [{ kind: 'account', ref: 'wanglei' }] });
  expect(await duty('wanglei')).toBe('suspended');
  expect(await bench.context.db('app.security_lock')).toMatchObject([{ event_no: first, kind: 'account', ref: 'wanglei', before: { duty: 'on' }, released_at: null }]);
  expect(await bench.context.db('app.security_event').where({ event_no: first }).first()).toMatchObject({ contained_at: new Date(bench.clock.now()) });
});

test('security.contain > the sessions of a disabled account end, those of others go on', async () => {
  // given
  await migrate(bench.context.db, 'app', [...identityMigrations, ...notificationMigrations, ...workerMigrations, ...apiMigrations]);
  const session = (sid: string, userId: string): object => ({ sid, sess: JSON.stringify({ userId }), expire: new Date('2026-11-24') });
  await bench.context.db('app.session').insert([session('a', 'wanglei'), session('b', 'wanglei'), session('c', 'liqiang')]);

  // when
  await contain(first, { accounts: ['wanglei'] });

  // then
  expect(await bench.context.db('app.session').pluck('sid')).toEqual(['c']);
  expect(await bench.context.db('app.security_lock')).toHaveLength(1);
});

test('security.contain > an archive item cannot be destroyed and nobody reads it any more', async () => {
  // given
  const { archiveNo } = await archiveStore.handle(bench.job('archive.store', { caseNo: 'TS1' }, { customHeaders: { class: 'complaint' } }), bench.context);
  await bench.context.db('app.access_grant').insert({ grant_no: 'G1', archive_no: archiveNo, user_id: 'liqiang', until: new Date('2026-12-01'), granted_at: new Date(bench.clock.now()) });

  // when
  const done = await contain(first, { records: [archiveNo!] });

  // then
  expect(done).toEqual({ containment: [{ kind: 'account', ref: 'wanglei' }, { kind: 'archive', ref: archiveNo }] });
  expect((await bench.context.db('app.archive_item').where({ archive_no: archiveNo }).first()).hold_until.getUTCFullYear()).toBe(9999);
  expect(await bench.context.db('app.access_grant').first()).toMatchObject({ revoked_at: new Date(bench.clock.now()) });
});

test('security.contain > an unknown account, an unknown archive item and an unknown action are refused and leave nothing', async () => {
  // given
  const before = await bench.context.db('app.security_lock').orderBy('id');

  // when, then
  await expect(contain(first, { accounts: ['gaoxiang', 'nobody'] })).rejects.toThrow('no account "nobody"');
  await expect(contain(first, { records: ['DA-none'] })).rejects.toThrow('no archive item "DA-none"');
  await expect(securityContain.handle(job('security.contain', first, {}, { customHeaders: { action: 'burn' } }), bench.context)).rejects.toThrow('contain or release');
  await expect(securityContain.handle(bench.job('security.contain', { accounts: ['gaoxiang'] }), bench.context)).rejects.toThrow('caseNo');
  expect(await duty('gaoxiang')).toBe('on');
  expect(await bench.context.db('app.security_lock').orderBy('id')).toEqual(before);
  expect(await bench.context.db('app.effect').whereIn('result', ['{}']).where({ job_type: 'security.contain' })).toEqual([]);
});

test('security.contain > what another event holds too stays held, and comes back as it was before both', async () => {
  // given
  await bench.context.db('app.app_user').where({ id: 'gaoxiang' }).update({ duty: 'off' });
  await contain(first, { accounts: ['gaoxiang'] });
  await contain(second, { accounts: ['gaoxiang'] }, '2002');

  // when
  const kept = await release(first, { keep: ['wanglei'] });

  // then
  expect(kept).toEqual({ released: 2 });
  expect([await duty('wanglei'), await duty('gaoxiang')]).toEqual(['suspended', 'suspended']);
  expect((await bench.context.db('app.archive_item').first()).hold_until).toBeNull();

  // when
  await deliverTwice(securityContain, job('security.contain', second, {}, { customHeaders: { action: 'release' } }), bench.context);
  await release(first);

  // then
  expect([await duty('wanglei'), await duty('gaoxiang')]).toEqual(['on', 'off']);
  expect(await bench.context.db('app.security_lock').whereNull('released_at')).toEqual([]);
  expect(await release(first)).toEqual({ released: 0 });
});

test('security.contain > who is suspended by an accountability case stays so after the release', async () => {
  // given
  await contain(first, { accounts: ['liuyang'] });
  await sanctionApply.handle(bench.job('sanction.apply', { caseNo: 'WG20261123-0001', person: 'liuyang', type: 'suspend' }, { bpmnProcessId: 'violation_accountability' }), bench.context);

  // when
  await release(first);

  // then
  expect(await duty('liuyang')).toBe('suspended');
});

test('metric.publish > the figures of a security event: in time, minutes, notice, by type', async () => {
  // given
  await bench.context.db('app.sla_breach').insert({ breach_no: 'CS1', case_no: first, process_instance_key: 2001, process_id: 'security_incident', stage: 'contain', due_at: new Date(), level: 1, escalate_to: 'senior_mgmt', at: new Date() });
  bench.clock.set(Date.parse('2026-11-23T11:30:00+08:00'));

  // when: the event has been responded to, graded and its customers told too late
  const variables = { level: 'major', responseActions: [{ action: '断开外联' }], noticeSentAt: '2026-11-27T10:00+08:00', kind: 'misuse', liable: true };
  await progressLog.handle(job('progress.log', first, { ...variables, status: 'responded' }, { processInstanceKey: '2001' }), bench.context);
  const [one, two] = await deliverTwice(metricPublish, job('metric.publish', first, variables, { processInstanceKey: '2001' }), bench.context);

  // then
  expect(two).toEqual(one);
  const facts = await bench.context.db('app.kpi_fact').where({ case_no: first }).orderBy('id').select('metric', 'value', 'unit');
  expect(Object.fromEntries(facts.map((fact) => [fact.metric, Number(fact.value)]))).toEqual({ security_incident_closed: 1, security_closed_major: 1, security_response_in_time: 1, security_response_minutes: 90, security_contain_minutes: 0, security_contain_in_time: 0, security_notice_in_time: 0 });
  expect(facts.at(-1)?.unit).toBe('data_leak');
  expect(await bench.context.db('app.security_event').where({ event_no: first }).first()).toMatchObject({ cause_kind: 'misuse', liable: true, level: 'major' });
});

test('archive.store > closes the event and files what was contained', async () => {
  // when
  await archiveStore.handle(job('archive.store', first, { outcome: 'resolved' }, { processInstanceKey: '2001', customHeaders: { class: 'security' } }), bench.context);

  // then
  expect(await bench.context.db('app.security_event').where({ event_no: first }).first()).toMatchObject({ outcome: 'resolved', closed_at: new Date(bench.clock.now()) });
  expect(await bench.context.db('app.security_event').where({ event_no: second }).first()).toMatchObject({ outcome: null });
});

const drill: JsonObject = { caseNo: 'YL20261123-0001', drillNo: 'YL20261123-0001', scenario: 'outage', type: 'live', date: '2026-11-23T09:00+08:00', startedAt: '2026-11-23T09:00+08:00', endedAt: '2026-11-23T09:40+08:00', rtoTarget: 40, participants: ['majun'], observations: [{ observer: 'majun', score: 88 }], finalScore: 88, grade: 'good', rectItems: [{ item: '更新通讯录' }] };
const log = (variables: JsonObject, status: string): Job => bench.job('drill.log', { ...drill, ...variables }, { bpmnProcessId: 'emergency_drill', processInstanceKey: '3001', customHeaders: { status } });

test('drill.log > delivered twice at once it writes one row; the target is met to the minute', async () => {
  // when
  const [one, two] = await deliverTwice(drillLog, log({}, 'held'), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toEqual({ drillNo: 'YL20261123-0001', rtoMinutes: 40, rtoMet: true, note: null });
  expect(await bench.context.db('app.drill')).toMatchObject([{ drill_no: 'YL20261123-0001', status: 'held', score: '88.00', grade: 'good', issues: 1, participants: ['majun'], observations: [{ observer: 'majun', score: 88 }] }]);
});

test('drill.log > a longer or an interrupted drill misses its target, a cancelled one has none', async () => {
  expect(await drillLog.handle(log({ endedAt: '2026-11-23T09:41+08:00' }, 'held'), bench.context)).toMatchObject({ rtoMinutes: 41, rtoMet: false });
  expect(await drillLog.handle(log({ interrupted: true }, 'held'), bench.context)).toMatchObject({ rtoMinutes: 40, rtoMet: false });
  expect(await drillLog.handle(log({ rtoTarget: null }, 'held'), bench.context)).toMatchObject({ rtoMinutes: 40, rtoMet: null });
  expect(await drillLog.handle(log({ note: '停电取消' }, 'cancelled'), bench.context)).toMatchObject({ rtoMinutes: null, note: '停电取消' });
  expect(await bench.context.db('app.drill')).toMatchObject([{ status: 'cancelled', note: '停电取消' }]);
  await expect(drillLog.handle(log({}, 'postponed'), bench.context)).rejects.toThrow('held or cancelled');
});

test('metric.publish > the figures of a drill count only when it was held', async () => {
  // given
  const publish = (): Promise<JsonObject> => metricPublish.handle(bench.job('metric.publish', drill, { bpmnProcessId: 'emergency_drill', processInstanceKey: '3001' }), bench.context);
  await bench.context.db('app.rectification').insert([{ rect_no: 'ZG1', source_no: drill['drillNo'] as string, process_instance_key: 1, problem: 'x', status: 'closed', opened_at: new Date() }, { rect_no: 'ZG2', source_no: drill['drillNo'] as string, process_instance_key: 1, problem: 'y', status: 'open', opened_at: new Date() }]);

  // when
  const cancelled = await publish();
  await drillLog.handle(log({}, 'held'), bench.context);
  const held = await publish();

  // then
  expect([cancelled, held]).toEqual([{ metricsPublished: 1 }, { metricsPublished: 5 }]);
  const facts = await bench.context.db('app.kpi_fact').where({ case_no: drill['caseNo'] as string }).orderBy('id').offset(1).select('metric', 'value');
  expect(facts.map((fact) => [fact.metric, Number(fact.value)]).sort()).toEqual([['drill_issue_closed', 0], ['drill_issue_closed', 1], ['drill_rto_met', 1], ['drill_score', 88], ['emergency_drill_closed', 1]]);
  expect(await verifyAudit(bench.context.db)).toMatchObject({ ok: true });
});
