import { membersOnDuty } from '../../identity/directory.ts';
import { once } from '../effect.ts';
import { numberOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** Lists the members of `group` on duty as `userIds`; `dept`, `excludeUsers`, `max` narrow it. An empty group is an error, for nobody could act. */
export const directoryMembers: JobWorker = {
  type: 'directory.members',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const group = requiredText(job, 'group');
      const members = await membersOnDuty(trx, group, { dept: textOf(job, 'memberDept'), exclude: textsOf(job, 'excludeUsers') });
      if (members.length === 0) throw new Error(`group "${group}" has nobody on duty: add members, then resolve this incident`);
      const userIds = members.map((one) => one.id).slice(0, numberOf(job, 'max') ?? undefined);
      return { variables: { userIds }, audit: { group, members: userIds.length } };
    }),
};
