import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PublicLink } from '../../engine/contract/api.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import type { TestStack } from '../support/stack.ts';
import { startStackWithWorkers } from '../support/stack-with-workers.ts';

const WAIT = { timeout: 20_000, interval: 20 };
let stack: TestStack;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ stack, stop } = await startStackWithWorkers(['service_termination', 'identity_verification', 'violation_accountability', 'service_application', 'service_change', 'service_followup', 'satisfaction_survey', 'rectification', 'staff_training', 'service_improvement']));
});

afterAll(() => stop());

const db = () => stack.database.db;

/** Key of the open task at an element, of this instance or of one it has called, once it is there. */
async function taskAt(instance: string, element: string): Promise<string> {
  const find = async (): Promise<string | undefined> => (await db()('read_model.user_task as t').join('read_model.process_instance as i', 'i.key', 't.process_instance_key').select('t.key').where({ 't.element_id': element, 't.state': 'open' }).where((own) => void own.where({ 'i.key': instance }).orWhere({ 'i.parent_instance_key': instance })).first())?.key;
  await expect.poll(find, { ...WAIT, message: `task ${element}` }).toBeDefined();
  return (await find())!;
}
const complete = async (instance: string, element: string, variables: JsonObject): Promise<void> => stack.engine.completeJob(await taskAt(instance, element), variables);

/** The token in the newest mail of a template to a recipient. */
async function tokenTo(instance: string, template: string, recipient: RegExp): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    const rows: { body: string; recipient: string }[] = await db()('app.mail_outbox as m').join('app.notification as n', 'n.notification_no', 'm.notification_no').where({ 'n.process_instance_key': instance, 'n.template': template }).select('m.body', 'm.recipient');
    return /https:\/\/service\.example\.com\/p\/([\w-]+)/.exec(rows.find((row) => recipient.test(row.recipient))?.body ?? '')?.[1];
  };
  await expect.poll(find, { ...WAIT, message: `link in ${template}` }).toBeDefined();
  return (await find())!;
}
async function waitsFor(instance: string, message: string): Promise<void> {
  await expect.poll(() => db()('read_model.message_subscription').where({ process_instance_key: instance, message_name: message, state: 'waiting' }).first(), { ...WAIT, message: `subscription ${message}` }).toBeDefined();
}
const ended = async (instance: string): Promise<string | undefined> => (await db()('read_model.process_instance').select('state').where({ key: instance }).first())?.state;

describe('a customer who ends the service', () => {
  const request: JsonObject = { customerNo: 'C100001', customerName: '示例客户 · 甲', phone: '13900000001', email: 'customer1@example.com', preferredChannel: 'email', customerType: 'individual', reason: 'no_need', settleTo: '6222****1234', dataRequest: 'none', consent: true };

  async function withOpenComplaint(): Promise<string> {
    await db()('app.complaint').insert({ complaint_no: 'TS20260916-0001', process_instance_key: 1, customer_no: 'C100001', received_at: new Date('2026-09-16T01:00:00Z'), registered_at: new Date('2026-09-16T01:00:00Z') }).onConflict('complaint_no').ignore();
    const instance = await stack.create('service_termination', request);
    await complete(instance, 'ut_docs', { idType: 'id_card', idNo: '11010519491231002X', name: '示例客户 · 甲', validUntil: '2030-01-01', match: 'same', collected: ['name', 'id'] });
    await complete(instance, 'ut_face', { method: 'face', liveness: 'pass', result: 'pass' });
    await waitsFor(instance, 'application_cancel_requested');
    return instance;
  }

  test('is told what is still open and withdraws by the link in that message', async () => {
    // given
    const instance = await withOpenComplaint();
    const token = await tokenTo(instance, 'termination_open_items', /customer/);
    const mail: { body: string } = await db()('app.mail_outbox as m').join('app.notification as n', 'n.notification_no', 'm.notification_no').where({ 'n.process_instance_key': instance, 'n.template': 'termination_open_items' }).select('m.body').first();

    // when
    const shown = await stack.browser().get<PublicLink>(`/public/links/${token}`);
    const unsure = await stack.browser().post(`/public/links/${token}`, { values: { confirmed: false } });
    const sent = await stack.browser().post(`/public/links/${token}`, { values: { confirmed: true, reasonText: '还是想留下' } });

    // then
    expect(mail.body).toContain('投诉 TS20260916-0001');
    expect(shown.body).toMatchObject({ kind: 'withdrawal', title: { zh: '撤回终止申请', en: 'Stay with us' } });
    expect([unsure.status, sent.status]).toEqual([422, 200]);
    await expect.poll(() => ended(instance), WAIT).toBe('completed');
    expect(await db()('app.record').where({ process_instance_key: instance }).first()).toMatchObject({ outcome: 'kept' });
    expect(await db()('app.progress_note').where({ process_instance_key: instance })).toMatchObject([{ status: 'kept', note: '还是想留下' }]);
    expect((await stack.browser().post(`/public/links/${token}`, { values: { confirmed: true } })).body).toMatchObject({ code: 'link_used' });
  });

  test('cannot withdraw any more once everything is settled and the accounts are being closed', async () => {
    // given
    const instance = await withOpenComplaint();
    const token = await tokenTo(instance, 'termination_open_items', /customer/);
    await db()('app.complaint').update({ closed_at: new Date('2026-09-17T02:00:00Z') });
    await complete(instance, 'ut_clear', { handling: '全部结清', cleared: true });
    await taskAt(instance, 'ut_close_acct');

    // then
    expect((await stack.browser().get(`/public/links/${token}`)).body).toMatchObject({ code: 'link_closed' });
    expect((await stack.browser().post(`/public/links/${token}`, { values: { confirmed: true } })).body).toMatchObject({ code: 'link_closed' });
  });
});

