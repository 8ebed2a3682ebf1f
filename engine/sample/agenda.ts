/** What is to happen, in order of time; at the same moment in the order it was entered. */
export class Agenda<Entry> {
  private readonly heap: { at: number; order: number; entry: Entry }[] = [];
  private entered = 0;

  get next(): number {
    return this.heap[0]?.at ?? Infinity;
  }

  add(at: number, entry: Entry): void {
    const { heap } = this;
    heap.push({ at, order: this.entered, entry });
    this.entered += 1;
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.before(child, parent)) break;
      this.swap(child, parent);
      child = parent;
    }
  }

  /** Everything up to a moment, first to last. */
  take(until: number): Entry[] {
    const due: Entry[] = [];
    while (this.next <= until) due.push(this.pop());
    return due;
  }

  private pop(): Entry {
    const { heap } = this;
    const first = heap[0]!.entry;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      for (let parent = 0; ; ) {
        const child = [2 * parent + 1, 2 * parent + 2].filter((each) => each < heap.length).sort((a, b) => (this.before(a, b) ? -1 : 1))[0];
        if (child === undefined || !this.before(child, parent)) break;
        this.swap(child, parent);
        parent = child;
      }
    }
    return first;
  }

  private before(a: number, b: number): boolean {
    const [one, other] = [this.heap[a]!, this.heap[b]!];
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}
