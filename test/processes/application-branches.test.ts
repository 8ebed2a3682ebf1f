import { afterEach, expect, test } from 'vitest';
import type { TestEngine } from '../support/engine.ts';
import { Application, loan, outage, startApplicationEngine } from './application-driver.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  const problems = [...engine.problems];
  await engine.stop();
  expect(problems).toEqual([]);
});

const back = { reviewResult: 'return', opinion: '材料有误,请更正后再报。' };
const reject = { reviewResult: 'reject', opinion: '不符合准入条件,不予通过。', rejectReason: '负债率超过准入标准' };

test('application > asked for material, unsuitable but insisted on, sent back at every level, late at every stage, and completed', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.submit(engine, { ...loan, product: 'wealth_growth', riskTolerance: 'R2', materialKinds: ['id', 'credit_report'] });
  await application.identify();
  await application.say('application_materials_supplied', { materialKinds: ['income'] });

  // when
  await application.runOut('accept', '2026-11-24T12:00:00+08:00');
  await application.accept();
  await application.complete('ut_suit', { riskConfirmed: true, proof: 'files::3' });
  for (const [elementId, stage, movedTo] of [['ut_first', 'review1', '2026-11-27T10:00:00+08:00'], ['ut_second', 'review2', '2026-12-02T10:00:00+08:00'], ['ut_final', 'review3', '2026-12-08T10:00:00+08:00']] as const) {
    await application.runOut(stage, movedTo);
    await application.review(elementId, back);
    await application.complete('ut_fix', { fixNote: '已更正' });
    await application.review(elementId);
  }
  await application.runOut('execute', '2026-12-16T10:00:00+08:00');
  await application.execute();
  await application.followUp();

  // then
  const path = await application.path();
  expect(missingInOrder(path, ['st_ask', 'icm_mat', 'st_check', 'ut_accept', 'ut_suit', 'xor_suit2', 'ut_first', 'ut_fix', 'ut_first', 'ut_second', 'ut_fix', 'ut_second', 'ut_final', 'ut_fix', 'ut_final', 'st_order', 'bt_prog', 'st_prog2', 'st_prog2_notice', 'ee_prog2', 'ut_execute', 'ee_completed'])).toBeNull();
  for (const el of ['ut_accept', 'ut_first', 'ut_second', 'ut_final', 'ut_execute']) expect(missingInOrder(path, [`bt_${el}_remind`, `bt_${el}_breach`, `ee_${el}_breach`, `bm_${el}_due`, `esc_${el}_breach`]), el).toBeNull();
  expect((await application.told()).filter((template) => template === 'application_progress').length).toBeGreaterThan(2);
  expect((await engine.db('app.sla_breach').orderBy('at')).map((row) => row.stage)).toEqual(['accept', 'review1', 'review2', 'review3', 'execute']);
  expect(await engine.db('app.service_contract')).toMatchObject([{ contract_no: expect.stringMatching(/^HT202612/), service_group: 'credit_officer' }]);
});

test('application > sent from the app by somebody who cannot prove who they are', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.send(engine);

  // when
  await application.failIdentity();

  // then
  expect(missingInOrder(await application.path(), ['mse_apply', 'st_register', 'be_identity', 'st_notify_identity', 'ee_identity_failed'])).toBeNull();
  expect(await application.row()).toMatchObject({ outcome: 'identity_failed' });
});

test('application > lapsed, not accepted, given up', async () => {
  // given
  engine = await startApplicationEngine();
  const lapsed = await Application.submit(engine, { ...loan, materialKinds: [] });
  await lapsed.identify();
  const refused = await Application.submit(engine);
  await refused.identify();
  const unsuitable = await Application.accepted(engine, { product: 'wealth_growth', riskTolerance: 'R1' });

  // when
  await refused.accept({ acceptDecision: 'reject', rejectReason: '资金来源不明' });
  await unsuitable.complete('ut_suit', { riskConfirmed: false });
  await engine.advanceTo('2026-11-30T17:31:00+08:00');

  // then
  expect((await Promise.all([lapsed, refused, unsuitable].map((one) => one.row()))).map((row) => row['outcome'])).toEqual(['lapsed', 'not_accepted', 'unsuitable']);
  expect(await refused.told()).toEqual(['application_not_accepted']);
});

test('application > rejected at the first, second and final review', async () => {
  // given
  engine = await startApplicationEngine();
  const all = [await Application.accepted(engine, loan), await Application.accepted(engine, loan), await Application.accepted(engine, loan)] as const;

  // when
  await all[0].review('ut_first', reject);
  await all[1].review('ut_first');
  await all[1].review('ut_second', reject);
  await all[2].review('ut_first');
  await all[2].review('ut_second');
  await all[2].review('ut_final', reject);

  // then
  for (const one of all) expect((await one.path()).filter((id) => ['be_rej', 'ee_rejected'].includes(id))).toEqual(['be_rej', 'ee_rejected']);
  expect(await engine.db('app.kpi_fact').where({ metric: 'application_rejected' }).pluck('value')).toEqual(['1', '1', '1']);
});

