import type { Database } from '../../database/connect.ts';
import { findUser, membersOnDuty, type DirectoryUser } from '../../identity/directory.ts';
import type { Channel, Recipient } from '../../notifications/notifier.ts';
import { objectOf, textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';

/** Somebody to tell with the channels to try, in order. */
export interface Addressee {
  recipient: Recipient;
  channels: Channel[];
}

const known: readonly string[] = ['sms', 'email', 'app', 'in_app', 'phone', 'letter'];

/**
 * Resolves `customer`, `user:<id>`, `group:<id>` (its members on duty) and `contact:<phone or e-mail>` (somebody from outside). Staff hear by inbox, then e-mail (who is barred
 * from signing in by e-mail and SMS first); a customer by the
 * channels asked for, then the preferred one, then SMS, e-mail and app.
 */
export async function resolveRecipients(db: Database, job: Job, names: readonly string[], asked: readonly string[]): Promise<Addressee[]> {
  const wanted = asked.filter((one): one is Channel => known.includes(one));
  const found = new Map<string, Addressee>();
  for (const name of names) {
    if (name === 'customer') {
      found.set(name, customer(job, await contactOf(db, job), wanted));
      continue;
    }
    const [kind, id = ''] = name.split(/:(.*)/s);
    if (kind === 'contact') {
      const mail = id.includes('@');
      found.set(name, { recipient: { label: 'contact', email: mail ? id : null, phone: mail ? null : id }, channels: wanted.length > 0 ? wanted : ['sms', 'email'] });
      continue;
    }
    const users = kind === 'group' ? await membersOnDuty(db, id) : kind === 'user' ? [await findUser(db, id)] : null;
    if (users === null) throw new Error(`"${name}" is no recipient: use customer, user:<id>, group:<id> or contact:<phone or e-mail>`);
    for (const user of users) {
      if (user === null) continue;
      found.set(`user:${user.id}`, { recipient: { label: `user:${user.id}`, userId: user.id, email: user.email, phone: user.phone }, channels: wanted.length > 0 ? wanted : staffChannels(user) });
    }
  }
  return [...found.values()];
}

/** Somebody suspended cannot sign in, so the inbox would keep the message from them. */
function staffChannels(user: DirectoryUser): Channel[] {
  return user.duty === 'suspended' ? ['email', 'sms', 'in_app'] : ['in_app', 'email'];
}

async function contactOf(db: Database, job: Job): Promise<{ email: string | null; phone: string | null; preferred: string | null }> {
  const customerNo = textOf(job, 'customerNo');
  const row: { email: string | null; phone: string | null; preferred_channel: string | null } | undefined =
    customerNo === null ? undefined : await db('app.customer').select('email', 'phone', 'preferred_channel').where({ customer_no: customerNo }).first();
  const said = objectOf(job, 'customer')['preferredChannel'];
  return {
    email: textOf(job, 'email') ?? row?.email ?? null,
    phone: textOf(job, 'phone') ?? row?.phone ?? null,
    preferred: textOf(job, 'preferredChannel') ?? (typeof said === 'string' ? said : null) ?? row?.preferred_channel ?? null,
  };
}

function customer(job: Job, contact: { email: string | null; phone: string | null; preferred: string | null }, wanted: readonly Channel[]): Addressee {
  const preferred = known.filter((one): one is Channel => one === contact.preferred);
  return { recipient: { label: `customer:${textOf(job, 'customerNo') ?? 'unknown'}`, email: contact.email, phone: contact.phone }, channels: [...new Set<Channel>([...wanted, ...preferred, 'sms', 'email', 'app'])] };
}
