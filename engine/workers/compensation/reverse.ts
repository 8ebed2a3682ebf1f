import { once } from '../effect.ts';
import { requiredText } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** Takes a registered compensation back (`compensationNo`): the ledger row is marked, the payment is countered by a line of the opposite sign. */
export const compensationReverse: JobWorker = {
  type: 'compensation.reverse',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const compensationNo = requiredText(job, 'compensationNo');
      const at = new Date(context.clock.now());
      const reversed = await trx('app.compensation').where({ compensation_no: compensationNo, status: 'registered' }).update({ status: 'reversed', reversed_at: at });
      if (reversed === 0) throw new Error(`there is no registered compensation ${compensationNo} to reverse`);
      const paid: { amount: string }[] = await trx('app.payable_export').select('amount').where({ compensation_no: compensationNo }).where('amount', '>', 0);
      for (const line of paid) await trx('app.payable_export').insert({ compensation_no: compensationNo, amount: trx.raw('-(?::numeric)', [line.amount]), created_at: at });
      return { variables: { compensationReversed: true }, audit: { compensationNo } };
    }),
};
