import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessRevoke } from '../../engine/workers/access/revoke.ts';
import { complaintLink } from '../../engine/workers/complaint/link.ts';
import { customerLog } from '../../engine/workers/customer/log.ts';
import type { Job, WorkerContext } from '../../engine/workers/job-worker.ts';
import { notifySend } from '../../engine/workers/notify/send.ts';
import { processStart } from '../../engine/workers/process/start.ts';
import { progressLog } from '../../engine/workers/progress/log.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { reportGenerate } from '../../engine/workers/report/generate.ts';
import { staffCredit } from '../../engine/workers/staff/credit.ts';
import { drawn, surveyDispatch } from '../../engine/workers/survey/dispatch.ts';
import { surveyDraw } from '../../engine/workers/survey/draw.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2026-11-23T09:00:00+08:00');
});
afterAll(() => bench.stop());
beforeEach(() => {
  bench.asked.length = 0;
});

const db = () => bench.database.db;
/** A context whose database loses the connection after the worker has done its part. */
const breaking = (on: 'createInstance'): WorkerContext => {
  let left = 1;
  return { ...bench.context, engine: { ...bench.context.engine, [on]: async (...args: Parameters<WorkerContext['engine']['createInstance']>) => {
    left -= 1;
    if (left < 0) throw new Error('the gateway is gone');
    return bench.context.engine.createInstance(...args);
  } } };
};
const change = (variables: Record<string, never> | object): Job => bench.job('record.register', { targetNo: 'YY20261124-0001', changeType: 'delay', by: 'institution', oldDate: '2026-11-24T10:00:00+08:00', hoursBefore: 22.5, started: false, ...variables }, { bpmnProcessId: 'service_change', customHeaders: { series: 'YQ' }, processInstanceKey: '2000' });

describe('the ledger of changes', () => {
  test('has one row per change, follows its variables, and closes with the outcome', async () => {
    // given
    const [first, second] = await deliverTwice(recordRegister, change({}), bench.context);
    const changeNo = String(first['changeNo']);

    // when
    const policy = bench.job('progress.log', { caseNo: changeNo, changeNo, status: 'rescheduled', outcome: 'rescheduled', newDate: '2026-11-25T10:00:00+08:00', reasonKind: 'system', reasonText: '系统故障', impact: '上午停办', measures: '改约', affectedCount: 3, feeMode: 'none', compensationKind: 'points', approval: 'none', notifiedAt: '2026-11-23T09:00:00+08:00' }, { bpmnProcessId: 'service_change', customHeaders: { closesRecord: 'true' }, processInstanceKey: '2000' });
    await deliverTwice(progressLog, policy, bench.context);

    // then
    expect(second).toEqual(first);
    expect(first).toMatchObject({ compensationAmount: { points: 500, discount: 50 }, caseNo: changeNo });
    expect(await db()('app.service_change').where({ change_no: changeNo })).toMatchObject([{ target_no: 'YY20261124-0001', type: 'delay', by: 'institution', hours_before: '22.50', old_at: new Date('2026-11-24T10:00:00+08:00'), new_at: new Date('2026-11-25T10:00:00+08:00'), reason: '系统故障', effect: '上午停办', measure: '改约', affected_count: 3, outcome: 'rescheduled' }]);
    expect(await db()('app.record').where({ record_no: changeNo }).first()).toMatchObject({ outcome: 'rescheduled' });
  });

  test('is left alone by a called process that carries the number of its caller', async () => {
    // given
    const { changeNo } = await recordRegister.handle(change({}), bench.context);

    // when
    const child = bench.job('progress.log', { caseNo: String(changeNo), status: 'done', outcome: 'cancelled' }, { bpmnProcessId: 'satisfaction_survey', customHeaders: { closesRecord: 'true' }, processInstanceKey: '2999' });
    await progressLog.handle(child, bench.context);

    // then
    expect(await db()('app.record').where({ record_no: changeNo }).first()).toMatchObject({ closed_at: null });
    expect(await db()('app.service_change').where({ change_no: changeNo }).first()).toMatchObject({ closed_at: null });
  });
});

