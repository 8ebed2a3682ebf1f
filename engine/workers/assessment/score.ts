import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { objectIn, requiredHeader, requiredText, textIn, textOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { gradeOf, weightedScore } from './grade.ts';
import { scoreInspection } from './score-inspection.ts';

/**
 * Makes one score of 0 to 100 and a grade (A from 90, B from 80, C from 60, else D). Header `of`:
 * `assessment`: of each of `subjects` by `weights` [{level unit|staff, weights{metric: points}}]; a figure that is missing leaves its weight to the
 * others, and who has figures for less than half of the weights is not scored. Stores a row each and returns `unitScores` and
 * `staffScores` [{kind, subject, name, dept, metrics, score, grade, earlierFailures, hits}], `unmeasured` (subjects without a score).
 * `inspection`: of the items checked. Returns `score`, `grade`.
 */
export const assessmentScore: JobWorker = {
  type: 'assessment.score',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const of = requiredHeader(job, 'of');
      if (of === 'inspection') return scoreInspection(trx, context, job);
      if (of !== 'assessment') throw new Error(`the header "of" must be assessment or inspection, not "${of}"`);
      return scoreSubjects(trx, context, job);
    }),
};

async function scoreSubjects(trx: Database, context: WorkerContext, job: Job): Promise<Effect> {
  const assessmentNo = textOf(job, 'assessmentNo') ?? requiredText(job, 'caseNo');
  const at = new Date(context.clock.now());
  const [from, to] = [new Date(requiredText(job, 'periodFrom')), new Date(requiredText(job, 'periodTo'))];
  const weights = new Map(objectsOf(job, 'weights').map((one) => [String(one['level']), objectIn(one['weights'])]));
  const scored: JsonObject[] = [];
  const unmeasured: string[] = [];
  for (const subject of objectsOf(job, 'subjects')) {
    const [kind, id] = [String(subject['kind']), String(subject['subject'])];
    const used = weights.get(kind);
    if (used === undefined) throw new Error(`"weights" has none for the level ${kind}: see the decision assessment_weights`);
    const metrics = objectIn(subject['metrics']);
    const score = weightedScore(metrics, used);
    if (score === null) {
      unmeasured.push(id);
      continue;
    }
    const grade = gradeOf(score);
    await trx('app.quality_assessment').insert({
      assessment_no: assessmentNo, subject_kind: kind, subject: id, dept: textIn(subject['dept']), process_instance_key: job.processInstanceKey, period: requiredText(job, 'period'), period_from: from, period_to: to,
      metrics: JSON.stringify(metrics), weights: JSON.stringify(used), computed: score, score, grade, status: 'scored', scored_at: at,
    });
    scored.push({ kind, subject: id, name: subject['name'] ?? id, dept: subject['dept'] ?? null, metrics, score, grade, earlierFailures: await earlierFailures(trx, kind, id, to), hits: subject['hits'] ?? [] });
  }
  return {
    variables: { unitScores: scored.filter((one) => one['kind'] === 'unit'), staffScores: scored.filter((one) => one['kind'] === 'staff'), unmeasured },
    audit: { assessmentNo, scored: scored.length, unmeasured: unmeasured.length },
  };
}

/** How often the subject was graded D in the year before, by approved assessments of quarters and months. */
async function earlierFailures(trx: Database, kind: string, subject: string, to: Date): Promise<number> {
  const row = await trx('app.quality_assessment')
    .where({ subject_kind: kind, subject, grade: 'D', status: 'approved' })
    .where('period_to', '<', to)
    .whereRaw(`period_to > ?::timestamptz - interval '1 year'`, [to])
    .count({ count: '*' })
    .first<{ count: string }>();
  return Number(row.count);
}

function objectsOf(job: Job, name: string): JsonObject[] {
  const list = job.variables[name];
  return Array.isArray(list) ? list.map(objectIn) : [];
}
