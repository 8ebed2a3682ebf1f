import { membersOnDuty } from '../../identity/directory.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/**
 * Picks the member of `group` on duty with the fewest open assignments, never one of `excludeUsers` (recusal); `preferUser`
 * keeps the case while eligible. Returns `assigneeId`, null when nobody can take it: the group then sees the task unassigned.
 */
export const taskAssign: JobWorker = {
  type: 'task.assign',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const group = requiredText(job, 'group');
      const members = await membersOnDuty(trx, group, { exclude: textsOf(job, 'excludeUsers') });
      const loads: { user_id: string; open: string }[] = await trx('app.task_assignment').select('user_id').count({ open: '*' }).whereNull('released_at').whereNot({ process_instance_key: job.processInstanceKey }).groupBy('user_id');
      const load = new Map(loads.map((one) => [one.user_id, Number(one.open)]));
      const preferred = members.find((one) => one.id === textOf(job, 'preferUser'));
      const chosen = preferred ?? [...members].sort((a, b) => (load.get(a.id) ?? 0) - (load.get(b.id) ?? 0) || a.id.localeCompare(b.id))[0] ?? null;
      if (chosen !== null) {
        await trx('app.task_assignment')
          .insert({ process_instance_key: job.processInstanceKey, group_id: group, user_id: chosen.id, assigned_at: new Date(context.clock.now()), released_at: null })
          .onConflict(['process_instance_key', 'group_id'])
          .merge();
      }
      return { variables: { assigneeId: chosen?.id ?? null }, audit: { group, assignee: chosen?.id ?? null } };
    }),
};
