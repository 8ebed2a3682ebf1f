import { once, type Effect } from '../effect.ts';
import { caseNoOf, requiredHeader, requiredText } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { issueLink } from '../ledgers/public-link.ts';
import { nextNumber } from '../ledgers/record.ts';
import { sendNotification } from '../notify/send-notification.ts';

/**
 * Sends the customer a survey by one-time link. Headers: `template` of the message, `form` behind the link, `message` its answer
 * publishes (key: the case number, or the survey's for `survey_submitted`), `validDays` (default 5). Returns `surveyNo`, `url`.
 */
export const surveyDispatch: JobWorker = {
  type: 'survey.dispatch',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const template = requiredHeader(job, 'template');
      const message = job.customHeaders['message'] ?? 'survey_submitted';
      const days = Number(job.customHeaders['validDays'] ?? '5');
      if (!(days > 0)) throw new Error(`the header "validDays" must be a number of days, not "${job.customHeaders['validDays'] ?? ''}"`);
      const surveyNo = await nextNumber(trx, context, 'DC');
      const now = context.clock.now();
      const url = await issueLink(trx, context, job, { kind: 'survey', message, correlationKey: message === 'survey_submitted' ? surveyNo : requiredText(job, 'caseNo'), formId: job.customHeaders['form'] ?? null, days });
      await trx('app.survey').insert({ survey_no: surveyNo, case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, template, sent_at: new Date(now), expires_at: new Date(now + days * 86_400_000), status: 'open' });
      await sendNotification(trx, context, job, { template, to: ['customer'], params: { ...job.variables, link: url } });
      return { variables: { surveyNo, url }, audit: { surveyNo, template } };
    }),
};
