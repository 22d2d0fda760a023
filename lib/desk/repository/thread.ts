import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { ThreadEntry } from '../model.ts';
import { findItem, type Item, type Key, type Page, putNew, queryPage } from './table.ts';

const PREFIX = 'MSG#';
const partition = (ticketId: string): string => `TICKET#${ticketId}`;

type Spot = Pick<ThreadEntry, 'ticketId' | 'at' | 'messageId'>;

/** By time, then by id. */
const entryKey = ({ ticketId, at, messageId }: Spot): Key => ({
  pk: partition(ticketId),
  sk: `${PREFIX}${at}#${messageId}`,
});

const fromItem = ({ pk, sk, ...rest }: Item): ThreadEntry => rest as unknown as ThreadEntry;

/** A new entry of a ticket's thread: a client's message, a reply, a note, a word of the system. */
export const threadWrite = (rt: Runtime, entry: ThreadEntry): Write =>
  putNew(rt, { ...entryKey(entry), ...entry });

export const findThreadEntry = async (rt: Runtime, spot: Spot): Promise<ThreadEntry | undefined> => {
  const item = await findItem(rt, entryKey(spot));
  return item && fromItem(item);
};

/** Entries oldest first. `after` is the entry given last. */
export const listThread = async (
  rt: Runtime,
  { ticketId, limit, after }: { ticketId: string; limit: number; after?: Spot | undefined },
): Promise<Page<ThreadEntry>> => {
  const page = await queryPage(rt, {
    pk: partition(ticketId),
    beginsWith: PREFIX,
    limit,
    ...(after && { after: { ...entryKey(after) } }),
  });
  return { ...page, items: page.items.map(fromItem) };
};
