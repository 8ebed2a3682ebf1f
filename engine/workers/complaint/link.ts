import { once } from '../effect.ts';
import { textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { partyHash } from '../ledgers/complaint.ts';
import { customerNoOf } from '../ledgers/customer.ts';

const WINDOW_DAYS = 90;

interface Earlier {
  complaint_no: string;
  business: string | null;
  business_ref: string | null;
  category: string | null;
  received_at: Date;
  closed_at: Date | null;
}

/**
 * Finds what belongs together: earlier complaints of the same complainant in 90 days. Returns `repeatCount` (about the same
 * business reference, else the same category, else the same business), `duplicateOf` (an open one of the same reference),
 * `openItems` (everything open of this customer: complaints, orders, unpaid compensation) and `openComplaints` as options for a select.
 */
export const complaintLink: JobWorker = {
  type: 'complaint.link',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const own = textOf(job, 'complaintNo') ?? '';
      const customerNo = await customerNoOf(trx, job);
      const hash = partyHash(job.variables);
      const since = new Date(context.clock.now() - WINDOW_DAYS * 86_400_000);
      const earlier: Earlier[] = await trx('app.complaint')
        .where((either) => {
          either.where({ party_hash: hash });
          if (customerNo !== null) either.orWhere({ customer_no: customerNo });
        })
        .whereNot({ complaint_no: own })
        .where('received_at', '>=', since)
        .orderBy('received_at', 'desc');
      const reference = textOf(job, 'businessRef');
      const category = textOf(job, 'category');
      const same = (one: Earlier): boolean => {
        if (reference !== null && one.business_ref !== null) return one.business_ref === reference;
        if (category !== null && one.category !== null) return one.category === category;
        return one.business !== null && one.business === textOf(job, 'business');
      };
      const open = earlier.filter((one) => one.closed_at === null);
      const orders: string[] = customerNo === null ? [] : await trx('app.service_order').where({ customer_no: customerNo, status: 'open' }).orderBy('order_no').pluck('order_no');
      // A compensation is open as long as money of it has not gone out.
      const unpaid = trx('app.payable_export').select('compensation_no').whereNull('exported_at');
      const compensation: string[] = customerNo === null ? [] : await trx('app.compensation').where({ party: customerNo, status: 'registered' }).whereIn('compensation_no', unpaid).orderBy('compensation_no').pluck('compensation_no');
      return {
        variables: {
          repeatCount: earlier.filter(same).length,
          duplicateOf: open.find((one) => reference !== null && one.business_ref === reference)?.complaint_no ?? null,
          openItems: [...open.map((one) => ({ kind: 'complaint', no: one.complaint_no })), ...orders.map((no) => ({ kind: 'order', no })), ...compensation.map((no) => ({ kind: 'compensation', no }))],
          openComplaints: open.map((one) => ({ value: one.complaint_no, label: `${one.complaint_no}${one.business_ref === null ? '' : ` ${one.business_ref}`}` })),
        },
        audit: { earlier: earlier.map((one) => one.complaint_no) },
      };
    }),
};
