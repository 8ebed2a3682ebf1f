import { once } from '../effect.ts';
import { numberOf, requiredText, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** Notes progress on a rectification (`rectNo`, `progress` 0–100, `round`, `owner`). */
export const rectificationUpdate: JobWorker = {
  type: 'rectification.update',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const rectNo = requiredText(job, 'rectNo');
      const [progress, rounds, owner] = [numberOf(job, 'progress'), numberOf(job, 'round'), textOf(job, 'owner')];
      const changed = await trx('app.rectification').where({ rect_no: rectNo }).update({ ...(progress === null ? {} : { progress: Math.round(progress) }), ...(rounds === null ? {} : { rounds }), ...(owner === null ? {} : { owner }), status: 'open' });
      if (changed === 0) throw new Error(`there is no rectification ${rectNo}`);
      return { variables: {}, audit: { rectNo, progress, rounds } };
    }),
};
