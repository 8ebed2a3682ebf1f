import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signWebhook } from '../../engine/notifications/webhook.ts';
import { notifySend } from '../../engine/workers/notify/send.ts';
import type { NotifierOptions } from '../../engine/notifications/notifier.ts';
import { deliverTwice, openBench, type WorkerBench } from '../workers/worker-bench.ts';

const customer = { caseNo: 'TS20261123-0001', complainantName: '示例客户 · 甲', phone: '13900000001', email: 'customer1@example.com', preferredChannel: 'email', mergeInto: 'TS20261101-0002' };
const closing: (() => Promise<unknown>)[] = [];
let bench: WorkerBench;

beforeEach(() => {
  closing.length = 0;
});
afterEach(async () => {
  await bench.stop();
  for (const close of closing) await close();
});

async function open(options: NotifierOptions = {}): Promise<void> {
  bench = await openBench('2026-11-23T09:00:00+08:00', options);
}

/** A mail server on a free port that keeps what it is given, or refuses every recipient. */
async function mailServer(refuse = false): Promise<{ url: string; mails: string[] }> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refuse ? new Error('mailbox unavailable') : null),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails };
}

/** An SMS gateway that answers with the given status codes in turn, then 200. */
async function smsGateway(...statuses: number[]): Promise<{ url: string; calls: { body: string; headers: IncomingMessage['headers'] }[] }> {
  const calls: { body: string; headers: IncomingMessage['headers'] }[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      calls.push({ body, headers: request.headers });
      response.statusCode = statuses.shift() ?? 200;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`, calls };
}

const send = (more: object = {}, headers: Record<string, string> = { template: 'complaint_merged' }): ReturnType<WorkerBench['job']> => bench.job('notify.send', { ...customer, ...more }, { customHeaders: headers });
const log = (): Promise<{ channel: string; state: string; detail: string | null }[]> => Promise.resolve(bench.context.db('app.notification_log').select('channel', 'state', 'detail').orderBy('id'));

test('mail > leaves by the preferred channel, in both languages, once for a job delivered twice', async () => {
  // given
  const server = await mailServer();
  await open({ smtpUrl: server.url, mailFrom: 'service@example.com' });

  // when
  const [first, second] = await deliverTwice(notifySend, send(), bench.context);

  // then
  expect(second).toEqual(first);
  expect(first).toMatchObject({ delivery: [{ recipient: 'customer:unknown', channel: 'email', state: 'delivered' }] });
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]).toContain('To: customer1@example.com');
  expect(server.mails[0]).toMatch(/Message-ID: <\d+\.complaint_merged\.customer\.unknown@guicheng>/);
  const body = quotedPrintable(server.mails[0]!);
  expect(body).toContain('与投诉 TS20261101-0002 相同');
  expect(body).toContain('both are handled together');
});

test('mail > without a server it is kept in the outbox and the next channel is tried', async () => {
  // given
  await open();

  // when
  await notifySend.handle(send(), bench.context);

  // then
  expect(await log()).toEqual([
    { channel: 'email', state: 'stored', detail: 'not sent: no mail server configured' },
    { channel: 'sms', state: 'skipped', detail: 'no sms gateway configured' },
    { channel: 'app', state: 'skipped', detail: 'no app gateway configured' },
  ]);
  expect(await bench.context.db('app.mail_outbox').first()).toMatchObject({ note: 'not sent: no mail server configured', sent_at: null, subject: '您的投诉已与 TS20261101-0002 合并处理' });
});

test('sms > a mail server that refuses makes the message go by SMS, signed', async () => {
  // given
  const server = await mailServer(true);
  const gateway = await smsGateway();
  await open({ smtpUrl: server.url, smsWebhookUrl: gateway.url, smsWebhookSecret: 's3cret', webhookPauseMs: 5 });

  // when
  await notifySend.handle(send(), bench.context);

  // then
  expect((await log()).map((one) => `${one.channel} ${one.state}`)).toEqual(['email failed', 'sms delivered']);
  expect(JSON.stringify(await log())).not.toContain('customer1@example.com');
  const [call] = gateway.calls;
  expect(call!.headers['x-guicheng-signature']).toBe(signWebhook('s3cret', String(call!.headers['x-guicheng-timestamp']), call!.body));
  expect(JSON.parse(call!.body)).toMatchObject({ channel: 'sms', to: '13900000001', id: call!.headers['idempotency-key'] });
});

test('sms > a gateway that stumbles is asked again with the same id, one that says no is not', async () => {
  // given
  const gateway = await smsGateway(503, 429, 200, 400);
  await open({ smsWebhookUrl: gateway.url, smsWebhookSecret: 's3cret', webhookPauseMs: 5 });

  // when
  await notifySend.handle(send({ preferredChannel: 'sms' }), bench.context);

  // then
  expect(gateway.calls).toHaveLength(3);
  expect(new Set(gateway.calls.map((call) => call.headers['idempotency-key'])).size).toBe(1);

  // when: 400, and no other way out
  await expect(notifySend.handle(send({ preferredChannel: 'sms', email: null, phone: '13900000002' }), bench.context).then((answer) => answer['delivery'])).resolves.toMatchObject([{ channel: 'sms', state: 'failed' }, { channel: 'email', state: 'skipped' }, { channel: 'app', state: 'delivered' }]);
  expect(gateway.calls).toHaveLength(5);
});

test('a message that reaches nobody and failed somewhere fails the job, and leaves no trace of having been sent', async () => {
  // given
  const server = await mailServer(true);
  await open({ smtpUrl: server.url });

  // when, then
  await expect(notifySend.handle(send(), bench.context)).rejects.toThrow('customer:unknown could not be told "complaint_merged"');
  expect(await bench.context.db('app.notification')).toEqual([]);
});

test('staff > read it in their inbox, a group is its members on duty', async () => {
  // given
  await open();
  await bench.context.db('app.app_user').where({ id: 'zhouning' }).update({ duty: 'off' });

  // when
  await notifySend.handle(send({ to: ['group:complaint_investigator', 'user:liqiang'] }), bench.context);

  // then
  expect((await bench.context.db('app.inbox_message').pluck('user_id')).sort()).toEqual(['liqiang', 'zhangmin']);
  expect((await log()).map((one) => `${one.channel} ${one.state}`)).toEqual(['in_app delivered', 'in_app delivered']);
});

test('the acknowledgment promises the date of the decision and brings a link that stores no token', async () => {
  // given
  await open();
  bench.decisions.set('complaint_sla', () => ({ amount: 20, unit: 'wd', remindAtPct: 80, escalateTo: 'cs_manager' }));

  // when
  await notifySend.handle(send({ receivedAt: '2026-11-23T08:00:00+08:00' }, { template: 'complaint_ack', promise: 'overall', decisionId: 'complaint_sla', from: 'receivedAt', link: 'complaint_withdrawn' }), bench.context);

  // then
  const { body } = await bench.context.db('app.mail_outbox').first();
  expect(body).toContain('2026-12-21 17:30');
  const token = /https:\/\/service\.example\.com\/p\/(\S+)/.exec(body as string)![1]!;
  const link = await bench.context.db('app.public_link').first();
  expect(link).toMatchObject({ message: 'complaint_withdrawn', correlation_key: 'TS20261123-0001', used_at: null });
  expect(JSON.stringify(link)).not.toContain(token);
});

test('a template an administrator has edited is used, and an unknown one is an error', async () => {
  // given
  await open();
  await bench.context.db('app.notification_template').where({ id: 'complaint_merged' }).update({ subject_zh: '并案通知 {{mergeInto}}' });

  // when
  await notifySend.handle(send(), bench.context);

  // then
  expect(await bench.context.db('app.notification').pluck('subject')).toEqual(['并案通知 TS20261101-0002']);
  await expect(notifySend.handle(send({}, { template: 'no_such' }), bench.context)).rejects.toThrow('no notification template "no_such"');
});

function quotedPrintable(mail: string): string {
  const bytes = mail.replaceAll(/=\r?\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
