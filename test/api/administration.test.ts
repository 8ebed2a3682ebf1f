import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Duties, ServiceAdministration, ServiceCommitments } from '../../engine/contract/administration.ts';
import { earliestSlot } from '../../engine/workers/slot/free-slots.ts';
import { installSampleServices } from '../../engine/workers/slot/sample-services.ts';
import { bpmn, chain, end, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
let stack: TestStack;
let admin: Browser;

beforeAll(async () => {
  stack = await TestStack.start();
  await installSampleServices(stack.database.db);
  const folders = ['processes/complaint_handling', 'processes/service_application', 'processes/shared', 'forms/complaint_handling', 'forms/service_application'];
  const files = (await Promise.all(folders.map(async (folder) => (await readdir(path.join(ROOT, folder))).filter((name) => /\.(bpmn|dmn|form)$/.test(name)).map((name) => path.join(folder, name))))).flat();
  await stack.deploy(Object.fromEntries(await Promise.all(files.map(async (name) => [name, await readFile(path.join(ROOT, name), 'utf8')] as const))));
  admin = await stack.as('zhaoyu');
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

const db = () => stack.database.db;
const counter = { resourceId: 'south_counter', groupId: 'counter_staff', site: 'branch_west', name: '城西支行 3 号窗口', nameEn: 'West branch, counter 3', skills: ['assist'], active: true, hours: [{ opens: '09:00', closes: '12:00' }] };
const reason = '新设窗口';
const need = { resourceGroup: 'counter_staff', minutes: 30, from: Date.parse('2026-09-21T00:00:00+08:00'), to: Date.parse('2026-09-30T00:00:00+08:00'), site: 'branch_west', skills: ['assist'], except: 'YY' };

describe('resources that are booked', () => {
  test('are listed with their hours and what is reserved, for administrators alone', async () => {
    // given
    await db()('app.resource_slot').insert({ resource_id: 'west_wealth', start_at: new Date('2026-09-21T01:00:00Z'), end_at: new Date('2026-09-21T02:00:00Z'), status: 'confirmed', held_by: 'YY20260917-0001', process_instance_key: 1, held_at: new Date('2026-09-17T01:00:00Z') });

    // when
    const { body } = await admin.get<ServiceAdministration>('/administration/services');

    // then
    expect(body.resources).toHaveLength(15);
    expect(body.resources.find((one) => one.resourceId === 'west_wealth')).toEqual({ resourceId: 'west_wealth', groupId: 'wealth_advisor', site: 'branch_west', name: '示例 · 城西支行理财室', nameEn: 'Sample: west branch, wealth room', skills: [], active: true, hours: [{ opens: '09:00', closes: '12:00' }, { opens: '13:30', closes: '17:30' }], upcoming: 1 });
    const clerk = await stack.as('wanglei');
    for (const answer of [await clerk.get('/administration/services'), await clerk.post('/administration/resources', { ...counter, reason }), await clerk.put('/administration/advisers/C100001', { userIds: [], reason })]) expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  });

  test('are added once, offered from then on, changed, and taken out of service', async () => {
    // when
    const added = await admin.post<ServiceAdministration>('/administration/resources', { ...counter, reason });
    const again = await admin.post('/administration/resources', { ...counter, reason });

    // then
    expect([added.status, added.body.resources.find((one) => one.resourceId === 'south_counter')]).toEqual([201, { ...counter, upcoming: 0 }]);
    expect([again.status, again.body.code]).toEqual([409, 'exists']);

    // when the other counter that can assist is taken out of service, only the new one is left
    const other = added.body.resources.find((one) => one.resourceId === 'west_counter_1')!;
    await admin.put('/administration/resources/west_counter_1', { ...other, active: false, reason: '装修停用' });
    expect(await earliestSlot(db(), 'Asia/Shanghai', need)).toMatchObject({ resourceId: 'south_counter', start: Date.parse('2026-09-21T09:00:00+08:00') });

    // when its hours change
    await admin.put('/administration/resources/south_counter', { ...counter, hours: [{ opens: '13:30', closes: '17:00' }], reason: '调整服务时间' });
    expect(await earliestSlot(db(), 'Asia/Shanghai', need)).toMatchObject({ start: Date.parse('2026-09-21T13:30:00+08:00') });

    // then
    expect(await db()('app.audit_log').whereLike('action', 'service_resource.%').orderBy('seq')).toMatchObject([
      { actor: 'zhaoyu', action: 'service_resource.add', object: 'service_resource:south_counter', reason, before: null },
      { action: 'service_resource.change', reason: '装修停用', before: { active: true }, after: { active: false } },
      { reason: '调整服务时间', before: { hours: [{ opens: '09:00', closes: '12:00' }] }, after: { hours: [{ opens: '13:30', closes: '17:00' }] } },
    ]);
    expect((await db()('app.service_resource').where({ resource_id: 'south_counter' }).first()).version).toBe(1);
  });

  test('are refused with the one rule they break', async () => {
    const wrong: [Partial<typeof counter>, string][] = [
      [{ resourceId: 'Schalter 3' }, 'id'], [{ nameEn: '' }, 'name'], [{ groupId: 'nobody' }, 'group'], [{ site: 'moon' }, 'site'], [{ skills: ['juggling'] }, 'skills'],
      [{ hours: [{ opens: '12:00', closes: '09:00' }] }, 'hours_order'], [{ hours: [{ opens: '09:00', closes: '12:00' }, { opens: '11:30', closes: '17:00' }] }, 'hours_overlap'], [{ hours: [] }, 'hours_none'],
    ];
    for (const [change, rule] of wrong) {
      const { status, body } = await admin.post('/administration/resources', { ...counter, resourceId: 'another', ...change, reason });
      expect([status, body.code, body.params]).toEqual([422, 'entry_invalid', { rule }]);
    }
    expect((await admin.put('/administration/resources/nowhere', { ...counter, reason })).status).toBe(404);
    expect((await admin.post('/administration/resources', { ...counter, resourceId: 'another', reason: '' })).status).toBe(400);
    expect(await db()('app.service_resource').where({ resource_id: 'another' })).toEqual([]);
  });
});

test('the catalogue takes new products with their risk, and one that is withdrawn is offered no more', async () => {
  // given
  const fund = { product: 'fund_bond', business: 'fund_securities', serviceClass: 'comprehensive', name: '债券基金', nameEn: 'Bond fund', productRisk: 'R2', executeDays: 2, active: true };
  const offered = async (): Promise<boolean> => (await admin.get('/directory')).body.products.some((one: { id?: string; value?: string }) => JSON.stringify(one).includes('fund_bond'));

  // when
  const added = await admin.post<ServiceAdministration>('/administration/products', { ...fund, reason: '新品上架' });

  // then
  expect([added.status, added.body.products.find((one) => one.product === 'fund_bond')]).toEqual([201, { ...fund, open: 0 }]);
  expect(await offered()).toBe(true);
  await admin.put('/administration/products/fund_bond', { ...fund, active: false, reason: '停止销售' });
  expect(await offered()).toBe(false);
  for (const [change, rule] of [[{ productRisk: null }, 'risk'], [{ productRisk: 'R9' }, 'risk'], [{ executeDays: 0 }, 'days'], [{ executeDays: 1.5 }, 'days'], [{ business: 'gold' }, 'business']] as const) {
    expect((await admin.post('/administration/products', { ...fund, product: 'fund_other', ...change, reason })).body).toMatchObject({ code: 'entry_invalid', params: { rule } });
  }
});

test('advisers of a customer are set as a whole, known people of known customers only', async () => {
  // when
  const set = await admin.put<ServiceAdministration>('/administration/advisers/C100001', { userIds: ['gaoxiang', 'gaoxiang', 'xunuo'], reason: '客户经理调整' });
  const unknown = await admin.put('/administration/advisers/C999', { userIds: ['gaoxiang'], reason });
  const nobody = await admin.put('/administration/advisers/C100001', { userIds: ['nobody'], reason });

  // then
  expect(set.body.advisers).toEqual([{ customerNo: 'C100001', userIds: ['gaoxiang', 'xunuo'] }]);
  expect([unknown.body.params, nobody.body.params]).toEqual([{ rule: 'customer' }, { rule: 'user' }]);
  expect((await admin.put<ServiceAdministration>('/administration/advisers/C100001', { userIds: [], reason: '离职交接' })).body.advisers).toEqual([]);
  expect(await db()('app.audit_log').where({ action: 'customer_adviser.change' }).orderBy('seq')).toMatchObject([{ before: { userIds: [] }, after: { userIds: ['gaoxiang', 'xunuo'] } }, { before: { userIds: ['gaoxiang', 'xunuo'] }, after: { userIds: [] } }]);
});

describe('duties by post', () => {
  test('are those of the diagrams in force, by group, with the people in it; what the case decides stands apart', async () => {
    // when
    const { body } = await (await stack.as('wanglei')).get<Duties>('/duties');

    // then
    const first = body.posts.find((post) => post.groupId === 'reviewer_first')!;
    expect(first).toMatchObject({ name: '初审员', nameEn: expect.stringContaining('irst'), members: [{ id: 'gaoxiang', name: '示例 · 高翔' }] });
    expect(first.tasks).toEqual([{ processId: 'service_application', processName: '服务申请与办理', processNameEn: expect.any(String), code: 'B2', elementId: 'ut_first', name: '初审', nameEn: 'First review', rule: null }]);
    expect(body.posts.find((post) => post.groupId === 'complaint_officer')!.tasks.map((task) => task.elementId)).toEqual(expect.arrayContaining(['ut_plan']));
    expect(body.byCase.map((task) => [task.elementId, task.rule])).toContainEqual(['ut_execute', 'executeGroup']);
    expect(body.posts.flatMap((post) => post.tasks).some((task) => task.elementId === 'ut_execute')).toBe(false);
    expect((await stack.browser().get('/duties')).status).toBe(401);
  });

  test('follow a newer diagram', async () => {
    // given
    const task = (group: string): string => bpmn('little', start() + userTask('only', `<zeebe:assignmentDefinition candidateGroups="${group}"/>`) + end() + chain('start', 'only', 'end'));
    await stack.deploy({ 'little.bpmn': task('archive_admin') });
    await stack.deploy({ 'little.bpmn': task('hr, new_post') });

    // when
    const { body } = await admin.get<Duties>('/duties');

    // then
    const posts = body.posts.filter((post) => post.tasks.some((one) => one.processId === 'little')).map((post) => post.groupId);
    expect(posts).toEqual(['hr', 'new_post']);
    expect(body.posts.find((post) => post.groupId === 'new_post')).toMatchObject({ name: 'new_post', members: [] });
  });
});

describe('service commitments', () => {
  const limits = async (): Promise<Record<string, string>> => Object.fromEntries((await stack.browser().get<ServiceCommitments>('/public/commitments')).body.groups.flatMap((group) => group.items.map((item) => [`${group.id}.${item.id}`, `${item.amount} ${item.unit}`])));

  test('are public and those of the decisions in force', async () => {
    // when
    const { status, headers, body } = await stack.browser().get<ServiceCommitments>('/public/commitments');

    // then
    expect([status, headers.getSetCookie()]).toEqual([200, []]);
    expect(body.groups.map((group) => group.name.zh)).toEqual(['投诉处理', '预约与办理', '业务申请', '延期、后续与终止', '咨询与反馈']);
    expect(await limits()).toMatchObject({
      'complaint.register': '24 h', 'complaint.substantive': '48 h', 'complaint.investigate': '7 wd', 'complaint.investigate_complex': '15 wd', 'complaint.overall': '20 wd', 'appointment.confirm': '24 h', 'appointment.counter': '30 min', 'appointment.phone': '15 min',
      'application.accept': '24 h', 'application.review3': '3 wd', 'application.execute': '5 wd', 'change.issue': '72 h', 'feedback.first': '24 h', 'feedback.first_major': '48 h', 'feedback.solved': '72 h',
    });
  });

  test('say what an owner has published, from the next look on, and follow the profile', async () => {
    // given
    const dmn = await readFile(path.join(ROOT, 'processes/shared/service-sla.dmn'), 'utf8');
    const rule = [...dmn.matchAll(/<rule [\s\S]*?<\/rule>/g)].map((found) => found[0]).find((found) => found.includes('&quot;confirm_call&quot;'))!;

    // when
    await stack.deploy({ 'processes/shared/service-sla.dmn': dmn.replace(rule, rule.replace('<text>24</text>', '<text>12</text>')) });
    await db()('app.process_setting').where({ process_id: 'complaint_handling', name: 'slaProfile' }).update({ value: '"s3_48h"' });

    // then
    expect(await limits()).toMatchObject({ 'appointment.confirm': '12 h', 'application.accept': '24 h', 'complaint.overall': '48 h', 'complaint.register': '24 h' });
  });
});
