import { localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/**
 * Credits `staff` (ids) with a customer's praise: an entry in the service responsibility record (`note`, `badge`) and a fact
 * `staff_praised` per person for the assessment (F3). Returns `credited`, the number of people.
 */
export const staffCredit: JobWorker = {
  type: 'staff.credit',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const staff = [...new Set(textsOf(job, 'staff'))];
      if (staff.length === 0) throw new Error(`${job.type} at ${job.elementId} needs "staff", the ids of the people praised`);
      const known: string[] = await trx('app.app_user').whereIn('id', staff).pluck('id');
      const strangers = staff.filter((id) => !known.includes(id));
      if (strangers.length > 0) throw new Error(`there is nobody with the id ${strangers.join(', ')} in the directory`);
      const at = new Date(context.clock.now());
      const caseNo = caseNoOf(job);
      await trx('app.staff_record').insert(staff.map((id) => ({ staff_no: id, updated_at: at }))).onConflict('staff_no').merge({ updated_at: at });
      await trx('app.staff_record_entry').insert(staff.map((id) => ({ staff_no: id, case_no: caseNo, process_instance_key: job.processInstanceKey, kind: 'praise', detail: JSON.stringify({ note: textOf(job, 'note'), badge: textOf(job, 'badge') }), at })));
      await trx('app.kpi_fact').insert(staff.map((id) => ({ metric: 'staff_praised', unit: id, period: localDate(at.getTime(), context.zone).slice(0, 7), value: 1, case_no: caseNo, process_instance_key: job.processInstanceKey, at })));
      return { variables: { credited: staff.length }, audit: { staff } };
    }),
};
