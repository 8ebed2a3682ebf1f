import type { Database } from '../../database/connect.ts';

type Fact = { metric: string; value: number; unit: string | null };

const DAY_MS = 86_400_000;

/** Figures of an approved assessment: score and grade of each unit and member of staff, disputes, days from score to approval. */
export async function qualityFacts(trx: Database, assessmentNo: string): Promise<Fact[]> {
  const rows: { subject_kind: string; subject: string; dept: string | null; score: string; grade: string; disputed: boolean; scored_at: Date; approved_at: Date }[] = await trx('app.quality_assessment').where({ assessment_no: assessmentNo, status: 'approved' });
  return rows.flatMap((row): Fact[] => [
    { metric: `assessment_${row.subject_kind}_score`, value: Number(row.score), unit: row.subject },
    { metric: `assessment_grade_${row.grade.toLowerCase()}`, value: 1, unit: row.dept },
    ...(row.subject_kind === 'unit' ? [{ metric: 'assessment_disputed', value: row.disputed ? 1 : 0, unit: row.subject }, { metric: 'assessment_days', value: Math.round(((row.approved_at.getTime() - row.scored_at.getTime()) / DAY_MS) * 100) / 100, unit: row.subject }] : []),
  ]);
}

/** Figures of a closed inspection: items failed (1) or passed (0) by scope, findings closed in time and repeated by department, its score, checked in time. */
export async function inspectionFacts(trx: Database, inspectionNo: string): Promise<Fact[]> {
  const row: { type: string; dept: string | null; score: string | null } | undefined = await trx('app.inspection').select('type', 'dept', 'score').where({ inspection_no: inspectionNo }).first();
  if (row === undefined) return [];
  const items: { scope: string | null; result: string }[] = await trx('app.inspection_item').select('scope', 'result').where({ inspection_no: inspectionNo }).whereIn('result', ['pass', 'fail']);
  const findings: { dept: string | null; repeat_count: number; intime: boolean | null }[] = await trx('app.finding').select('dept', 'repeat_count', trx.raw('closed_at < due + 1 as intime')).where({ inspection_no: inspectionNo });
  const late = await trx('app.sla_breach').where({ case_no: inspectionNo, stage: 'check' }).first();
  return [
    { metric: `inspection_done_${row.type}`, value: 1, unit: row.dept },
    { metric: 'inspection_in_time', value: late === undefined ? 1 : 0, unit: row.dept },
    ...(row.score === null ? [] : [{ metric: row.type === 'channel' ? 'channel_health' : 'inspection_score', value: Number(row.score), unit: row.dept }]),
    ...items.map((item): Fact => ({ metric: 'inspection_item_failed', value: item.result === 'fail' ? 1 : 0, unit: item.scope })),
    ...findings.flatMap((one): Fact[] => [{ metric: 'finding_repeated', value: one.repeat_count > 0 ? 1 : 0, unit: one.dept }, ...(one.intime === null ? [] : [{ metric: 'finding_closed_in_time', value: one.intime ? 1 : 0, unit: one.dept }])]),
  ];
}
