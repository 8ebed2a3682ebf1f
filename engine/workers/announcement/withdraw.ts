import { once, type Effect } from '../effect.ts';
import { requiredText } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** Takes an announcement (`annNo`) off the board; one that is off already stays as it is. Returns `annWithdrawn`. */
export const announcementWithdraw: JobWorker = {
  type: 'announcement.withdraw',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const annNo = requiredText(job, 'annNo');
      const found: unknown = await trx('app.announcement').where({ ann_no: annNo }).first('ann_no');
      if (found === undefined) throw new Error(`there is no published announcement ${annNo}`);
      await trx('app.announcement').where({ ann_no: annNo }).whereNull('withdrawn_at').update({ withdrawn_at: new Date(context.clock.now()) });
      return { variables: { annWithdrawn: true }, audit: { annNo } };
    }),
};
