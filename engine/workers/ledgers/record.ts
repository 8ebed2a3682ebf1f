import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { localDate } from '../calendar/zone-time.ts';
import { caseNoOf } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { closeAssessment } from './assessment.ts';
import { closeChange } from './change.ts';
import { closeConsultation } from './consultation.ts';
import { closeImprovement } from './improvement.ts';
import { closeSecurityEvent } from './security.ts';
import { closeService } from './service.ts';

/** Next number of a series for the institution's day, e.g. `TS20261123-0001`. Gapless: it belongs to the transaction. */
export async function nextNumber(trx: Database, context: WorkerContext, series: string): Promise<string> {
  const day = localDate(context.clock.now(), context.zone);
  const rows: { last: number }[] = await trx('app.record_counter')
    .insert({ series, day, last: 1 })
    .onConflict(['series', 'day'])
    .merge({ last: trx.raw('app.record_counter.last + 1') })
    .returning('last');
  return `${series}${day.replaceAll('-', '')}-${String(rows[0]!.last).padStart(4, '0')}`;
}

/** Closes the rows of the job's case with the outcome its variables say, and frees the people assigned to it. */
export async function closeRecord(trx: Database, job: Job, results: JsonObject, at: Date): Promise<void> {
  const outcome = textOr(results['outcome'], textOr(job.variables['outcome'], 'completed'));
  const number = caseNoOf(job);
  // A called process carries its caller's number; the case is closed by the process that registered it.
  if (number !== null && !(await registeredElsewhere(trx, job, number))) {
    await trx('app.record').where({ record_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
    await trx('app.complaint').where({ complaint_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
    await trx('app.violation_case').where({ case_no: number }).whereNull('closed_at').update({ closed_at: at, outcome });
    await closeService(trx, number, outcome, at);
    await closeChange(trx, number, outcome, at);
    await closeSecurityEvent(trx, number, outcome, at);
    await closeConsultation(trx, number, outcome, at);
    await closeImprovement(trx, number, outcome, at);
    await closeAssessment(trx, number, outcome, at);
  }
  await trx('app.task_assignment').where({ process_instance_key: job.processInstanceKey }).whereNull('released_at').update({ released_at: at });
}

async function registeredElsewhere(trx: Database, job: Job, number: string): Promise<boolean> {
  const row: { process_instance_key: string } | undefined = await trx('app.record').select('process_instance_key').where({ record_no: number }).first();
  return row !== undefined && String(row.process_instance_key) !== job.processInstanceKey;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
