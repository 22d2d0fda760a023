import type { ThreadEntry } from '../../api/types.ts';
import type { Outgoing } from '../writing/queue.ts';

/** Something that happened between the entries: it was assigned, it was closed. */
export interface ThreadEvent {
  readonly key: string;
  /** ISO. */
  readonly at: string;
}

export type Item<E extends ThreadEvent> =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'event'; readonly key: string; readonly event: E }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: ThreadEntry }
  | {
      readonly kind: 'pending';
      readonly key: string;
      readonly item: Outgoing;
      readonly position: number;
      readonly of: number;
    };

interface Timed<E extends ThreadEvent> {
  readonly at: string;
  readonly item: Item<E>;
}

/** Events before entries of the same moment: an assignment comes before what is written then. */
const merged = <E extends ThreadEvent>(
  entries: readonly ThreadEntry[],
  events: readonly E[],
): readonly Timed<E>[] => {
  const all: Timed<E>[] = [
    ...events.map((event): Timed<E> => ({ at: event.at, item: { kind: 'event', key: event.key, event } })),
    ...entries.map(
      (entry): Timed<E> => ({ at: entry.at, item: { kind: 'entry', key: entry.messageId, entry } }),
    ),
  ];
  return all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
};

/**
 * A conversation as it is shown: headings for days, events and entries in order, and at the end what is on its way.
 * @param dayOf the day of an ISO time in the reader's zone
 */
export const threadItems = <E extends ThreadEvent>({
  entries,
  events,
  pending,
  dayOf,
}: {
  readonly entries: readonly ThreadEntry[];
  readonly events: readonly E[];
  readonly pending: readonly Outgoing[];
  readonly dayOf: (at: string) => string;
}): readonly Item<E>[] => {
  const items: Item<E>[] = [];
  let day = '';
  for (const { at, item } of merged(entries, events)) {
    if (dayOf(at) !== day) {
      day = dayOf(at);
      items.push({ kind: 'day', key: `day ${day}`, at });
    }
    items.push(item);
  }
  pending.forEach((item, index) => {
    items.push({ kind: 'pending', key: item.key, item, position: index + 1, of: pending.length });
  });
  return items;
};
