import type { Database } from '../../database/connect.ts';
import type { Effect } from '../effect.ts';
import { caseNoOf, numberOf, textOf } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { gradeOf } from './grade.ts';

/** Scores an inspection by the mean of its items' marks (those that apply), writes it into the ledger and closes it and its findings. */
export async function scoreInspection(trx: Database, context: WorkerContext, job: Job): Promise<Effect> {
  const inspectionNo = textOf(job, 'inspectionNo') ?? caseNoOf(job);
  const at = new Date(context.clock.now());
  const row = await trx('app.inspection_item').where({ inspection_no: inspectionNo }).whereIn('result', ['pass', 'fail']).avg({ mean: 'score' }).first<{ mean: string | null }>();
  const score = row.mean === null ? null : Math.round(Number(row.mean) * 100) / 100;
  const grade = score === null ? null : gradeOf(score);
  const changed = await trx('app.inspection').where({ inspection_no: inspectionNo }).update({ score, grade, rounds: numberOf(job, 'round') ?? 0, closed_at: at });
  if (changed === 0) throw new Error(`there is no inspection ${inspectionNo ?? ''} in the ledger: place record.register with the series JC first`);
  await trx('app.finding').where({ inspection_no: inspectionNo }).whereNull('closed_at').update({ closed_at: at });
  return { variables: { score, grade }, audit: { inspectionNo, score, grade } };
}