describe('the subject of a violation case', () => {
  async function investigated(needInterim: boolean): Promise<string> {
    const instance = await stack.create('violation_accountability', { anonymous: true, sourceKind: 'hotline', subjectName: '示例 · 王蕾', subjectDept: 'cs_frontdesk', violationType: 'attitude', happenedAt: '2026-09-16T10:00+08:00', description: '柜员多次对客户使用不当言语,经提醒仍未改正,影响恶劣。', customersAffected: 1 });
    await complete(instance, 'ut_accept', { acceptDecision: 'accept', subjectNo: 'wanglei', violationType: 'attitude', severityPrelim: 'general', investigators: ['zhengjie', 'majun'], needInterim });
    if (needInterim) await complete(instance, 'ut_interim', { measure: 'suspend', from: '2026-09-17T10:00+08:00', to: '2026-12-31T17:30+08:00', reason: '防止证据灭失', approved: true });
    await complete(instance, 'ut_investigate', { method: ['docs'], evidence: [], facts: '录音显示当事人三次使用不当言语,情况属实。', standards: [{ ruleName: '服务规范', clause: '第 3 条' }] });
    await waitsFor(instance, 'violation_statement_given');
    return instance;
  }

  test('who is suspended and cannot sign in is heard by a link of their own', async () => {
    // given
    const instance = await investigated(true);
    const refused = await stack.browser().signIn({ sampleUserId: 'wanglei' });
    const token = await tokenTo(instance, 'violation_statement', /^user:wanglei$/);

    // when
    const shown = await stack.browser().get<PublicLink>(`/public/links/${token}`);
    const short = await stack.browser().post(`/public/links/${token}`, { values: { agree: 'deny', statement: '没有', signed: true } });
    const sent = await stack.browser().post(`/public/links/${token}`, { values: { agree: 'partly', statement: '当日客流过大,情绪失控,愿意向客户道歉。', mitigation: '已主动联系客户', signed: true, conclusion: 'unsubstantiated' } });

    // then
    expect(refused.body).toMatchObject({ code: 'sign_in_failed' });
    expect(shown.body.title).toEqual({ zh: '陈述申辩', en: 'Your statement' });
    expect(shown.body.intro.zh).toMatch(/请在 2026-09-\d\d 17:30 前陈述/);
    expect(JSON.stringify(shown.body)).not.toMatch(/不当言语|王蕾|wanglei/);
    expect([short.status, sent.status]).toEqual([422, 200]);
    await taskAt(instance, 'ut_conclude');
    const values: { name: string; value: string }[] = await db()('read_model.variable').select('name', 'value').where({ scope_key: instance }).whereIn('name', ['agree', 'statement', 'mitigation', 'statementSigned', 'conclusion']).orderBy('name');
    expect(Object.fromEntries(values.map(({ name, value }) => [name, JSON.parse(value)]))).toEqual({ agree: 'partly', statement: '当日客流过大,情绪失控,愿意向客户道歉。', mitigation: '已主动联系客户', statementSigned: true });
    expect(await db()('read_model.user_task').where({ process_instance_key: instance, element_id: 'ut_statement', state: 'open' })).toEqual([]);
    expect(await db()('app.audit_log').where({ action: 'link.use', actor: 'subject' })).toMatchObject([{ after: { message: 'violation_statement_given' } }]);
    await db()('app.app_user').where({ id: 'wanglei' }).update({ duty: 'on' });
  });

  test('who can sign in finds the task in the inbox as before', async () => {
    // given
    const instance = await investigated(false);
    const wanglei = await stack.as('wanglei');

    // when
    const inbox = (await wanglei.get('/inbox')).body;
    await complete(instance, 'ut_statement', { agree: 'agree', statement: '属实,愿意接受处理,今后注意。', signed: true });

    // then
    expect(JSON.stringify(inbox)).toContain('作陈述申辩');
    await taskAt(instance, 'ut_conclude');
  });
});

