import { ChurnMap } from '../../contract/churn-map.ts';

/** Commands that have arrived, in order for each who asks; those who ask are served in turn, so that a greedy one waits behind its own. */
export class FairQueue<Item> {
  length = 0;
  private readonly bySource = new ChurnMap<string, Item[]>();

  /** How many of one source wait. */
  waitingOf(source: string): number {
    return this.bySource.get(source)?.length ?? 0;
  }

  /** How many different ones ask. */
  get sources(): number {
    return this.bySource.size;
  }

  push(source: string, item: Item): void {
    const items = this.bySource.get(source);
    if (items === undefined) this.bySource.set(source, [item]);
    else items.push(item);
    this.length += 1;
  }

  /** Takes up to `most` of one source. */
  takeOf(source: string, most: number): Item[] {
    const items = this.bySource.get(source);
    if (items === undefined) return [];
    const taken = items.splice(0, most);
    if (items.length === 0) this.bySource.delete(source);
    this.length -= taken.length;
    return taken;
  }

  /** Takes up to `most`, the same number of each source as long as they have some. */
  take(most: number): Item[] {
    const taken: Item[] = [];
    const share = Math.max(1, Math.floor(most / Math.max(1, this.bySource.size)));
    // Who still has some comes last, and again when all others have had their share.
    while (taken.length < most && this.bySource.size > 0) {
      for (const [source, items] of Array.from(this.bySource)) {
        if (taken.length === most) break;
        this.bySource.delete(source);
        taken.push(...items.splice(0, Math.min(share, most - taken.length)));
        if (items.length > 0) this.bySource.set(source, items);
      }
    }
    this.length -= taken.length;
    return taken;
  }
}
