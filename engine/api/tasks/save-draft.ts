import type { TaskDraft } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { taskPermissions } from '../../identity/permissions.ts';
import { holdingTask, visibleTask } from './task-access.ts';
import { readDraft, type TaskContext } from './task-detail.ts';
import { factsOf } from './task-rows.ts';

/** Keeps what the assignee has filled in. `draft_conflict` when the revision is not the stored one (0 before the first). */
export async function saveTaskDraft(context: TaskContext, user: DirectoryUser, key: string, values: JsonObject, revision: number): Promise<TaskDraft> {
  return holdingTask(context.db, key, async (trx) => {
    const row = await visibleTask(trx, user, key);
    if (!factsOf(row).open) throw new ProductError('task_gone', `Task '${key}' is ${row.state} already`);
    if (!taskPermissions(user, factsOf(row)).complete) throw new ProductError('forbidden', `Only the assignee of task '${key}' fills it in: claim it first`);
    const stored = (await readDraft(trx, key))?.revision ?? 0;
    if (stored !== revision) throw new ProductError('draft_conflict', `Expected to save over revision ${revision} of the draft, but ${stored} is stored: somebody saved in between`, { revision: stored });
    await trx('app.task_draft')
      .insert({ job_key: key, values: JSON.stringify(values), revision: revision + 1, saved_at: new Date(context.clock.now()), saved_by: user.id })
      .onConflict('job_key')
      .merge();
    return (await readDraft(trx, key))!;
  });
}
