/** What the desk sends over the socket. */
export type Frame =
  | { readonly type: 'hello'; readonly serverTime: string }
  | { readonly type: 'subscribed'; readonly topics: readonly string[]; readonly refused: readonly string[] }
  | {
      readonly type: 'changed';
      readonly topic: string;
      readonly kind: string;
      readonly id: string;
      readonly version: number;
    }
  | { readonly type: 'gone'; readonly topic: string }
  | { readonly type: 'board'; readonly topic: string; readonly board: unknown }
  | {
      readonly type: 'typing' | 'viewing';
      readonly topic: string;
      readonly who: string;
      readonly userId?: string;
    }
  | { readonly type: 'bye'; readonly reason: string };

const TYPES: readonly string[] = [
  'hello',
  'subscribed',
  'changed',
  'gone',
  'board',
  'typing',
  'viewing',
  'bye',
];

/** @returns undefined for a frame of a later version, which this page does not know */
export const parseFrame = (data: unknown): Frame | undefined => {
  if (typeof data !== 'string') return undefined;
  try {
    const frame = JSON.parse(data) as { readonly type?: unknown };
    return TYPES.includes(String(frame.type)) ? (frame as Frame) : undefined;
  } catch {
    return undefined;
  }
};

type Changed = Pick<Extract<Frame, { type: 'changed' }>, 'topic' | 'kind' | 'id' | 'version'>;

/** Which frames say something new: those of a lower version than one before may arrive late and change nothing. */
export class Versions {
  readonly #newest = new Map<string, number>();

  /** Whether it is newer than all before it of the same thing; then it is noted. */
  isNews({ topic, kind, id, version }: Changed): boolean {
    const key = `${topic} ${kind} ${id}`;
    if (version <= (this.#newest.get(key) ?? Number.NEGATIVE_INFINITY)) return false;
    this.#newest.set(key, version);
    return true;
  }

  clear(): void {
    this.#newest.clear();
  }
}

/** What to ask for and what to give up, to have `wanted` subscribed. */
export const topicChanges = (
  subscribed: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): { readonly add: readonly string[]; readonly drop: readonly string[] } => ({
  add: [...wanted].filter((topic) => !subscribed.has(topic)),
  drop: [...subscribed].filter((topic) => !wanted.has(topic)),
});
