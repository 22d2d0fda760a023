// @pure

/** What is to happen, by time; at the same millisecond by rank, then in the order it was put down. */
interface Entry {
  readonly atMs: number;
  readonly rank: number;
  readonly turn: number;
  readonly run: (atMs: number) => void;
}

const before = (a: Entry, b: Entry): boolean =>
  a.atMs !== b.atMs ? a.atMs < b.atMs : a.rank !== b.rank ? a.rank < b.rank : a.turn < b.turn;

/** A binary heap: a busy month puts some hundred thousand things down. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #turn = 0;

  put(when: { atMs: number; rank: number }, run: (atMs: number) => void): void {
    this.#heap.push({ ...when, turn: this.#turn, run });
    this.#turn += 1;
    this.#rise(this.#heap.length - 1);
  }

  /** Runs everything up to an instant, also what is put down meanwhile. */
  runUntil(endMs: number): void {
    for (let next = this.#take(endMs); next; next = this.#take(endMs)) next.run(next.atMs);
  }

  #take(endMs: number): Entry | undefined {
    const first = this.#heap[0];
    if (!first || first.atMs > endMs) return undefined;
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a] as Entry;
    this.#heap[a] = this.#heap[b] as Entry;
    this.#heap[b] = kept;
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(this.#heap[at] as Entry, this.#heap[parent] as Entry)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const children = [2 * at + 1, 2 * at + 2].filter((child) => child < this.#heap.length);
      const least = children.reduce(
        (best, child) => (before(this.#heap[child] as Entry, this.#heap[best] as Entry) ? child : best),
        at,
      );
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
