import { isoWithOffset } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { customerNoOf } from '../ledgers/customer.ts';

/**
 * Takes access back. With `archiveNo` or `user` alone: the running grants to that archive item or of that person. Else it ends the
 * relation with the customer of the case (`customerNo`, or the phone number's): grants to the customer's data, the customer's
 * unused links, and by `cleanup` the profile tags (`tags`) and the consent to marketing (`marketing`); `accountsClosed` and
 * `channelsClosed` are kept with the closure. Records stay for their retention. Returns `revoked` (number of grants), `closedAt`.
 */
export const accessRevoke: JobWorker = {
  type: 'access.revoke',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const at = new Date(context.clock.now());
      const [archiveNo, user] = [textOf(job, 'archiveNo'), textOf(job, 'user')];
      const grants = trx('app.access_grant').whereNull('revoked_at').update({ revoked_at: at });
      if (job.bpmnProcessId !== 'service_termination' && (archiveNo !== null || user !== null)) {
        if (archiveNo !== null) grants.where({ archive_no: archiveNo });
        if (user !== null) grants.where({ user_id: user });
        const revoked = await grants;
        return { variables: { revoked }, audit: { archiveNo, user, revoked } };
      }
      const customerNo = await customerNoOf(trx, job);
      if (customerNo === null) throw new Error('the customer whose access ends is not known: set customerNo, then resolve this incident');
      const caseNo = requiredText(job, 'caseNo');
      const revoked = await grants.where({ customer_no: customerNo });
      const cleanup = textsOf(job, 'cleanup');
      await trx('app.customer')
        .where({ customer_no: customerNo })
        .update({ closed_at: at, ...(cleanup.includes('tags') ? { tags: [] } : {}), ...(cleanup.includes('marketing') ? { marketing_consent: false } : {}) });
      // Links of this very case stay: they belong to the record of the closure.
      const links = await trx('app.public_link')
        .whereNull('used_at')
        .whereIn('process_instance_key', trx('app.customer_interaction').select('process_instance_key').where({ customer_no: customerNo }))
        .whereNot({ process_instance_key: job.processInstanceKey })
        .update({ used_at: at });
      await trx('app.customer_closure').insert({ case_no: caseNo, process_instance_key: job.processInstanceKey, customer_no: customerNo, accounts: textsOf(job, 'accountsClosed'), channels: textsOf(job, 'channelsClosed'), cleanup, closed_at: at });
      return { variables: { revoked, closedAt: isoWithOffset(at.getTime(), context.zone), customerNo }, audit: { customerNo, revoked, links, cleanup } };
    }),
};
