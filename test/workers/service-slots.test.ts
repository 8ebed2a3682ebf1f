import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { BpmnError, type Job, type WorkerContext } from '../../engine/workers/job-worker.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { slotConfirm } from '../../engine/workers/slot/confirm.ts';
import { slotHold } from '../../engine/workers/slot/hold.ts';
import { slotMatch } from '../../engine/workers/slot/match.ts';
import { slotRelease } from '../../engine/workers/slot/release.ts';
import { installSampleServices } from '../../engine/workers/slot/sample-services.ts';
import { slotWait } from '../../engine/workers/slot/wait.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

const NOW = '2026-11-23T09:00:00+08:00';
const TEN = '2026-11-24T10:00:00+08:00';
const need: JsonObject = { resourceGroup: 'wealth_advisor', minutes: 60, from: '2026-11-24T10:00+08:00', to: '2026-11-24T12:00+08:00', site: 'branch_east', skills: [] };

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench(NOW);
  await installSampleServices(bench.context.db);
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.context.db('app.resource_slot').delete();
  await bench.context.db('app.slot_wait').delete();
  bench.asked.length = 0;
});

let instance = 2000;
/** A case of its own instance. */
const caseOf = (caseNo: string): ((type: string, variables?: JsonObject) => Job) => {
  const processInstanceKey = String((instance += 1));
  return (type, variables = {}) => bench.job(type, { caseNo, appointmentNo: caseNo, ...need, ...variables }, { bpmnProcessId: 'service_appointment', processInstanceKey });
};
const slots = (): Promise<JsonObject[]> => bench.context.db('app.resource_slot').select('resource_id', 'status', 'held_by').orderBy('slot_id');
const wanted = { resourceId: 'east_wealth', start: TEN };
const match = async (variables: JsonObject): Promise<JsonObject> => (await slotMatch.handle(caseOf('YY-x')('slot.match', variables), bench.context))['slot'] as JsonObject;

test('the sample has something to book at every site, once, and only beside the sample people', async () => {
  // when: a second start
  const before = await bench.context.db('app.service_resource').count({ count: '*' }).first();
  await installSampleServices(bench.context.db);

  // then
  expect(await bench.context.db('app.service_resource').count({ count: '*' }).first()).toEqual(before);
  expect(await bench.context.db('app.service_resource').where({ sample: true }).distinct('site').orderBy('site').pluck('site')).toEqual(['branch_east', 'branch_west', 'head_office', 'hotline']);
  expect(await bench.context.db('app.service_catalogue').where({ sample: false })).toEqual([]);
});

test('slot.match > the earliest half hour within opening hours, on working days, at a resource that fits', async () => {
  expect(await match({})).toEqual({ resourceId: 'east_wealth', resourceName: '示例 · 城东支行理财室', site: 'branch_east', start: TEN, end: '2026-11-24T11:00:00+08:00' });
  // over lunch nobody is there
  expect(await match({ from: '2026-11-24T11:30+08:00', to: '2026-11-24T17:00+08:00' })).toMatchObject({ start: '2026-11-24T13:30:00+08:00' });
  // a Saturday and a Sunday between
  expect(await match({ from: '2026-11-27T17:00+08:00', to: '2026-12-01T10:00+08:00' })).toMatchObject({ start: '2026-11-30T09:00:00+08:00' });
  // somebody who can interpret
  expect(await match({ site: null, skills: ['interpreter'] })).toMatchObject({ resourceId: 'head_wealth' });
  // without an end two weeks are searched, and the past never
  expect(await match({ from: '2026-11-01T09:00+08:00', to: null })).toMatchObject({ start: '2026-11-23T09:00:00+08:00' });
  // the site by its name
  expect(await match({ site: '示例 · 城西支行' })).toMatchObject({ resourceId: 'west_wealth' });
});

test('slot.match > nothing free is a business error with what the supervisor needs, also the second time', async () => {
  // given
  const job = caseOf('YY-1')('slot.match', { from: '2026-11-24T12:00+08:00', to: '2026-11-24T13:00+08:00' });

  // when
  const errors = await Promise.all([slotMatch.handle(job, bench.context), slotMatch.handle(job, bench.context)].map((one) => one.then(() => null, (error: unknown) => error)));

  // then
  for (const error of errors) {
    expect(error).toBeInstanceOf(BpmnError);
    expect(error).toMatchObject({ code: 'NO_SLOT', variables: { shortage: '11/24 12:00 至 11/24 13:00 没有可用的 60 分钟时段' } });
  }
  expect((errors[0] as BpmnError).variables['resourceOptions']).toContainEqual({ value: 'west_wealth', label: '示例 · 城西支行理财室' });
  await expect(slotMatch.handle(caseOf('YY-1')('slot.match', { minutes: 0 }), bench.context)).rejects.toThrow('minutes');
});

