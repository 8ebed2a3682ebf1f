import { createHash } from 'node:crypto';
import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Complaint ledger column of each process variable it follows. */
const followed: FollowedVariables = [
  ['source', 'source', 'text'],
  ['channel', 'channel', 'text'],
  ['category', 'category', 'text'],
  ['business', 'business', 'text'],
  ['business_ref', 'businessRef', 'text'],
  ['site', 'site', 'text'],
  ['amount', 'amountInvolved', 'number'],
  ['complexity', 'complexity', 'text'],
  ['priority', 'priority', 'text'],
  ['finding', 'finding', 'text'],
  ['measures', 'measures', 'texts'],
  ['causes', 'causes', 'texts'],
  ['satisfaction', 'satisfaction', 'number'],
  ['reopen_count', 'reopenCount', 'number'],
  ['due_overall', 'dueOverall', 'instant'],
];

/** Inserts the ledger row of a new complaint. */
export async function insertComplaint(trx: Database, job: Job, complaintNo: string, receivedAt: Date, registeredAt: Date): Promise<void> {
  const { variables } = job;
  await trx('app.complaint').insert({
    complaint_no: complaintNo,
    process_instance_key: job.processInstanceKey,
    customer_no: variables['customerNo'] ?? null,
    customer_name: variables['complainantName'] ?? null,
    party_hash: partyHash(variables),
    received_at: receivedAt,
    registered_at: registeredAt,
    ...columns(variables),
  });
}

/** Brings the row of the job's complaint up to what its variables say; other processes have none and nothing happens. */
export async function syncComplaint(trx: Database, job: Job, results: JsonObject): Promise<void> {
  const complaintNo = job.variables['complaintNo'];
  if (job.bpmnProcessId !== 'complaint_handling' || typeof complaintNo !== 'string') return;
  const values = columns({ ...job.variables, ...results });
  const customer = results['customer'];
  if (customer !== null && typeof customer === 'object' && !Array.isArray(customer) && typeof customer['no'] === 'string') values['customer_no'] = customer['no'];
  if (Object.keys(values).length > 0) await trx('app.complaint').where({ complaint_no: complaintNo }).update(values);
}

/** A complainant without a customer number is recognized by the phone number, of which only the digest is kept. */
export function partyHash(variables: JsonObject): string | null {
  const party = variables['customerNo'] ?? variables['phone'];
  return typeof party === 'string' && party !== '' ? createHash('sha256').update(`complainant:${party}`).digest('hex') : null;
}

function columns(variables: JsonObject): Record<string, unknown> {
  return { ...columnsOf(followed, variables), ...(variables['extensionUsed'] === true ? { extended: true } : {}) };
}
