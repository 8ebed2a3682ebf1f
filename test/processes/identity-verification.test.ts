import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const customer = { caseNo: 'SQ20261123-0001', customerNo: 'C100001', phone: '13900000001', customer: { no: 'C100001', name: '示例客户 · 甲' } };
const check = async (variables: JsonObject): Promise<CaseDriver> => {
  engine = await startTestEngine({ now: '2026-11-23T09:00:00+08:00', processes: ['identity_verification', 'security_incident'] });
  const { processInstanceKey } = await engine.createInstance('identity_verification', { ...customer, ...variables });
  return new CaseDriver(engine, processInstanceKey);
};
const documents: JsonObject = { idType: 'id_card', idNo: '11010519491231002X', name: '示例客户 · 甲', validUntil: '2036-01-01', match: 'same', collected: ['name', 'id'] };

test('identity > an inquiry needs none, and that is written down', async () => {
  // when
  const identity = await check({ purpose: 'consultation' });

  // then
  expect(await identity.path()).toEqual(expect.arrayContaining(['br_level', 'st_mark', 'ee_verified']));
  expect(await identity.variables()).toMatchObject({ idLevel: 'none', verified: true });
  expect(await engine.db('app.customer_interaction')).toMatchObject([{ kind: 'identity_verified', customer_no: 'C100001' }]);
});

test('identity > a plain application needs documents, but no face', async () => {
  // given
  const identity = await check({ purpose: 'application', business: 'account', amount: 100 });

  // when
  await identity.complete('ut_docs', documents);

  // then
  expect(await identity.variables()).toMatchObject({ idLevel: 'standard', verified: true });
  expect(await identity.path()).not.toContain('ut_face');
  expect(await engine.db('app.identity_check').pluck('level')).toEqual(['standard']);
});

test('identity > a code that has expired after ten minutes is sent again', async () => {
  // given
  const identity = await check({ purpose: 'complaint' });
  await engine.userTask(identity.key, 'ut_otp');

  // when
  await engine.advanceTo('2026-11-23T09:11:00+08:00');

  // then
  expect(missingInOrder(await identity.path(), ['bt_otp', 'xor_tries', 'sc_try', 'xor_lvl', 'st_otp'])).toBeNull();
  expect(await engine.db('app.identity_otp').where({ process_instance_key: identity.key })).toHaveLength(2);
  expect(await identity.open()).toEqual(['ut_otp']);
});

test('identity > three failures that look like fraud start a security event', async () => {
  // given
  const identity = await check({ purpose: 'application', business: 'account', amount: 100 });

  // when
  for (let attempt = 1; attempt <= 3; attempt += 1) await identity.complete('ut_docs', { ...documents, idNo: '440524188001010014', suspicious: true });

  // then
  expect(missingInOrder(await identity.path(), ['xor_tries', 'xor_susp', 'st_suspicious'])).toBeNull();
  expect(await engine.db('app.identity_check').pluck('verified')).toEqual([false, false, false]);
  expect(await engine.db('app.security_event')).toMatchObject([{ source_no: 'SQ20261123-0001' }]);
});
