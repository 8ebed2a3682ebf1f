import type { Database } from '../../database/connect.ts';
import { localDate } from '../calendar/zone-time.ts';
import type { Job, WorkerContext } from '../job-worker.ts';

interface ContractRow {
  contract_no: string;
  application_no: string;
  customer_no: string | null;
  business: string | null;
  product: string | null;
  amount: string | null;
  service_group: string | null;
  ends_on: string;
}

const DAY_MS = 86_400_000;

/**
 * Starts `processId` for every active contract that ends within the header `withinDays` (default 30) and has had no follow-up
 * (S4 7.3). Contract and instance are marked together, one contract per transaction: dying between the engine's answer and the
 * commit repeats one contract at most. Returns the contract numbers.
 */
export async function startForContracts(job: Job, context: WorkerContext, processId: string): Promise<string[]> {
  const days = Number(job.customHeaders['withinDays'] ?? '30');
  if (!(days > 0)) throw new Error(`the header "withinDays" must be a number of days, not "${job.customHeaders['withinDays'] ?? ''}"`);
  const now = context.clock.now();
  const [today, last] = [localDate(now, context.zone), localDate(now + days * DAY_MS, context.zone)];
  const next = (trx: Database) =>
    trx('app.service_contract')
      .select('contract_no', 'application_no', 'customer_no', 'business', 'product', 'amount', 'service_group', trx.raw(`to_char(ends_on, 'YYYY-MM-DD') as ends_on`))
      .where({ status: 'active' })
      .whereNull('followup_started_at')
      .whereBetween('ends_on', [today, last])
      .orderBy('contract_no')
      .first()
      .forUpdate()
      .skipLocked();
  const started: string[] = [];
  for (let more = true; more; ) {
    more = await context.db.transaction(async (trx) => {
      const row: ContractRow | undefined = await next(trx);
      if (row === undefined) return false;
      const customer: { name: string; type: string } | undefined = await trx('app.customer').select('name', 'type').where({ customer_no: row.customer_no }).first();
      await context.engine.createInstance(processId, {
        caseNo: row.contract_no,
        contractNo: row.contract_no,
        sourceNo: row.application_no,
        contractEndsOn: row.ends_on,
        customerNo: row.customer_no,
        customerName: customer?.name ?? null,
        customerType: customer?.type ?? null,
        business: row.business,
        product: row.product,
        amount: row.amount === null ? null : Number(row.amount),
        serviceGroup: row.service_group,
        trigger: 'application',
        renewalDue: true,
        initiator: `worker:${job.bpmnProcessId}`,
      });
      await trx('app.service_contract').where({ contract_no: row.contract_no }).update({ followup_started_at: new Date(now) });
      started.push(row.contract_no);
      return true;
    });
  }
  return started;
}
