import type { JsonObject } from '../contract/json.ts';
import type { Database } from '../database/connect.ts';
import { appendAudit } from '../identity/audit.ts';
import { caseNoOf } from './job-input.ts';
import type { Job, WorkerContext } from './job-worker.ts';
import { syncAssessment } from './ledgers/assessment.ts';
import { syncChange } from './ledgers/change.ts';
import { syncComplaint } from './ledgers/complaint.ts';
import { syncConsultation } from './ledgers/consultation.ts';
import { syncFollowup } from './ledgers/followup.ts';
import { syncImprovement } from './ledgers/improvement.ts';
import { closeRecord } from './ledgers/record.ts';
import { syncSecurity } from './ledgers/security.ts';
import { syncService } from './ledgers/service.ts';
import { syncViolation } from './ledgers/violation.ts';

/** What an effect has done. */
export interface Effect {
  /** Variables to complete the job with. */
  variables: JsonObject;
  /** Facts for the audit log: numbers and codes, never the value of personal data. */
  audit?: JsonObject;
}

/**
 * Runs `work` at most once per element instance: its writes, the note that it has happened, the ledger row of the case and
 * the audit row are one transaction. A second delivery of the job, also a simultaneous one, gets the first one's variables.
 * What `work` does outside the database must bear repetition, for the process may die before the commit.
 */
export async function once(job: Job, context: WorkerContext, work: (trx: Database) => Promise<Effect>): Promise<JsonObject> {
  return context.db.transaction(async (trx) => {
    const at = new Date(context.clock.now());
    const noted = await trx('app.effect')
      .insert({ element_instance_key: job.elementInstanceKey, job_type: job.type, process_instance_key: job.processInstanceKey, element_id: job.elementId, at, result: '{}' })
      .onConflict(['element_instance_key', 'job_type'])
      .ignore()
      .returning('element_id');
    const mine = { element_instance_key: job.elementInstanceKey, job_type: job.type };
    if (noted.length === 0) {
      const earlier: { result: JsonObject } = await trx('app.effect').select('result').where(mine).first();
      return earlier.result;
    }
    const { variables, audit } = await work(trx);
    await trx('app.effect').where(mine).update({ result: JSON.stringify(variables) });
    await syncComplaint(trx, job, variables);
    await syncViolation(trx, job, variables);
    await syncService(trx, job, variables, at);
    await syncChange(trx, job, variables);
    await syncFollowup(trx, job);
    await syncSecurity(trx, job, variables, at);
    await syncConsultation(trx, job, variables, at);
    await syncImprovement(trx, job, variables);
    await syncAssessment(trx, job, variables);
    if (job.customHeaders['closesRecord'] === 'true') await closeRecord(trx, job, variables, at);
    await appendAudit(trx, { at: at.getTime(), actor: `worker:${job.type}`, action: 'worker.effect', object: objectOf(job, variables), after: { element: job.elementId, elementInstance: job.elementInstanceKey, ...audit } });
    return variables;
  });
}

function objectOf(job: Job, variables: JsonObject): string {
  const number = typeof variables['caseNo'] === 'string' ? variables['caseNo'] : caseNoOf(job);
  return number === null ? `instance:${job.processInstanceKey}` : `case:${number}`;
}
