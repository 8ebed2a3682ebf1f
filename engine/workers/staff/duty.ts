import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, rowsOf, textOf } from '../job-input.ts';
import type { Job, JobWorker } from '../job-worker.ts';
import { addToStaffRecord, dutyOf, restoreDuty, type SanctionRow } from '../ledgers/sanction.ts';

const statuses: Readonly<Record<string, string>> = { 'on-duty': 'on', off: 'off', suspended: 'suspended', restricted: 'restricted' };

interface Change {
  staffNo: string;
  status: string;
}

/**
 * Sets people's duty, which decides whether they get tasks: `staffNo` with `status` (on-duty, off, suspended, restricted), or `persons`
 * [{staffNo, status}]. `on-duty` ends the interim measures of this case and takes a suspension or restriction away; who is
 * off stays off; a measure of another case and the lock of a security event stay in force. Each change is on the person's record. Returns `dutySet`.
 */
export const staffDuty: JobWorker = {
  type: 'staff.duty',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const changes = changesOf(job);
      if (changes.length === 0) throw new Error(`${job.type} at ${job.elementId} needs "staffNo" with "status", or "persons"`);
      const at = new Date(context.clock.now());
      for (const { staffNo, status } of changes) {
        const duty = statuses[status];
        if (duty === undefined) throw new Error(`"${status}" is no duty: use ${Object.keys(statuses).join(', ')}`);
        const user: { duty: string } | undefined = await trx('app.app_user').select('duty').where({ id: staffNo }).forUpdate().first();
        if (user === undefined) throw new Error(`there is no member of staff "${staffNo}": correct the case, then resolve this incident`);
        if (duty === 'on') await backOnDuty(trx, job, staffNo);
        else await trx('app.app_user').where({ id: staffNo }).update({ duty });
        await addToStaffRecord(trx, job, staffNo, 'duty', { status }, at);
      }
      return { variables: { dutySet: changes.map(({ staffNo, status }) => ({ staffNo, status })) }, audit: { duty: changes.map(({ staffNo, status }) => `${staffNo}:${status}`) } };
    }),
};

async function backOnDuty(trx: Database, job: Job, staffNo: string): Promise<void> {
  const ended: SanctionRow[] = await trx('app.sanction').where({ case_no: caseNoOf(job), staff_no: staffNo, status: 'in_force', interim: true }).update({ status: 'ended' }).returning(['sanction_no', 'case_no', 'staff_no', 'type', 'duty_before']);
  for (const sanction of ended) await restoreDuty(trx, sanction);
  const other = await trx('app.sanction').where({ staff_no: staffNo, status: 'in_force', interim: true }).whereIn('type', Object.keys(dutyOf)).first();
  const locked = await trx('app.security_lock').where({ kind: 'account', ref: staffNo }).whereNull('released_at').first();
  if (other === undefined && locked === undefined) await trx('app.app_user').where({ id: staffNo }).whereIn('duty', Object.values(dutyOf)).update({ duty: 'on' });
}

function changesOf(job: Job): Change[] {
  const staffNo = textOf(job, 'staffNo');
  if (staffNo !== null) return [{ staffNo, status: textOf(job, 'status') ?? '' }];
  return rowsOf(job, 'persons').flatMap((one) => (typeof one['staffNo'] === 'string' && typeof one['status'] === 'string' ? [{ staffNo: one['staffNo'], status: one['status'] }] : []));
}
