import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PUBLIC_LIMIT } from '../../engine/api/public/index.ts';
import type { PublicLink } from '../../engine/contract/api.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { bpmn, end, start, userTask } from '../support/bpmn.ts';
import type { TestStack } from '../support/stack.ts';
import { startStackWithWorkers } from '../support/stack-with-workers.ts';

const WAIT = { timeout: 15_000, interval: 20 };

let stack: TestStack;
let stop: () => Promise<void>;

/** One task inside a subprocess that a supplement's message does not interrupt. */
const supplemented = bpmn(
  'supplemented',
  `${start()}<bpmn:subProcess id="handling"><bpmn:incoming>f_start_handling</bpmn:incoming><bpmn:startEvent id="s"/><bpmn:userTask id="work"><bpmn:extensionElements><zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/></bpmn:extensionElements></bpmn:userTask><bpmn:sequenceFlow id="fi" sourceRef="s" targetRef="work"/></bpmn:subProcess>` +
    `<bpmn:boundaryEvent id="more" attachedToRef="handling" cancelActivity="false"><bpmn:messageEventDefinition id="ed" messageRef="m"/></bpmn:boundaryEvent>${userTask('read')}${end()}` +
    `<bpmn:sequenceFlow id="f_start_handling" sourceRef="start" targetRef="handling"/><bpmn:sequenceFlow id="f2" sourceRef="more" targetRef="read"/><bpmn:sequenceFlow id="f3" sourceRef="handling" targetRef="end"/>`,
).replace('<bpmn:process ', '<bpmn:message id="m" name="complaint_supplement"><bpmn:extensionElements><zeebe:subscription correlationKey="=caseNo"/></bpmn:extensionElements></bpmn:message><bpmn:process ');

beforeAll(async () => {
  ({ stack, stop } = await startStackWithWorkers(['complaint_handling', 'identity_verification', 'rectification', 'customer_feedback', 'service_improvement', 'staff_training', 'security_incident', 'violation_accountability']));
  await stack.deploy({ 'supplemented.bpmn': supplemented });
});

afterAll(() => stop());

const db = () => stack.database.db;

/** Completes the open task of an instance at an element, once it is there. */
async function complete(instance: string, element: string, variables: JsonObject): Promise<void> {
  await expect.poll(() => openTask(instance, element), { ...WAIT, message: `task ${element}` }).toBeDefined();
  await stack.engine.completeJob((await openTask(instance, element))!, variables);
}

async function openTask(instance: string, element: string): Promise<string | undefined> {
  const row: { key: string } | undefined = await db()('read_model.user_task').select('key').where({ process_instance_key: instance, element_id: element, state: 'open' }).first();
  return row?.key;
}

async function variable(instance: string, name: string): Promise<unknown> {
  const row: { value: unknown } | undefined = await db()('read_model.variable').select('value').where({ process_instance_key: instance, scope_key: instance, name }).first();
  return row === undefined ? undefined : typeof row.value === 'string' ? JSON.parse(row.value) : row.value;
}

async function waitsFor(instance: string, message: string): Promise<void> {
  await expect.poll(() => db()('read_model.message_subscription').where({ process_instance_key: instance, message_name: message, state: 'waiting' }).first(), { ...WAIT, message: `subscription ${message}` }).toBeDefined();
}

/** The token in the message the customer got. */
async function tokenIn(instance: string, template: string): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    const row: { body: string } | undefined = await db()('app.mail_outbox as m').join('app.notification as n', 'n.notification_no', 'm.notification_no').where({ 'n.process_instance_key': instance, 'n.template': template }).select('m.body').first();
    return /https:\/\/service\.example\.com\/p\/([\w-]+)/.exec(row?.body ?? '')?.[1];
  };
  await expect.poll(find, { ...WAIT, message: `link in ${template}` }).toBeDefined();
  return (await find())!;
}

let complainants = 0;

const complaint: JsonObject = { complainantName: '示例客户 · 甲', email: 'customer1@example.com', preferredChannel: 'email', source: 'external', channel: 'phone', business: 'account', amountInvolved: 0, content: '柜员态度生硬，解释不清。', demand: '请道歉并说明原因', consent: true };

