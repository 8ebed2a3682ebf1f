import type { Key } from '../../../protocol/key.ts';
import type { RowChange } from '../../state/row-cache.ts';
import { jobTypeOf } from '../../state/tables.ts';

/** Jobs that a batch has made activatable, of types somebody listens for. */
export function arrivedJobs(changes: readonly RowChange[], isListenedFor: (jobType: string) => boolean): ReadonlyMap<string, readonly Key[]> {
  const arrived = new Map<string, Key[]>();
  for (const { queue, key } of changes) {
    if (queue === null) continue;
    const jobType = jobTypeOf(queue);
    if (!isListenedFor(jobType)) continue;
    const keys = arrived.get(jobType);
    if (keys === undefined) arrived.set(jobType, [key]);
    else keys.push(key);
  }
  return arrived;
}