describe('notify.send', () => {
  const notice = (variant: string): Job => bench.job('notify.send', { caseNo: 'YQ1', variant, to: 'customer', email: 'customer1@example.com', targetNo: 'YY1' }, { customHeaders: { template: 'change_notice', links: 'linkAccept=change_accepted,linkReject=change_rejected', linkDays: '3' }, processInstanceKey: '2100' });

  test('makes one link for each choice the template has a place for, and none twice', async () => {
    // when
    await deliverTwice(notifySend, notice('delay'), bench.context);
    await notifySend.handle(notice('cancel'), bench.context);

    // then
    const links = await db()('app.public_link').where({ process_instance_key: '2100' }).orderBy('message');
    expect(links).toMatchObject([{ message: 'change_accepted', correlation_key: 'YQ1', expires_at: new Date('2026-11-26T09:00:00+08:00') }, { message: 'change_rejected' }]);
    const mails: { body: string }[] = await db()('app.mail_outbox as m').join('app.notification as n', 'n.notification_no', 'm.notification_no').where({ 'n.process_instance_key': '2100' }).select('m.body');
    expect(mails.map(({ body }) => body.match(/service\.example\.com\/p\//g)?.length ?? 0).sort()).toEqual([0, 2]);
    expect(JSON.stringify(links)).not.toContain(/\/p\/([\w-]{32})/.exec(mails.map((one) => one.body).join())![1]);
  });

  test('gives every subject of a decision a link of their own, and the others none', async () => {
    // when
    const job = bench.job('notify.send', { caseNo: 'WG1', to: ['user:wanglei', 'user:liqiang', 'group:hr'] }, { customHeaders: { template: 'violation_decision', links: 'appealLink=violation_appeal_filed', linksEach: 'user:', linkDays: '14' }, processInstanceKey: '2200' });
    await deliverTwice(notifySend, job, bench.context);

    // then
    expect(await db()('app.public_link').where({ process_instance_key: '2200' })).toHaveLength(2);
    const inbox: { user_id: string; text: string }[] = await db()('app.inbox_message').whereLike('text', '%WG1%').select('user_id', 'text');
    const tokens = (id: string) => inbox.filter((one) => one.user_id === id).flatMap((one) => one.text.match(/\/p\/[\w-]{32}/g) ?? []);
    expect([tokens('wanglei').length, tokens('liqiang').length, tokens('huangli').length]).toEqual([1, 1, 0]);
    expect(tokens('wanglei')).not.toEqual(tokens('liqiang'));
  });

  test('refuses headers that make no sense', async () => {
    await expect(notifySend.handle({ ...notice('delay'), elementInstanceKey: '1', customHeaders: { template: 'change_notice', links: 'linkAccept' } }, bench.context)).rejects.toThrow('pairs such as');
    await expect(notifySend.handle({ ...notice('delay'), elementInstanceKey: '2', customHeaders: { template: 'change_notice', links: 'linkAccept=change_accepted', linkDays: 'soon' } }, bench.context)).rejects.toThrow('number of days');
    expect(await db()('app.effect').whereIn('element_instance_key', [1, 2])).toEqual([]);
  });
});

describe('surveys', () => {
  const dispatch = (caseNo: string, more: object = {}): Job => bench.job('survey.dispatch', { caseNo, customerNo: 'C100001', sample: 30, mode: 'optional', trigger: 'appointment', ...more }, { bpmnProcessId: 'satisfaction_survey', customHeaders: { template: 'survey_invitation', form: 'F-Y01', validDays: '7' } });

  test('ask the share of cases the sampling says, always the same ones', async () => {
    // given
    const numbers = Array.from({ length: 2000 }, (_, index) => `YY2026${index}`);

    // then
    const share = numbers.filter((no) => drawn(no) < 30).length / numbers.length;
    expect(share).toBeGreaterThan(0.26);
    expect(share).toBeLessThan(0.34);
    expect(drawn('YY20261123-0001')).toBe(drawn('YY20261123-0001'));
  });

  test('write down what was sent, and nothing of what was not drawn', async () => {
    // given
    const inside = Array.from({ length: 50 }, (_, index) => `YY-${index}`).find((no) => drawn(no) < 30)!;
    const outside = Array.from({ length: 50 }, (_, index) => `YY-${index}`).find((no) => drawn(no) >= 30)!;

    // when
    const [sent, again] = await deliverTwice(surveyDispatch, dispatch(inside), bench.context);
    const spared = await surveyDispatch.handle(dispatch(outside), bench.context);

    // then
    expect(again).toEqual(sent);
    expect(spared).toEqual({ surveyNo: null, url: null, sampled: false });
    expect(await db()('app.survey').where({ case_no: inside })).toMatchObject([{ survey_no: sent['surveyNo'], customer_no: 'C100001', trigger: 'appointment', status: 'open' }]);
    expect(await db()('app.survey').where({ case_no: outside })).toEqual([]);
  });

  test('reach nobody who left no contact, unless the call is obligatory', async () => {
    // when
    const optional = await surveyDispatch.handle(dispatch('FK1', { sample: 100, customerNo: null }), bench.context);
    const must = await surveyDispatch.handle(dispatch('FK2', { sample: 100, customerNo: null, mode: 'must' }), bench.context);

    // then
    expect([optional['sampled'], must['sampled']]).toEqual([false, true]);
  });

  test('draw 200 of 250 customers a quarter, none twice, and go on where a broken run stopped', async () => {
    // given
    await db()('app.customer').insert(Array.from({ length: 250 }, (_, index) => ({ customer_no: `Q${index}`, name: `示例客户 ${index}`, phone: `1390001${String(index).padStart(4, '0')}` })));
    await db()('app.customer').insert([{ customer_no: 'QCLOSED', name: '示例客户', phone: '13900019999', closed_at: new Date('2026-01-01T00:00:00Z') }, { customer_no: 'QSILENT', name: '示例客户' }]);
    const job = bench.job('survey.draw', { sample: 200 }, { bpmnProcessId: 'satisfaction_survey', customHeaders: { processId: 'satisfaction_survey' } });

    // when
    await expect(surveyDraw.handle(job, breaking('createInstance'))).rejects.toThrow('the gateway is gone');
    const [first, second] = await deliverTwice(surveyDraw, job, bench.context);

    // then
    expect(first).toEqual(second);
    expect(first).toMatchObject({ drawn: 200, period: '2026Q4' });
    const asked = bench.asked.map(({ detail }) => String(detail['customerNo']));
    expect(asked).toHaveLength(200);
    expect(new Set(asked).size).toBe(200);
    expect(asked).not.toContain('QCLOSED');
    expect(asked).not.toContain('QSILENT');
    expect(bench.asked[0]).toMatchObject({ name: 'satisfaction_survey', detail: { trigger: 'quarterly', caseNo: expect.stringMatching(/^CY20261123-0001-/) } });

    // when: the rest of them in the same quarter
    const later = await surveyDraw.handle(bench.job('survey.draw', { sample: 200 }, { customHeaders: { processId: 'satisfaction_survey' } }), bench.context);

    // then
    expect(later['drawn']).toBeLessThan(200);
    expect(new Set(bench.asked.map(({ detail }) => String(detail['customerNo']))).size).toBe(bench.asked.length);
  });
});

describe('staff.credit', () => {
  test('enters praise once per person and refuses strangers', async () => {
    // when
    await deliverTwice(staffCredit, bench.job('staff.credit', { caseNo: 'FK9', staff: ['wanglei', 'wanglei'], note: '讲解耐心', badge: 'thanks' }), bench.context);

    // then
    expect(await db()('app.staff_record_entry').where({ case_no: 'FK9' })).toMatchObject([{ staff_no: 'wanglei', kind: 'praise' }]);
    expect(await db()('app.kpi_fact').where({ case_no: 'FK9' })).toMatchObject([{ metric: 'staff_praised', unit: 'wanglei', period: '2026-11' }]);
    await expect(staffCredit.handle(bench.job('staff.credit', { caseNo: 'FK8', staff: ['nobody'] }), bench.context)).rejects.toThrow('nobody with the id nobody');
    await expect(staffCredit.handle(bench.job('staff.credit', { caseNo: 'FK8', staff: [] }), bench.context)).rejects.toThrow('needs "staff"');
    expect(await db()('app.staff_record_entry').where({ case_no: 'FK8' })).toEqual([]);
  });
});

describe('contracts that end', () => {
  test('get one follow-up each, also when the run breaks and is delivered twice', async () => {
    // given
    const at = new Date('2025-12-01T01:00:00Z');
    await db()('app.service_application').insert({ application_no: 'SQX', process_instance_key: 1, registered_at: at });
    await db()('app.service_order').insert({ order_no: 'FWX', application_no: 'SQX', process_instance_key: 1, execute_group: ['x'], status: 'done', created_at: at });
    const contract = (no: string, endsOn: string | null, status = 'active') => ({ contract_no: no, application_no: 'SQX', order_no: 'FWX', customer_no: 'C100001', amount: 1000, service_group: 'wealth_advisor', starts_on: '2025-12-01', ends_on: endsOn, status, created_at: at });
    await db()('app.service_contract').insert([contract('H1', '2026-11-23'), contract('H2', '2026-12-23'), contract('H3', '2026-12-24'), contract('H4', '2026-11-22'), contract('H5', '2026-12-01', 'renewed'), contract('H6', null)]);
    const job = bench.job('process.start', {}, { bpmnProcessId: 'service_followup', customHeaders: { processId: 'service_followup', forEach: 'expiring_contracts', withinDays: '30' } });

    // when
    await expect(processStart.handle(job, breaking('createInstance'))).rejects.toThrow('the gateway is gone');
    await deliverTwice(processStart, job, bench.context);

    // then
    expect(bench.asked.map(({ name, detail }) => [name, detail['contractNo'], detail['contractEndsOn'], detail['serviceGroup'], detail['renewalDue']])).toEqual([['service_followup', 'H1', '2026-11-23', 'wealth_advisor', true], ['service_followup', 'H2', '2026-12-23', 'wealth_advisor', true]]);
    await expect(processStart.handle(bench.job('process.start', {}, { customHeaders: { processId: 'x', forEach: 'everybody' } }), bench.context)).rejects.toThrow('must be expiring_contracts');
  });
});

describe('the end of a relation', () => {
  test('finds what is open by the phone number too', async () => {
    // given
    await db()('app.compensation').insert([{ compensation_no: 'BCP', process_instance_key: 1, party: 'C100003', kind: 'points', amount: 100, status: 'registered', at: new Date() }, { compensation_no: 'BCC', process_instance_key: 1, party: 'C100003', kind: 'cash', amount: 100, status: 'registered', at: new Date() }]);
    await db()('app.payable_export').insert({ compensation_no: 'BCC', amount: 100, created_at: new Date() });

    // when
    const found = await complaintLink.handle(bench.job('complaint.link', { caseNo: 'SQ9', phone: '13900000003' }), bench.context);

    // then: points are credited at once, cash is open until it has gone out
    expect(found['openItems']).toEqual([{ kind: 'compensation', no: 'BCC' }]);
  });

  test('revokes grants, links, tags and consent once', async () => {
    // given
    const at = new Date('2026-11-01T00:00:00Z');
    await db()('app.customer').where({ customer_no: 'C100003' }).update({ tags: ['a'] });
    await db()('app.access_grant').insert([{ grant_no: 'G1', customer_no: 'C100003', user_id: 'gaoxiang', until: at, granted_at: at }, { grant_no: 'G2', customer_no: 'C100001', user_id: 'gaoxiang', until: at, granted_at: at }]);
    await db()('app.customer_interaction').insert({ interaction_no: 'I1', process_instance_key: 3100, customer_no: 'C100003', kind: 'note', at });
    await db()('app.public_link').insert([3100, 3200].map((key) => ({ token_hash: `t${key}`, kind: 'message', message: 'x', correlation_key: '1', process_instance_key: key, created_at: at, expires_at: new Date('2027-01-01T00:00:00Z') })));
    const job = bench.job('access.revoke', { caseNo: 'SQ10', customerNo: 'C100003', accountsClosed: ['card'], channelsClosed: ['app'], cleanup: ['tags'] }, { bpmnProcessId: 'service_termination', processInstanceKey: '3300' });

    // when
    const [first, second] = await deliverTwice(accessRevoke, job, bench.context);

    // then
    expect(first).toEqual(second);
    expect(first).toMatchObject({ revoked: 1, closedAt: '2026-11-23T09:00:00+08:00' });
    expect(await db()('app.customer').where({ customer_no: 'C100003' }).first()).toMatchObject({ tags: [], marketing_consent: true, closed_at: new Date('2026-11-23T09:00:00+08:00') });
    expect(await db()('app.access_grant').whereNull('revoked_at').pluck('grant_no')).toEqual(['G2']);
    expect(await db()('app.public_link').whereIn('process_instance_key', [3100, 3200]).whereNull('used_at').pluck('token_hash')).toEqual(['t3200']);
    await expect(accessRevoke.handle(bench.job('access.revoke', { caseNo: 'SQ11' }, { bpmnProcessId: 'service_termination' }), bench.context)).rejects.toThrow('is not known');
  });

  test('elsewhere takes back the grants of one item or one person', async () => {
    // when
    const done = await accessRevoke.handle(bench.job('access.revoke', { caseNo: 'DY1', user: 'gaoxiang', customerNo: 'C100001' }, { bpmnProcessId: 'record_access' }), bench.context);

    // then
    expect(done).toEqual({ revoked: 1 });
    expect((await db()('app.customer').where({ customer_no: 'C100001' }).first()).closed_at).toBeNull();
  });

  test('hands over what is stored about the customer, escaped', async () => {
    // given
    await db()('app.customer_interaction').insert({ interaction_no: 'I2', process_instance_key: 1, customer_no: 'C100002', kind: 'note', channel: 'phone', content: '<b>电话</b>', at: new Date('2026-11-01T01:00:00Z') });

    // when
    await reportGenerate.handle(bench.job('report.generate', { caseNo: 'SQ12', customerNo: 'C100002' }, { customHeaders: { template: 'customer_data_export' } }), bench.context);

    // then
    const { content } = await db()('app.report').where({ case_no: 'SQ12' }).first();
    expect(content).toContain('2026-11-01 09:00 note phone &lt;b&gt;电话&lt;/b&gt;');
    expect(content).toContain('440524188001010014');
  });
});

test('customer.log adds tags to the profile without doubles', async () => {
  // given
  await db()('app.customer').where({ customer_no: 'C200001' }).update({ tags: ['临近到期'] });

  // when
  await deliverTwice(customerLog, bench.job('customer.log', { caseNo: 'YY7', customerNo: 'C200001', interaction: { content: '回访' }, tagsAdd: ['低满意度', '临近到期'] }, { customHeaders: { kind: 'followup' } }), bench.context);

  // then
  expect((await db()('app.customer').where({ customer_no: 'C200001' }).first()).tags.sort()).toEqual(['临近到期', '低满意度'].sort());
  expect(await db()('app.customer_interaction').where({ case_no: 'YY7' })).toHaveLength(1);
});
