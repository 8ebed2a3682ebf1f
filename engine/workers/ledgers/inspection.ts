import type { Database } from '../../database/connect.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Inspection ledger column of each variable of the plan. */
const followed: FollowedVariables = [
  ['type', 'type', 'text'],
  ['scope', 'scope', 'texts'],
  ['dept', 'dept', 'text'],
  ['basis', 'basis', 'text'],
  ['period_from', 'periodFrom', 'instant'],
  ['period_to', 'periodTo', 'instant'],
  ['inspectors', 'inspectors', 'texts'],
];

/** Columns of the ledger row as the plan says. */
export function planOf(job: Job): Record<string, unknown> {
  return columnsOf(followed, job.variables);
}

/** Inserts the ledger row of an inspection about to be planned. */
export async function insertInspection(trx: Database, job: Job, inspectionNo: string, at: Date): Promise<void> {
  await trx('app.inspection').insert({ type: 'special', ...planOf(job), inspection_no: inspectionNo, process_instance_key: job.processInstanceKey, registered_at: at });
}
