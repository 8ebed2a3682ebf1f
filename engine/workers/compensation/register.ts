import { once } from '../effect.ts';
import { caseNoOf, numberOf, requiredText } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

const payable: readonly string[] = ['cash', 'fee_waiver'];

/** Registers a compensation (`party`, `kind`, `amount` in CNY, 0 for an apology) and, when money flows, a line for the payment export. Returns `compensationNo`. */
export const compensationRegister: JobWorker = {
  type: 'compensation.register',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const kind = requiredText(job, 'kind');
      const amount = numberOf(job, 'amount') ?? 0;
      if (amount < 0) throw new Error(`a compensation cannot be ${amount}`);
      const compensationNo = await nextNumber(trx, context, 'BC');
      const at = new Date(context.clock.now());
      await trx('app.compensation').insert({ compensation_no: compensationNo, case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, party: requiredText(job, 'party'), kind, amount, status: 'registered', at });
      if (payable.includes(kind) && amount > 0) await trx('app.payable_export').insert({ compensation_no: compensationNo, amount, created_at: at });
      return { variables: { compensationNo }, audit: { compensationNo, kind, amount } };
    }),
};
