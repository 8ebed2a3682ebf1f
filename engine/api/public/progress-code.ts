import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { Notifier } from '../../notifications/notifier.ts';
import { renderTemplate } from '../../notifications/templates.ts';

/** A code is valid for so long, in ms. */
export const CODE_MS = 10 * 60_000;
/** Wrong entries until a code is worthless. */
export const CODE_TRIES = 5;
/** Codes per record within an hour. */
export const CODES_PER_HOUR = 3;
const HOUR_MS = 3_600_000;
/** Series customers may look up: complaints, feedback, appointments, applications, changes, consultations. */
const SERIES: readonly string[] = ['TS', 'FK', 'YY', 'SQ', 'YQ', 'ZX'];

interface RecordRow {
  record_no: string;
  process_instance_key: string;
}

/**
 * Sends a code to the contact on file of a record. Says nothing about whether there is such a record or contact: an outsider
 * learns nothing from asking.
 */
export async function sendCode(db: Database, notifier: Notifier, recordNo: string, now: number, ip: string | null): Promise<void> {
  await db.transaction(async (trx) => {
    const record: RecordRow | undefined = await trx('app.record').select('record_no', 'process_instance_key').where({ record_no: recordNo }).whereIn('series', SERIES).first().forUpdate();
    if (record === undefined) return;
    const recent = await trx('app.progress_code').where({ record_no: recordNo }).where('created_at', '>', new Date(now - HOUR_MS)).count({ n: '*' }).first();
    if (Number(recent?.['n'] ?? 0) >= CODES_PER_HOUR) return;
    const contact = await contactOf(trx, record.process_instance_key);
    if (contact.email === null && contact.phone === null) return;
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await trx('app.progress_code').where({ record_no: recordNo }).whereNull('used_at').update({ used_at: new Date(now) });
    const rows: { id: string }[] = await trx('app.progress_code').insert({ record_no: recordNo, code_hash: hash(recordNo, code), created_at: new Date(now), expires_at: new Date(now + CODE_MS) }).returning('id');
    const message = await renderTemplate(trx, 'progress_code', { recordNo, code });
    const notificationNo = `CX-${rows[0]!.id}`;
    await trx('app.notification').insert({ notification_no: notificationNo, template: 'progress_code', case_no: recordNo, process_instance_key: record.process_instance_key, element_id: 'progress', subject: message.subjectZh, recipients: 1, created_at: new Date(now) });
    await notifier.deliver(trx, { notificationNo, messageId: `progress-code-${rows[0]!.id}`, message, recipient: { label: 'customer', ...contact }, channels: ['sms', 'email'], at: now });
    await appendAudit(trx, { at: now, actor: 'customer', ip, action: 'progress.code', object: `case:${recordNo}`, after: {} });
  });
}

/** Uses up the code of a record. Throws `code_wrong` alike for a wrong, used and expired code and for a record that is not there. */
export async function useCode(db: Database, recordNo: string, code: string, now: number, ip: string | null): Promise<void> {
  const right = await db.transaction(async (trx) => {
    const row: { id: string; code_hash: string; tries: number } | undefined = await trx('app.progress_code').where({ record_no: recordNo }).whereNull('used_at').where('expires_at', '>', new Date(now)).orderBy('id', 'desc').first().forUpdate();
    if (row === undefined || row.tries >= CODE_TRIES) return false;
    const same = timingSafeEqual(Buffer.from(row.code_hash, 'hex'), Buffer.from(hash(recordNo, code), 'hex'));
    await trx('app.progress_code').where({ id: row.id }).update(same ? { used_at: new Date(now) } : { tries: row.tries + 1 });
    await appendAudit(trx, { at: now, actor: 'customer', ip, action: same ? 'progress.open' : 'progress.refused', object: `case:${recordNo}`, after: {} });
    return same;
  });
  if (!right) throw new ProductError('code_wrong', 'This code does not open this record: check both, or ask for a new code');
}

async function contactOf(trx: Database, processInstanceKey: string): Promise<{ email: string | null; phone: string | null }> {
  const rows: { name: string; value: string }[] = await trx('read_model.variable_value').select('name', 'value').where({ scope_key: processInstanceKey }).whereIn('name', ['email', 'phone', 'customerNo', 'anonymous']);
  const values = new Map(rows.map((row) => [row.name, JSON.parse(row.value) as unknown]));
  const said = (name: string): string | null => (typeof values.get(name) === 'string' && values.get(name) !== '' ? (values.get(name) as string) : null);
  if (values.get('anonymous') === true) return { email: null, phone: null };
  const customerNo = said('customerNo');
  const customer: { email: string | null; phone: string | null } | undefined = customerNo === null ? undefined : await trx('app.customer').select('email', 'phone').where({ customer_no: customerNo }).first();
  // The contact of this case goes first: it is the one the customer gave for it.
  return { email: said('email') ?? customer?.email ?? null, phone: said('phone') ?? customer?.phone ?? null };
}

const hash = (recordNo: string, code: string): string => createHash('sha256').update(`progress:${recordNo}:${code}`).digest('hex');