/** A complaint taken to its investigation. */
async function accepted(): Promise<string> {
  const { processInstanceKey } = await stack.engine.createInstance('complaint_handling', { ...complaint, customerNo: `C20${complainants}`, phone: `1390000${1000 + complainants}`, businessRef: `ACC-${complainants}` });
  complainants += 1; // another person each time: repeated complaints go to the committee
  await complete(processInstanceKey, 'ut_register', { acceptDecision: 'accept', category: 'attitude', complexity: 'simple', affectedCustomers: 1, flags: [], registerNote: '已致歉' });
  await waitsFor(processInstanceKey, 'complaint_withdrawn');
  return processInstanceKey;
}

/** A complaint whose customer has been asked how it went, and the token of that message. */
async function surveyed(): Promise<{ instance: string; token: string }> {
  const instance = await accepted();
  await complete(instance, 'ut_investigate', { finding: 'true', facts: '监控显示客户所述属实，柜员未使用规范用语。', evidence: [], causes: ['staff'], causeDetail: '新员工未完成岗前培训' });
  await complete(instance, 'ut_plan', { measures: ['explain'], explanation: '我们核实后已向您致歉，并对柜员进行了提醒。', expectedEffect: '即时', completeBy: '2026-10-09' });
  await waitsFor(instance, 'complaint_result_feedback');
  return { instance, token: await tokenIn(instance, 'complaint_satisfaction') };
}

