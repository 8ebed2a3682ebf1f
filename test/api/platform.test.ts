import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addToInbox } from '../../engine/notifications/inbox.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { bpmn, chain, end, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await TestStack.start();
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

/** Events a person receives until `enough`, or for half a second. */
async function eventsOf(browser: Browser, during: () => Promise<unknown>): Promise<string[]> {
  const abort = new AbortController();
  const response = await browser.fetch('/events', { signal: abort.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const reading = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
    }
  })().catch(() => undefined);
  await during();
  await new Promise((resolve) => setTimeout(resolve, 600));
  abort.abort();
  await reading;
  return text.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
}

describe('health', () => {
  test('is well only once something is deployed', async () => {
    expect(await stack.browser().get('/health')).toMatchObject({ status: 503, body: { ok: false, parts: { broker: true, procedures: false, readModel: true } } });
    await stack.deploy({ 'p.bpmn': bpmn('p', start() + userTask('ask', '<zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/>') + end() + chain('start', 'ask', 'end')) });
    expect(await stack.browser().get('/health')).toMatchObject({ status: 200, body: { ok: true, detail: {} } });
  });
});

describe('live updates', () => {
  test('reach who may see the change and nobody else', async () => {
    // given
    const [member, outsider, admin] = [await stack.as('wanglei'), await stack.as('liuyang'), await stack.as('zhaoyu')];
    let key = '';

    // when
    const [toMember, toOutsider, toAdmin] = await Promise.all([
      eventsOf(member, async () => { await new Promise((resolve) => setTimeout(resolve, 100)); key = await stack.create('p'); }),
      eventsOf(outsider, async () => undefined),
      eventsOf(admin, async () => undefined),
    ]);

    // then
    expect(toMember).toEqual(expect.arrayContaining(['{"topic":"tasks"}', `{"topic":"instance","key":"${key}"}`]));
    expect(toOutsider).toEqual([]);
    expect(toAdmin).toEqual(expect.arrayContaining(['{"topic":"monitor"}', `{"topic":"instance","key":"${key}"}`]));
    expect((await stack.browser().get('/events')).status).toBe(401);
  });
});

describe('inbox', () => {
  test('holds one\'s own messages and knows which are read', async () => {
    // given
    for (const userId of ['wanglei', 'wanglei', 'liqiang']) await addToInbox(stack.database.db, { userId, at: stack.clock.now(), title: '提醒', text: '内容' });
    const [wanglei, liqiang] = [await stack.as('wanglei'), await stack.as('liqiang')];
    const { body } = await wanglei.get('/inbox');
    expect([body.total, body.unread]).toEqual([2, 2]);

    // when, then
    expect((await liqiang.post(`/inbox/${body.items[0].id}/read`)).status).toBe(404);
    expect((await wanglei.post(`/inbox/${body.items[0].id}/read`)).status).toBe(204);
    expect((await wanglei.get('/inbox')).body).toMatchObject({ unread: 1, items: [{ read: true }, { read: false }] });
    await wanglei.post('/inbox/read-all');
    expect((await wanglei.get('/inbox')).body.unread).toBe(0);
    expect((await liqiang.get('/inbox')).body.unread).toBe(1);
  });
});

describe('search', () => {
  test('finds what the person may open', async () => {
    // given
    await stack.create('p', { caseNo: 'FIND-1', content: '找我', customerName: '王小明' });

    // then
    const kinds = async (person: string): Promise<string[]> => (await (await stack.as(person)).get('/search?q=FIND')).body.map((hit: { kind: string }) => hit.kind);
    expect(await kinds('wanglei')).toEqual(['task']);
    expect(await kinds('liuyang')).toEqual([]);
    expect(await kinds('zhaoyu')).toEqual(['instance']);
    expect((await (await stack.as('lintao')).get('/search?q=p')).body).toEqual([]);
  });
});

test('metrics tell the lag and the duration of requests', async () => {
  const { body } = await stack.browser().get('/metrics');
  expect(body).toContain('guicheng_read_model_lag_ms 0');
  expect(body).toContain('guicheng_http_request_seconds_bucket');
});

test('the audit log is whole after all this', async () => {
  expect(await verifyAudit(stack.database.db)).toMatchObject({ ok: true });
});
