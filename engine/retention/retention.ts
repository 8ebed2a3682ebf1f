import type { Clock } from '../contract/clock.ts';
import type { Database } from '../database/connect.ts';
import { prune } from './prune.ts';

export interface RetentionOptions {
  db: Database;
  clock: Clock;
  /** Days for which ended process instances are kept in the read model and the record log; 0 keeps them for ever. */
  days: number;
  onError: (error: Error) => void;
}

const DAY_MS = 86_400_000;
const ROUND_INSTANCES = 200;
const BETWEEN_LOOKS_MS = 3_600_000;
/** Rest after each round, as a multiple of what it took: pruning never takes more than a fifth of the database's time. */
const RESTS_PER_WORK = 4;

/** Removes what is older than it has to be, now and then, in small rounds. Returns the function that ends it. */
export function startRetention({ db, clock, days, onError }: RetentionOptions): () => Promise<void> {
  let stopped = false;
  let wake = (): void => undefined;
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopped) {
      let pause = BETWEEN_LOOKS_MS;
      try {
        const began = performance.now();
        const { instances, batches } = await prune(db, new Date(clock.now() - days * DAY_MS), ROUND_INSTANCES);
        if (instances + batches > 0) pause = RESTS_PER_WORK * (performance.now() - began);
      } catch (error) {
        onError(error as Error);
      }
      if (!stopped) await rest(pause);
    }
  };
  const running = days === 0 ? Promise.resolve() : run();
  return async () => {
    stopped = true;
    wake();
    await running;
  };
}
