import { once, type Effect } from '../effect.ts';
import { caseNoOf, requiredText, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';
import { completeOrder } from '../service/order.ts';

/**
 * Appends a progress note to a case (`refNo`, default the case itself): `status` in a word, `note`, `eta`. Returns `progressNo`.
 * Header `order` `complete`: also closes the open service order and returns the `contractNo` of what came of it.
 */
export const progressLog: JobWorker = {
  type: 'progress.log',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const progressNo = await nextNumber(trx, context, 'JZ');
      const refNo = textOf(job, 'refNo') ?? requiredText(job, 'caseNo');
      const eta = Date.parse(textOf(job, 'eta') ?? '');
      const status = requiredText(job, 'status');
      await trx('app.progress_note').insert({ progress_no: progressNo, ref_no: refNo, case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, status, note: textOf(job, 'note'), eta: Number.isNaN(eta) ? null : new Date(eta), at: new Date(context.clock.now()) });
      const order = job.customHeaders['order'] === 'complete' ? await completeOrder(trx, context, job) : {};
      return { variables: { progressNo, ...order }, audit: { progressNo, refNo, status, ...order } };
    }),
};
