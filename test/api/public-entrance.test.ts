import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CODE_MS, CODE_TRIES, CODES_PER_HOUR } from '../../engine/api/public/progress-code.ts';
import { SUBMISSION_LIMIT } from '../../engine/api/public/submissions.ts';
import type { PublicForm, PublicLink, PublicProgress, PublicSubmission, PublicTicket } from '../../engine/contract/api.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { createNotifier } from '../../engine/notifications/notifier.ts';
import type { TestStack } from '../support/stack.ts';
import { startStackWithWorkers } from '../support/stack-with-workers.ts';

const WAIT = { timeout: 15_000, interval: 20 };
let stack: TestStack;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ stack, stop } = await startStackWithWorkers(['complaint_handling', 'customer_feedback', 'satisfaction_survey', 'service_change', 'identity_verification'], { notifier: createNotifier() }));
});

afterAll(() => stop());

const db = () => stack.database.db;
const complaint: JsonObject = { complainantName: '示例客户 · 甲', phone: '13900000001', email: 'customer1@example.com', preferredChannel: 'email', business: 'account', amountInvolved: 0, occurredAt: '2026-09-16T10:00+08:00', content: '柜员态度生硬,解释不清,等候两小时仍未办理。', demand: '请道歉并说明原因', consent: true };
let day = 0;
beforeEach(() => {
  // Each test has its own hour of codes.
  day += 1;
  stack.clock.set(Date.parse('2026-09-17T08:20:00Z') + day * 7_200_000);
});

async function sendIn(kind: 'complaint' | 'feedback', values: JsonObject): Promise<{ ticket: string; recordNo: string }> {
  const { status, body } = await stack.browser().post<PublicTicket>(`/public/forms/${kind}`, { values });
  expect([status, body]).toEqual([201, { ticket: expect.stringMatching(/^[\w-]{32}$/), receivedAt: new Date(stack.clock.now()).toISOString() }]);
  const { ticket } = body;
  const number = async (): Promise<string | null> => (await stack.browser().post<PublicSubmission>('/public/submissions', { ticket })).body.recordNo;
  await expect.poll(number, { ...WAIT, message: 'number of the submission' }).not.toBeNull();
  await stack.caughtUp();
  return { ticket, recordNo: (await number())! };
}

/** The newest code that went out. */
async function codeOf(recordNo: string): Promise<string> {
  const row: { body: string } = await db()('app.mail_outbox').whereLike('body', `%${recordNo} 进度的验证码%`).orderBy('id', 'desc').first();
  return /验证码是 (\d{6})/.exec(row.body)![1]!;
}

describe('a complaint without signing in', () => {
  test('shows the form without what staff fill in', async () => {
    // when
    const { status, body, headers } = await stack.browser().get<PublicForm>('/public/forms/complaint');

    // then
    const keys = (body.form['components'] as { key?: string }[]).map((one) => one.key);
    expect(status).toBe(200);
    expect(keys).toEqual(expect.arrayContaining(['complainantName', 'phone', 'content', 'demand', 'consent']));
    for (const hidden of ['source', 'channel', 'isAgent', 'agentProof', 'attachments', 'site']) expect(keys).not.toContain(hidden);
    expect(headers.getSetCookie()).toEqual([]);
    expect((await stack.browser().get('/public/forms/anything')).status).toBe(404);
  });

  test('starts the procedure once, with the channel set, and gets its number', async () => {
    // when
    const { recordNo } = await sendIn('complaint', { ...complaint, channel: 'phone', source: 'regulator', acceptDecision: 'accept' });

    // then
    expect(recordNo).toMatch(/^TS\d{8}-\d{4}$/);
    expect(await db()('app.complaint').where({ complaint_no: recordNo }).first()).toMatchObject({ source: 'external', channel: 'web', business: 'account' });
    const audit = await db()('app.audit_log').where({ action: 'public.submit' });
    expect(JSON.stringify(audit)).not.toMatch(/13900000001|示例客户/);
    expect(await verifyAudit(db())).toMatchObject({ ok: true });
  });

  test('names the fields that break the rules, and begins nothing', async () => {
    // given
    const before = await db()('app.public_submission').count({ n: '*' }).first();

    // when
    const { status, body } = await stack.browser().post('/public/forms/complaint', { values: { ...complaint, phone: '123', consent: false, content: '短' } });

    // then
    expect([status, body.code, Object.keys(body.fields).sort()]).toEqual([422, 'form_invalid', ['FC01_consent', 'FC01_content', 'FC01_phone']]);
    expect(await db()('app.public_submission').count({ n: '*' }).first()).toEqual(before);
  });
});

