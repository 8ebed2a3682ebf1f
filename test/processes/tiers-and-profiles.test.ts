import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { Complaint, startComplaintEngine } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

test('tiers > the complaint of a VIP comes before those of advanced and basic customers, and what is urgent before it', async () => {
  // given the same complaint of three customers, and one of a basic customer about the safety of funds
  engine = await startComplaintEngine();
  const priorityOf = async (customerNo: string, flags: string[] = []): Promise<unknown> => {
    const { tier } = await engine.db('app.customer').select('tier').where({ customer_no: customerNo }).first();
    const complaint = await Complaint.submit(engine, { customerNo, phone: null, businessRef: `ACC-${customerNo}-${flags.length}` });
    await complaint.register({ flags });
    const { priority, needCommittee } = await complaint.variables();
    return [tier, priority, needCommittee];
  };

  // then
  expect(await priorityOf('C100001')).toEqual(['basic', 'normal', false]);
  expect(await priorityOf('C100003')).toEqual(['advanced', 'normal', false]);
  expect(await priorityOf('C100002')).toEqual(['vip', 'high', false]);
  expect(await priorityOf('C100001', ['fund_safety'])).toEqual(['basic', 'urgent', true]);
});

test('profiles > s3_48h promises every complaint an answer and its end within 48 hours, and the owner goes back without code', async () => {
  // given
  engine = await startComplaintEngine();
  const profile = (name: string): Promise<number> => engine.db('app.process_setting').where({ process_id: 'complaint_handling', name: 'slaProfile' }).update({ value: JSON.stringify(name) });
  await profile('s3_48h');

  // when
  const complaint = await Complaint.submit(engine);
  await complaint.register();

  // then: received on 2026-09-17 at 16:20, registered within the default 24 hours
  expect(await complaint.variables()).toMatchObject({ priority: 'normal', dueRegister: '2026-09-18T16:20:00+08:00', dueOverall: '2026-09-19T16:20:00+08:00' });
  expect(await engine.db('app.complaint').where({ complaint_no: await complaint.no() }).first()).toMatchObject({ due_overall: new Date('2026-09-19T16:20:00+08:00') });

  // when it is still open then
  await engine.advanceTo('2026-09-19T16:21:00+08:00');

  // then
  expect(await engine.db('app.sla_breach').where({ case_no: await complaint.no(), stage: 'overall' })).toMatchObject([{ escalate_to: 'cs_manager' }]);

  // when
  await profile('default');
  const next = await Complaint.submit(engine, { customerNo: 'C100003', phone: '13900000003', businessRef: 'ACC-9' });
  await engine.settle();

  // then
  expect(Date.parse(String((await next.variables())['dueRegister']))).toBe(Date.parse('2026-09-20T16:21:00+08:00'));
  expect(engine.problems).toEqual([]);
});
