import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { stageNames } from '../../notifications/shipped-templates.ts';
import { parametersOf } from '../../notifications/templates.ts';
import { deadlineOf, slaRowOf, startOf } from '../calendar/compute-deadline.ts';
import { pascal } from '../calendar/deadline.ts';
import { isoWithOffset } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, objectOf, requiredHeader, requiredText, textOf, textsOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { issueLink } from '../ledgers/public-link.ts';
import { sendNotification, type NotificationOrder, type SentNotification } from './send-notification.ts';

const LINK_DAYS = 90;

/**
 * Tells people in plain language. Header `template`; variables `to` (`customer`, `user:<id>`, `group:<id>`; default customer),
 * `channels` (tried first), `params` (beside the process's variables). More headers: `stage` (a reminder, once per case,
 * stage and due date, which `stageDue` holds), `onceFor` (once per case and `onceDate`), `promise` with `decisionId` (works out
 * the stage's due date as `promised<Stage>`), `link` (message a one-time customer link publishes), `links` (several of them, see
 * below) valid for `linkDays` (default 90), to each recipient of a kind when `linksEach` names it. The input `variant` chooses among templates: `change_notice` and `delay` give `change_notice_delay`.
 * Returns `notificationNo`, `delivery`, `sentAt`.
 */
export const notifySend: JobWorker = {
  type: 'notify.send',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const variant = textOf(job, 'variant');
      const template = requiredHeader(job, 'template') + (variant === null ? '' : `_${variant}`);
      const params = { ...job.variables, ...objectOf(job, 'params') };
      const { stage, promise, link } = { stage: job.customHeaders['stage'], promise: job.customHeaders['promise'], link: job.customHeaders['link'] };
      if (stage) Object.assign(params, { stageName: stageNames[stage]?.zh ?? stage, stageNameEn: stageNames[stage]?.en ?? stage, dueAt: textOf(job, 'stageDue') });
      if (promise) {
        const row = await slaRowOf(trx, context, job, promise, requiredHeader(job, 'decisionId'));
        if (row !== null) params[`promised${pascal(promise)}`] = isoWithOffset((await deadlineOf(trx, context, row, startOf(job, context))).dueAt, context.zone);
      }
      if (link) params['link'] = await issueLink(trx, context, job, { kind: 'message', message: link, correlationKey: requiredText(job, 'caseNo'), formId: null, days: LINK_DAYS });
      const to = job.variables['to'] === undefined ? ['customer'] : textsOf(job, 'to');
      const order = { template, to, channels: textsOf(job, 'channels'), params, onceKey: onceKeyOf(job, template) };
      const sent = await sendWithLinks(trx, context, job, order);
      const at = new Date(context.clock.now());
      if (job.bpmnProcessId === 'complaint_handling' && to.includes('customer')) {
        const complaint = trx('app.complaint').where({ complaint_no: caseNoOf(job) });
        await complaint.clone().whereNull('responded_at').update({ responded_at: at });
        if (template === 'complaint_ack') await complaint.clone().whereNull('accepted_at').update({ accepted_at: at });
      }
      const outcome = textOf(job, 'outcome');
      return {
        variables: { notificationNo: sent.notificationNo, delivery: sent.delivery, sentAt: isoWithOffset(at.getTime(), context.zone), ...(job.customHeaders['closesRecord'] === 'true' && outcome !== null ? { outcome } : {}) },
        audit: { template, notificationNo: sent.notificationNo, sent: sent.sent, recipients: new Set(sent.delivery.map((one) => one.recipient)).size },
      };
    }),
};

/** Sends the order with links of its choices; header `linksEach` (`user:`) gives every recipient of that kind links of their own, and the others none. */
async function sendWithLinks(trx: Database, context: WorkerContext, job: Job, order: NotificationOrder): Promise<SentNotification> {
  const each = job.customHeaders['linksEach'];
  if (!each) return sendNotification(trx, context, job, { ...order, params: { ...order.params, ...(await choiceLinks(trx, context, job, order.template)) } });
  const [own, others] = [order.to.filter((one) => one.startsWith(each)), order.to.filter((one) => !one.startsWith(each))];
  const sent: SentNotification[] = [];
  for (const one of own) sent.push(await sendNotification(trx, context, job, { ...order, to: [one], params: { ...order.params, ...(await choiceLinks(trx, context, job, order.template)) } }));
  if (others.length > 0 || sent.length === 0) sent.push(await sendNotification(trx, context, job, { ...order, to: others }));
  return { ...sent[0]!, delivery: sent.flatMap((one) => one.delivery) };
}

/**
 * One link for each choice the customer has, as parameters of the template: header `links`, such as
 * `linkAccept=change_accepted,linkReject=change_rejected`. A choice the template has no place for gets none.
 */
async function choiceLinks(trx: Database, context: WorkerContext, job: Job, template: string): Promise<JsonObject> {
  const asked = (job.customHeaders['links'] ?? '').split(',').map((pair) => pair.trim()).filter((pair) => pair !== '');
  if (asked.length === 0) return {};
  const days = Number(job.customHeaders['linkDays'] ?? LINK_DAYS);
  if (!(days > 0)) throw new Error(`the header "linkDays" must be a number of days, not "${job.customHeaders['linkDays'] ?? ''}"`);
  const names = await parametersOf(trx, template);
  const links: JsonObject = {};
  for (const pair of asked) {
    const [name, message] = pair.split('=').map((part) => part.trim());
    if (!name || !message) throw new Error(`the header "links" must hold pairs such as linkAccept=change_accepted, not "${pair}"`);
    if (names.has(name)) links[name] = await issueLink(trx, context, job, { kind: 'message', message, correlationKey: requiredText(job, 'caseNo'), formId: null, days });
  }
  return links;
}

function onceKeyOf(job: Job, template: string): string | null {
  const { stage, onceFor } = { stage: job.customHeaders['stage'], onceFor: job.customHeaders['onceFor'] };
  if (stage) return `${template}:${caseNoOf(job) ?? job.processInstanceKey}:${stage}:${textOf(job, 'stageDue') ?? ''}`;
  if (onceFor) return `${template}:${caseNoOf(job) ?? job.processInstanceKey}:${onceFor}:${textOf(job, 'onceDate') ?? ''}`;
  return null;
}
