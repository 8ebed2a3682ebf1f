import { once, type Effect } from '../effect.ts';
import { caseNoOf, numberOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/**
 * Enters a training session (`course`, `sessionAt`, `hours`, `teacher`, `method`, `examType`, `passLine`, `certKind`) into the ledger, for
 * `staff[]` and everybody of the departments `depts[]`. Returns `sessionNo` and `trainees`, each person once. Somebody who is not
 * in the directory is an error.
 */
export const trainingSession: JobWorker = {
  type: 'training.session',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const named = textsOf(job, 'staff');
      const known: string[] = await trx('app.app_user').whereIn('id', named).pluck('id');
      const strangers = named.filter((id) => !known.includes(id));
      if (strangers.length > 0) throw new Error(`there is nobody with the id ${strangers.join(', ')} in the directory: correct "trainees", then resolve this incident`);
      const depts = textsOf(job, 'depts');
      const colleagues: string[] = depts.length === 0 ? [] : await trx('app.app_user').whereIn('dept', depts).whereRaw(`'staff' = any(roles)`).orderBy('id').pluck('id');
      const trainees = [...new Set([...named, ...colleagues])];
      const sessionNo = await nextNumber(trx, context, 'KC');
      const at = Date.parse(textOf(job, 'sessionAt') ?? '');
      await trx('app.training_session').insert({
        session_no: sessionNo, training_no: textOf(job, 'trainingNo') ?? caseNoOf(job), source_no: textOf(job, 'sourceNo'), course: requiredText(job, 'course'), session_at: Number.isNaN(at) ? null : new Date(at), hours: numberOf(job, 'hours'), teacher: textOf(job, 'teacher'),
        method: textOf(job, 'method'), exam_type: textOf(job, 'examType'), pass_line: numberOf(job, 'passLine'), cert_kind: textOf(job, 'certKind'), staff: trainees, process_instance_key: job.processInstanceKey, at: new Date(context.clock.now()),
      });
      return { variables: { sessionNo, trainees }, audit: { sessionNo, staff: trainees.length } };
    }),
};
