import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import type { Job } from '../job-worker.ts';
import { customerNoOf } from '../ledgers/customer.ts';

/** What is kept about the customer of a case, for the copy the customer may ask for (S0 7.2): master data, contacts and numbers of cases. */
export async function customerData(trx: Database, job: Job, zone: string): Promise<JsonObject> {
  const customerNo = await customerNoOf(trx, job);
  const row: { name: string; type: string; tier: string; risk_rating: string | null; phone: string | null; email: string | null; id_type: string | null; id_no: string | null; preferred_channel: string | null; tags: string[] } | undefined =
    customerNo === null ? undefined : await trx('app.customer').where({ customer_no: customerNo }).first();
  if (customerNo === null || row === undefined) throw new Error('the customer whose data is to be exported is not known: set customerNo, then resolve this incident');
  const numbers = async (table: string, column: string): Promise<string> => {
    const found: string[] = await trx(table).where({ customer_no: customerNo }).orderBy(column).pluck(column);
    return found.length === 0 ? '无' : found.join('、');
  };
  const contacts: { at: string; kind: string; channel: string | null; content: string | null }[] = await trx('app.customer_interaction').select(trx.raw(`to_char(at at time zone ?, 'YYYY-MM-DD HH24:MI') as at`, [zone]), 'kind', 'channel', 'content').where({ customer_no: customerNo }).orderBy('app.customer_interaction.at');
  return {
    exportCustomerNo: customerNo,
    exportName: row.name,
    exportIdentity: [row.id_type, row.id_no].filter((one) => one !== null).join(' ') || '无',
    exportContact: [row.phone, row.email, row.preferred_channel].filter((one) => one !== null).join(' / ') || '无',
    exportProfile: [row.type, row.tier, row.risk_rating, ...row.tags].filter((one) => one !== null).join(' / '),
    exportComplaints: await numbers('app.complaint', 'complaint_no'),
    exportAppointments: await numbers('app.appointment', 'appointment_no'),
    exportApplications: await numbers('app.service_application', 'application_no'),
    exportContracts: await numbers('app.service_contract', 'contract_no'),
    exportInteractions: contacts.length === 0 ? '无' : contacts.map((one) => `${one.at} ${one.kind} ${one.channel ?? ''} ${one.content ?? ''}`.trim()).join('\n'),
  };
}
