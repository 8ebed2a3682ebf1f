import type { Database } from '../../database/connect.ts';

interface EventRow {
  type: string | null;
  level: string | null;
  registered_at: Date;
  responded_at: Date | null;
  contained_at: Date | null;
  notified_at: Date | null;
}

interface DrillRow {
  rto_target: string | null;
  rto_minutes: string | null;
  interrupted: boolean;
  score: string | null;
}

type Fact = { metric: string; value: number; unit: string | null };

const MINUTE_MS = 60_000;
const NOTICE_HOURS = 72;

/** Figures of a finished security event for the risk board (1 = yes, 0 = no; minutes as such), by type of event. */
export async function securityFacts(trx: Database, eventNo: string): Promise<Fact[]> {
  const row: EventRow | undefined = await trx('app.security_event').select('type', 'level', 'registered_at', 'responded_at', 'contained_at', 'notified_at').where({ event_no: eventNo }).first();
  if (row === undefined) return [];
  const unit = row.type;
  const late: string[] = await trx('app.sla_breach').where({ case_no: eventNo }).distinct('stage').pluck('stage');
  const minutes = (to: Date): number => Math.round(((to.getTime() - row.registered_at.getTime()) / MINUTE_MS) * 10) / 10;
  const facts: Fact[] = [
    { metric: `security_closed_${row.level ?? 'ungraded'}`, value: 1, unit },
    { metric: 'security_response_in_time', value: late.includes('response') ? 0 : 1, unit },
  ];
  if (row.responded_at !== null) facts.push({ metric: 'security_response_minutes', value: minutes(row.responded_at), unit });
  if (row.contained_at !== null) facts.push({ metric: 'security_contain_minutes', value: minutes(row.contained_at), unit });
  if (row.level === 'major') facts.push({ metric: 'security_contain_in_time', value: late.includes('contain') ? 0 : 1, unit });
  if (row.notified_at !== null) facts.push({ metric: 'security_notice_in_time', value: minutes(row.notified_at) <= NOTICE_HOURS * 60 ? 1 : 0, unit });
  return facts;
}

/** Figures of a finished drill: was the recovery target met, its score, and how many of its issues are closed. */
export async function drillFacts(trx: Database, drillNo: string): Promise<Fact[]> {
  const row: DrillRow | undefined = await trx('app.drill').select('rto_target', 'rto_minutes', 'interrupted', 'score').where({ drill_no: drillNo, status: 'held' }).first();
  if (row === undefined) return [];
  const facts: Fact[] = [];
  if (row.rto_target !== null && row.rto_minutes !== null) facts.push({ metric: 'drill_rto_met', value: !row.interrupted && Number(row.rto_minutes) <= Number(row.rto_target) ? 1 : 0, unit: null });
  if (row.score !== null) facts.push({ metric: 'drill_score', value: Number(row.score), unit: null });
  const issues: string[] = await trx('app.rectification').where({ source_no: drillNo }).pluck('status');
  for (const status of issues) facts.push({ metric: 'drill_issue_closed', value: status === 'closed' ? 1 : 0, unit: null });
  return facts;
}
