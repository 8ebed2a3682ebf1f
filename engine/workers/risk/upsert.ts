import { once, type Effect } from '../effect.ts';
import { caseNoOf, requiredText, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { releaseResources, storeRisk } from '../ledgers/risk.ts';

/**
 * Writes the risk register row of a case from its variables (`riskNo`, else `caseNo`). Header `status`: `open` (default) or
 * `closed`, which also gives booked emergency resources back; header `closesRecord` closes the case with `outcome`.
 * A changed `riskLevel` is written down with its time. Returns `riskNo`.
 */
export const riskUpsert: JobWorker = {
  type: 'risk.upsert',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const riskNo = textOf(job, 'riskNo') ?? requiredText(job, 'caseNo');
      const status = job.customHeaders['status'] ?? 'open';
      if (status !== 'open' && status !== 'closed') throw new Error(`the header "status" must be open or closed, not "${status}"`);
      const at = new Date(context.clock.now());
      const { existed, fromLevel, toLevel } = await storeRisk(trx, job, riskNo, status, at);
      const released = status === 'closed' ? await releaseResources(trx, caseNoOf(job) ?? riskNo, at) : 0;
      return { variables: { riskNo }, audit: { riskNo, status, created: !existed, fromLevel, toLevel, released } };
    }),
};
