import type { Database } from '../database/connect.ts';
import { createNotifier, type Delivery, type DeliveryOrder, type Notifier } from '../notifications/notifier.ts';

/** A message a customer (or somebody else outside the inbox) has got. */
export interface Letter {
  template: string;
  /** `customer:<number>`, `user:<id>` or `contact`. */
  to: string;
  /** Tokens of the one-time links in it. */
  tokens: string[];
}

const NOT_SENT = '示例数据，未外发 / sample data, not sent';
const REFUSED = '短信网关超时（示例） / SMS gateway timed out (sample)';

/**
 * The way out while playing: nothing leaves the machine. Staff find their messages in the inbox, what goes to customers is logged as not sent, and
 * what it says is kept for those who play them.
 */
export class Postbox implements Notifier {
  /** True when the delivery of this message is to fail, as if a gateway were away. */
  refuses: (order: DeliveryOrder) => boolean = () => false;
  private letters: Letter[] = [];
  private readonly codes = new Map<string, string>();
  private readonly inbox = createNotifier();

  async deliver(db: Database, order: DeliveryOrder): Promise<Delivery[]> {
    const { recipient, channels } = order;
    if (channels.includes('in_app') && recipient.userId !== undefined) return this.inbox.deliver(db, { ...order, channels: ['in_app'] });
    const channel = channels.find((one) => (one === 'email' ? Boolean(recipient.email) : one === 'sms' || one === 'app' ? Boolean(recipient.phone) : one !== 'in_app')) ?? channels[0] ?? 'sms';
    const delivery: Delivery = this.refuses(order) ? { recipient: recipient.label, channel, state: 'failed', detail: REFUSED } : { recipient: recipient.label, channel, state: 'stored', detail: NOT_SENT };
    await db('app.notification_log').insert({ notification_no: order.notificationNo, recipient: delivery.recipient, channel, state: delivery.state, detail: delivery.detail, at: new Date(order.at) });
    if (delivery.state === 'stored') this.keep(order);
    return [delivery];
  }

  close(): void {
    this.inbox.close();
  }

  /** Letters since the last time. */
  collect(): Letter[] {
    return this.letters.splice(0);
  }

  /** The newest code sent to a customer, by label or phone. */
  codeFor(...addresses: (string | null)[]): string | null {
    for (const address of addresses) if (address !== null && this.codes.has(address)) return this.codes.get(address)!;
    return null;
  }

  private keep({ messageId, message, recipient }: DeliveryOrder): void {
    const template = messageId.slice(messageId.indexOf('.') + 1);
    const code = /(?<!\d)\d{6}(?!\d)/.exec(message.textZh)?.[0];
    if (template === 'identity_otp' && code !== undefined) {
      this.codes.set(recipient.label, code);
      if (recipient.phone) this.codes.set(recipient.phone, code);
      return;
    }
    const tokens = [...message.textZh.matchAll(/\/p\/([\w-]{20,})/g)].map(([, token]) => token!);
    if (tokens.length > 0) this.letters.push({ template, to: recipient.label, tokens });
  }
}
