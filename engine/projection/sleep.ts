/** A wait that can be ended early. */
export class Sleep {
  private wake: () => void = () => undefined;

  /** Resolves after so many ms, or at `end`. */
  async for(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }

  /** Ends the wait; nothing happens while there is none. */
  end(): void {
    this.wake();
  }
}
