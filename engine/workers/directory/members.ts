import { listUsers, membersOnDuty } from '../../identity/directory.ts';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { numberOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/**
 * Lists the members of `group` on duty as `userIds`; `dept`, `excludeUsers`, `max` narrow it. Header `list` `departments`: instead the codes of the
 * departments with somebody on duty as `depts`, of those in `depts` when it names some. `list` `staff`: without a `group` everybody on duty. Nobody found is an error, for nobody could act.
 */
export const directoryMembers: JobWorker = {
  type: 'directory.members',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      if (job.customHeaders['list'] === 'departments') return departments(trx, textsOf(job, 'depts'));
      if (job.customHeaders['list'] === 'staff' && textOf(job, 'group') === null) return everybody(trx, textsOf(job, 'excludeUsers'));
      const group = requiredText(job, 'group');
      const members = await membersOnDuty(trx, group, { dept: textOf(job, 'memberDept'), exclude: textsOf(job, 'excludeUsers') });
      if (members.length === 0) throw new Error(`group "${group}" has nobody on duty: add members, then resolve this incident`);
      const userIds = members.map((one) => one.id).slice(0, numberOf(job, 'max') ?? undefined);
      return { variables: { userIds }, audit: { group, members: userIds.length } };
    }),
};

async function everybody(trx: Database, excluded: readonly string[]): Promise<Effect> {
  const userIds = (await listUsers(trx)).filter((one) => one.duty === 'on' && !excluded.includes(one.id)).map((one) => one.id);
  if (userIds.length === 0) throw new Error('nobody is on duty: add people, then resolve this incident');
  return { variables: { userIds }, audit: { members: userIds.length } };
}

async function departments(trx: Database, asked: readonly string[]): Promise<Effect> {
  const { rows } = await trx.raw<{ rows: { dept: string }[] }>(`select distinct substr(g, 6) as dept from app.app_user, unnest(groups) as g where duty = 'on' and g like 'dept\\_%' and g not like '%\\_head' order by 1`);
  const staffed = rows.map((row) => row.dept);
  const depts = asked.length === 0 ? staffed : asked.filter((dept) => staffed.includes(dept));
  const empty = asked.filter((dept) => !staffed.includes(dept));
  if (empty.length > 0 || depts.length === 0) throw new Error(`${empty.length === 0 ? 'no department' : `department ${empty.join(', ')}`} has nobody on duty: add members, then resolve this incident`);
  return { variables: { depts }, audit: { depts } };
}
