import type { Key } from '../../protocol/key.ts';
import type { EngineState } from '../state/engine-state.ts';
import type { Need } from '../state/row-cache.ts';
import type { Store } from '../store/store.ts';
import { QUEUE_PAGE, type JobQueues } from './job/job-queues.ts';

/** Brings into memory what a decision was missing. */
export class StateLoader {
  private readonly store: Store;
  private readonly state: EngineState;
  private readonly queues: JobQueues;
  private readonly committed: () => Promise<void>;

  /** `committed` resolves once all batches so far are in the store. */
  constructor(store: Store, state: EngineState, queues: JobQueues, committed: () => Promise<void>) {
    this.store = store;
    this.state = state;
    this.queues = queues;
    this.committed = committed;
  }

  async load(needs: readonly Need[]): Promise<void> {
    const units = new Set<string>();
    const rows: { table: string; key: Key }[] = [];
    for (const need of needs) {
      if ('unit' in need) units.add(need.unit);
      else if ('table' in need) rows.push(need);
      else {
        await this.committed(); // what is being written must be seen
        this.queues.loaded(need.queue, await this.store.queued(need.queue, QUEUE_PAGE));
      }
    }
    for (const unit of await this.unitsOf(rows)) units.add(unit);
    if (units.size === 0) return;
    for (const [unit, stored] of await this.store.loadUnits([...units])) this.state.rows.load(unit, stored);
  }

  /** Units to load for rows of which only the key is known. A row nobody stored is marked as absent. */
  private async unitsOf(rows: readonly { table: string; key: Key }[]): Promise<string[]> {
    if (rows.length === 0) return [];
    const located = await this.store.locate(rows);
    return rows.flatMap(({ table, key }) => {
      const unit = located.get(`${table}/${key}`);
      if (unit !== undefined && !this.state.rows.isLoaded(unit)) return [unit];
      this.state.rows.markAbsent(table, key);
      return [];
    });
  }
}