test('anonymous feedback keeps nothing of the sender, and nobody can ask for a code of it', async () => {
  // when
  const { recordNo, ticket } = await sendIn('feedback', { kind: 'suggestion', content: '建议增加周末对公窗口', anonymous: true });
  const progress = await stack.browser().post<PublicProgress>('/public/progress', { ticket });
  const asked = await stack.browser().post('/public/progress/code', { recordNo });

  // then
  expect(progress.body).toMatchObject({ recordNo, series: 'FK', zone: 'Asia/Shanghai', closedAt: null });
  expect([asked.status, asked.body]).toEqual([202, { minutes: 10 }]);
  expect(await db()('app.progress_code').where({ record_no: recordNo })).toEqual([]);
});

describe('looking up a case', () => {
  test('needs the code that went to the contact on file, and works once', async () => {
    // given
    const { recordNo } = await sendIn('complaint', { ...complaint, businessRef: 'A1' });
    const browser = stack.browser();

    // when
    await browser.post('/public/progress/code', { recordNo: recordNo.toLowerCase() });
    const code = await codeOf(recordNo);
    const opened = await browser.post<PublicProgress>('/public/progress', { recordNo, code });
    const again = await browser.post('/public/progress', { recordNo, code });

    // then
    expect(opened.status).toBe(200);
    expect(opened.body).toMatchObject({ recordNo, series: 'TS', closedAt: null, outcome: null });
    expect(JSON.stringify(opened.body)).not.toMatch(/示例客户|13900000001|柜员|customer1/);
    expect([again.status, again.body.code]).toEqual([403, 'code_wrong']);
    expect(JSON.stringify(await db()('app.progress_code'))).not.toContain(`"${code}"`);
  });

  test('is refused after five wrong codes, after ten minutes, and for a case nobody has', async () => {
    // given
    const { recordNo } = await sendIn('complaint', { ...complaint, businessRef: 'A2' });
    const browser = stack.browser();
    const open = async (code: string, no = recordNo): Promise<number> => (await browser.post('/public/progress', { recordNo: no, code })).status;

    // when
    await browser.post('/public/progress/code', { recordNo });
    const first = await codeOf(recordNo);
    const wrong = first === '000000' ? '000001' : '000000';
    for (let attempt = 0; attempt < CODE_TRIES; attempt += 1) expect(await open(wrong)).toBe(403);

    // then
    expect(await open(first)).toBe(403);

    // when
    await browser.post('/public/progress/code', { recordNo });
    const second = await codeOf(recordNo);
    stack.clock.set(stack.clock.now() + CODE_MS);

    // then
    expect(await open(second)).toBe(403);
    expect(await open('123456', 'TS20200101-0001')).toBe(403);
    expect((await browser.post('/public/progress', { recordNo: 'x', code: '123456' })).status).toBe(400);
  });

  test('sends three codes an hour at most, of which the newest alone opens, and tells outsiders nothing', async () => {
    // given
    const { recordNo } = await sendIn('complaint', { ...complaint, businessRef: 'A3' });
    const browser = stack.browser();
    const codes: string[] = [];

    // when
    for (let count = 0; count < CODES_PER_HOUR; count += 1) {
      await browser.post('/public/progress/code', { recordNo });
      codes.push(await codeOf(recordNo));
    }
    const answers = [await browser.post('/public/progress/code', { recordNo }), await browser.post('/public/progress/code', { recordNo: 'TS20200101-0001' })];

    // then
    expect(answers.map(({ status, body }) => [status, body])).toEqual([[202, { minutes: 10 }], [202, { minutes: 10 }]]);
    expect(await db()('app.progress_code').where({ record_no: recordNo })).toHaveLength(CODES_PER_HOUR);
    expect((await browser.post('/public/progress', { recordNo, code: codes[0]! })).status).toBe(codes[0] === codes.at(-1) ? 200 : 403);
    expect((await browser.post('/public/progress', { recordNo, code: codes.at(-1)! })).status).toBe(codes[0] === codes.at(-1) ? 403 : 200);
  });

  test('with the ticket of the submission ends after half an hour', async () => {
    // given
    const { ticket } = await sendIn('complaint', { ...complaint, businessRef: 'A4' });

    // when
    stack.clock.set(stack.clock.now() + 30 * 60_000);

    // then
    expect((await stack.browser().post('/public/progress', { ticket })).status).toBe(404);
    expect((await stack.browser().post('/public/progress', { ticket: 'x'.repeat(32) })).status).toBe(404);
  });
});

