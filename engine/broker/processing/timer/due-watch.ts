import type { Clock } from '../../../contract/clock.ts';
import type { Answer, Command } from '../../../protocol/commands.ts';
import { messages, timers } from '../../state/tables.ts';
import type { DueRow, Store } from '../../store/store.ts';
import { STUCK_RETRY_MS, StuckRows } from '../stuck-rows.ts';

export interface DueWatchOptions {
  store: Store;
  clock: Clock;
  submit: (command: Command) => Promise<Answer>;
  /** Resolves once all batches so far are in the store. */
  committed: () => Promise<void>;
}

const DUE_PAGE = 2000;
/** Commands given at a time: what clients ask for meanwhile is not kept behind all that is due. Two batches, so that one is decided while the other is written. */
const AT_ONCE = 512;

/** Notices what is due (timers, messages, jobs whose time is over) and gives the command for it. */
export class DueWatch {
  private readonly options: DueWatchOptions;
  private readonly stuck = new StuckRows();
  private nextAt: number | null = null;
  private checking = false;
  private stopped = false;

  constructor(options: DueWatchOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    this.nextAt = await this.options.store.nextDue();
  }

  stop(): void {
    this.stopped = true;
  }

  /** A row that is about to be written is due then, epoch ms. */
  note(dueAt: number): void {
    if (this.nextAt === null || dueAt < this.nextAt) this.nextAt = dueAt;
  }

  /** True while something is due or being looked at. */
  get busy(): boolean {
    return this.checking || this.isDue();
  }

  private isDue(): boolean {
    return this.nextAt !== null && this.nextAt <= this.options.clock.now();
  }

  /** Looks once; nothing happens while nothing is due, or while an earlier look goes on. */
  async check(): Promise<void> {
    if (this.checking || this.stopped || !this.isDue()) return;
    this.checking = true;
    const { store, clock, submit, committed } = this.options;
    try {
      await committed();
      const now = clock.now();
      const due = this.stuck.without(await store.due(now, DUE_PAGE + this.stuck.size), now);
      let given = 0;
      const give = async (): Promise<void> => {
        for (let row = due[given++]; row !== undefined; row = due[given++]) this.stuck.note(row, await submit(commandFor(row)), now);
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, give));
      // From here on every batch notes what it makes due; all before it is in the store.
      this.nextAt = null;
      await committed();
      const next = await store.nextDue();
      if (next === null) return;
      // What cannot be done now is not tried again at once.
      this.note(this.stuck.size > 0 ? Math.max(next, now + STUCK_RETRY_MS) : next);
    } finally {
      this.checking = false;
    }
  }
}

function commandFor({ table, key }: DueRow): Command {
  if (table === timers.name) return { type: 'trigger_timer', timerKey: key };
  if (table === messages.name) return { type: 'expire_message', messageKey: key };
  return { type: 'look_at_job', jobKey: key };
}
