import type { Database } from '../../database/connect.ts';
import { localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText, textOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';
import { addToStaffRecord } from '../ledgers/sanction.ts';
import { missingOf, requiredOf } from './requirement.ts';

/** Kinds of certificate; `none` issues nothing. */
const kinds: readonly string[] = ['service', 'banking', 'securities', 'fund', 'insurance', 'none'];

/**
 * Issues `staffNo` the certificate `certKind` (default service) for as long as the decision `cert_validity` says, in place of an earlier one, and
 * with `signed` = true files their confidentiality agreement. Returns `certNo` and `validUntil` (null where there is none),
 * `missing` (what the person still lacks for their groups, decision `cert_requirement`) and `duty` (on, off, suspended, restricted).
 */
export const certificateIssue: JobWorker = {
  type: 'certificate.issue',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const staffNo = requiredText(job, 'staffNo');
      const person: { groups: string[]; duty: string } | undefined = await trx('app.app_user').select('groups', 'duty').where({ id: staffNo }).forUpdate().first();
      if (person === undefined) throw new Error(`there is no member of staff "${staffNo}": correct the case, then resolve this incident`);
      const kind = textOf(job, 'certKind') ?? 'service';
      if (!kinds.includes(kind)) throw new Error(`"${kind}" is no kind of certificate: use ${kinds.join(', ')}`);
      const issued = kind === 'none' ? null : await issue(trx, context, job, staffNo, kind);
      if (job.variables['signed'] === true) {
        const agreement = await trx('app.certificate').where({ staff_no: staffNo, kind: 'confidentiality' }).whereNull('superseded_at').first();
        if (agreement === undefined) await issue(trx, context, job, staffNo, 'confidentiality');
      }
      const missing = await missingOf(trx, staffNo, await requiredOf(context, person.groups), localDate(context.clock.now(), context.zone));
      return { variables: { certNo: issued?.certNo ?? null, validUntil: issued?.validUntil ?? null, missing, duty: person.duty }, audit: { staffNo, kind, certNo: issued?.certNo ?? null, missing } };
    }),
};

async function issue(trx: Database, context: WorkerContext, job: Job, staffNo: string, kind: string): Promise<{ certNo: string; validUntil: string | null }> {
  const at = new Date(context.clock.now());
  const answer = await context.engine.evaluateDecision('cert_validity', { kind });
  const months = typeof answer === 'number' ? answer : (answer as { months?: unknown } | null)?.months;
  if (typeof months !== 'number') throw new Error(`the decision "cert_validity" has no months for "${kind}": add a row`);
  const today = localDate(at.getTime(), context.zone);
  const validUntil = months === 0 ? null : String((await trx.raw<{ rows: { day: string }[] }>(`select to_char((?::date + make_interval(months => ?)) - interval '1 day', 'YYYY-MM-DD') as day`, [today, months])).rows[0]!.day);
  const certNo = await nextNumber(trx, context, 'ZS');
  await trx('app.certificate').where({ staff_no: staffNo, kind }).whereNull('superseded_at').update({ superseded_at: at });
  await trx('app.certificate').insert({ cert_no: certNo, staff_no: staffNo, kind, training_no: textOf(job, 'trainingNo'), process_instance_key: job.processInstanceKey, issued_at: at, valid_until: validUntil });
  await addToStaffRecord(trx, job, staffNo, 'certificate', { certNo, kind, validUntil }, at);
  return { certNo, validUntil };
}
