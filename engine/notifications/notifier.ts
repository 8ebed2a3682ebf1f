import type { Database } from '../database/connect.ts';
import { addToInbox } from './inbox.ts';
import { smtpTransport, type MailTransport } from './mail.ts';
import type { RenderedMessage } from './templates.ts';
import { webhookTransport, type WebhookTransport } from './webhook.ts';

/** Somebody to tell. Contact data is used for delivery and never stored in the log. */
export interface Recipient {
  /** Shown in the delivery log: `user:<id>` or `customer:<number>`. */
  label: string;
  userId?: string;
  email?: string | null;
  phone?: string | null;
  /** `en` gets the English text first. @default 'zh' */
  language?: 'zh' | 'en';
}

/** `sms`, `email`, `app`, `in_app` leave by themselves; `phone` and `letter` are left for a person to do. */
export type Channel = 'sms' | 'email' | 'app' | 'in_app' | 'phone' | 'letter';

export interface Delivery {
  recipient: string;
  channel: Channel;
  /** `stored`: kept in the outbox because nothing is configured to send it. */
  state: 'delivered' | 'stored' | 'manual' | 'failed' | 'skipped';
  detail: string | null;
}

export interface NotifierOptions {
  /** `smtp://…`; without it mail is kept in the outbox. */
  smtpUrl?: string | undefined;
  /** Sender's address. @default 'guicheng@localhost' */
  mailFrom?: string | undefined;
  /** SMS and app gateway; without it these channels are skipped. */
  smsWebhookUrl?: string | undefined;
  /** Secret the gateway verifies requests with; required with `smsWebhookUrl`. */
  smsWebhookSecret?: string | undefined;
  /** See `WebhookOptions.pauseMs`. */
  webhookPauseMs?: number;
}

/** What `deliver` needs besides the message: the log goes into the caller's transaction. */
export interface DeliveryOrder {
  notificationNo: string;
  /** Tells attempts of the same message from others; stable over retries. */
  messageId: string;
  message: RenderedMessage;
  recipient: Recipient;
  /** Tried in this order until one has delivered. */
  channels: readonly Channel[];
  link?: string | null;
  /** Epoch ms. */
  at: number;
}

export interface Notifier {
  /** Tries the channels in order until one has delivered, and logs every attempt. Never throws for a refused delivery. */
  deliver(db: Database, order: DeliveryOrder): Promise<Delivery[]>;
  close(): void;
}

const NO_MAIL_SERVER = 'not sent: no mail server configured';

/** Wires the configured channels. */
export function createNotifier(options: NotifierOptions = {}): Notifier {
  const mail = options.smtpUrl ? smtpTransport(options.smtpUrl, options.mailFrom ?? 'guicheng@localhost') : null;
  if (options.smsWebhookUrl && !options.smsWebhookSecret) throw new Error('the SMS gateway needs a secret to sign its requests with: set SMS_WEBHOOK_SECRET');
  const webhook = options.smsWebhookUrl ? webhookTransport({ url: options.smsWebhookUrl, secret: options.smsWebhookSecret ?? '', ...(options.webhookPauseMs === undefined ? {} : { pauseMs: options.webhookPauseMs }) }) : null;
  return {
    async deliver(db, order) {
      const deliveries: Delivery[] = [];
      for (const channel of order.channels) {
        const delivery = await attempt(db, { mail, webhook }, order, channel);
        deliveries.push(delivery);
        await db('app.notification_log').insert({ notification_no: order.notificationNo, recipient: delivery.recipient, channel, state: delivery.state, detail: delivery.detail, at: new Date(order.at) });
        if (delivery.state === 'delivered') break;
      }
      return deliveries;
    },
    close: () => mail?.close(),
  };
}

async function attempt(db: Database, ways: { mail: MailTransport | null; webhook: WebhookTransport | null }, order: DeliveryOrder, channel: Channel): Promise<Delivery> {
  const { recipient, message } = order;
  const done = (state: Delivery['state'], detail: string | null = null): Delivery => ({ recipient: recipient.label, channel, state, detail });
  const english = recipient.language === 'en';
  const subject = english ? message.subjectEn : message.subjectZh;
  const text = english ? message.textEn : message.textZh;
  try {
    if (channel === 'in_app') {
      if (recipient.userId === undefined) return done('skipped', 'no inbox');
      await addToInbox(db, { userId: recipient.userId, at: order.at, title: message.subjectZh, text: message.textZh, titleEn: message.subjectEn, textEn: message.textEn, link: order.link ?? null, onceKey: `${order.notificationNo}:${recipient.userId}` });
      return done('delivered');
    }
    if (channel === 'email') {
      if (!recipient.email) return done('skipped', 'no e-mail address');
      if (ways.mail === null) {
        await keep(db, order, 'mail', recipient.label, subject, text, NO_MAIL_SERVER);
        return done('stored', NO_MAIL_SERVER);
      }
      await ways.mail.send({ to: recipient.email, subject, text: `${text}\n\n${english ? message.textZh : message.textEn}`, messageId: `<${order.messageId}.${order.recipient.label.replaceAll(/[^\w.-]/g, '.')}@guicheng>` });
      return done('delivered');
    }
    if (channel === 'sms' || channel === 'app') {
      if (!recipient.phone) return done('skipped', 'no phone number');
      if (ways.webhook === null) return done('skipped', `no ${channel} gateway configured`);
      await ways.webhook.send({ id: `${order.messageId}:${recipient.label}:${channel}`, channel, to: recipient.phone, text });
      return done('delivered');
    }
    if (channel === 'letter') await keep(db, order, 'letter', recipient.label, subject, text, 'to be printed and posted');
    return done('manual', channel === 'letter' ? 'to be printed and posted' : 'to be called');
  } catch (error) {
    return done('failed', error instanceof Error ? error.message.replaceAll(recipient.email ?? '\0', '…').replaceAll(recipient.phone ?? '\0', '…') : String(error));
  }
}

async function keep(db: Database, order: DeliveryOrder, kind: 'mail' | 'letter', recipient: string, subject: string, body: string, note: string): Promise<void> {
  await db('app.mail_outbox').insert({ notification_no: order.notificationNo, kind, recipient, subject, body, note, created_at: new Date(order.at) });
}