test('slot.hold > delivered twice at once it takes one time', async () => {
  // when
  const [first, second] = await deliverTwice(slotHold, caseOf('YY-1')('slot.hold', { slot: wanted }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(first['slot']).toMatchObject({ resourceId: 'east_wealth', start: TEN, slotId: expect.stringMatching(/^\d+$/) });
  expect(await slots()).toEqual([{ resource_id: 'east_wealth', status: 'held', held_by: 'YY-1' }]);
});

test('slot.hold > of many who want one time at once each gets another, and none overlap', async () => {
  // when: six at a room that has three hours in the morning
  const results = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((one) => slotHold.handle(caseOf(`YY-${one}`)('slot.hold', { slot: wanted, to: '2026-11-24T17:30+08:00' }), bench.context)));

  // then
  const taken = results.map((one) => (one.status === 'fulfilled' ? ((one.value['slot'] as JsonObject)['start'] as string) : 'none'));
  expect(new Set(taken).size).toBe(6);
  expect([...taken].sort()).toEqual(['2026-11-24T10:00:00+08:00', '2026-11-24T11:00:00+08:00', '2026-11-24T13:30:00+08:00', '2026-11-24T14:30:00+08:00', '2026-11-24T15:30:00+08:00', '2026-11-24T16:30:00+08:00']);
});

test('slot.hold > a time agreed on is not exchanged for another, and the last one is gone when it is gone', async () => {
  // given
  await slotHold.handle(caseOf('YY-1')('slot.hold', { slot: wanted }), bench.context);

  // when, then: half an hour into the taken hour
  await expect(slotHold.handle(caseOf('YY-2')('slot.hold', { slot: { resourceId: 'east_wealth', start: '2026-11-24T10:30+08:00', exact: true } }), bench.context)).rejects.toMatchObject({ code: 'NO_SLOT', variables: { shortage: expect.stringContaining('占用') } });
  await expect(slotHold.handle(caseOf('YY-2')('slot.hold', { slot: wanted, to: '2026-11-24T10:30+08:00' }), bench.context)).rejects.toMatchObject({ code: 'NO_SLOT' });
  await expect(slotHold.handle(caseOf('YY-2')('slot.hold', { slot: { resourceId: 'nowhere', start: TEN } }), bench.context)).rejects.toThrow('resource in use');
  expect(await slots()).toHaveLength(1);
});

test('slot.hold > a case that takes another time gives the first one back', async () => {
  // given
  const job = caseOf('YY-1');
  await slotHold.handle(job('slot.hold', { slot: wanted }), bench.context);

  // when: half an hour later at the same place, which only its own reservation covers
  await slotHold.handle(job('slot.hold', { slot: { resourceId: 'east_wealth', start: '2026-11-24T10:30+08:00' } }), bench.context);

  // then
  expect((await slots()).map((slot) => slot['status'])).toEqual(['released', 'held']);
});

test('slot.confirm and slot.release > twice at once they happen once; a compensation after a release is no error', async () => {
  // given
  const job = caseOf('YY-1');
  await slotHold.handle(job('slot.hold', { slot: wanted }), bench.context);

  // when
  const [first, second] = await deliverTwice(slotConfirm, job('slot.confirm'), bench.context);

  // then
  expect(second).toEqual(first);
  expect(await slotConfirm.handle(job('slot.confirm'), bench.context)).toEqual(first);
  expect(await slots()).toMatchObject([{ status: 'confirmed' }]);

  // when
  const [freed, again] = await deliverTwice(slotRelease, job('slot.release'), bench.context);

  // then
  expect(again).toEqual(freed);
  expect(freed['releasedSlots']).toEqual([first['slotId']]);
  expect(await slotRelease.handle(job('slot.release'), bench.context)).toEqual({ releasedSlots: [] });
  await expect(slotConfirm.handle(job('slot.confirm'), bench.context)).rejects.toThrow('no reserved time');
});

test('slot.wait > who has the better rank, then who has waited longer, hears first, and only of a time that serves', async () => {
  // given
  const holder = caseOf('YY-1');
  await slotHold.handle(holder('slot.hold', { slot: wanted }), bench.context);
  const waiting = { to: '2026-11-24T10:30+08:00', waitUntil: '2026-11-24T08:00+08:00' };
  await slotWait.handle(caseOf('YY-2')('slot.wait', { ...waiting, priorityRank: 3 }), bench.context);
  const [first, second] = await deliverTwice(slotWait, caseOf('YY-3')('slot.wait', { ...waiting, priorityRank: 1 }), bench.context);
  await slotWait.handle(caseOf('YY-4')('slot.wait', { ...waiting, site: 'branch_west', priorityRank: 0, from: '2026-11-24T12:00+08:00', to: '2026-11-24T13:00+08:00' }), bench.context);

  // then
  expect(second).toEqual(first);
  expect(first).toEqual({ waiting: true });
  expect(await bench.context.db('app.slot_wait')).toHaveLength(3);
  expect(bench.asked).toEqual([]);

  // when
  await slotRelease.handle(holder('slot.release'), bench.context);

  // then
  expect(bench.asked.map((one) => [one.name, one.detail['correlationKey']])).toEqual([['slot_available', 'YY-3']]);
  await expect(slotWait.handle(caseOf('YY-5')('slot.wait', { waitUntil: null }), bench.context)).rejects.toThrow('waitUntil');
});

test('slot.wait > a time that has become free meanwhile is told at once', async () => {
  expect(await slotWait.handle(caseOf('YY-2')('slot.wait', { waitUntil: '2026-11-24T08:00+08:00' }), bench.context)).toEqual({ waiting: false });
  expect(bench.asked).toMatchObject([{ name: 'slot_available', detail: { correlationKey: 'YY-2' } }]);
});

test('a release whose message cannot be sent sends it when it is tried again, once, and the time is free before anybody hears of it', async () => {
  // given
  const holder = caseOf('YY-1');
  await slotHold.handle(holder('slot.hold', { slot: wanted }), bench.context);
  await slotWait.handle(caseOf('YY-2')('slot.wait', { to: '2026-11-24T10:30+08:00', waitUntil: '2026-11-24T08:00+08:00' }), bench.context);
  const broken: WorkerContext = { ...bench.context, engine: { ...bench.context.engine, publishMessage: () => Promise.reject(new Error('the gateway is away')) } };
  const job = holder('slot.release');

  // when, then
  await expect(slotRelease.handle(job, broken)).rejects.toThrow('the gateway is away');
  expect(await slots()).toMatchObject([{ status: 'released' }]);
  expect(bench.asked).toEqual([]);

  // when
  const seen: string[] = [];
  const looking: WorkerContext = { ...bench.context, engine: { ...bench.context.engine, publishMessage: async (message) => void seen.push(`${message.name} ${message.correlationKey} ${String((await slots())[0]!['status'])}`) } };
  expect(await slotRelease.handle(job, looking)).toMatchObject({ releasedSlots: [expect.any(String)] });

  // then
  expect(seen).toEqual(['slot_available YY-2 released']);
});

test('an appointment has one ledger row, which follows its time', async () => {
  // given
  const [first, second] = await deliverTwice(recordRegister, bench.job('record.register', { site: 'branch_east', channel: 'app', customerType: 'individual' }, { bpmnProcessId: 'service_appointment', processInstanceKey: '2999', customHeaders: { series: 'YY' } }), bench.context);
  expect(second).toEqual(first);
  const job = caseOf(String(first['caseNo']));
  const status = async (): Promise<unknown> => (await bench.context.db('app.appointment').where({ appointment_no: first['caseNo'] }).first()).status;

  // when, then
  expect(await status()).toBe('requested');
  await slotHold.handle(job('slot.hold', { slot: wanted }), bench.context);
  expect(await status()).toBe('held');
  await slotConfirm.handle(job('slot.confirm'), bench.context);
  expect(await status()).toBe('confirmed');
  await slotRelease.handle(job('slot.release'), bench.context);
  expect(await bench.context.db('app.appointment').first()).toMatchObject({ status: 'requested', start_at: null, confirmed_at: null, site: 'branch_east', resource_group: 'wealth_advisor' });
  expect(await verifyAudit(bench.context.db)).toMatchObject({ ok: true });
});
