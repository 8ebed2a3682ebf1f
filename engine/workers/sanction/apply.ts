import { once, type Effect } from '../effect.ts';
import { numberOf, requiredText, textOf } from '../job-input.ts';
import type { Job, JobWorker } from '../job-worker.ts';
import { addToStaffRecord, dutyOf, staffNoOf } from '../ledgers/sanction.ts';
import { nextNumber } from '../ledgers/record.ts';

/** What may be imposed while a case is open: suspension from duty, restricted rights, monitoring. */
const interimTypes: readonly string[] = ['suspend', 'restrict', 'monitor'];
const finalTypes: readonly string[] = ['talk', 'criticism', 'perf_deduct', 'no_award', 'fine', 'post_adjust', 'demote', 'dismiss', 'retrain'];

/**
 * Imposes a measure on a member of staff: `person` ({staffNo} or the number), `type`, `amount` (CNY for a fine, points for
 * perf_deduct), `months`, `from`, `to`, `reason`. Writes the sanction ledger and the person's record; suspension and restriction
 * take the duty (and with a suspension the sign-in), perf_deduct takes points, no_award blocks awards. Returns `sanctionNo`.
 */
export const sanctionApply: JobWorker = {
  type: 'sanction.apply',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const staffNo = staffNoOf(job.variables['person']);
      if (staffNo === null) throw new Error(`${job.type} at ${job.elementId} needs the person in "person" or "person.staffNo"`);
      const type = requiredText(job, 'type');
      const interim = interimTypes.includes(type);
      if (!interim && !finalTypes.includes(type)) throw new Error(`"${type}" is no sanction: use one of ${[...interimTypes, ...finalTypes].join(', ')}`);
      const [amount, months] = [numberOf(job, 'amount'), numberOf(job, 'months')];
      if (amount !== null && amount < 0) throw new Error(`a sanction cannot be of ${amount}`);
      const user: { duty: string } | undefined = await trx('app.app_user').select('duty').where({ id: staffNo }).forUpdate().first();
      if (user === undefined) throw new Error(`there is no member of staff "${staffNo}": correct the case, then resolve this incident`);
      const at = new Date(context.clock.now());
      const from = instantOf(job, 'from') ?? at;
      const to = instantOf(job, 'to') ?? (months === null ? null : monthsLater(from, months));
      const sanctionNo = await nextNumber(trx, context, 'CF');
      const duty = dutyOf[type];
      await trx('app.sanction').insert({ sanction_no: sanctionNo, case_no: requiredText(job, 'caseNo'), process_instance_key: job.processInstanceKey, staff_no: staffNo, type, interim, amount, months, from_at: from, to_at: to, reason: textOf(job, 'reason'), duty_before: duty === undefined ? null : await dutyBefore(trx, staffNo, user.duty), status: 'in_force', at });
      await addToStaffRecord(trx, job, staffNo, interim ? 'interim' : 'sanction', { sanctionNo, type, amount, months }, at);
      if (duty !== undefined && user.duty !== 'suspended' && user.duty !== 'off') await trx('app.app_user').where({ id: staffNo }).update({ duty });
      if (type === 'perf_deduct' && amount !== null) await trx('app.staff_record').where({ staff_no: staffNo }).update({ points: trx.raw('greatest(0, points - ?::numeric)', [amount]) });
      if (type === 'no_award') await trx('app.staff_record').where({ staff_no: staffNo }).update({ no_award_until: trx.raw(`greatest(no_award_until, (?::timestamptz at time zone ?)::date)`, [to ?? monthsLater(from, 12), context.zone]) });
      return { variables: { sanctionNo }, audit: { sanctionNo, staffNo, type, interim, amount, months } };
    }),
};

/** Duty to return to: what held before the first measure in force, not what that measure made of it. */
async function dutyBefore(trx: Parameters<Parameters<typeof once>[2]>[0], staffNo: string, now: string): Promise<string> {
  const first: { duty_before: string | null } | undefined = await trx('app.sanction').select('duty_before').where({ staff_no: staffNo, status: 'in_force', interim: true }).whereNotNull('duty_before').orderBy('at').first();
  return first?.duty_before ?? now;
}

function instantOf(job: Job, name: string): Date | null {
  const at = Date.parse(textOf(job, name) ?? '');
  return Number.isNaN(at) ? null : new Date(at);
}

function monthsLater(from: Date, months: number): Date {
  const later = new Date(from);
  const day = later.getUTCDate();
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + Math.round(months));
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(day, last));
  return later;
}
