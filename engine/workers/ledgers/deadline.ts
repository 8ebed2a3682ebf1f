import type { Database } from '../../database/connect.ts';
import type { Deadline } from '../calendar/compute-deadline.ts';
import type { Unit } from '../calendar/working-calendar.ts';
import { caseNoOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';

interface DeadlineRow {
  started_at: Date;
  due_at: Date;
  remind_at: Date;
  amount: string;
  unit: Unit;
  remind_at_pct: string;
  escalate_to: string | null;
}

/** The stage's current deadline: this row, not a running timer, says when it ends. */
export async function readDeadline(db: Database, processInstanceKey: string, stage: string): Promise<Deadline | null> {
  const row: DeadlineRow | undefined = await db('app.deadline').where({ process_instance_key: processInstanceKey, stage }).first();
  if (row === undefined) return null;
  return { startedAt: row.started_at.getTime(), dueAt: row.due_at.getTime(), remindAt: row.remind_at.getTime(), amount: Number(row.amount), unit: row.unit, remindAtPct: Number(row.remind_at_pct), escalateTo: row.escalate_to };
}

/** Sets or replaces the stage's deadline. */
export async function storeDeadline(trx: Database, job: Job, stage: string, deadline: Deadline): Promise<void> {
  await trx('app.deadline')
    .insert({
      process_instance_key: job.processInstanceKey,
      stage,
      case_no: caseNoOf(job),
      process_id: job.bpmnProcessId,
      started_at: new Date(deadline.startedAt),
      due_at: new Date(deadline.dueAt),
      remind_at: new Date(deadline.remindAt),
      amount: deadline.amount,
      unit: deadline.unit,
      remind_at_pct: deadline.remindAtPct,
      escalate_to: deadline.escalateTo,
    })
    .onConflict(['process_instance_key', 'stage'])
    .merge();
}

/** Moves the stage's due date alone, as an intervention does; no change of the calendar moves it from then on. */
export async function moveDeadline(trx: Database, processInstanceKey: string, stage: string, dueAt: number): Promise<void> {
  const moved = await trx('app.deadline').where({ process_instance_key: processInstanceKey, stage }).update({ due_at: new Date(dueAt), terms: null });
  if (moved === 0) throw new Error(`stage "${stage}" of instance ${processInstanceKey} has no deadline to move`);
}
