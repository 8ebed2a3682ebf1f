import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Column of the change ledger each process variable goes to. */
const followed: FollowedVariables = [
  ['type', 'changeType', 'text'],
  ['by', 'by', 'text'],
  ['target_no', 'targetNo', 'text'],
  ['reason_kind', 'reasonKind', 'text'],
  ['reason', 'reasonText', 'text'],
  ['effect', 'impact', 'text'],
  ['affected_count', 'affectedCount', 'whole'],
  ['measure', 'measures', 'text'],
  ['hours_before', 'hoursBefore', 'number'],
  ['started', 'started', 'flag'],
  ['old_at', 'oldDate', 'instant'],
  ['new_at', 'newDate', 'instant'],
  ['fee_mode', 'feeMode', 'text'],
  ['compensation_kind', 'compensationKind', 'text'],
  ['compensation_no', 'compensationNo', 'text'],
  ['approval', 'approval', 'text'],
  ['approved', 'approved', 'flag'],
  ['offer', 'offer', 'text'],
  ['notified_at', 'notifiedAt', 'instant'],
];

/** Inserts the ledger row of a delay or cancellation. */
export async function insertChange(trx: Database, job: Job, changeNo: string, at: Date): Promise<void> {
  await trx('app.service_change').insert({ change_no: changeNo, process_instance_key: job.processInstanceKey, registered_at: at, ...columnsOf(followed, job.variables) });
}

/** Brings the row of the job's change up to what its variables say; other processes have none and nothing happens. */
export async function syncChange(trx: Database, job: Job, results: JsonObject): Promise<void> {
  const changeNo = textOf(job, 'changeNo');
  if (job.bpmnProcessId !== 'service_change' || changeNo === null) return;
  const values = columnsOf(followed, { ...job.variables, ...results });
  if (Object.keys(values).length > 0) await trx('app.service_change').where({ change_no: changeNo }).update(values);
}

/** Closes the row of a change with what has become of it: kept, rescheduled or cancelled. */
export async function closeChange(trx: Database, number: string, outcome: string, at: Date): Promise<void> {
  if (!['kept', 'rescheduled', 'cancelled'].includes(outcome)) return;
  await trx('app.service_change').where({ change_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
}
