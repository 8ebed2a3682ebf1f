import { once } from '../effect.ts';
import { textOf } from '../job-input.ts';
import { BpmnError, type JobWorker } from '../job-worker.ts';

interface CustomerRow {
  customer_no: string;
  name: string;
  type: string;
  tier: string;
  risk_rating: string | null;
  preferred_channel: string | null;
  tags: string[];
}

/**
 * Finds the customer by `customerNo`, else `phone`, else `idNo`; returns `customer` and `customerNo`. Contact data and
 * document numbers stay in the customer table.
 * @throws BpmnError `CUSTOMER_NOT_FOUND`
 */
export const customerLookup: JobWorker = {
  type: 'customer.lookup',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const by = (['customerNo', 'phone', 'idNo'] as const).find((name) => textOf(job, name) !== null);
      const column = { customerNo: 'customer_no', phone: 'phone', idNo: 'id_no' } as const;
      const row: CustomerRow | undefined = by === undefined ? undefined : await trx('app.customer').where({ [column[by]]: textOf(job, by) }).orderBy('customer_no').first();
      if (row === undefined) throw new BpmnError('CUSTOMER_NOT_FOUND', by === undefined ? 'neither customerNo nor phone nor idNo was given' : `no customer has this ${by}`);
      const customer = { no: row.customer_no, name: row.name, type: row.type, tier: row.tier, riskRating: row.risk_rating, preferredChannel: row.preferred_channel, profileTags: row.tags };
      return { variables: { customer, customerNo: row.customer_no }, audit: { customerNo: row.customer_no, foundBy: by ?? '' } };
    }),
};
