import type { Database } from '../../database/connect.ts';
import { localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, textOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { isResidentIdNumber } from './id-number.ts';
import { otpHash } from './send-otp.ts';

const MAX_TRIES = 5;

/**
 * Checks what was collected for `idLevel`: `basic` the code (`otpRef`, `code`), `standard` the document (`idType`, `idNo`, `name`,
 * `validUntil`, `match`) against the customer table, `enhanced` also the face or manual `result`. Returns `verified`, `level`,
 * `failReason` (null when verified); every check is logged.
 */
export const identityCheck: JobWorker = {
  type: 'identity.check',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const level = textOf(job, 'idLevel') ?? 'standard';
      const failReason = level === 'basic' ? await checkCode(trx, context, job) : await checkDocument(trx, context, job, level);
      const verified = failReason === null;
      await trx('app.identity_check').insert({ process_instance_key: job.processInstanceKey, case_no: caseNoOf(job), customer_no: textOf(job, 'customerNo'), level, verified, fail_reason: failReason, at: new Date(context.clock.now()) });
      return { variables: { verified, level, failReason }, audit: { level, verified, failReason } };
    }),
};

async function checkCode(trx: Database, context: WorkerContext, job: Job): Promise<string | null> {
  const otpRef = textOf(job, 'otpRef') ?? '';
  const otp: { code_hash: string; expires_at: Date; tries: number; used_at: Date | null } | undefined = await trx('app.identity_otp').where({ otp_ref: otpRef, process_instance_key: job.processInstanceKey }).forUpdate().first();
  if (otp === undefined || otp.used_at !== null) return 'code_unknown';
  if (otp.expires_at.getTime() < context.clock.now()) return 'code_expired';
  if (otp.tries >= MAX_TRIES) return 'too_many_tries';
  const right = otp.code_hash === otpHash(otpRef, textOf(job, 'code') ?? '');
  await trx('app.identity_otp').where({ otp_ref: otpRef }).update({ tries: otp.tries + 1, ...(right ? { used_at: new Date(context.clock.now()) } : {}) });
  return right ? null : 'code_wrong';
}

async function checkDocument(trx: Database, context: WorkerContext, job: Job, level: string): Promise<string | null> {
  const [idType, idNo, name, validUntil] = [textOf(job, 'idType'), textOf(job, 'idNo'), textOf(job, 'name'), textOf(job, 'validUntil')];
  if (idType === null || idNo === null || name === null) return 'document_missing';
  if (idType === 'id_card' && !isResidentIdNumber(idNo)) return 'check_digit_wrong';
  if (validUntil === null || validUntil.slice(0, 10) < localDate(context.clock.now(), context.zone)) return 'document_expired';
  if (textOf(job, 'match') !== 'same') return 'person_differs';
  const customer: { name: string } | undefined = await trx('app.customer').select('name').where({ id_type: idType, id_no: idNo, ...(textOf(job, 'customerNo') === null ? {} : { customer_no: textOf(job, 'customerNo') }) }).first();
  if (customer === undefined) return 'customer_unknown';
  if (customer.name !== name) return 'name_differs';
  if (level === 'enhanced' && textOf(job, 'result') !== 'pass') return 'face_failed';
  return null;
}
