/** How long a command may have to wait for its batch, in ms. */
const LONGEST_WAIT_MS = 750;
/** However slow it goes, so many may wait: a burst is no overload. */
const LEAST = 512;
const FIRST_RATE_PER_MS = 3;
/** Weight of the newest measurement. */
const NEWEST = 0.2;

/** Says how many commands may wait, by how fast they were decided lately: more would be answered too late to be of use. */
export class BackPressure {
  private ratePerMs = FIRST_RATE_PER_MS;

  /** A batch with others waiting behind it took so long. */
  measure(commands: number, ms: number): void {
    this.ratePerMs += NEWEST * (commands / Math.max(ms, 1) - this.ratePerMs);
  }

  get most(): number {
    return Math.max(LEAST, Math.round(this.ratePerMs * LONGEST_WAIT_MS));
  }
}
