import * as z from 'zod';
import type { Caller } from '../../platform/caller.ts';
import type { Instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findTogether } from '../../platform/storage/find-together.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { cardAt } from '../core/card-repository.ts';
import { markAfter, type ReadMark, unreadOf } from '../core/read-mark.ts';
import { readMarks, storeMark } from '../core/read-mark-repository.ts';
import { countTalkAfter } from '../core/thread-repository.ts';
import type { TicketCard } from '../core/ticket-card.ts';
import type { Ticket } from '../model.ts';
import { lastEntryFor } from './card-view.ts';
import { getVisibleTicket } from './read-ticket.ts';
import type { Viewer } from './viewer.ts';

export const readStateView = lazily(() =>
  z
    .object({
      readUpTo: z.iso
        .datetime()
        .nullable()
        .meta({ description: 'How far you have read; never earlier than before.' }),
      unread: z.int().min(0).meta({ description: 'As in the ticket.' }),
    })
    .meta({ id: 'ReadState' }),
);
export type ReadState = z.infer<ReturnType<typeof readStateView>>;

const TRIES = 5;

interface Reader {
  readonly caller: Caller;
  readonly ticket: Ticket;
  readonly viewer: Viewer;
}

const stateOf = (card: TicketCard | undefined, mark: ReadMark | undefined, viewer: Viewer): ReadState => ({
  readUpTo: mark?.upTo ?? null,
  unread: card ? unreadOf(card, mark, viewer === 'client' ? 'client' : 'staff') : 0,
});

/** The mark as it is to be; undefined: nothing is new. */
const moved = async (
  rt: Runtime,
  { caller, ticket, viewer }: Reader,
  { upTo, card, mark }: { upTo: Instant; card: TicketCard; mark: ReadMark | undefined },
): Promise<ReadMark | undefined> => {
  const last = lastEntryFor(card, viewer)?.at ?? card.lastTalk.at;
  const read = upTo < last ? upTo : last;
  const later =
    read < card.lastTalk.at ? await countTalkAfter(rt, ticket.id, read) : { fromClient: 0, replies: 0 };
  const holds = viewer !== 'client' && ticket.executorId === caller.id;
  return markAfter(mark, card, { userId: caller.id, upTo: read, holds, later });
};

/**
 * Notes how far a user has read a ticket, at most up to its last entry that they may see. Throws `ticket-not-found`, `ticket-moved` for who lost
 * it, `busy` when the same user marks it in too many windows at once.
 */
export const markRead = async (
  rt: Runtime,
  { caller, ticketId, upTo }: { caller: Caller; ticketId: string; upTo: Instant },
): Promise<ReadState> => {
  const { ticket, viewer } = await getVisibleTicket(rt, caller, ticketId);
  if (viewer === 'former')
    throw new AppError('conflict', 'ticket-moved', 'the ticket has moved on to others');
  const wanted = { card: cardAt(ticket), mark: readMarks.at({ ticketId, userId: caller.id }) };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { card, mark } = await findTogether(rt, wanted);
    if (!card) return stateOf(card, mark, viewer);
    const after = await moved(rt, { caller, ticket, viewer }, { upTo, card, mark });
    if (!after) return stateOf(card, mark, viewer);
    if (await storeMark(rt, mark, after)) return stateOf(card, after, viewer);
  }
  throw new AppError('unavailable', 'busy', 'Too many changes at once, try again.');
};
