import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { textOf } from '../job-input.ts';
import type { Job, JobWorker } from '../job-worker.ts';
import { sendNotification } from '../notify/send-notification.ts';

const VALID_MS = 10 * 60_000;

/** Sends the customer a six-digit code, valid for 10 minutes. Returns `otpRef` and `phoneMasked`; of the code only a digest is stored. */
export const identitySendOtp: JobWorker = {
  type: 'identity.send_otp',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const phone = await registeredPhone(trx, job);
      if (phone === null) throw new Error('there is no phone number to send a code to');
      const otpRef = randomBytes(9).toString('base64url');
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const now = context.clock.now();
      await trx('app.identity_otp').insert({ otp_ref: otpRef, process_instance_key: job.processInstanceKey, code_hash: otpHash(otpRef, code), expires_at: new Date(now + VALID_MS) });
      await sendNotification(trx, context, { ...job, variables: { ...job.variables, phone } }, { template: 'identity_otp', to: ['customer'], channels: ['sms'], params: { code } });
      return { variables: { otpRef, phoneMasked: `${phone.slice(0, 3)}****${phone.slice(-4)}` }, audit: { otpRef } };
    }),
};

/** Digest a code is compared by. */
export function otpHash(otpRef: string, code: string): string {
  return createHash('sha256').update(`${otpRef}:${code}`).digest('hex');
}

/** The number the house knows wins over the one just given: a code to a stranger's phone proves nothing. */
async function registeredPhone(trx: Database, job: Job): Promise<string | null> {
  const customerNo = textOf(job, 'customerNo');
  const row: { phone: string | null } | undefined = customerNo === null ? undefined : await trx('app.customer').select('phone').where({ customer_no: customerNo }).first();
  return row?.phone ?? textOf(job, 'phone');
}
