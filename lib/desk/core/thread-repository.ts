import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity, type Readable } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type ThreadEntry, threadEntrySchema } from '../model.ts';
import { type Item, type Key, queryPage } from './table.ts';

/** Notes lie in a range of their own: who may not see them does not read past them. */
const ranges = { talk: 'MSG#', notes: 'NOTE#' } as const;
type Range = keyof typeof ranges;

const partition = (ticketId: string): string => `TICKET#${ticketId}`;

type Spot = Pick<ThreadEntry, 'ticketId' | 'at' | 'messageId'>;

/** By time, then by id, within its range. */
const entryKey = ({ ticketId, at, messageId }: Spot, range: Range): Key => ({
  pk: partition(ticketId),
  sk: `${ranges[range]}${at}#${messageId}`,
});

const rangeOf = (kind: ThreadEntry['kind']): Range => (kind === 'note' ? 'notes' : 'talk');

export const threadEntries = defineEntity({
  table: 'desk',
  name: 'desk.thread-entry',
  key: ({ kind, ...spot }: Spot & Pick<ThreadEntry, 'kind'>) => entryKey(spot, rangeOf(kind)),
  schema: threadEntrySchema,
});

/** A new entry of a ticket's thread: a client's message, a reply, a note, a system entry. */
export const threadWrite = (rt: Runtime, entry: ThreadEntry): Write => threadEntries.putNew(rt, entry);

/** An entry that is no note. */
export const findThreadEntry = (rt: Runtime, spot: Spot): Promise<ThreadEntry | undefined> =>
  threadEntries.find(rt, { ...spot, kind: 'client' });

interface ThreadQuery {
  readonly ticketId: string;
  readonly limit: number;
  /** The entry given last, whichever range it is of. */
  readonly after?: Spot | undefined;
  readonly notes: boolean;
  /** Only what was written before. */
  readonly until?: Instant | undefined;
}

/** The first of one range; a page of a query ends at a megabyte, some sixty entries of the greatest size. */
const readRange = async (
  rt: Runtime,
  { ticketId, limit, after, until }: ThreadQuery,
  range: Range,
): Promise<Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined = after && { ...entryKey(after, range) };
  do {
    const page = await queryPage(rt, {
      pk: partition(ticketId),
      from: ranges[range],
      to: `${ranges[range]}${until ?? '~'}`,
      limit: limit - items.length,
      after: from,
    });
    items.push(...page.items);
    from = page.next;
  } while (from && items.length < limit);
  return items;
};

/** How many of the client's messages and of the replies were written after an instant; reads them all. */
export const countTalkAfter = async (
  rt: Runtime,
  ticketId: string,
  after: Instant,
): Promise<{ fromClient: number; replies: number }> => {
  const counted = { fromClient: 0, replies: 0 };
  let from: Item | undefined;
  do {
    const page = await queryPage(rt, {
      pk: partition(ticketId),
      from: `${ranges.talk}${after}$`,
      to: `${ranges.talk}~`,
      limit: 1000,
      after: from,
    });
    for (const { kind } of page.items) {
      if (kind === 'client') counted.fromClient += 1;
      if (kind === 'reply') counted.replies += 1;
    }
    from = page.next;
  } while (from);
  return counted;
};

/** `<instant>#<id>`, within either range. */
const placeOf = ({ sk }: Key): string => sk.slice(sk.indexOf('#') + 1);

export interface ThreadPage extends Readable<ThreadEntry> {
  /** `<instant>#<id>` of the last entry of the page, when there are more. */
  readonly next?: string;
}

/**
 * A page of a thread, oldest first. One request per requested range, whatever else the ticket holds, and one more for
 * each megabyte read.
 */
export const listThread = async (rt: Runtime, { limit, ...rest }: ThreadQuery): Promise<ThreadPage> => {
  // One more than requested shows whether there is a next page.
  const query = { ...rest, limit: limit + 1 };
  const read = await Promise.all([
    readRange(rt, query, 'talk'),
    query.notes ? readRange(rt, query, 'notes') : [],
  ]);
  const all = read.flat().sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const shown = all.slice(0, limit);
  const last = all.length > limit ? shown.at(-1) : undefined;
  return { ...threadEntries.readable(rt, shown), ...(last && { next: placeOf(last) }) };
};
