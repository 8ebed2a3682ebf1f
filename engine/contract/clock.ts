/** The one source of time. Everything that looks at the clock asks a `Clock`; tests and play use a virtual one. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that moves only when told to. */
export class VirtualClock implements Clock {
  private current: number;

  constructor(start: number | string) {
    this.current = typeof start === 'string' ? Date.parse(start) : start;
  }

  now(): number {
    return this.current;
  }

  /** Moves forward; `at` is epoch ms or ISO 8601. Never moves back. */
  set(at: number | string): void {
    const target = typeof at === 'string' ? Date.parse(at) : at;
    if (target < this.current) throw new Error(`the clock stands at ${new Date(this.current).toISOString()} and cannot go back to ${new Date(target).toISOString()}`);
    this.current = target;
  }
}
