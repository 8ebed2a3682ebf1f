import type { Database } from '../../database/connect.ts';

interface RiskRow {
  risk_level: string | null;
  owner_dept: string | null;
  risk_source: string | null;
  rto_minutes: string | null;
  registered_at: Date;
}

const YEAR_MS = 365 * 86_400_000;

/** Figures of a finished risk incident for the risk board (1 = yes, 0 = no; minutes as such), by owning department. */
export async function riskFacts(trx: Database, riskNo: string): Promise<{ metric: string; value: number; unit: string | null }[]> {
  const row: RiskRow | undefined = await trx('app.risk_incident').select('risk_level', 'owner_dept', 'risk_source', 'rto_minutes', 'registered_at').where({ risk_no: riskNo }).first();
  if (row === undefined) return [];
  const unit = row.owner_dept;
  const late: string[] = await trx('app.sla_breach').where({ case_no: riskNo }).distinct('stage').pluck('stage');
  const earlier = await trx('app.risk_incident').where({ owner_dept: row.owner_dept, risk_source: row.risk_source, false_alarm: false }).whereNot({ risk_no: riskNo }).whereBetween('registered_at', [new Date(row.registered_at.getTime() - YEAR_MS), row.registered_at]).first();
  const items: { status: string; due: Date | null; closed_at: Date | null }[] = await trx('app.rectification').select('status', 'due', 'closed_at').where({ source_no: riskNo });
  const facts = [
    { metric: `risk_closed_${row.risk_level ?? 'ungraded'}`, value: 1, unit },
    { metric: 'risk_response_in_time', value: late.includes('response') ? 0 : 1, unit },
    { metric: 'risk_dispose_in_time', value: late.includes('dispose') ? 0 : 1, unit },
    { metric: 'risk_repeat', value: earlier === undefined ? 0 : 1, unit },
  ];
  if (row.rto_minutes !== null) facts.push({ metric: 'risk_recovery_minutes', value: Number(row.rto_minutes), unit });
  for (const item of items) if (item.due !== null) facts.push({ metric: 'risk_rectified_in_time', value: item.closed_at !== null && item.closed_at.getTime() < item.due.getTime() + 86_400_000 ? 1 : 0, unit });
  return facts;
}
