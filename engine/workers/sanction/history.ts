import { isoWithOffset } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** A sanction older than this does not make its person a repeat offender, in days. */
const WINDOW_DAYS = 365;

/**
 * Reads from the ledger what stands against `staff` (numbers): sanctions of one year that were not lifted; interim measures do not count.
 * Returns `sanctionHistory` [{at, staffNo, caseNo, type, sanctionNo}], newest first, and `priorSanctions` [{staffNo, repeatCount}].
 */
export const sanctionHistory: JobWorker = {
  type: 'sanction.history',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const staff = textsOf(job, 'staff');
      const since = new Date(context.clock.now() - WINDOW_DAYS * 86_400_000);
      const rows: { sanction_no: string; case_no: string; staff_no: string; type: string; at: Date }[] = await trx('app.sanction').select('sanction_no', 'case_no', 'staff_no', 'type', 'at').whereIn('staff_no', staff).where({ interim: false }).whereNot({ status: 'lifted' }).where('at', '>=', since).orderBy('at', 'desc').orderBy('sanction_no', 'desc');
      const cases = (staffNo: string): number => new Set(rows.filter((row) => row.staff_no === staffNo).map((row) => row.case_no)).size;
      return {
        variables: {
          sanctionHistory: rows.map((row) => ({ at: isoWithOffset(row.at.getTime(), context.zone), staffNo: row.staff_no, caseNo: row.case_no, type: row.type, sanctionNo: row.sanction_no })),
          priorSanctions: staff.map((staffNo) => ({ staffNo, repeatCount: cases(staffNo) })),
        },
        audit: { staff, found: rows.length },
      };
    }),
};
