import { once, type Effect } from '../effect.ts';
import { caseNoOf, numberOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/** Enters a training session (`course`, `staff[]`, `sessionAt`, `hours`, `teacher`) into the ledger. Returns `sessionNo`. */
export const trainingSession: JobWorker = {
  type: 'training.session',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const sessionNo = await nextNumber(trx, context, 'KC');
      const staff = textsOf(job, 'staff');
      const at = Date.parse(textOf(job, 'sessionAt') ?? '');
      await trx('app.training_session').insert({ session_no: sessionNo, training_no: textOf(job, 'trainingNo') ?? caseNoOf(job), course: requiredText(job, 'course'), session_at: Number.isNaN(at) ? null : new Date(at), hours: numberOf(job, 'hours'), teacher: textOf(job, 'teacher'), staff, process_instance_key: job.processInstanceKey, at: new Date(context.clock.now()) });
      return { variables: { sessionNo }, audit: { sessionNo, staff: staff.length } };
    }),
};
