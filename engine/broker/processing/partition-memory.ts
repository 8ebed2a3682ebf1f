import type { Clock } from '../../contract/clock.ts';
import type { Command } from '../../protocol/commands.ts';
import { EngineState } from '../state/engine-state.ts';
import { PageFault } from '../state/row-cache.ts';
import { DEFINITIONS } from '../state/tables.ts';
import type { Store } from '../store/store.ts';
import { Decider, type Decision } from './decider.ts';
import { JobQueues } from './job/job-queues.ts';
import { StateLoader } from './state-loader.ts';

/** Loads of state after which a command is taken never to have enough. */
const MOST_LOADS = 100_000;

/** What a processor holds of its partition in memory. After trouble with the store it is thrown away whole and begun anew. */
export class PartitionMemory {
  readonly state: EngineState;
  readonly queues = new JobQueues();
  private readonly decider: Decider;
  private readonly loader: StateLoader;
  private readonly clock: Clock;

  private constructor(state: EngineState, store: Store, clock: Clock, committed: () => Promise<void>) {
    this.state = state;
    this.clock = clock;
    this.decider = new Decider(state, this.queues);
    this.loader = new StateLoader(store, state, this.queues, committed);
  }

  /** Opens the store and takes up what it holds. `committed` resolves once all batches so far are in the store; `lost` is told when the store is no longer sure to be ours. */
  static async open({ store, clock, partition, zone }: { store: Store; clock: Clock; partition: number; zone?: string }, committed: () => Promise<void>, lost: (error: Error) => void): Promise<PartitionMemory> {
    const memory = new PartitionMemory(new EngineState(partition, await store.open(lost), zone), store, clock, committed);
    const loaded = await store.loadUnits([DEFINITIONS]);
    memory.state.rows.load(DEFINITIONS, loaded.get(DEFINITIONS) ?? []);
    return memory;
  }

  /** Decides a command, loading what it needs. An error is one of the command's; what the store throws is thrown. */
  async decide(command: Command): Promise<Decision | Error> {
    for (let loads = 0; ; loads += 1) {
      let outcome: Decision | PageFault;
      try {
        outcome = this.decider.decide(command, this.clock.now());
      } catch (error) {
        return error as Error;
      }
      if (!(outcome instanceof PageFault)) return outcome;
      if (loads > MOST_LOADS) return new Error(`${command.type} needs more state than can be loaded`);
      await this.loader.load(outcome.needs);
    }
  }
}
