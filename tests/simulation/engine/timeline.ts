import { cryptographyDone, cryptographyIdle } from './cryptography.ts';

/** Virtual time: whatever happens in a run happens here, one thing after another, in an order that only the seed decides. */
export interface Timeline {
  nowMs(): number;
  /** Does something at an instant; of two at the same instant the one asked for first comes first. */
  at(atMs: number, work: Work): void;
  /** Lets things happen until there is nothing more up to that instant, or `enough` says so. */
  run(untilMs: number, enough?: () => boolean): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** Nothing happens any more. */
  halt(): void;
  halted(): boolean;
}

type Work = () => void | Promise<void>;

interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly work: Work;
}

const before = (a: Entry, b: Entry): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** A binary heap: thousands of entries stand in it at once. */
class Agenda {
  readonly #heap: Entry[] = [];

  first(): Entry | undefined {
    return this.#heap[0];
  }

  add(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, heap[parent] as Entry)) break;
      heap[at] = heap[parent] as Entry;
      at = parent;
    }
    heap[at] = entry;
  }

  takeFirst(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || !last) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!before(heap[child] as Entry, last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

/** Node comes to this when no promise has anything left to do. */
const promisesDone = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** The product only ever waits for us and for cryptography, so when both are done it stands still. */
const standstill = async (): Promise<void> => {
  await promisesDone();
  while (!cryptographyIdle()) {
    await cryptographyDone();
    await promisesDone();
  }
};

export const createTimeline = (startMs: number): Timeline => {
  const agenda = new Agenda();
  let nowMs = startMs;
  let order = 0;
  let halted = false;
  const at: Timeline['at'] = (atMs, work) => {
    agenda.add({ atMs: Math.max(atMs, nowMs), order: order++, work });
  };
  return {
    nowMs: () => nowMs,
    at,
    halt: () => {
      halted = true;
    },
    halted: () => halted,
    sleep: (ms) => new Promise((resolve) => at(nowMs + Math.max(0, Math.ceil(ms)), resolve)),
    run: async (untilMs, enough = () => false) => {
      await standstill();
      for (;;) {
        const first = agenda.first();
        if (halted || enough()) return;
        if (!first || first.atMs > untilMs) break;
        agenda.takeFirst();
        nowMs = first.atMs;
        await first.work();
        await standstill();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
  };
};
