import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText, textOf, textsOf } from '../job-input.ts';
import type { Job, JobWorker } from '../job-worker.ts';

interface Material {
  kind: string;
  name: string;
}

/**
 * Checks an application against the service catalogue: `business`, `product`, `customerType`, and `materialKinds`, the kinds of
 * material supplied with this or an earlier delivery. Returns `missing` [{kind, name}], `missingText`, `valid`, the product's
 * `productRisk` and `executeDays` (null when the catalogue says none) and `excludeUsers`: who entered or advises the
 * customer never reviews the application.
 */
export const applicationCheck: JobWorker = {
  type: 'application.check',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const applicationNo = requiredText(job, 'applicationNo');
      const supplied = [...new Set(textsOf(job, 'materialKinds'))];
      const at = new Date(context.clock.now());
      if (supplied.length > 0) await trx('app.application_material').insert(supplied.map((kind) => ({ application_no: applicationNo, kind, supplied_at: at }))).onConflict(['application_no', 'kind']).ignore();
      const held = new Set<string>(await trx('app.application_material').where({ application_no: applicationNo }).pluck('kind'));
      const missing = (await required(trx, job)).filter((one) => !held.has(one.kind));
      const product: { product_risk: string | null; execute_days: number | null } | undefined = textOf(job, 'product') === null ? undefined : await trx('app.service_catalogue').select('product_risk', 'execute_days').where({ product: textOf(job, 'product') }).first();
      return {
        variables: { missing: missing.map(({ kind, name }) => ({ kind, name })), missingText: missing.map((one) => one.name).join('、'), valid: missing.length === 0, productRisk: product?.product_risk ?? null, executeDays: product?.execute_days ?? null, excludeUsers: await recused(trx, job) },
        audit: { missing: missing.map((one) => one.kind) },
      };
    }),
};

/** What the catalogue asks for: of the business, of the product, of this kind of customer. */
async function required(trx: Database, job: Job): Promise<Material[]> {
  const rows: Material[] = await trx('app.service_material')
    .select('kind', 'name')
    .where({ business: requiredText(job, 'business') })
    .where((either) => void either.whereNull('product').orWhere({ product: textOf(job, 'product') ?? '' }))
    .where((either) => void either.whereNull('customer_type').orWhere({ customer_type: textOf(job, 'customerType') ?? '' }))
    .orderBy('id');
  return [...new Map(rows.map((one) => [one.kind, one])).values()];
}

async function recused(trx: Database, job: Job): Promise<string[]> {
  const advisers: string[] = await trx('app.customer_adviser').where({ customer_no: textOf(job, 'customerNo') ?? '' }).orderBy('user_id').pluck('user_id');
  const initiator = textOf(job, 'initiator');
  const entered = initiator === null || initiator.includes(':') ? [] : [initiator];
  return [...new Set([...textsOf(job, 'excludeUsers'), ...entered, ...advisers])];
}