describe('a survey link', () => {
  test('shows the questions of the form without what is for staff, and nothing of the customer', async () => {
    // given
    const { instance, token } = await surveyed();

    // when
    const { status, body, headers } = await stack.browser().get<PublicLink>(`/public/links/${token}`);

    // then
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'survey', reference: await variable(instance, 'caseNo'), zone: 'Asia/Shanghai', variables: { reached: true } });
    expect((body.form['components'] as { key?: string }[]).map((component) => component.key)).toEqual(['satisfaction', 'aspects.attitude', 'aspects.expertise', 'aspects.speed', 'aspects.result', 'comment']);
    expect(JSON.stringify(body)).not.toMatch(/示例客户|1390000|customer1|C20\d|柜员|F-C08/);
    expect(headers.getSetCookie()).toEqual([]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('takes the process on with the satisfaction, keeps the answer, and leaves an audit row', async () => {
    // given
    const { instance, token } = await surveyed();
    const caseNo = await variable(instance, 'caseNo');

    // when
    const { status, body } = await stack.browser().post(`/public/links/${token}`, { values: { satisfaction: 5, aspects: { attitude: 4 }, comment: '处理很快', reached: false, outcome: 'smuggled' } });

    // then
    expect([status, body]).toEqual([200, { receivedAt: new Date(stack.clock.now()).toISOString() }]);
    await expect.poll(() => openTask(instance, 'ut_close'), WAIT).toBeDefined();
    expect(await variable(instance, 'satisfaction')).toBe(5);
    expect(await variable(instance, 'outcome')).toBe('resolved');
    const survey = await db()('app.survey').where({ process_instance_key: instance }).first();
    expect(survey.status).toBe('answered');
    expect((await db()('app.survey_answer').where({ survey_no: survey.survey_no }).first()).answers).toMatchObject({ satisfaction: 5, aspects: { attitude: 4 }, comment: '处理很快' });
    const audit = await db()('app.audit_log').where({ action: 'link.use', object: `case:${String(caseNo)}` });
    expect(audit).toMatchObject([{ actor: 'customer', after: { kind: 'survey', message: 'complaint_result_feedback', surveyNo: survey.survey_no } }]);
    expect(JSON.stringify(audit)).not.toContain(token);
    expect(await verifyAudit(db())).toMatchObject({ ok: true });
  });

  test('takes an unhappy customer back to the investigation', async () => {
    // given
    const { instance, token } = await surveyed();

    // when
    await stack.browser().post(`/public/links/${token}`, { values: { satisfaction: 1 } });

    // then
    await expect.poll(() => openTask(instance, 'ut_investigate'), WAIT).toBeDefined();
    expect(await variable(instance, 'reopenCount')).toBe(1);
  });

  test('names the fields of an answer that breaks the rules, and can still be used', async () => {
    // given
    const { instance, token } = await surveyed();
    const browser = stack.browser();

    // when
    const missing = await browser.post(`/public/links/${token}`, { values: {} });
    const wrong = await browser.post(`/public/links/${token}`, { values: { satisfaction: 9, comment: '长'.repeat(1001) } });
    const unread = await browser.fetch(`/public/links/${token}`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"values":{"satisfaction":5}}' });

    // then
    expect([missing.status, missing.body.code, missing.body.fields]).toEqual([422, 'form_invalid', { FC08_satisfaction: [{ rule: 'required' }] }]);
    expect([wrong.status, Object.keys(wrong.body.fields).sort()]).toEqual([422, ['FC08_comment', 'FC08_satisfaction']]);
    expect(unread.status).toBe(422);
    expect(await openTask(instance, 'ut_close')).toBeUndefined();
    expect((await browser.get(`/public/links/${token}`)).status).toBe(200);
  });

  test('works once, also for two answers at the same moment', async () => {
    // given
    const { instance, token } = await surveyed();
    const browser = stack.browser();

    // when
    const answers = await Promise.all([1, 2, 3].map(() => browser.post(`/public/links/${token}`, { values: { satisfaction: 4 } })));
    const later = await browser.post(`/public/links/${token}`, { values: { satisfaction: 1 } });
    const read = await browser.get(`/public/links/${token}`);

    // then
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
    expect([later.status, later.body.code, read.status, read.body.code]).toEqual([410, 'link_used', 410, 'link_used']);
    await expect.poll(() => openTask(instance, 'ut_close'), WAIT).toBeDefined();
    expect(await db()('app.audit_log').where({ action: 'link.use', object: `case:${String(await variable(instance, 'caseNo'))}` })).toHaveLength(1);
  });

  test('can be answered again when the first answer arrived but was not acknowledged, and counts once', async () => {
    // given
    const { instance, token } = await surveyed();
    const publish = stack.engine.publishMessage;
    stack.engine.publishMessage = async (message) => {
      await publish(message);
      throw new Error('the connection broke after the message had arrived');
    };

    // when
    const broken = await stack.browser().post(`/public/links/${token}`, { values: { satisfaction: 5 } });
    stack.engine.publishMessage = publish;
    await expect.poll(() => openTask(instance, 'ut_close'), WAIT).toBeDefined();
    await stack.caughtUp();
    const again = await stack.browser().post(`/public/links/${token}`, { values: { satisfaction: 5 } });

    // then
    expect([broken.status, broken.body.code]).toEqual([500, 'internal']);
    expect(again.status).toBe(200);
    expect(await db()('app.survey_answer as a').join('app.survey as s', 's.survey_no', 'a.survey_no').where({ 's.process_instance_key': instance })).toHaveLength(1);
    expect(await db()('read_model.message_subscription').where({ process_instance_key: instance, message_name: 'complaint_result_feedback' })).toHaveLength(1);
  });
});

describe('a withdrawal link', () => {
  test('wants an explicit confirmation, then cancels the investigation and brings the officer the withdrawal', async () => {
    // given
    const instance = await accepted();
    const token = await tokenIn(instance, 'complaint_ack');
    const browser = stack.browser();
    const shown = await browser.get<PublicLink>(`/public/links/${token}`);

    // when
    const unconfirmed = await browser.post(`/public/links/${token}`, { values: { confirmed: false } });
    const confirmed = await browser.post(`/public/links/${token}`, { values: { confirmed: true } });

    // then
    expect(shown.body).toMatchObject({ kind: 'withdrawal', reference: await variable(instance, 'caseNo') });
    expect([unconfirmed.status, unconfirmed.body.fields]).toEqual([422, { Public_confirmed: [{ rule: 'required' }] }]);
    expect(confirmed.status).toBe(200);
    await expect.poll(() => openTask(instance, 'ut_withdraw'), WAIT).toBeDefined();
    expect(await openTask(instance, 'ut_investigate')).toBeUndefined();
    expect(await variable(instance, 'confirmed')).toBeUndefined();
  });

  test('says that the case is past it once the handling has ended', async () => {
    // given
    const { instance, token: surveyToken } = await surveyed();
    const token = await tokenIn(instance, 'complaint_ack');
    const browser = stack.browser();
    await browser.post(`/public/links/${surveyToken}`, { values: { satisfaction: 5 } });
    await expect.poll(() => openTask(instance, 'ut_close'), WAIT).toBeDefined();
    await stack.caughtUp();

    // when
    const read = await browser.get(`/public/links/${token}`);
    const sent = await browser.post(`/public/links/${token}`, { values: { confirmed: true } });

    // then
    expect([read.status, read.body.code, sent.status, sent.body.code]).toEqual([410, 'link_closed', 410, 'link_closed']);
  });
});

test('supplement links bring the text to the case, each once', async () => {
  // given
  const instance = await stack.create('supplemented', { caseNo: 'TS-S-1' });
  const issue = async (token: string): Promise<string> => {
    await db()('app.public_link').insert({ token_hash: createHash('sha256').update(token).digest('hex'), kind: 'message', message: 'complaint_supplement', correlation_key: 'TS-S-1', form_id: null, process_instance_key: instance, created_at: new Date(stack.clock.now()), expires_at: new Date(stack.clock.now() + 86_400_000) });
    return token;
  };
  const [first, second] = [await issue('supplement-one'), await issue('supplement-two')];
  const browser = stack.browser();

  // when
  const short = await browser.post(`/public/links/${first}`, { values: { supplement: '短' } });
  const answers = [await browser.post(`/public/links/${first}`, { values: { supplement: '找到了当天的小票' } })];
  await stack.caughtUp();
  answers.push(await browser.post(`/public/links/${second}`, { values: { supplement: '还有一张照片' } }));
  await stack.caughtUp();

  // then
  expect(short.status).toBe(422);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await db()('read_model.user_task').where({ process_instance_key: instance, element_id: 'read', state: 'open' })).toHaveLength(2);
  expect(await variable(instance, 'supplement')).toBe('还有一张照片');
  expect(await openTask(instance, 'work')).toBeDefined();
});

