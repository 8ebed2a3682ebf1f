import type { Logger } from 'pino';

const AGAIN_MS = 60_000;

/** Logs trouble that repeats itself, a full disk say, once a minute and not at every try. */
export class ToldOnce {
  private readonly log: Logger;
  private readonly told = new Map<string, { at: number; since: number }>();

  constructor(log: Logger) {
    this.log = log;
  }

  tell(error: Error, what: string): void {
    const id = `${what}: ${error.message}`;
    const before = this.told.get(id);
    const now = performance.now();
    if (before !== undefined && now - before.at < AGAIN_MS) {
      before.since += 1;
      return;
    }
    for (const [other, { at }] of this.told) if (now - at > AGAIN_MS) this.told.delete(other);
    this.told.set(id, { at: now, since: 0 });
    this.log.error({ err: error, ...(before === undefined || before.since === 0 ? {} : { timesSince: before.since }) }, what);
  }
}
