import { afterEach, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { CaseDriver } from './case-driver.ts';
import { missingInOrder } from './complaint-driver.ts';

let engine: TestEngine;
afterEach(async () => {
  await engine.stop();
});

const begin = async (): Promise<CaseDriver> => {
  engine = await startTestEngine({ now: '2026-11-23T09:00:00+08:00', processes: ['rectification'] });
  const { processInstanceKey } = await engine.createInstance('rectification', { sourceNo: 'JC20261120-0001', sourceKind: 'supervision', rectItem: { item: '柜面公示牌缺失', owner: 'wanglei', requirement: '补齐并拍照', due: '2026-12-04' } });
  const item = new CaseDriver(engine, processInstanceKey);
  await item.complete('ut_plan', { plan: '向物业申请制作并逐点安装', due: '2026-12-04' });
  return item;
};
const work = (item: CaseDriver): Promise<unknown> => item.complete('ut_do', { progress: 100, actionTaken: '已补齐', finished: true });
const verify = (item: CaseDriver, accepted: boolean): Promise<unknown> => item.complete('ut_verify', { checks: accepted ? ['target', 'root'] : [], effect: accepted ? 'good' : 'poor', accepted, note: '现场查看' });

test('rectification 1 and 5 > it closes the first time, and the owner cannot verify it', async () => {
  // given
  const item = await begin();
  expect(await engine.userTask(item.key, 'ut_do')).toMatchObject({ assignee: 'wanglei' });
  await work(item);
  expect((await engine.userTask(item.key, 'ut_verify')).variables['excludeUsers']).toEqual(['wanglei']);

  // when
  await verify(item, true);

  // then
  expect(await item.path()).toContain('ee_rectified');
  expect(await engine.db('app.rectification').first()).toMatchObject({ status: 'closed', rounds: 1, effect: 'good', requirement: '补齐并拍照', owner: 'wanglei' });
});

test('rectification 2 and 3 > a poor result is done again, the third one is supervised and may be given to somebody else', async () => {
  // given
  const item = await begin();

  // when
  for (let round = 1; round <= 3; round += 1) {
    await work(item);
    await verify(item, false);
  }
  const supervise = await engine.userTask(item.key, 'ut_esc');
  await item.complete('ut_esc', { action: 'reassign', newAssignee: 'liqiang', reason: '由主管接手' });

  // then
  expect(supervise.candidateGroups).toEqual(['cs_manager']);
  expect(await engine.userTask(item.key, 'ut_do')).toMatchObject({ assignee: 'liqiang' });
  await work(item);
  await verify(item, true);
  expect(await engine.db('app.rectification').first()).toMatchObject({ status: 'closed', rounds: 4 });
});

test('rectification 4 > one that is late is reminded of and escalated, also after its date was moved', async () => {
  // given
  const item = await begin();

  // when
  await item.runOut('rectify', '2026-12-10T12:00:00+08:00');

  // then
  expect(missingInOrder(await item.path(), ['bt_ut_do_remind', 'st_ut_do_remind', 'bt_ut_do_breach', 'ee_ut_do_breach', 'bm_ut_do_due', 'st_ut_do_breach', 'esc_ut_do_breach', 'ese_sla'])).toBeNull();
  expect(await engine.db('app.sla_breach')).toMatchObject([{ stage: 'rectify', escalate_to: 'cs_manager' }]);
  expect(await item.open()).toEqual(['ut_do']);
});

test('rectification 6 > evidence that arrives during the work is kept with it', async () => {
  // given
  const item = await begin();

  // when
  await engine.publishMessage({ name: 'rectification_evidence', correlationKey: String((await item.variables())['rectNo']), variables: { evidence: 'files::7' } });

  // then
  expect(await item.path()).toContain('ee_ev');
  expect((await item.variables())['extraEvidence']).toEqual(['files::7']);
  expect(await item.open()).toEqual(['ut_do']);
});
