import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '../../engine/identity/accounts.ts';
import { TestStack } from '../support/stack.ts';

let open: TestStack;
let closed: TestStack;
beforeAll(async () => {
  open = await TestStack.start();
  closed = await TestStack.start({ samplePeople: false, signInLimit: 3 });
  await createAccount(closed.database.db, { id: 'reader', name: '示例 · 读者', password: 'correct horse battery', roles: ['staff'] }, 'cli', 0);
});
afterAll(async () => {
  await open.stop();
  await closed.stop();
});

describe('session', () => {
  test('offers the sample people on loopback and signs in as one', async () => {
    // given
    const browser = open.browser();
    const { body } = await browser.get('/session');
    expect(body).toMatchObject({ user: null, zone: 'Asia/Shanghai' });
    expect(body.samplePeople.map((one: { id: string }) => one.id)).toContain('wanglei');
    const before = browser.cookies.get('guicheng.sid');

    // when
    const signedIn = await browser.signIn({ sampleUserId: 'wanglei' });

    // then a new session begins
    expect(signedIn.body.user).toMatchObject({ id: 'wanglei', roles: ['staff'], groups: ['cs_frontdesk', 'remote_agent', 'counter_staff'] });
    expect(browser.cookies.get('guicheng.sid')).not.toBe(before);
    expect((await browser.get('/session')).body.user.id).toBe('wanglei');
  });

  test('ends at once when the person signs out, also for a copied cookie', async () => {
    const browser = await open.as('wanglei');
    const cookie = browser.cookies.get('guicheng.sid')!;
    expect((await browser.delete('/session')).status).toBe(204);
    const thief = open.browser();
    thief.cookies.set('guicheng.sid', cookie);
    expect((await thief.get('/tasks')).status).toBe(401);
  });

  test('refuses every change without the token of this very session', async () => {
    // given
    const browser = await open.as('wanglei');
    const other = await open.as('liqiang');

    // when, then
    for (const token of ['', 'nonsense', other.csrfToken]) {
      browser.csrfToken = token;
      expect(await browser.post('/inbox/read-all')).toMatchObject({ status: 403, body: { code: 'csrf' } });
    }
    expect((await open.browser().post('/session', { sampleUserId: 'wanglei' })).body).toMatchObject({ code: 'csrf' });
  });

  test('neither offers nor accepts sample people elsewhere', async () => {
    const browser = closed.browser();
    expect((await browser.get('/session')).body.samplePeople).toEqual([]);
    expect(await browser.signIn({ sampleUserId: 'wanglei' })).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } });
  });

  test('accepts a name and password, and slows down who guesses', async () => {
    const browser = closed.browser();
    expect((await browser.signIn({ username: 'reader', password: 'correct horse battery' })).body.user).toMatchObject({ id: 'reader' });
    const guesser = closed.browser();
    for (let tries = 0; tries < 3; tries += 1) expect((await guesser.signIn({ username: 'reader', password: 'guess' })).status).toBe(401);
    expect(await guesser.signIn({ username: 'reader', password: 'correct horse battery' })).toMatchObject({ status: 429, body: { code: 'too_many' } });
  });

  test('loses rights and access as soon as they are taken', async () => {
    const browser = await open.as('zhengjie');
    expect((await browser.get('/tasks')).status).toBe(200);
    await open.database.db('app.app_user').where({ id: 'zhengjie' }).update({ roles: ['owner'] });
    expect((await browser.get('/tasks')).body).toMatchObject({ code: 'forbidden' });
    await open.database.db('app.app_user').where({ id: 'zhengjie' }).update({ duty: 'suspended' });
    expect((await browser.get('/tasks')).body).toMatchObject({ code: 'not_signed_in' });
  });

  test('sets headers that keep scripts of others out', async () => {
    const { headers } = await open.browser().get('/session');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('answers an unknown address as JSON', async () => {
    expect(await (await open.as('wanglei')).get('/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
