import { once, type Effect } from '../effect.ts';
import { requiredText } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { addToStaffRecord, restoreDuty, type SanctionRow } from '../ledgers/sanction.ts';

/** Takes a measure back (`sanctionNo`): the ledger row is marked lifted and the person's duty is as before. Returns `sanctionLifted`. */
export const sanctionLift: JobWorker = {
  type: 'sanction.lift',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const sanctionNo = requiredText(job, 'sanctionNo');
      const at = new Date(context.clock.now());
      const [row]: SanctionRow[] = await trx('app.sanction').where({ sanction_no: sanctionNo, status: 'in_force' }).update({ status: 'lifted', lifted_at: at }).returning(['sanction_no', 'case_no', 'staff_no', 'type', 'duty_before']);
      if (row === undefined) throw new Error(`there is no sanction ${sanctionNo} in force to lift`);
      await restoreDuty(trx, row);
      await addToStaffRecord(trx, job, row.staff_no, 'lifted', { sanctionNo, type: row.type }, at);
      return { variables: { sanctionLifted: sanctionNo }, audit: { sanctionNo, staffNo: row.staff_no, type: row.type } };
    }),
};
