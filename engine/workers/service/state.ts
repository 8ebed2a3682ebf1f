import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { requiredHeader, requiredText, textOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';
import { siteOf } from '../ledgers/site.ts';

interface Suspension {
  suspension_no: string;
  scope: string;
  ref: string;
  affected: string[];
}

/** Series of the cases a suspended service holds up: appointments and applications. */
const heldUp = ['YY', 'SQ'];

/**
 * Suspends or resumes services (header `state`: `suspended` | `resumed`).
 *
 * Suspending takes `scope` (all | site | channel), `ref` (the site or channel; a site also by its name) and `reason`, marks it and
 * publishes `service_suspended` to every open appointment and application there. Resuming ends what this case has suspended and
 * publishes `service_resumed` to those cases; a site another case still holds stays suspended. A case already told is not told
 * twice. Returns `affected`, the numbers of the cases told.
 */
export const serviceState: JobWorker = {
  type: 'service.state',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const state = requiredHeader(job, 'state');
      if (state !== 'suspended' && state !== 'resumed') throw new Error(`the header "state" must be suspended or resumed, not "${state}"`);
      const caseNo = requiredText(job, 'caseNo');
      const affected = state === 'suspended' ? await suspend(trx, context, job, caseNo) : await resume(trx, context, caseNo);
      for (const one of affected) {
        await context.engine.publishMessage({ name: `service_${state}`, correlationKey: one, variables: { serviceState: state, suspendedBy: caseNo, suspendReason: textOf(job, 'reason') }, messageId: `service_${state}:${job.elementInstanceKey}:${one}` });
      }
      return { variables: { affected }, audit: { state, affected } };
    }),
};

async function suspend(trx: Database, context: WorkerContext, job: Job, caseNo: string): Promise<string[]> {
  const scope = requiredText(job, 'scope');
  if (scope !== 'all' && scope !== 'site' && scope !== 'channel') throw new Error(`a service is suspended for all, a site or a channel, not for "${scope}"`);
  const said = scope === 'all' ? '*' : requiredText(job, 'ref');
  const ref = scope === 'site' ? ((await siteOf(trx, said)) ?? said) : said;
  const at = new Date(context.clock.now());
  const earlier: Suspension | undefined = await trx('app.service_suspension').where({ case_no: caseNo, scope, ref }).whereNull('resumed_at').forUpdate().first();
  const waiting: string[] = await trx('app.record').whereIn('series', heldUp).whereNull('closed_at').modify((query) => void (scope === 'all' ? query : query.where({ [scope]: ref }))).orderBy('record_no').pluck('record_no');
  const told = earlier?.affected ?? [];
  const affected = waiting.filter((one) => !told.includes(one));
  if (earlier === undefined) {
    await trx('app.service_suspension').insert({ suspension_no: await nextNumber(trx, context, 'ZT'), case_no: caseNo, process_instance_key: job.processInstanceKey, scope, ref, reason: textOf(job, 'reason'), affected, suspended_at: at });
  } else {
    await trx('app.service_suspension').where({ suspension_no: earlier.suspension_no }).update({ affected: [...told, ...affected] });
  }
  await mark(trx, scope, ref, 'suspended', caseNo, at);
  return affected;
}

async function resume(trx: Database, context: WorkerContext, caseNo: string): Promise<string[]> {
  const at = new Date(context.clock.now());
  const ended: Suspension[] = await trx('app.service_suspension').where({ case_no: caseNo }).whereNull('resumed_at').update({ resumed_at: at }).returning(['suspension_no', 'scope', 'ref', 'affected']);
  for (const { scope, ref } of ended) {
    const still = await trx('app.service_suspension').where({ scope, ref }).whereNull('resumed_at').first();
    if (still === undefined) await mark(trx, scope, ref, 'resumed', caseNo, at);
  }
  return [...new Set(ended.flatMap((one) => one.affected))].sort();
}

async function mark(trx: Database, scope: string, ref: string, state: 'suspended' | 'resumed', caseNo: string, at: Date): Promise<void> {
  const row = { scope, ref, state, case_no: caseNo, since: at };
  const added = await trx('app.service_state').insert(row).onConflict(['scope', 'ref']).ignore().returning('ref');
  if (added.length === 0) await trx('app.service_state').where({ scope, ref }).whereNot({ state }).update({ state, case_no: caseNo, since: at });
}
