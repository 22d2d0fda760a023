import type { Caller } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { listThread } from '../core/thread-repository.ts';
import type { ThreadEntry } from '../model.ts';
import { authorsFor } from './names.ts';
import { attachmentsView } from './read-message.ts';
import { getVisibleTicket } from './read-ticket.ts';
import type { EntryView } from './views.ts';

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)#([\w-]{1,80})$/;

type Spot = Pick<ThreadEntry, 'ticketId' | 'at' | 'messageId'>;

const spotIn = (list: string, ticketId: string, cursor: string | undefined): Spot | undefined => {
  if (cursor === undefined) return undefined;
  const [, at, messageId] = PLACE.exec(String(decodeCursor(list, cursor).place)) ?? [];
  if (at && messageId) return { ticketId, at, messageId };
  throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
};

const entryOf = async (
  rt: Runtime,
  entry: ThreadEntry,
  authorOf: Awaited<ReturnType<typeof authorsFor>>,
): Promise<EntryView> => ({
  messageId: entry.messageId,
  kind: entry.kind,
  ...authorOf(entry),
  at: entry.at,
  text: entry.text,
  attachments: await attachmentsView(rt, entry.attachments),
});

export interface ThreadQuery {
  readonly caller: Caller;
  readonly ticketId: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What was written on a ticket, oldest first; for an executor who lost it, until then. Throws `ticket-not-found`, `invalid-cursor`. */
export const readThread = async (rt: Runtime, query: ThreadQuery): Promise<Page<EntryView>> => {
  const { caller, ticketId, limit, cursor } = query;
  const { viewer, until } = await getVisibleTicket(rt, caller, ticketId);
  const list = `thread:${ticketId}:${viewer}`;
  const page = await listThread(rt, {
    ticketId,
    limit,
    after: spotIn(list, ticketId, cursor),
    // Notes are staff's own; a client does not see that there are any, not even by short pages.
    notes: viewer !== 'client',
    until,
  });
  const authorOf = await authorsFor(rt, page.items, viewer);
  return {
    items: await Promise.all(page.items.map((entry) => entryOf(rt, entry, authorOf))),
    nextCursor: page.next === undefined ? null : encodeCursor(list, { place: page.next }),
    ...omittedOf(page),
  };
};
