import { once } from '../effect.ts';
import { caseNoOf, objectOf, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/**
 * Appends to the customer's history. Header `kind`; variable `interaction` {caseNo, content, outcome, place, handler, people,
 * opinion, channel, files, followUp}: `handler` and `people` are ids of staff, `opinion` is the handling opinion, its `caseNo` may be another case, as when a complaint is merged; `tagsAdd` are put to the customer's profile
 * tags. Returns `interactionNo`.
 */
export const customerLog: JobWorker = {
  type: 'customer.log',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const interaction = objectOf(job, 'interaction');
      const text = (name: string): string | null => (typeof interaction[name] === 'string' ? interaction[name] : null);
      const people = Array.isArray(interaction['people']) ? interaction['people'].filter((one) => typeof one === 'string') : null;
      const interactionNo = await nextNumber(trx, context, 'HD');
      const caseNo = text('caseNo') ?? caseNoOf(job);
      await trx('app.customer_interaction').insert({
        interaction_no: interactionNo,
        case_no: caseNo,
        process_instance_key: job.processInstanceKey,
        customer_no: textOf(job, 'customerNo'),
        kind: job.customHeaders['kind'] ?? 'note',
        at: new Date(context.clock.now()),
        place: text('place'),
        handler: text('handler'),
        people,
        opinion: text('opinion'),
        channel: text('channel') ?? textOf(job, 'channel'),
        content: text('content'),
        files: interaction['files'] == null ? null : JSON.stringify(interaction['files']),
        outcome: text('outcome'),
        follow_up: text('followUp'),
      });
      const [tags, customerNo] = [textsOf(job, 'tagsAdd'), textOf(job, 'customerNo')];
      if (tags.length > 0 && customerNo !== null) await trx('app.customer').where({ customer_no: customerNo }).update({ tags: trx.raw('array(select distinct unnest(tags || ?::text[]) order by 1)', [tags]) });
      return { variables: { interactionNo }, audit: { interactionNo, loggedTo: caseNo, kind: job.customHeaders['kind'] ?? 'note' } };
    }),
};
