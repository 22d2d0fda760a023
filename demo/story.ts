/** What happened on the workload, as its people saw it. */
export type Happening =
  | 'written'
  | 'urgent'
  | 'accepted'
  | 'replied'
  | 'answered'
  | 'declined'
  | 'parked'
  | 'closed'
  | 'dropped out'
  | 'came back'
  | 'moved away'
  | 'unexpected';

const RECENT = 60;
const WAITS_KEPT = 2000;

export class Story {
  readonly #counts = new Map<Happening, number>();
  readonly #waitsSec: number[] = [];
  readonly #news: string[] = [];
  readonly startedMs = Date.now();

  tell(happening: Happening, text?: string): void {
    this.#counts.set(happening, this.count(happening) + 1);
    if (text) this.#news.push(text);
    this.#news.splice(0, Math.max(0, this.#news.length - RECENT));
  }

  /** From the client's writing to the executor's having it. */
  waited(sec: number): void {
    this.#waitsSec.push(Math.max(0, sec));
    this.#waitsSec.splice(0, Math.max(0, this.#waitsSec.length - WAITS_KEPT));
  }

  count(happening: Happening): number {
    return this.#counts.get(happening) ?? 0;
  }

  /** Newest first. */
  news(count: number): string[] {
    return this.#news.slice(-count).reverse();
  }

  /** Everything said since the last time, oldest first. */
  takeNews(): string[] {
    return this.#news.splice(0);
  }

  waitSec(share: number): number | undefined {
    const sorted = [...this.#waitsSec].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }

  get ranSec(): number {
    return (Date.now() - this.startedMs) / 1000;
  }
}