describe('reviews of an application', () => {
  test('are done by different people: who has reviewed at one level cannot claim the next', async () => {
    // given one person in all three groups of reviewers, and another in the second
    await db()('app.app_user').where({ id: 'xunuo' }).update({ groups: ['reviewer_first', 'reviewer_second', 'reviewer_final'] });
    await db()('app.app_user').where({ id: 'hefang' }).update({ groups: ['reviewer_second'] });
    const [xunuo, hefang] = [await stack.as('xunuo'), await stack.as('hefang')];
    const instance = await stack.create('service_application', {
      initiator: 'wanglei', customerNo: 'C100001', customerName: '示例客户 · 甲', phone: '13900000001', email: 'customer1@example.com', customerType: 'individual', serviceClass: 'comprehensive', business: 'credit', product: 'loan_personal', amount: 1_500_000, term: 12,
      purpose: '购置经营用房', income: 80_000, guarantee: 'mortgage', materials: 'files::1', materialKinds: ['id', 'income', 'credit_report'], ack: ['process', 'rights', 'channel'], site: 'branch_east', channel: 'branch',
    });
    await complete(instance, 'ut_docs', { idType: 'id_card', idNo: '11010519491231002X', name: '示例客户 · 甲', validUntil: '2036-01-01', match: 'same', collected: ['name', 'id'] });
    await complete(instance, 'ut_face', { method: 'face', liveness: 'pass', result: 'pass' });
    await complete(instance, 'ut_accept', { acceptDecision: 'accept', checkResult: ['identity', 'materials'] });
    const passed = { values: { reviewResult: 'pass', points: ['compliance', 'credit'], opinion: '资料齐全,符合准入条件,同意。' } };

    // when
    const first = await taskAt(instance, 'ut_first');
    await xunuo.post(`/tasks/${first}/claim`);
    const done = await xunuo.post(`/tasks/${first}/complete`, passed);
    const second = await taskAt(instance, 'ut_second');
    const again = await xunuo.post(`/tasks/${second}/claim`);
    const listed = (await xunuo.get('/tasks?view=group&pageSize=200')).body.items.some((task: { key: string }) => task.key === second);
    const other = await hefang.post(`/tasks/${second}/claim`);
    await hefang.post(`/tasks/${second}/complete`, passed);
    const final = await taskAt(instance, 'ut_final');

    // then
    expect(done.status).toBe(200);
    expect([again.status, again.body.code, listed, other.status]).toEqual([403, 'recused', false, 200]);
    expect((await xunuo.post(`/tasks/${final}/claim`)).body).toMatchObject({ code: 'recused' });
    const { value } = await db()('read_model.variable').where({ process_instance_key: instance, name: 'reviewResults' }).orderBy('scope_key').first();
    expect(JSON.parse(value)).toMatchObject([{ level: 1, by: 'xunuo' }, { level: 2, by: 'hefang' }]);
  });
});
