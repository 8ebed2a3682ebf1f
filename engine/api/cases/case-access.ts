import type { Database } from '../../database/connect.ts';
import { ProductError } from '../../contract/errors.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { maySeeCase, mayWorkOnCase, type CaseFacts } from '../../identity/permissions.ts';
import { factsOf, tasksOf } from '../tasks/task-rows.ts';

/** What decides over each of these instances; those that do not exist are missing. */
export async function caseFacts(db: Database, instanceKeys: readonly string[]): Promise<Map<string, CaseFacts>> {
  if (instanceKeys.length === 0) return new Map();
  const instances: { key: string; initiator: string | null; exclude_users: string[] | null }[] = await db('read_model.process_instance').select('key', 'initiator', 'exclude_users').whereRaw('key = any(?)', [[...instanceKeys]]);
  const participants: { process_instance_key: string; user_id: string }[] = await db('app.task_participant').select('process_instance_key', 'user_id').whereRaw('process_instance_key = any(?)', [[...instanceKeys]]);
  const tasks = await tasksOf(db, instanceKeys);
  return new Map(
    instances.map((instance) => [
      instance.key,
      {
        initiator: instance.initiator,
        excludeUsers: instance.exclude_users ?? [],
        participants: participants.filter((each) => each.process_instance_key === instance.key).map((each) => each.user_id),
        tasks: tasks.filter((task) => task.process_instance_key === instance.key).map(factsOf),
      },
    ]),
  );
}

/** Throws `not_found` unless this person may see the case; `toWork` leaves out those who only monitor. */
export async function requireCase(db: Database, user: DirectoryUser, instanceKey: string, toWork = false): Promise<CaseFacts> {
  const facts = (await caseFacts(db, [instanceKey])).get(instanceKey);
  if (facts === undefined || !(toWork ? mayWorkOnCase : maySeeCase)(user, facts)) throw new ProductError('not_found', `Expected to find case '${instanceKey}' among those you may see, but it is not there`);
  return facts;
}
