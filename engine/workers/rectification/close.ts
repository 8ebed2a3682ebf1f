import { once } from '../effect.ts';
import { numberOf, requiredText, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** Closes a rectification (`rectNo`) with its `effect` (good, fair, poor) and number of rounds. Returns `rectClosedAt`. */
export const rectificationClose: JobWorker = {
  type: 'rectification.close',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const rectNo = requiredText(job, 'rectNo');
      const at = new Date(context.clock.now());
      const effect = textOf(job, 'effect');
      const closed = await trx('app.rectification').where({ rect_no: rectNo }).update({ status: 'closed', closed_at: at, effect, rounds: (numberOf(job, 'round') ?? 0) + 1, progress: 100 });
      if (closed === 0) throw new Error(`there is no rectification ${rectNo}`);
      await trx('app.record').where({ record_no: rectNo }).update({ closed_at: at, outcome: 'rectified' });
      return { variables: { rectClosedAt: at.toISOString() }, audit: { rectNo, effect } };
    }),
};
