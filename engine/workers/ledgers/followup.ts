import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';

const TIERS: readonly string[] = ['basic', 'advanced', 'vip'];

/** What was agreed about a renewal (S4 7.3) goes to the customer's tier and the contract; other processes agree nothing. */
export async function syncFollowup(trx: Database, job: Job): Promise<void> {
  if (job.bpmnProcessId !== 'service_followup') return;
  const [tier, customerNo, contractNo, renew] = [textOf(job, 'tierChange'), textOf(job, 'customerNo'), textOf(job, 'contractNo'), textOf(job, 'renew')];
  if (tier !== null && TIERS.includes(tier) && customerNo !== null) await trx('app.customer').where({ customer_no: customerNo }).whereNot({ tier }).update({ tier });
  if (renew === 'yes' && contractNo !== null) await trx('app.service_contract').where({ contract_no: contractNo, status: 'active' }).update({ status: 'renewed' });
}
