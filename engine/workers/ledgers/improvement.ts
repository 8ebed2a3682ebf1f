import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Column of the ledger of improvements each process variable goes to. */
const followed: FollowedVariables = [
  ['source', 'source', 'text'],
  ['source_no', 'sourceNo', 'text'],
  ['title', 'title', 'text'],
  ['metric_name', 'metricName', 'text'],
  ['metric_now', 'metricNow', 'number'],
  ['target', 'target', 'number'],
  ['metric_after', 'metricAfter', 'number'],
  ['causes', 'causes', 'texts'],
  ['measures', 'measures', 'rows'],
  ['approved', 'approved', 'flag'],
  ['budget', 'budget', 'number'],
  ['process_change_no', 'processChangeNo', 'text'],
  ['round', 'round', 'whole'],
  ['progress', 'progress', 'number'],
  ['improved', 'improved', 'flag'],
  ['due_at', 'dueImprove', 'instant'],
];

/** Inserts the ledger row of an improvement; a report it has come from belongs to its case from now on. */
export async function insertImprovement(trx: Database, job: Job, number: string, at: Date): Promise<void> {
  await trx('app.improvement').insert({ improvement_no: number, process_instance_key: job.processInstanceKey, registered_at: at, ...columnsOf(followed, job.variables) });
  await trx('app.report').where({ process_instance_key: job.processInstanceKey }).whereNull('case_no').update({ case_no: number });
}

/** Brings the row of the job's improvement up to what its variables say; other processes have none and nothing happens. */
export async function syncImprovement(trx: Database, job: Job, results: JsonObject): Promise<void> {
  const number = textOf(job, 'improvementNo');
  if (job.bpmnProcessId !== 'service_improvement' || number === null) return;
  const variables = { ...job.variables, ...results };
  const values = columnsOf(followed, variables);
  const [first] = Array.isArray(variables['measures']) ? variables['measures'] : [];
  const owner = first !== null && typeof first === 'object' && !Array.isArray(first) && typeof first['owner'] === 'string' ? { owner: first['owner'] } : {};
  if (Object.keys(values).length > 0) await trx('app.improvement').where({ improvement_no: number }).update({ ...values, ...owner });
}

/** Closes the row of an improvement: `improved` or `not_improved`. */
export async function closeImprovement(trx: Database, number: string, outcome: string, at: Date): Promise<void> {
  await trx('app.improvement').where({ improvement_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
}