/** Tokens in the newest message of a template, in the order of its links. */
async function tokens(template: string): Promise<string[]> {
  const find = async (): Promise<string[]> => {
    const row: { body: string } | undefined = await db()('app.mail_outbox as m').join('app.notification as n', 'n.notification_no', 'm.notification_no').where({ 'n.template': template }).orderBy('m.id', 'desc').select('m.body').first();
    return [...(row?.body ?? '').matchAll(/\/p\/([\w-]{32})/g)].map((found) => found[1]!);
  };
  await expect.poll(async () => (await find()).length, { ...WAIT, message: `links in ${template}` }).toBeGreaterThan(0);
  await stack.caughtUp();
  return find();
}
const ended = async (instance: string): Promise<string | undefined> => (await db()('read_model.process_instance').select('state').where({ key: instance }).first())?.state;

test('a survey link shows the customer’s form, takes one answer, and refuses the second', async () => {
  // given
  const instance = await stack.create('satisfaction_survey', { trigger: 'complaint', caseNo: 'TS-SURVEY', customerNo: 'C100001', email: 'customer1@example.com' });
  const [token] = await tokens('survey_invitation');
  const waits = async (): Promise<unknown> => db()('read_model.message_subscription').where({ process_instance_key: instance, message_name: 'survey_submitted', state: 'waiting' }).first();
  await expect.poll(waits, WAIT).toBeDefined();

  // when
  const shown = await stack.browser().get<PublicLink>(`/public/links/${token}`);
  const first = await stack.browser().post(`/public/links/${token}`, { values: { overall: 5, attitude: 4, nps: 9, comment: '很好' } });
  const second = await stack.browser().post(`/public/links/${token}`, { values: { overall: 1 } });

  // then
  expect((shown.body.form['components'] as { key: string }[]).map((one) => one.key)).toEqual(['overall', 'attitude', 'expertise', 'speed', 'convenience', 'result', 'nps', 'comment', 'willContact']);
  expect([first.status, second.status, second.body.code]).toEqual([200, 410, 'link_used']);
  await expect.poll(() => ended(instance), WAIT).toBe('completed');
  expect(await db()('app.survey').where({ process_instance_key: instance })).toMatchObject([{ status: 'answered', score: 5 }]);
});

test('of the two links of a new date one can be chosen; the other is closed then', async () => {
  // given
  const instance = await stack.create('service_change', { changeType: 'delay', by: 'customer', targetNo: 'YY-1', hoursBefore: 30, started: false, email: 'customer1@example.com', oldDate: '2026-11-24T10:00:00+08:00', newDate: '2026-11-25T10:00:00+08:00' });
  const [accept, reject] = (await tokens('change_notice_delay')) as [string, string];
  const waits = async (): Promise<unknown> => db()('read_model.message_subscription').where({ process_instance_key: instance, message_name: 'change_accepted', state: 'waiting' }).first();
  await expect.poll(waits, WAIT).toBeDefined();

  // when
  const shown = await stack.browser().get<PublicLink>(`/public/links/${accept}`);
  const accepted = await stack.browser().post(`/public/links/${accept}`, { values: { confirmed: true } });
  await expect.poll(() => ended(instance), WAIT).toBe('completed');
  const late = await stack.browser().post(`/public/links/${reject}`, { values: { confirmed: true } });

  // then
  expect(shown.body.intro).toEqual({ zh: '您的服务原定 2026-11-24 10:00，新的时间是 2026-11-25 10:00。', en: 'Your service was to be at 2026-11-24 10:00; the new date is 2026-11-25 10:00.' });
  expect([accepted.status, late.status, late.body.code]).toEqual([200, 410, 'link_closed']);
  expect(await db()('app.service_change').where({ process_instance_key: instance }).first()).toMatchObject({ outcome: 'rescheduled' });
});

