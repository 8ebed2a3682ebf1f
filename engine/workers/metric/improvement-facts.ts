import type { Database } from '../../database/connect.ts';

type Fact = { metric: string; value: number; unit: string | null };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Figures of a finished inquiry (1 = yes, 0 = no), by category: answered at first contact, in 24 h, solved in 72 h, asked again. */
export async function consultationFacts(trx: Database, number: string): Promise<Fact[]> {
  const row: { category: string | null; handled: string | null; repeated: boolean; registered_at: Date; answered_at: Date | null; solved_at: Date | null; articles: string[] } | undefined = await trx('app.consultation').where({ consultation_no: number }).first();
  if (row === undefined) return [];
  const unit = row.category;
  const within = (at: Date | null, hours: number): number => (at !== null && at.getTime() - row.registered_at.getTime() <= hours * HOUR_MS ? 1 : 0);
  return [
    { metric: 'consultation_first_answer', value: row.handled === 'yes' ? 1 : 0, unit },
    { metric: 'consultation_answered_in_24h', value: within(row.answered_at, 24), unit },
    { metric: 'consultation_solved_in_72h', value: within(row.solved_at, 72), unit },
    { metric: 'consultation_repeated', value: row.repeated ? 1 : 0, unit },
    { metric: 'consultation_with_article', value: row.articles.length > 0 ? 1 : 0, unit },
  ];
}

/** Figures of a finished improvement: did it reach its target, in time, after how many days, and was it a customer's or colleague's idea. */
export async function improvementFacts(trx: Database, number: string, now: number): Promise<Fact[]> {
  const row: { source: string | null; improved: boolean | null; due_at: Date | null; registered_at: Date; closed_at: Date | null } | undefined = await trx('app.improvement').where({ improvement_no: number }).first();
  if (row === undefined) return [];
  const unit = row.source;
  const late = await trx('app.sla_breach').where({ case_no: number, stage: 'improve' }).first('breach_no');
  return [
    { metric: 'improvement_effective', value: row.improved === true ? 1 : 0, unit },
    { metric: 'improvement_in_time', value: late === undefined ? 1 : 0, unit },
    { metric: 'improvement_lead_days', value: Math.round((((row.closed_at?.getTime() ?? now) - row.registered_at.getTime()) / DAY_MS) * 10) / 10, unit },
    { metric: 'improvement_from_idea', value: row.source === 'idea' ? 1 : 0, unit },
  ];
}

/** Figures of a finished risk assessment: items rated, high ones, and self-assessments that came late or not at all. */
export async function riskAssessmentFacts(trx: Database, number: string): Promise<Fact[]> {
  const row: { items: number | null; high: number | null; missing_depts: string[]; late_depts: string[] } | undefined = await trx('app.risk_assessment').where({ assessment_no: number }).first();
  if (row === undefined) return [];
  return [
    { metric: 'risks_assessed', value: row.items ?? 0, unit: null },
    { metric: 'risks_assessed_high', value: row.high ?? 0, unit: null },
    { metric: 'self_assessment_overdue', value: row.missing_depts.length + row.late_depts.length, unit: null },
  ];
}
