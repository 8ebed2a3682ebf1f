import type { Database } from '../../database/connect.ts';
import { ProductError } from '../../contract/errors.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { isCandidate, isRecused, maySeeTask } from '../../identity/permissions.ts';
import { factsOf, findTask, type TaskRow } from './task-rows.ts';

/**
 * The task, if this person may see it. To others it does not exist (`not_found`); who would be in line for it but is excluded
 * is told so (`recused`). What somebody has completed they may look at again.
 */
export async function visibleTask(db: Database, user: DirectoryUser, key: string): Promise<TaskRow> {
  const row = await findTask(db, key);
  const gone = new ProductError('not_found', `Expected to find task '${key}' among those you may see, but it is not there`);
  if (row === null) throw gone;
  const facts = factsOf(row);
  if (isRecused(user, facts)) {
    if (row.assignee === user.id || isCandidate(user, facts)) throw new ProductError('recused', `You are excluded from task '${key}' (recusal): it must be done by somebody else`);
    throw gone;
  }
  if (!facts.open && (row.completed_by === user.id || row.assignee === user.id)) return row;
  if (!facts.open || !maySeeTask(user, facts)) throw gone;
  return row;
}

/** Runs `work` while nobody else changes the task; what it reads of the task stays true until it is done. */
export function holdingTask<T>(db: Database, key: string, work: (trx: Database) => Promise<T>): Promise<T> {
  return db.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`task:${key}`]);
    return work(trx);
  });
}

/** Remembers that this person has worked on the case. */
export async function rememberParticipant(trx: Database, processInstanceKey: string, userId: string): Promise<void> {
  await trx('app.task_participant').insert({ process_instance_key: processInstanceKey, user_id: userId }).onConflict(['user_id', 'process_instance_key']).ignore();
}

/** Object of an audit entry about a task: its case. */
export function auditObject(row: { case_no: string | null; process_instance_key: string }): string {
  return row.case_no === null ? `instance:${row.process_instance_key}` : `case:${row.case_no}`;
}
