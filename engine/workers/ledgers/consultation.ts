import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';
import { customerNoOf } from './customer.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Column of the ledger of inquiries each process variable goes to. */
const followed: FollowedVariables = [
  ['source_no', 'sourceNo', 'text'],
  ['customer_no', 'customerNo', 'text'],
  ['channel', 'channel', 'text'],
  ['category', 'category', 'text'],
  ['question', 'question', 'text'],
  ['answer', 'answer', 'text'],
  ['answer', 'replyText', 'text'],
  ['handled', 'handled', 'text'],
  ['dept', 'dept', 'text'],
  ['articles', 'usedArticles', 'texts'],
  ['due_solved', 'dueSolved', 'instant'],
];

/** Days within which the same customer's question of the same category counts as asked again (R). */
const REPEAT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Inserts the ledger row of an inquiry; one like an earlier one of the same customer is marked as repeated. */
export async function insertConsultation(trx: Database, job: Job, number: string, at: Date): Promise<void> {
  const customerNo = await customerNoOf(trx, job);
  const category = textOf(job, 'category');
  const earlier = customerNo === null ? undefined : await trx('app.consultation').where({ customer_no: customerNo, category }).where('registered_at', '>=', new Date(at.getTime() - REPEAT_DAYS * DAY_MS)).first('consultation_no');
  await trx('app.consultation').insert({ consultation_no: number, process_instance_key: job.processInstanceKey, registered_at: at, ...columnsOf(followed, job.variables), customer_no: customerNo, repeated: earlier !== undefined });
}

/** Brings the row of the job's inquiry up to what its variables say; other processes have none and nothing happens. */
export async function syncConsultation(trx: Database, job: Job, results: JsonObject, at: Date): Promise<void> {
  const number = textOf(job, 'consultationNo');
  if (job.bpmnProcessId !== 'service_consultation' || number === null) return;
  const variables = { ...job.variables, ...results };
  const values = columnsOf(followed, variables);
  if (Object.keys(values).length > 0) await trx('app.consultation').where({ consultation_no: number }).update(values);
  if (typeof variables['handled'] === 'string') await trx('app.consultation').where({ consultation_no: number }).whereNull('answered_at').update({ answered_at: at });
  const solved = variables['handled'] === 'yes' || typeof variables['replyText'] === 'string';
  if (solved) await trx('app.consultation').where({ consultation_no: number }).whereNull('solved_at').update({ solved_at: at });
}

/** Closes the row of an inquiry with what has become of it. */
export async function closeConsultation(trx: Database, number: string, outcome: string, at: Date): Promise<void> {
  await trx('app.consultation').where({ consultation_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
}
