import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Violation ledger column of each process variable it follows. */
const followed: FollowedVariables = [
  ['source_kind', 'sourceKind', 'text'],
  ['violation_type', 'violationType', 'text'],
  ['subject_no', 'subjectNo', 'text'],
  ['severity_prelim', 'severityPrelim', 'text'],
  ['conclusion', 'conclusion', 'text'],
  ['systemic', 'systemic', 'flag'],
  ['harm', 'harm', 'text'],
  ['customers_affected', 'customersAffected', 'whole'],
  ['loss', 'loss', 'number'],
  ['liable', 'liablePersons', 'rows'],
  ['decisions', 'decisions', 'rows'],
  ['appeal_result', 'appealResult', 'text'],
];

const OPEN_SHOWN = 200;

/** Inserts the ledger row of a new violation case and returns the cases it could be merged into, as options for a select. */
export async function insertViolation(trx: Database, job: Job, caseNo: string, registeredAt: Date): Promise<JsonObject> {
  const open: { case_no: string; violation_type: string | null }[] = await trx('app.violation_case').select('case_no', 'violation_type').whereNull('closed_at').orderBy('registered_at', 'desc').limit(OPEN_SHOWN);
  await trx('app.violation_case').insert({ case_no: caseNo, process_instance_key: job.processInstanceKey, source_no: textOf(job, 'sourceNo'), registered_at: registeredAt, ...columnsOf(followed, job.variables) });
  return { openViolations: open.map((one) => ({ value: one.case_no, label: one.case_no })) };
}

/** Brings the row of the job's violation case up to what its variables say; other processes have none and nothing happens. */
export async function syncViolation(trx: Database, job: Job, results: JsonObject): Promise<void> {
  const caseNo = job.variables['caseNo'];
  if (job.bpmnProcessId !== 'violation_accountability' || typeof caseNo !== 'string') return;
  const values = columnsOf(followed, { ...job.variables, ...results });
  if (Object.keys(values).length > 0) await trx('app.violation_case').where({ case_no: caseNo }).update(values);
}