test('a link to move an appointment asks for a span of time and hands it over', async () => {
  // given
  const instance = await stack.create('service_change', { changeType: 'delay', by: 'institution', slot: { start: '2026-11-24T10:00:00+08:00' } });
  const token = 'appointment-change-link';
  await db()('app.public_link').insert({ token_hash: createHash('sha256').update(token).digest('hex'), kind: 'message', message: 'appointment_change_requested', correlation_key: 'YY-2', form_id: null, process_instance_key: instance, created_at: new Date(stack.clock.now()), expires_at: new Date(stack.clock.now() + 86_400_000) });
  const said: JsonObject[] = [];
  const publish = stack.engine.publishMessage;
  stack.engine.publishMessage = async (message) => {
    said.push({ name: message.name, key: message.correlationKey, ...message.variables });
    return publish(message);
  };

  // when
  const shown = await stack.browser().get<PublicLink>(`/public/links/${token}`);
  const backwards = await stack.browser().post(`/public/links/${token}`, { values: { newFrom: '2026-11-26T10:00+08:00', newTo: '2026-11-25T10:00+08:00' } });
  const sent = await stack.browser().post(`/public/links/${token}`, { values: { newFrom: '2026-11-26T10:00+08:00', newTo: '2026-11-27T10:00+08:00', reasonText: '出差', status: 'smuggled' } });
  stack.engine.publishMessage = publish;

  // then
  expect(shown.body.intro.zh).toContain('2026-11-24 10:00');
  expect([backwards.status, Object.keys(backwards.body.fields)]).toEqual([422, ['Public_newTo']]);
  expect(sent.status).toBe(200);
  expect(said).toEqual([{ name: 'appointment_change_requested', key: 'YY-2', newFrom: '2026-11-26T10:00+08:00', newTo: '2026-11-27T10:00+08:00', newDate: '2026-11-26T10:00+08:00', reasonText: '出差' }]);
});

test('the subject of a decision appeals with grounds, and stands in the audit as such', async () => {
  // given
  const instance = await stack.create('service_change', { changeType: 'delay', by: 'institution' });
  const token = 'appeal-link-of-a-subject';
  await db()('app.public_link').insert({ token_hash: createHash('sha256').update(token).digest('hex'), kind: 'message', message: 'violation_appeal_filed', correlation_key: 'WG-1', form_id: null, process_instance_key: instance, created_at: new Date(stack.clock.now()), expires_at: new Date(stack.clock.now() + 86_400_000) });

  // when
  const short = await stack.browser().post(`/public/links/${token}`, { values: { appealGrounds: '不服' } });
  const sent = await stack.browser().post(`/public/links/${token}`, { values: { appealGrounds: '当日本人不在岗，考勤可以证明。' } });

  // then
  expect([short.status, Object.keys(short.body.fields), sent.status]).toEqual([422, ['Public_grounds'], 200]);
  expect(await db()('app.audit_log').where({ action: 'link.use', actor: 'subject' })).toMatchObject([{ after: { message: 'violation_appeal_filed' } }]);
});

test('one address may send in so much and no more', async () => {
  // given
  const statuses: number[] = [];

  // when
  for (let count = 0; count <= SUBMISSION_LIMIT; count += 1) statuses.push((await stack.browser().post('/public/forms/feedback', { values: {} })).status);

  // then
  expect(statuses.at(-1)).toBe(429);
  expect((await stack.browser().get('/public/forms/feedback')).status).toBe(200);
});
