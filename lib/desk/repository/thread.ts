import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { ThreadEntry } from '../model.ts';
import { findItem, type Item, type Key, putNew, queryPage } from './table.ts';

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

const fromItem = ({ pk, sk, ...rest }: Item): ThreadEntry => rest as unknown as ThreadEntry;

/** A new entry of a ticket's thread: a client's message, a reply, a note, a word of the system. */
export const threadWrite = (rt: Runtime, entry: ThreadEntry): Write =>
  putNew(rt, { ...entryKey(entry, entry.kind === 'note' ? 'notes' : 'talk'), ...entry });

/** An entry that is no note. */
export const findThreadEntry = async (rt: Runtime, spot: Spot): Promise<ThreadEntry | undefined> => {
  const item = await findItem(rt, entryKey(spot, 'talk'));
  return item && fromItem(item);
};

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
const listRange = async (
  rt: Runtime,
  { ticketId, limit, after, until }: ThreadQuery,
  range: Range,
): Promise<ThreadEntry[]> => {
  const entries: ThreadEntry[] = [];
  let from: Item | undefined = after && { ...entryKey(after, range) };
  do {
    const page = await queryPage(rt, {
      pk: partition(ticketId),
      from: ranges[range],
      to: `${ranges[range]}${until ?? '~'}`,
      limit: limit - entries.length,
      after: from,
    });
    entries.push(...page.items.map(fromItem));
    from = page.next;
  } while (from && entries.length < limit);
  return entries;
};

const place = ({ at, messageId }: ThreadEntry): string => `${at}#${messageId}`;

/**
 * Up to `limit` entries, oldest first; fewer only at the end. One request a range that is asked for, whatever else the
 * ticket holds, and one more for each megabyte read.
 */
export const listThread = async (rt: Runtime, query: ThreadQuery): Promise<ThreadEntry[]> => {
  const read = await Promise.all([
    listRange(rt, query, 'talk'),
    query.notes ? listRange(rt, query, 'notes') : [],
  ]);
  return read
    .flat()
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
    .slice(0, query.limit);
};
