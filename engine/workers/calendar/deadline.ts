import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, requiredHeader, valueAt } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { readDeadline, storeDeadline } from '../ledgers/deadline.ts';
import { deadlineOf, extendedDeadline, slaRowOf, startOf, type Deadline } from './compute-deadline.ts';
import { isoWithOffset } from './zone-time.ts';

/**
 * Gives a stage its deadline: `due<Stage>`, `remind<Stage>` (ISO 8601 with the institution's offset) and `sla<Stage>` (`7 wd`).
 * Headers: `stage`, `decisionId`; `from` variable with the start (default now); `date` variable with a date that fixes the day;
 * `selector1`, `selector2` variables handed to the decision; `extends` stages to move by what the decision says.
 * No matching row: the three are null.
 */
export const calendarDeadline: JobWorker = {
  type: 'calendar.deadline',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const stage = requiredHeader(job, 'stage');
      const row = await slaRowOf(trx, context, job, stage, requiredHeader(job, 'decisionId'));
      const moved = job.customHeaders['extends'];
      if (moved !== undefined && moved !== '') {
        if (row === null) throw new Error(`stage "${stage}" has no row that says by how much to extend`);
        return { variables: await extend(trx, context, job, moved.split(','), row.amount, row.unit), audit: { stage, extended: moved, by: `${row.amount} ${row.unit}` } };
      }
      if (row === null) return { variables: variablesOf(stage, null, context.zone), audit: { stage, row: null } };
      const date = job.customHeaders['date'] === undefined ? null : valueAt(job.variables, job.customHeaders['date']);
      const fixed = typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : null;
      const deadline = await deadlineOf(trx, context, row, startOf(job, context), fixed);
      await storeDeadline(trx, job, stage, deadline);
      await storeTerms(trx, job, stage, fixed === null ? [{ amount: row.amount, unit: row.unit }] : null);
      return { variables: variablesOf(stage, deadline, context.zone), audit: { stage, due: isoWithOffset(deadline.dueAt, context.zone), sla: `${row.amount} ${row.unit}` } };
    }),
};

async function extend(trx: Database, context: WorkerContext, job: Job, stages: readonly string[], amount: number, unit: Deadline['unit']): Promise<JsonObject> {
  const variables: JsonObject = {};
  for (const name of stages) {
    const stage = name.trim();
    const old = await readDeadline(trx, job.processInstanceKey, stage);
    if (old === null) throw new Error(`stage "${stage}" of case ${caseNoOf(job) ?? job.processInstanceKey} has no deadline that could be extended`);
    const deadline = await extendedDeadline(trx, context, old, amount, unit);
    await storeDeadline(trx, job, stage, deadline);
    await trx('app.deadline').where({ process_instance_key: job.processInstanceKey, stage }).whereNotNull('terms').update({ terms: trx.raw('terms || ?::jsonb', [JSON.stringify([{ amount, unit }])]) });
    Object.assign(variables, variablesOf(stage, deadline, context.zone), { [`sla${pascal(stage)}`]: `${old.amount} ${old.unit} + ${amount} ${unit}` });
  }
  return variables;
}

/** Keeps how the date came about, for a calendar that changes; null for a date that was given. */
async function storeTerms(trx: Database, job: Job, stage: string, terms: { amount: number; unit: Deadline['unit'] }[] | null): Promise<void> {
  await trx('app.deadline').where({ process_instance_key: job.processInstanceKey, stage }).update({ terms: terms === null ? null : JSON.stringify(terms) });
}

function variablesOf(stage: string, deadline: Deadline | null, zone: string): JsonObject {
  const suffix = pascal(stage);
  return {
    [`due${suffix}`]: deadline === null ? null : isoWithOffset(deadline.dueAt, zone),
    [`remind${suffix}`]: deadline === null ? null : isoWithOffset(deadline.remindAt, zone),
    [`sla${suffix}`]: deadline === null ? null : `${deadline.amount} ${deadline.unit}`,
  };
}

/** `customer_notice` → `CustomerNotice`. */
export function pascal(stage: string): string {
  return stage.split('_').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
