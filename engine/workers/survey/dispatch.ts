import { createHash } from 'node:crypto';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, numberOf, requiredHeader, requiredText, textOf } from '../job-input.ts';
import type { Job, JobWorker } from '../job-worker.ts';
import { issueLink } from '../ledgers/public-link.ts';
import { nextNumber } from '../ledgers/record.ts';
import { resolveRecipients } from '../notify/recipients.ts';
import { sendNotification } from '../notify/send-notification.ts';

/**
 * Sends the customer a survey by one-time link. Headers: `template` of the message, `form` behind the link, `message` its answer
 * publishes (key: the case number, or the survey's for `survey_submitted`), `validDays` (default 5). With `sample` (percent) only
 * that share of the cases is asked: which ones follows from the digest of the case number, so the draw can be repeated and not
 * be chosen; and unless `mode` is `must`, nobody who cannot be reached. With `surveyMode` onsite the customer is there: the survey is
 * opened for whoever asks the questions, nobody is drawn and nothing sent (`url` null). Returns `surveyNo`, `url`, `sampled`.
 */
export const surveyDispatch: JobWorker = {
  type: 'survey.dispatch',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const template = requiredHeader(job, 'template');
      const message = job.customHeaders['message'] ?? 'survey_submitted';
      const days = Number(job.customHeaders['validDays'] ?? '5');
      if (!(days > 0)) throw new Error(`the header "validDays" must be a number of days, not "${job.customHeaders['validDays'] ?? ''}"`);
      const sample = numberOf(job, 'sample');
      const onSite = textOf(job, 'surveyMode') === 'onsite';
      if (!onSite && sample !== null && !(await asks(trx, job, sample))) return { variables: { surveyNo: null, url: null, sampled: false }, audit: { template, sampled: false, sample } };
      const surveyNo = await nextNumber(trx, context, 'DC');
      const now = context.clock.now();
      const url = onSite ? null : await issueLink(trx, context, job, { kind: 'survey', message, correlationKey: message === 'survey_submitted' ? surveyNo : requiredText(job, 'caseNo'), formId: job.customHeaders['form'] ?? null, days });
      await trx('app.survey').insert({ survey_no: surveyNo, case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, customer_no: textOf(job, 'customerNo'), trigger: textOf(job, 'trigger'), template, sent_at: new Date(now), expires_at: new Date(now + days * 86_400_000), status: 'open', channel: onSite ? 'onsite' : 'online' });
      if (!onSite) await sendNotification(trx, context, job, { template, to: ['customer'], params: { ...job.variables, link: url } });
      return { variables: { surveyNo, url, sampled: true }, audit: { surveyNo, template } };
    }),
};

async function asks(trx: Database, job: Job, sample: number): Promise<boolean> {
  if (drawn(caseNoOf(job) ?? job.processInstanceKey) >= sample) return false;
  if (textOf(job, 'mode') === 'must') return true;
  const [customer] = await resolveRecipients(trx, job, ['customer'], []);
  return customer !== undefined && Boolean(customer.recipient.email || customer.recipient.phone);
}

/** Where a case stands in the draw: 0 to 99.99, evenly spread. */
export function drawn(caseNo: string): number {
  return (createHash('sha256').update(`survey:${caseNo}`).digest().readUInt32BE(0) % 10_000) / 100;
}
