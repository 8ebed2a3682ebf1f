import { once } from '../effect.ts';
import { requiredHeader } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { collectRisks } from '../risk/collect-risks.ts';

/** Collects what is judged, from the ledgers. Header `of`: `risk`, what a quarter has shown (see `collectRisks`). */
export const assessmentCollect: JobWorker = {
  type: 'assessment.collect',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const of = requiredHeader(job, 'of');
      if (of !== 'risk') throw new Error(`the header "of" must be risk, not "${of}"`);
      return collectRisks(trx, context, job);
    }),
};
