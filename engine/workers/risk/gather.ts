import type { JsonObject } from '../../contract/json.ts';
import { departmentNames } from '../directory/department-names.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

interface SelfRow {
  dept: string;
  state: 'in_time' | 'late' | 'missing';
  items: JsonObject[];
  self_score: string | null;
}

/** Risks shown for the merge. */
const TOP = 10;

const stateNames = { in_time: '按期', late: '迟报', missing: '缺报' } as const;

/**
 * Brings the departments' self-assessments of the case together. Those of `depts` without one are marked as missing. Returns
 * `selfAssessments` [{dept, deptName, state, stateName, selfScore, items}], `missingDepts`, `missingText`, `lateDepts`, `assessed` (every risk with `dept` and
 * `score`, likelihood × impact, highest first) and `top10`.
 */
export const riskGather: JobWorker = {
  type: 'risk.gather',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const assessmentNo = requiredText(job, 'caseNo');
      const depts = textsOf(job, 'depts');
      if (depts.length > 0) {
        await trx('app.risk_self_assessment')
          .insert(depts.map((dept) => ({ assessment_no: assessmentNo, dept, process_instance_key: job.processInstanceKey, state: 'missing', at: new Date(context.clock.now()) })))
          .onConflict(['assessment_no', 'dept'])
          .ignore();
      }
      const rows: SelfRow[] = await trx('app.risk_self_assessment').select('dept', 'state', 'items', 'self_score').where({ assessment_no: assessmentNo }).orderBy('dept');
      const names = await departmentNames(trx);
      const nameOf = (dept: string): string => names.get(dept) ?? dept;
      const assessed = rows
        .flatMap((row) => row.items.map((item): JsonObject & { score: number } => ({ ...item, dept: row.dept, deptName: nameOf(row.dept), score: Number(item['likelihood'] ?? 0) * Number(item['impact'] ?? 0) })))
        .sort((a, b) => b.score - a.score);
      const missingDepts = rows.filter((row) => row.state === 'missing').map((row) => row.dept);
      return {
        variables: {
          selfAssessments: rows.map((row): JsonObject => ({ dept: row.dept, deptName: nameOf(row.dept), state: row.state, stateName: stateNames[row.state], selfScore: row.self_score === null ? null : Number(row.self_score), items: row.items.length })),
          missingDepts,
          missingText: missingDepts.map(nameOf).join('、'),
          lateDepts: rows.filter((row) => row.state === 'late').map((row) => row.dept),
          assessed,
          top10: assessed.slice(0, TOP),
        },
        audit: { departments: rows.length, missing: missingDepts, risks: assessed.length },
      };
    }),
};
