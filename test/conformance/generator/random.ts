/** A stream of numbers that a seed decides. */
export class Random {
  private state: number;

  constructor(...seeds: (string | number)[]) {
    this.state = 2_166_136_261;
    for (const character of seeds.join('|')) this.state = Math.imul(this.state ^ character.charCodeAt(0), 16_777_619) >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.between(0, items.length - 1)]!;
  }

  chance(of: number): boolean {
    return this.next() < of;
  }
}
