import type { JsonValue } from '../../contract/json.ts';
import { once, type Effect } from '../effect.ts';
import { numberOf, requiredHeader, requiredText, textOf, textsOf } from '../job-input.ts';
import type { Job, JobWorker } from '../job-worker.ts';

const MINUTE_MS = 60_000;

/**
 * Writes the ledger row of a drill (`drillNo`, else `caseNo`): plan, run, observations and grade. Header `status`: `held` or
 * `cancelled`. The recovery took from `startedAt` to `endedAt`; it is met within `rtoTarget` minutes, unless the drill was
 * interrupted. Returns `drillNo`, `rtoMinutes`, `rtoMet` (null when not known), `note`.
 */
export const drillLog: JobWorker = {
  type: 'drill.log',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const status = requiredHeader(job, 'status');
      if (status !== 'held' && status !== 'cancelled') throw new Error(`the header "status" must be held or cancelled, not "${status}"`);
      const drillNo = textOf(job, 'drillNo') ?? requiredText(job, 'caseNo');
      const [started, ended] = [instantOf(job, 'startedAt'), instantOf(job, 'endedAt')];
      const rtoTarget = numberOf(job, 'rtoTarget');
      const rtoMinutes = status === 'cancelled' || started === null || ended === null ? null : (ended.getTime() - started.getTime()) / MINUTE_MS;
      const interrupted = job.variables['interrupted'] === true;
      const rtoMet = rtoMinutes === null || rtoTarget === null ? null : !interrupted && rtoMinutes <= rtoTarget;
      const observations = rowsOf(job, 'observations');
      const note = textOf(job, 'note');
      const row = {
        process_instance_key: job.processInstanceKey, source_no: textOf(job, 'sourceNo'), status, scenario: textOf(job, 'scenario'), type: textOf(job, 'type'), planned_at: instantOf(job, 'date'),
        started_at: started, ended_at: ended, rto_target: rtoTarget, rto_minutes: rtoMinutes, interrupted, participants: textsOf(job, 'participants'), observations: JSON.stringify(observations),
        score: numberOf(job, 'finalScore'), grade: textOf(job, 'grade'), issues: rowsOf(job, 'rectItems').length, note, logged_at: new Date(context.clock.now()),
      };
      await trx('app.drill').insert({ drill_no: drillNo, ...row }).onConflict('drill_no').merge(row);
      return { variables: { drillNo, rtoMinutes, rtoMet, note }, audit: { drillNo, status, grade: row.grade, rtoMet } };
    }),
};

function instantOf(job: Job, name: string): Date | null {
  const at = Date.parse(textOf(job, name) ?? '');
  return Number.isNaN(at) ? null : new Date(at);
}

function rowsOf(job: Job, name: string): JsonValue[] {
  const value = job.variables[name];
  return Array.isArray(value) ? value : [];
}
