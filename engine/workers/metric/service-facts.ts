import type { Database } from '../../database/connect.ts';

interface Fact {
  metric: string;
  value: number;
  unit: string | null;
}

interface AppointmentRow {
  channel: string | null;
  site: string | null;
  resource_group: string | null;
  status: string;
  registered_at: Date;
  confirmed_at: Date | null;
  start_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
}

interface ApplicationRow {
  business: string | null;
  outcome: string | null;
  results: { level: number; result: string }[] | null;
  registered_at: Date;
  accepted_at: Date | null;
  finished_at: Date | null;
}

const HOUR_MS = 3_600_000;
const online: readonly string[] = ['app', 'mobile_bank', 'web', 'official_account', 'online_chat'];

/** Figures of a finished appointment for the service board (1 = yes, 0 = no), by group. */
export async function appointmentFacts(trx: Database, appointmentNo: string): Promise<Fact[]> {
  const row: AppointmentRow | undefined = await trx('app.appointment').where({ appointment_no: appointmentNo }).first();
  if (row === undefined) return [];
  const unit = row.resource_group;
  const facts: Fact[] = [
    { metric: 'appointment_no_show', value: row.status === 'noshow' ? 1 : 0, unit },
    { metric: 'appointment_cancelled', value: row.status === 'cancelled' ? 1 : 0, unit },
    { metric: 'appointment_online', value: row.channel !== null && online.includes(row.channel) ? 1 : 0, unit },
  ];
  if (row.confirmed_at !== null) facts.push({ metric: 'appointment_confirmed_in_24h', value: row.confirmed_at.getTime() - row.registered_at.getTime() <= 24 * HOUR_MS ? 1 : 0, unit });
  if (row.start_at !== null) facts.push({ metric: 'appointment_lead_hours', value: hours(row.registered_at, row.start_at), unit });
  if (row.started_at !== null && row.finished_at !== null) facts.push({ metric: 'appointment_service_minutes', value: Math.round(hours(row.started_at, row.finished_at) * 60), unit });
  return facts;
}

/** Figures of a finished application for the service board (1 = yes, 0 = no), by business. */
export async function applicationFacts(trx: Database, applicationNo: string): Promise<Fact[]> {
  const row: ApplicationRow | undefined = await trx('app.service_application').where({ application_no: applicationNo }).first();
  if (row === undefined) return [];
  const unit = row.business;
  const notices = await trx('app.notification').where({ case_no: applicationNo }).whereIn('template', ['application_accepted', 'application_progress', 'application_finished', 'application_rejected']).count({ count: '*' }).first<{ count: string }>();
  const facts: Fact[] = [
    { metric: 'application_rejected', value: row.outcome === 'rejected' ? 1 : 0, unit },
    { metric: 'application_first_pass', value: (row.results ?? []).every((one) => one.result === 'pass') ? 1 : 0, unit },
    { metric: 'application_progress_notices', value: Number(notices.count), unit },
  ];
  if (row.accepted_at !== null) facts.push({ metric: 'application_accepted_in_24h', value: row.accepted_at.getTime() - row.registered_at.getTime() <= 24 * HOUR_MS ? 1 : 0, unit });
  if (row.accepted_at !== null && row.finished_at !== null) facts.push({ metric: 'application_handling_hours', value: hours(row.accepted_at, row.finished_at), unit });
  return facts;
}

function hours(from: Date, to: Date): number {
  return Math.round(((to.getTime() - from.getTime()) / HOUR_MS) * 100) / 100;
}
