import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { openArchive, ArchiveError } from '../../engine/workers/archive/package.ts';
import { archiveStore } from '../../engine/workers/archive/store.ts';
import { compensationRegister } from '../../engine/workers/compensation/register.ts';
import { compensationReverse } from '../../engine/workers/compensation/reverse.ts';
import { customerLookup } from '../../engine/workers/customer/lookup.ts';
import { shippedWorkers } from '../../engine/workers/index.ts';
import { BpmnError } from '../../engine/workers/job-worker.ts';
import { messagePublish } from '../../engine/workers/message/publish.ts';
import { processStart } from '../../engine/workers/process/start.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { reportGenerate } from '../../engine/workers/report/generate.ts';
import { taskAssign } from '../../engine/workers/task/assign.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2026-11-23T09:00:00+08:00');
});
afterAll(() => bench.stop());

const register = (series: string, more: Parameters<WorkerBench['job']>[2] = {}): ReturnType<WorkerBench['job']> => bench.job('record.register', { customerNo: 'C100001', complainantName: '示例客户 · 甲' }, { customHeaders: { series }, ...more });

test('every job type is shipped once', () => {
  const types = shippedWorkers.map((worker) => worker.type);
  expect(new Set(types).size).toBe(types.length);
});

test('record.register > a job delivered twice at once takes one number', async () => {
  // when
  const [first, second] = await deliverTwice(recordRegister, register('TS'), bench.context);
  const next = await recordRegister.handle(register('TS', { processInstanceKey: '1001' }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(first).toMatchObject({ caseNo: 'TS20261123-0001', complaintNo: 'TS20261123-0001', maxReopen: 1, reopenCount: 0, receivedAt: '2026-11-23T09:00:00+08:00' });
  expect(next['caseNo']).toBe('TS20261123-0002');
  expect(await bench.context.db('app.complaint').pluck('complaint_no')).toEqual(['TS20261123-0001', 'TS20261123-0002']);
});

test('record.register > 20 at once take 20 numbers without a gap', async () => {
  // when
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => recordRegister.handle(register('FK', { processInstanceKey: String(3000 + index), bpmnProcessId: 'customer_feedback' }), bench.context)));

  // then
  expect(answers.map((one) => one['feedbackNo']).sort()).toEqual(Array.from({ length: 20 }, (_, index) => `FK20261123-${String(index + 1).padStart(4, '0')}`));
});

test('a failed effect leaves nothing behind and may be tried again', async () => {
  // given: a start the engine refuses once
  const job = bench.job('process.start', { vars: { a: 1 } }, { customHeaders: { processId: 'staff_training' } });
  const { createInstance } = bench.context.engine;
  bench.context.engine.createInstance = async () => {
    throw new Error('no such process');
  };

  // when, then
  await expect(processStart.handle(job, bench.context)).rejects.toThrow('no such process');
  expect(await bench.context.db('app.effect').where({ element_instance_key: job.elementInstanceKey })).toEqual([]);

  // when
  bench.context.engine.createInstance = createInstance;
  const [first, second] = await deliverTwice(processStart, job, bench.context);

  // then
  expect(second).toEqual(first);
  expect(bench.asked.filter((one) => one.command === 'create')).toHaveLength(1);
});

test('message.publish > the element instance is the message id', async () => {
  // given
  const job = bench.job('message.publish', { key: 'TS20261123-0001', vars: { x: 1 } }, { customHeaders: { message: 'violation_closed', ttl: 'P30D' } });

  // when
  await messagePublish.handle(job, bench.context);

  // then
  expect(bench.asked.at(-1)).toEqual({ command: 'publish', name: 'violation_closed', detail: { correlationKey: 'TS20261123-0001', variables: { x: 1 }, messageId: `violation_closed:${job.elementInstanceKey}` } });
});

test('customer.lookup > an unknown customer is a BPMN error, a known one comes without contact data', async () => {
  await expect(customerLookup.handle(bench.job('customer.lookup', { customerNo: 'NOBODY1' }), bench.context)).rejects.toMatchObject({ name: 'BpmnError', code: 'CUSTOMER_NOT_FOUND' } satisfies Partial<BpmnError>);
  const found = await customerLookup.handle(bench.job('customer.lookup', { phone: '13900000002' }), bench.context);
  expect(found).toMatchObject({ customerNo: 'C100002', customer: { tier: 'vip' } });
  expect(JSON.stringify(found)).not.toContain('13900000002');
});

