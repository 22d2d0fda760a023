// @pure

import * as z from 'zod';
import type { Instant } from '../../platform/clock.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import type { TicketCard } from './ticket-card.ts';

/**
 * How far a user has read a ticket. How much they have read is kept beside it: what was written before that instant and came
 * later is unread all the same.
 */
export const readMarkSchema = lazily(() =>
  z.object({
    ticketId: z.string(),
    userId: z.string(),
    upTo: storedInstant(),
    /** How far they read while the ticket was in their hand: all that its client sees of it. */
    heldUpTo: storedInstant().optional(),
    /** Of the client's messages and of the replies, how many. */
    fromClient: z.int(),
    replies: z.int(),
    version: z.int(),
  }),
);
export type ReadMark = ReadBy<typeof readMarkSchema>;

const latest = (a: Instant | undefined, b: Instant): Instant => (a !== undefined && a > b ? a : b);

/** What was read now. */
export interface Reading {
  readonly userId: string;
  /** The last entry they were shown, or an earlier one. */
  readonly upTo: Instant;
  /** The ticket is in their hand. */
  readonly holds: boolean;
  /** Of the card's entries, those after that instant. */
  readonly later: Pick<TicketCard, 'fromClient' | 'replies'>;
}

/** The mark only ever moves on; undefined: it stays where it is. */
export const markAfter = (
  before: ReadMark | undefined,
  card: TicketCard,
  { userId, upTo, holds, later }: Reading,
): ReadMark | undefined => {
  const { ticketId, lastTalk } = card;
  // The instant of a note would tell the client that there is one.
  const shown = upTo < lastTalk.at ? upTo : lastTalk.at;
  const heldUpTo = holds ? latest(before?.heldUpTo, shown) : before?.heldUpTo;
  const after = {
    ticketId,
    userId,
    upTo: latest(before?.upTo, upTo),
    ...(heldUpTo && { heldUpTo }),
    fromClient: Math.max(before?.fromClient ?? 0, card.fromClient - later.fromClient),
    replies: Math.max(before?.replies ?? 0, card.replies - later.replies),
    version: (before?.version ?? 0) + 1,
  };
  const same =
    before &&
    before.upTo === after.upTo &&
    before.heldUpTo === after.heldUpTo &&
    before.fromClient === after.fromClient &&
    before.replies === after.replies;
  return same ? undefined : after;
};

/** What is new to a client are replies, and to staff what the client wrote. */
export const unreadOf = (
  card: TicketCard,
  mark: ReadMark | undefined,
  reader: 'client' | 'staff',
): number => {
  const counted = reader === 'client' ? 'replies' : 'fromClient';
  return Math.max(0, card[counted] - (mark?.[counted] ?? 0));
};
