import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Column of the ledger of risk assessments each process variable goes to. */
const followed: FollowedVariables = [
  ['period', 'period', 'text'],
  ['depts', 'depts', 'texts'],
  ['missing_depts', 'missingDepts', 'texts'],
  ['late_depts', 'lateDepts', 'texts'],
  ['trend', 'trend', 'text'],
  ['conclusion', 'conclusion', 'text'],
  ['report_no', 'reportNo', 'text'],
  ['report_version', 'reportVersion', 'whole'],
  ['approved', 'approved', 'flag'],
];

/** Levels of the manual's four, by the three it reports by (K9). */
const reported: Readonly<Record<string, 'high' | 'medium' | 'low'>> = { major: 'high', significant: 'high', general: 'medium', minor: 'low' };

/** Inserts the ledger row of a risk assessment. */
export async function insertAssessment(trx: Database, job: Job, number: string, period: string, at: Date): Promise<void> {
  await trx('app.risk_assessment').insert({ assessment_no: number, process_instance_key: job.processInstanceKey, registered_at: at, ...columnsOf(followed, job.variables), period: textOf(job, 'period') ?? period });
}

/** Brings the row of the job's risk assessment up to what its variables say; other processes have none and nothing happens. */
export async function syncAssessment(trx: Database, job: Job, results: JsonObject): Promise<void> {
  const number = textOf(job, 'riskAssessmentNo');
  if (job.bpmnProcessId !== 'risk_assessment' || number === null) return;
  const variables = { ...job.variables, ...results };
  const counts = Array.isArray(variables['rated']) ? countByReportedLevel(variables['rated']) : null;
  const values = { ...columnsOf(followed, variables), ...(counts === null ? {} : { items: counts.items, high: counts.high, medium: counts.medium, low: counts.low }) };
  if (Object.keys(values).length > 0) await trx('app.risk_assessment').where({ assessment_no: number }).update(values);
}

/** How many rated items are high, medium and low: major and significant are high, general is medium, minor is low (K9). */
export function countByReportedLevel(rated: readonly unknown[]): { items: number; high: number; medium: number; low: number } {
  const counts = { items: 0, high: 0, medium: 0, low: 0 };
  for (const one of rated) {
    const level = one !== null && typeof one === 'object' ? reported[String((one as JsonObject)['riskLevel'])] : undefined;
    if (level === undefined) continue;
    counts.items += 1;
    counts[level] += 1;
  }
  return counts;
}

/** Closes the row of a risk assessment. */
export async function closeAssessment(trx: Database, number: string, outcome: string, at: Date): Promise<void> {
  await trx('app.risk_assessment').where({ assessment_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
}