test('application > once it is being carried out it cannot be cancelled, and goes on where it was with the same order', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine);
  await application.review('ut_first');

  // when
  await application.say('application_cancel_requested');

  // then
  expect(missingInOrder(await application.path(), ['bm_cancel', 'ca_cancel', 'xor_c', 'xor_resume', 'st_order', 'st_prog1'])).toBeNull();
  expect(await application.open()).toEqual(['ut_execute']);
  expect(await application.orders()).toMatchObject([{ status: 'open' }]);
  expect(await engine.variables(await application.called('service_change'))).toMatchObject({ started: true, changeOutcome: 'kept' });

  // when
  await application.execute({ result: 'failed', note: '客户资料与实际不符,未能办成' });

  // then
  expect(await application.orders()).toMatchObject([{ status: 'failed' }]);
  expect(await application.progress()).toContain('failed');
  expect(await engine.db('app.service_contract')).toEqual([]);
});

test('application > two levels: the customer puts it off, and the second review is done', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine, { ...loan, amount: 300_000 });
  await application.review('ut_first');

  // when
  await application.say('application_delay_requested', { newDate: '2026-12-01T10:00+08:00' });
  const change = new CaseDriver(engine, await application.called('service_change'));
  expect(await change.variables()).toMatchObject({ by: 'customer', newDate: '2026-12-01T10:00+08:00', reasonKind: 'customer' });
  await engine.publishMessage({ name: 'change_accepted', correlationKey: await change.no() });
  await application.review('ut_second');

  // then
  expect(missingInOrder(await application.path(), ['bm_delay', 'ca_delay', 'xor_d', 'xor_resume', 'st_dl_review2', 'ut_second', 'xor_2', 'st_order', 'st_prog1_notice'])).toBeNull();
});

test('application > the customer declines a delay by the institution: cancelled though it had begun, the order is void', async () => {
  // given
  engine = await startApplicationEngine();
  const application = await Application.accepted(engine);
  await application.review('ut_first');
  const [order] = await application.orders();

  // when
  await application.say('service_suspended');
  const change = new CaseDriver(engine, await application.called('service_change'));
  await change.complete('ut_reason', outage);
  await application.say('service_resumed');
  await engine.publishMessage({ name: 'change_rejected', correlationKey: await change.no() });

  // then
  expect(missingInOrder(await application.path(), ['bm_susp', 'bm_resumed', 'st_resumed', 'ca_delay', 'xor_d', 'ca_cancel', 'xor_c', 'st_order_void', 'ee_cancelled'])).toBeNull();
  expect(await application.orders()).toEqual([{ order_no: order!.order_no, status: 'void' }]);
  expect(await application.row()).toMatchObject({ outcome: 'cancelled' });
});

test('application > levels, executing groups and suitability', async () => {
  // given
  engine = await startApplicationEngine();
  const path = async (variables: Record<string, string | number | null>): Promise<unknown> => engine.workers.engine.evaluateDecision('review_path', variables);

  // when, then
  expect(await path({ business: 'credit', amount: 1_000_000 })).toEqual({ reviewLevels: 3, executeGroup: ['credit_officer'], suitability: null });
  expect(await path({ business: 'credit', amount: 999_999 })).toMatchObject({ reviewLevels: 2 });
  expect(await path({ business: 'credit', amount: 1 })).toMatchObject({ reviewLevels: 2, executeGroup: ['credit_officer'] });
  expect(await path({ business: 'wealth', amount: 500_000 })).toMatchObject({ reviewLevels: 2, executeGroup: ['wealth_advisor'] });
  expect(await path({ business: 'wealth', amount: 499_999 })).toMatchObject({ reviewLevels: 1 });
  expect(await path({ business: 'account', customerType: 'corporate' })).toMatchObject({ reviewLevels: 2, executeGroup: ['financial_advisor'] });
  expect(await path({ business: 'cross_border' })).toMatchObject({ reviewLevels: 2, executeGroup: ['financial_advisor'] });
  expect(await path({ business: 'deposit_payment' })).toMatchObject({ reviewLevels: 1, executeGroup: ['counter_staff'] });
  expect(await path({})).toMatchObject({ reviewLevels: 1, executeGroup: ['counter_staff'] });
  for (const product of [1, 2, 3, 4, 5]) {
    for (const customer of [1, 2, 3, 4, 5]) expect(await path({ business: 'wealth', productRisk: `R${product}`, riskTolerance: `R${customer}` }), `R${product} R${customer}`).toMatchObject({ suitability: product <= customer ? 'match' : 'mismatch' });
  }
  expect(await engine.workers.engine.evaluateDecision('suitability_match', { productRisk: null, riskTolerance: 'R1' })).toBeNull();
});
