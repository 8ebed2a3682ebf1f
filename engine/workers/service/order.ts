import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { numberOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/**
 * Hands an approved application to those who carry it out. Header `action`: `create` (default) writes the order for
 * `executeGroup` and returns `orderNo`, the open one when there is one already; `void` takes the open order back. An application
 * without an open order has nothing to take back. Orders are completed by `progress.log` with the header `order`.
 */
export const serviceOrder: JobWorker = {
  type: 'service.order',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const applicationNo = requiredText(job, 'applicationNo');
      const action = job.customHeaders['action'] ?? 'create';
      const open: { order_no: string } | undefined = await trx('app.service_order').select('order_no').where({ application_no: applicationNo, status: 'open' }).forUpdate().first();
      if (action === 'void') return voided(trx, context, applicationNo, open?.order_no ?? null);
      if (action !== 'create') throw new Error(`the header "action" must be create or void, not "${action}"`);
      if (open !== undefined) return { variables: { orderNo: open.order_no }, audit: { orderNo: open.order_no, action: 'kept' } };
      const executeGroup = textsOf(job, 'executeGroup');
      if (executeGroup.length === 0) throw new Error(`${job.type} at ${job.elementId} needs "executeGroup": review_path says who carries it out`);
      const orderNo = await nextNumber(trx, context, 'DD');
      await trx('app.service_order').insert({ order_no: orderNo, application_no: applicationNo, process_instance_key: job.processInstanceKey, customer_no: textOf(job, 'customerNo'), business: textOf(job, 'business'), product: textOf(job, 'product'), amount: numberOf(job, 'amount'), execute_group: executeGroup, status: 'open', created_at: new Date(context.clock.now()) });
      return { variables: { orderNo }, audit: { orderNo, action, executeGroup } };
    }),
};

async function voided(trx: Database, context: WorkerContext, applicationNo: string, orderNo: string | null): Promise<Effect> {
  if (orderNo !== null) await trx('app.service_order').where({ order_no: orderNo }).update({ status: 'void', closed_at: new Date(context.clock.now()) });
  return { variables: { voidedOrder: orderNo } as JsonObject, audit: { applicationNo, orderNo, action: 'void' } };
}

/** Closes the open order of the job's application by the `result` of F-P06; a finished one leaves a contract, numbered by `contractNo` or anew. */
export async function completeOrder(trx: Database, context: WorkerContext, job: Job): Promise<JsonObject> {
  const applicationNo = requiredText(job, 'applicationNo');
  const at = new Date(context.clock.now());
  const status = textOf(job, 'result') === 'failed' ? 'failed' : 'done';
  const [order] = (await trx('app.service_order').where({ application_no: applicationNo, status: 'open' }).update({ status, closed_at: at }).returning(['order_no', 'execute_group'])) as { order_no: string; execute_group: string[] }[];
  if (order === undefined) throw new Error(`application ${applicationNo} has no open order to complete`);
  if (status === 'failed') return { contractNo: null };
  const contractNo = textOf(job, 'contractNo') ?? (await nextNumber(trx, context, 'HT'));
  const months = numberOf(job, 'term');
  if ((await trx('app.service_contract').where({ contract_no: contractNo }).first()) !== undefined) throw new Error(`contract ${contractNo} exists already: correct the number in the instance, then resolve this incident`);
  const starts = textOf(job, 'finishedAt') ?? at.toISOString();
  await trx('app.service_contract').insert({
    contract_no: contractNo, application_no: applicationNo, order_no: order.order_no, customer_no: textOf(job, 'customerNo'), business: textOf(job, 'business'), product: textOf(job, 'product'),
    amount: numberOf(job, 'amount'), fee: numberOf(job, 'fee'), term_months: months, service_group: order.execute_group[0] ?? null,
    starts_on: trx.raw('(?::timestamptz at time zone ?)::date', [starts, context.zone]),
    ends_on: months === null ? null : trx.raw(`((?::timestamptz at time zone ?)::date + make_interval(months => ?::integer))::date`, [starts, context.zone, Math.round(months)]),
    status: 'active', created_at: at,
  });
  return { contractNo };
}