test('compensation > registered twice at once it is paid once, and reversed it nets to zero', async () => {
  // when
  const [first, second] = await deliverTwice(compensationRegister, bench.job('compensation.register', { party: 'C100001', kind: 'cash', amount: 88.8 }), bench.context);
  await deliverTwice(compensationReverse, bench.job('compensation.reverse', { compensationNo: first['compensationNo'] ?? null }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(await bench.context.db('app.payable_export').orderBy('id').pluck('amount')).toEqual(['88.80', '-88.80']);
  await expect(compensationReverse.handle(bench.job('compensation.reverse', { compensationNo: first['compensationNo'] ?? null }), bench.context)).rejects.toThrow('no registered compensation');
});

test('task.assign > spreads the load, respects recusal and keeps the one who has the case', async () => {
  // given
  const assign = async (processInstanceKey: string, variables: object = {}): Promise<unknown> => (await taskAssign.handle(bench.job('task.assign', { group: 'complaint_investigator', ...variables }, { processInstanceKey }), bench.context))['assigneeId'];

  // when, then
  expect(await assign('2001')).toBe('zhangmin');
  expect(await assign('2002')).toBe('zhouning');
  expect(await assign('2003', { excludeUsers: ['zhangmin'] })).toBe('zhouning');
  expect(await assign('2002', { preferUser: 'zhouning' })).toBe('zhouning');
  expect(await assign('2004', { excludeUsers: ['zhangmin', 'zhouning'] })).toBeNull();
});

test('report.generate > letters are versions under one number, and values cannot bring markup', async () => {
  // given
  const letter = (): Promise<Record<string, unknown>> => reportGenerate.handle(bench.job('report.generate', { caseNo: 'TS20261123-0001', complainantName: '<b>甲</b>', explanation: '已致歉' }, { customHeaders: { template: 'complaint_result_letter' } }), bench.context);

  // when
  const [first, second] = [await letter(), await letter()];

  // then
  expect(second).toMatchObject({ reportNo: first['reportNo'], reportVersion: 2 });
  const stored = await bench.context.db('app.report').where({ version: 2 }).first();
  expect(stored.content).toContain('&lt;b&gt;甲&lt;/b&gt;');
  expect(stored.content).not.toContain('三、补偿</p>\n<p></p>');
});

test('archive.store > the package is encrypted, opens whole, and a changed byte or another key is noticed', async () => {
  // given
  bench.decisions.set('retention_policy', ({ class: name }) => (name === 'complaint' ? { years: 3, anchor: 'closing', note: '' } : null));
  const job = bench.job('archive.store', { caseNo: 'TS20261123-0001', content: '客户陈述原文' }, { customHeaders: { class: 'complaint' } });

  // when
  const [stored] = await deliverTwice(archiveStore, job, bench.context);
  const archiveNo = String(stored['archiveNo']);

  // then
  expect(stored['retainUntil']).toBe('2029-11-23T09:00:00+08:00');
  expect(await bench.context.db('app.archive_item')).toHaveLength(1);
  const row = await bench.context.db('app.archive_item').first();
  expect(row.package.includes(Buffer.from('客户陈述原文'))).toBe(false);
  expect(await openArchive(bench.context.db, archiveNo, bench.context.archiveKey)).toMatchObject({ variables: { content: '客户陈述原文' } });
  await expect(openArchive(bench.context.db, archiveNo, Buffer.alloc(32))).rejects.toThrow(ArchiveError);
  const changed = Buffer.from(row.package);
  changed[3] = changed[3]! ^ 1;
  await bench.context.db('app.archive_item').update({ package: changed });
  await expect(openArchive(bench.context.db, archiveNo, bench.context.archiveKey)).rejects.toThrow('was changed');
  await expect(archiveStore.handle(bench.job('archive.store', { caseNo: 'X' }, { customHeaders: { class: 'unknown' } }), bench.context)).rejects.toThrow('no row for class "unknown"');
});

test('every effect is in the audit chain, and no personal data is', async () => {
  expect(await verifyAudit(bench.context.db)).toMatchObject({ ok: true });
  const log = JSON.stringify(await bench.context.db('app.audit_log'));
  expect(log).toContain('case:TS20261123-0001');
  for (const secret of ['示例客户 · 甲', '13900000002', '客户陈述原文']) expect(log).not.toContain(secret);
});