test('a link is refused from the moment it expires', async () => {
  // given
  const { instance, token } = await surveyed();
  const browser = stack.browser();
  const { expires_at: expiresAt } = await db()('app.public_link').where({ token_hash: createHash('sha256').update(token).digest('hex') }).first();

  // when
  stack.clock.set(expiresAt.getTime() - 1);
  const before = await browser.get(`/public/links/${token}`);
  stack.clock.set(expiresAt.getTime());
  const read = await browser.get(`/public/links/${token}`);
  const sent = await browser.post(`/public/links/${token}`, { values: { satisfaction: 5 } });

  // then
  expect(before.status).toBe(200);
  expect([read.status, read.body.code, sent.status, sent.body.code]).toEqual([410, 'link_expired', 410, 'link_expired']);
  expect(await variable(instance, 'satisfaction')).toBeUndefined();
});

test('a token nobody issued, and any other address, finds nothing and is not repeated', async () => {
  // given
  const browser = stack.browser();

  // when
  const answers = [await browser.get('/public/links/no-such-token'), await browser.post('/public/links/no-such-token', { values: {} }), await browser.get('/public/links'), await browser.get('/public/session'), await browser.delete('/public/links/no-such-token')];

  // then
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [404, 'not_found']));
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain('no-such-token');
});

test('one address may ask so many times and no more', async () => {
  // given
  const browser = stack.browser();

  // when
  const statuses: number[] = [];
  for (let count = 0; count <= PUBLIC_LIMIT; count += 1) statuses.push((await browser.get('/public/links/guess')).status);

  // then
  expect(statuses[0]).toBe(404);
  expect(statuses.at(-1)).toBe(429);
  expect((await browser.get('/session')).status).toBe(200);
});
