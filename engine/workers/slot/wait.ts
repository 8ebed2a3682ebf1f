import { once, type Effect } from '../effect.ts';
import { numberOf, requiredText } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { offerTo, sendOffers } from './release.ts';
import { instantIn, needOf } from './slot-need.ts';

/**
 * Puts the case on the waiting list until `waitUntil`: what it needs as for `slot.match`, `priorityRank` decides before the time
 * of waiting. Whoever gives a fitting time back tells it by `slot_available`; a time that has become free meanwhile does so at
 * once. Returns `waiting`, false when it was told at once.
 */
export const slotWait: JobWorker = {
  type: 'slot.wait',
  handle: async (job, context) => {
    const done = await once(job, context, async (trx): Promise<Effect> => {
      const caseNo = requiredText(job, 'caseNo');
      const until = instantIn(job, 'waitUntil');
      if (until === null) throw new Error(`${job.type} at ${job.elementId} needs "waitUntil" as an instant: map it in`);
      const need = await needOf(trx, context, job);
      const to = instantIn(job, 'to');
      await trx('app.slot_wait').where({ appointment_no: caseNo }).whereNull('told_at').delete();
      const [row] = await trx('app.slot_wait')
        .insert({ appointment_no: caseNo, process_instance_key: job.processInstanceKey, resource_group: need.resourceGroup, site: need.site, skills: [...need.skills], minutes: need.minutes, from_at: new Date(need.from), to_at: to === null ? null : new Date(to), priority_rank: numberOf(job, 'priorityRank') ?? 9, wait_until: new Date(until), since: new Date(context.clock.now()) })
        .returning('*');
      const offer = await offerTo(trx, context, row);
      return { variables: { waiting: offer === null, offers: offer === null ? [] : [offer] }, audit: { resourceGroup: need.resourceGroup, told: offer !== null } };
    });
    await sendOffers(context, done['offers']);
    return { waiting: done['waiting'] ?? true };
  },
};
