import { once, type Effect } from '../effect.ts';
import { requiredText } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** Makes the time the case has reserved a firm one; doing it again changes nothing. Returns `slotId`. Nothing reserved is an error. */
export const slotConfirm: JobWorker = {
  type: 'slot.confirm',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const caseNo = requiredText(job, 'caseNo');
      const at = new Date(context.clock.now());
      const row: { slot_id: string; status: string } | undefined = await trx('app.resource_slot').select('slot_id', 'status').where({ held_by: caseNo }).whereNot({ status: 'released' }).forUpdate().first();
      if (row === undefined) throw new Error(`case ${caseNo} has no reserved time to confirm: hold one first`);
      if (row.status === 'held') await trx('app.resource_slot').where({ slot_id: row.slot_id }).update({ status: 'confirmed', confirmed_at: at });
      return { variables: { slotId: String(row.slot_id) }, audit: { slotId: String(row.slot_id), before: row.status } };
    }),
};
