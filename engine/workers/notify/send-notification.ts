import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { renderTemplate } from '../../notifications/templates.ts';
import { caseNoOf } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';
import { resolveRecipients } from './recipients.ts';

export interface NotificationOrder {
  template: string;
  /** `customer`, `user:<id>`, `group:<id>`. */
  to: readonly string[];
  channels?: readonly string[];
  params: JsonObject;
  /** A second notification of the same key is not sent. */
  onceKey?: string | null;
}

export interface SentNotification {
  notificationNo: string;
  /** False when an earlier one of the same key had gone out. */
  sent: boolean;
  delivery: { recipient: string; channel: string; state: string }[];
}

/**
 * Renders a template and delivers it to everybody named, in the effect's transaction.
 * @throws when somebody could be told by no channel and at least one of them failed: the job is tried again
 */
export async function sendNotification(trx: Database, context: WorkerContext, job: Job, order: NotificationOrder): Promise<SentNotification> {
  const onceKey = order.onceKey ?? null;
  const notificationNo = await nextNumber(trx, context, 'TZ');
  const message = await renderTemplate(trx, order.template, order.params);
  const addressees = await resolveRecipients(trx, job, order.to, order.channels ?? []);
  const at = context.clock.now();
  const added = await trx('app.notification')
    .insert({ notification_no: notificationNo, once_key: onceKey, template: order.template, case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, element_id: job.elementId, subject: message.subjectZh, recipients: addressees.length, created_at: new Date(at) })
    .onConflict('once_key')
    .ignore()
    .returning('notification_no');
  if (added.length === 0) {
    const earlier: { notification_no: string } = await trx('app.notification').select('notification_no').where({ once_key: onceKey }).first();
    return { notificationNo: earlier.notification_no, sent: false, delivery: [] };
  }
  const delivery: SentNotification['delivery'] = [];
  for (const { recipient, channels } of addressees) {
    const attempts = await context.notifier.deliver(trx, { notificationNo, messageId: `${job.elementInstanceKey}.${order.template}`, message, recipient, channels, link: `/cases/${job.processInstanceKey}`, at });
    if (attempts.some((one) => one.state === 'failed') && !attempts.some((one) => one.state === 'delivered')) {
      throw new Error(`${recipient.label} could not be told "${order.template}": ${attempts.map((one) => `${one.channel} ${one.state}${one.detail === null ? '' : ` (${one.detail})`}`).join(', ')}`);
    }
    delivery.push(...attempts.map(({ recipient: label, channel, state }) => ({ recipient: label, channel, state })));
  }
  return { notificationNo, sent: true, delivery };
}
