import { ChurnMap } from '../../../contract/churn-map.ts';
import { compareKeys, type Key } from '../../../protocol/key.ts';
import { PageFault } from '../../state/row-cache.ts';

interface Queue {
  /** Oldest first. May hold jobs that are activatable no more: whoever activates checks. */
  keys: ChurnMap<Key, true>;
  /** True when the store holds no activatable job of this type beside these. */
  complete: boolean;
  /** False once a key older than the last has come back. */
  sorted: boolean;
  /** The youngest key that has come. */
  last: Key;
}

/** Largest number of keys read from the store at once. */
export const QUEUE_PAGE = 5000;
const LIMIT = 20_000;

function setOf(keys: readonly Key[]): Queue['keys'] {
  const set: Queue['keys'] = new ChurnMap();
  for (const key of keys) set.set(key, true);
  return set;
}

/** Activatable jobs by type: a bounded cache of keys in front of the store. */
export class JobQueues {
  private readonly queues = new Map<string, Queue>();

  /** Up to `count` oldest keys after the first `skip`. Faults when the store has to be asked. */
  peek(type: string, skip: number, count: number): Key[] {
    const queue = this.queues.get(type);
    if (queue === undefined || (queue.keys.size <= skip && !queue.complete)) throw new PageFault([{ queue: type }]);
    if (!queue.sorted) {
      queue.keys = setOf([...queue.keys.keys()].sort(compareKeys));
      queue.sorted = true;
    }
    const keys: Key[] = [];
    let at = 0;
    for (const key of queue.keys.keys()) {
      if (keys.length >= count) break;
      if (at >= skip) keys.push(key);
      at += 1;
    }
    return keys;
  }

  remove(type: string, keys: readonly Key[]): void {
    const queue = this.queues.get(type);
    for (const key of keys) queue?.keys.delete(key);
  }

  add(type: string, key: Key): void {
    let queue = this.queues.get(type);
    if (queue === undefined) this.queues.set(type, (queue = { keys: new ChurnMap(), complete: false, sorted: true, last: '0' }));
    if (queue.keys.size >= LIMIT) {
      queue.complete = false;
      return;
    }
    queue.keys.set(key, true);
    if (compareKeys(key, queue.last) < 0) queue.sorted = false;
    else queue.last = key;
  }

  /** What the store holds, oldest first. */
  loaded(type: string, keys: readonly Key[]): void {
    const queue = this.queues.get(type);
    const all = [...keys, ...(queue?.keys.keys() ?? [])].sort(compareKeys);
    this.queues.set(type, { keys: setOf(all), complete: keys.length < QUEUE_PAGE, sorted: true, last: all.at(-1) ?? '0' });
  }
}
