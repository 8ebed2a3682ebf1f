/** Deciding goes on for so long before others have a turn: what was written is answered, and the next batch begins to be written. */
const TURN_MS = 3;

/** Resolves when whatever is ready has had its turn: sockets, answers, the batch that leaves. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Shares the thread: `pass` waits for the next turn once this one has been long. */
export class Turns {
  private began = performance.now();

  async pass(): Promise<void> {
    if (performance.now() - this.began <= TURN_MS) return;
    await nextTurn();
    this.began = performance.now();
  }
}
