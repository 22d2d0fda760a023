/** Entries on their way to the desk, as values: what is sent next and what an answer does. */

export interface SentFile {
  readonly uploadId: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

export interface Outgoing {
  /** Also the Idempotency-Key: however often it is sent, it is written once. */
  readonly key: string;
  readonly userId: string;
  /** A ticket's id, or `new`. */
  readonly thread: string;
  readonly mode: 'reply' | 'note' | 'message';
  readonly text: string;
  readonly files: readonly SentFile[];
  /** Of a client's message. */
  readonly urgent?: boolean;
  /** A reply after which the ticket waits for its client. */
  readonly thenPark?: boolean;
  /** The reply is written; only parking is left. */
  readonly written?: boolean;
  readonly writtenAtMs: number;
  readonly state: 'waiting' | 'sending' | 'refused';
  /** Stable code of the refusal. */
  readonly code?: string;
  /** The API's own words of it. */
  readonly detail?: string;
}

/** The next to send: the first of each thread, unless it was refused or is on its way; then those behind it wait. */
export const nextToSend = (items: readonly Outgoing[]): Outgoing | undefined => {
  const blocked = new Set<string>();
  for (const item of items) {
    if (blocked.has(item.thread)) continue;
    if (item.state === 'waiting') return item;
    blocked.add(item.thread);
  }
  return undefined;
};

export const replaced = (
  items: readonly Outgoing[],
  key: string,
  change: (item: Outgoing) => Outgoing | undefined,
): readonly Outgoing[] =>
  items.flatMap((item) => {
    if (item.key !== key) return [item];
    const next = change(item);
    return next ? [next] : [];
  });

/** After a reload nothing is on its way any more: it waits to be sent again by the same key. */
export const revived = (items: readonly Outgoing[]): readonly Outgoing[] =>
  items.map((item) => (item.state === 'sending' ? { ...item, state: 'waiting' } : item));

export const retried = ({ code: _code, detail: _detail, ...item }: Outgoing): Outgoing => ({
  ...item,
  state: 'waiting',
});
