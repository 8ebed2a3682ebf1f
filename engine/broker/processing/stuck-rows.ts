import type { Answer } from '../../protocol/commands.ts';
import type { DueRow } from '../store/store.ts';

/** How long (ms) a due row rests after its command has failed. */
export const STUCK_RETRY_MS = 1000;

/** Due rows whose commands have failed: they stay due, and would be tried without pause. */
export class StuckRows {
  private readonly retryAt = new Map<string, number>();

  get size(): number {
    return this.retryAt.size;
  }

  /** The rows to be tried now. */
  without(rows: readonly DueRow[], now: number): DueRow[] {
    const due = new Set(rows.map(idOf));
    for (const id of this.retryAt.keys()) if (!due.has(id)) this.retryAt.delete(id); // ended meanwhile
    return rows.filter((row) => (this.retryAt.get(idOf(row)) ?? 0) <= now);
  }

  note(row: DueRow, answer: Answer, now: number): void {
    if (answer.ok) this.retryAt.delete(idOf(row));
    else this.retryAt.set(idOf(row), now + STUCK_RETRY_MS);
  }
}

const idOf = ({ table, key }: DueRow): string => `${table}/${key}`;
