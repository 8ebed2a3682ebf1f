import type { JsonObject } from '../../contract/json.ts';
import { isoWithOffset } from '../calendar/zone-time.ts';
import { once } from '../effect.ts';
import { caseNoOf, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

const WINDOW_DAYS = 180;
const AT_MOST = 200;

/** Collects what the house already knows of the customer in 180 days: interactions, complaints, appointments and applications, newest first, as `evidence`. */
export const complaintEvidence: JobWorker = {
  type: 'complaint.evidence',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const customerNo = textOf(job, 'customerNo');
      const own = caseNoOf(job);
      const since = new Date(context.clock.now() - WINDOW_DAYS * 86_400_000);
      const interactions: { interaction_no: string; at: Date; kind: string; content: string | null }[] = await trx('app.customer_interaction')
        .select('interaction_no', 'at', 'kind', 'content')
        .where('at', '>=', since)
        .where((either) => {
          either.where({ case_no: own });
          if (customerNo !== null) either.orWhere({ customer_no: customerNo });
        })
        .orderBy('at', 'desc')
        .limit(AT_MOST);
      const complaints: { complaint_no: string; received_at: Date; category: string | null; outcome: string | null }[] =
        customerNo === null ? [] : await trx('app.complaint').select('complaint_no', 'received_at', 'category', 'outcome').where({ customer_no: customerNo }).whereNot({ complaint_no: own }).where('received_at', '>=', since).orderBy('received_at', 'desc').limit(AT_MOST);
      const appointments: { no: string; at: Date; summary: string | null; status: string }[] = customerNo === null ? [] : await trx('app.appointment').select({ no: 'appointment_no', at: 'registered_at', summary: 'business' }, 'status').where({ customer_no: customerNo }).where('registered_at', '>=', since).orderBy('registered_at', 'desc').limit(AT_MOST);
      const applications: typeof appointments = customerNo === null ? [] : await trx('app.service_application').select({ no: 'application_no', at: 'registered_at', summary: 'business' }, 'status').where({ customer_no: customerNo }).where('registered_at', '>=', since).orderBy('registered_at', 'desc').limit(AT_MOST);
      const service = (kind: string, rows: typeof appointments): JsonObject[] => rows.map((one) => ({ at: isoWithOffset(one.at.getTime(), context.zone), kind, ref: one.no, summary: [one.summary, one.status].filter(Boolean).join(' ') }));
      const evidence: JsonObject[] = [
        ...interactions.map((one) => ({ at: isoWithOffset(one.at.getTime(), context.zone), kind: one.kind, ref: one.interaction_no, summary: (one.content ?? '').slice(0, 120) })),
        ...complaints.map((one) => ({ at: isoWithOffset(one.received_at.getTime(), context.zone), kind: 'complaint', ref: one.complaint_no, summary: [one.category, one.outcome].filter(Boolean).join(' ') })),
        ...service('appointment', appointments),
        ...service('application', applications),
      ].sort((a, b) => String(b['at']).localeCompare(String(a['at'])));
      return { variables: { evidence }, audit: { found: evidence.length } };
    }),
};
