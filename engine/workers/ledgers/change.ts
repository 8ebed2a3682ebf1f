import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';

type Kind = 'text' | 'whole' | 'amount' | 'flag' | 'instant';

/** Column of the change ledger each process variable goes to. */
const followed: readonly [column: string, variable: string, kind: Kind][] = [
  ['type', 'changeType', 'text'],
  ['by', 'by', 'text'],
  ['target_no', 'targetNo', 'text'],
  ['reason_kind', 'reasonKind', 'text'],
  ['reason', 'reasonText', 'text'],
  ['effect', 'impact', 'text'],
  ['affected_count', 'affectedCount', 'whole'],
  ['measure', 'measures', 'text'],
  ['hours_before', 'hoursBefore', 'amount'],
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
  await trx('app.service_change').insert({ change_no: changeNo, process_instance_key: job.processInstanceKey, registered_at: at, ...columns(job.variables) });
}

/** Brings the row of the job's change up to what its variables say; other processes have none and nothing happens. */
export async function syncChange(trx: Database, job: Job, results: JsonObject): Promise<void> {
  const changeNo = textOf(job, 'changeNo');
  if (job.bpmnProcessId !== 'service_change' || changeNo === null) return;
  const values = columns({ ...job.variables, ...results });
  if (Object.keys(values).length > 0) await trx('app.service_change').where({ change_no: changeNo }).update(values);
}

/** Closes the row of a change with what has become of it: kept, rescheduled or cancelled. */
export async function closeChange(trx: Database, number: string, outcome: string, at: Date): Promise<void> {
  if (!['kept', 'rescheduled', 'cancelled'].includes(outcome)) return;
  await trx('app.service_change').where({ change_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
}

function columns(variables: JsonObject): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [column, variable, kind] of followed) {
    const value = convert(variables[variable], kind);
    if (value !== undefined) found[column] = value;
  }
  return found;
}

function convert(value: JsonValue | undefined, kind: Kind): unknown {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== '' ? value : undefined;
    case 'whole':
      return typeof value === 'number' ? Math.round(value) : undefined;
    case 'amount':
      return typeof value === 'number' ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'instant':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value) : undefined;
  }
}
