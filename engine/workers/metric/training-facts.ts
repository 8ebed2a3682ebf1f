import type { Database } from '../../database/connect.ts';

type Fact = { metric: string; value: number; unit: string | null };

/** Courses whose case scores show how aware people are of risks (S3 三.4). */
const awareness: readonly string[] = ['security', 'ethics', 'law', 'emergency'];

/**
 * Figures of a finished training by department: each person who should come (`training_coverage` 1 = came), each who came
 * (`training_pass` 1 = passed, `training_hours`), and scores of cases of risk courses (`training_awareness`).
 */
export async function trainingFacts(trx: Database, trainingNo: string): Promise<Fact[]> {
  const rows: { dept: string | null; course: string | null; present: boolean; passed: boolean | null; hours: string; case_score: string | null }[] = await trx('app.training_result')
    .leftJoin('app.app_user', 'app.app_user.id', 'app.training_result.staff_no')
    .select('app.app_user.dept', 'course', 'present', 'passed', 'hours', 'case_score')
    .where({ training_no: trainingNo });
  return rows.flatMap(({ dept: unit, course, present, passed, hours, case_score: score }): Fact[] => [
    { metric: 'training_coverage', value: present ? 1 : 0, unit },
    ...(present ? [{ metric: 'training_pass', value: passed === true ? 1 : 0, unit }, { metric: 'training_hours', value: Number(hours), unit }] : []),
    ...(present && score !== null && course !== null && awareness.includes(course) ? [{ metric: 'training_awareness', value: Number(score), unit }] : []),
  ]);
}
