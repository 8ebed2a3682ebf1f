import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Column of the security ledger each process variable goes to. */
const followed: FollowedVariables = [
  ['source_no', 'sourceNo', 'text'],
  ['type', 'type', 'text'],
  ['level', 'level', 'text'],
  ['system', 'system', 'text'],
  ['data_classes', 'dataClasses', 'texts'],
  ['records_affected', 'recordsAffected', 'whole'],
  ['detected_at', 'detectedAt', 'instant'],
  ['notified_at', 'noticeSentAt', 'instant'],
  ['affected_count', 'affectedCount', 'whole'],
  ['rto_minutes', 'rtoMinutes', 'number'],
  ['cause_kind', 'kind', 'text'],
  ['leak', 'leak', 'flag'],
  ['liable', 'liable', 'flag'],
];

/** Inserts the ledger row of a security event; one that its reporter calls contained is so from the start. */
export async function insertSecurityEvent(trx: Database, job: Job, eventNo: string, at: Date): Promise<void> {
  await trx('app.security_event').insert({ event_no: eventNo, process_instance_key: job.processInstanceKey, registered_at: at, ...(job.variables['contained'] === true ? { contained_at: at } : {}), ...columnsOf(followed, job.variables) });
}

/** Brings the row of the job's security event up to what its variables say; other processes have none and nothing happens. */
export async function syncSecurity(trx: Database, job: Job, results: JsonObject, at: Date): Promise<void> {
  const eventNo = textOf(job, 'eventNo');
  if (job.bpmnProcessId !== 'security_incident' || eventNo === null) return;
  const values = columnsOf(followed, { ...job.variables, ...results });
  if (Object.keys(values).length > 0) await trx('app.security_event').where({ event_no: eventNo }).update(values);
  if (Array.isArray(job.variables['responseActions'])) await trx('app.security_event').where({ event_no: eventNo }).whereNull('responded_at').update({ responded_at: at });
  if (job.variables['recovered'] === true) await markContained(trx, eventNo, at);
}

/** Writes down when the event was first under control; a later time does not replace it. */
export async function markContained(trx: Database, eventNo: string, at: Date): Promise<void> {
  await trx('app.security_event').where({ event_no: eventNo }).whereNull('contained_at').update({ contained_at: at });
}

/** Closes the row of a security event with what has become of it. */
export async function closeSecurityEvent(trx: Database, number: string, outcome: string, at: Date): Promise<void> {
  await trx('app.security_event').where({ event_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
}
