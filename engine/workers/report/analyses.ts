import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { complaintAnalysis } from './complaint-analysis.ts';
import { riskQuarterly } from './risk-quarterly.ts';

/** A report made from ledgers: the page and what the process goes on with. */
export interface BuiltReport {
  /** Complete HTML page. */
  content: string;
  variables: JsonObject;
}

const analyses: Readonly<Record<string, (trx: Database, job: Job, context: WorkerContext) => Promise<BuiltReport>>> = {
  complaint_analysis: complaintAnalysis,
  risk_quarterly: riskQuarterly,
};

/** The report of that template, made from ledgers; null when it is a letter. */
export async function analysisOf(template: string, trx: Database, job: Job, context: WorkerContext): Promise<BuiltReport | null> {
  return (await analyses[template]?.(trx, job, context)) ?? null;
}
