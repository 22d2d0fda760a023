// @pure

import * as z from 'zod';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import { messageKinds, type ThreadEntry } from '../model.ts';

const lastEntry = lazily(() =>
  z.object({
    at: storedInstant(),
    messageId: z.string(),
    kind: z.enum(messageKinds),
    authorId: z.string(),
    preview: z.string(),
  }),
);

/**
 * What a list shows of a ticket's thread. What clients may see and the notes of staff are kept apart, so that neither the
 * text nor the number of notes can reach a client. It follows from the thread alone: see `cardOf`.
 */
export const ticketCardSchema = lazily(() =>
  z.object({
    ticketId: z.string(),
    /** Of the ticket, when it has one: the card is kept under it. */
    number: z.int().optional(),
    subject: z.string(),
    /** The last entry that is no note. */
    lastTalk: lastEntry(),
    lastNote: lastEntry().optional(),
    /** Entries so far. */
    fromClient: z.int(),
    replies: z.int(),
    system: z.int(),
    notes: z.int(),
    version: z.int(),
  }),
);
export type TicketCard = ReadBy<typeof ticketCardSchema>;
export type CardEntry = NonNullable<TicketCard['lastNote']>;

const SHORT = 80;
/** Eighty characters of any script lie within; a text may have 64 kilobytes, and only its beginning is normalised. */
const EXAMINED = 1000;

/**
 * The first 80 characters of a text on one line: composed (Unicode NFC), controls and marks that turn the direction of
 * other texts out, white space as single spaces.
 */
export const shortText = (text: string): string => {
  const line = text
    .slice(0, EXAMINED)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\uFEFF\u200B]/gu, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return [...line].slice(0, SHORT).join('').trimEnd();
};

/** A message may have files alone: then their names say what it is. */
const previewOf = ({ text, attachments }: ThreadEntry): string =>
  shortText(text) || shortText(attachments.map(({ fileName }) => fileName).join(', '));

const counts = { client: 'fromClient', reply: 'replies', system: 'system', note: 'notes' } as const;

const later = (before: CardEntry | undefined, entry: CardEntry): CardEntry =>
  before && `${before.at}#${before.messageId}` > `${entry.at}#${entry.messageId}` ? before : entry;

type Numbered = Pick<TicketCard, 'ticketId' | 'number'>;

const blank = ({ ticketId, number }: Numbered) => ({
  ticketId,
  ...(number !== undefined && { number }),
  ...{ fromClient: 0, replies: 0, system: 0, notes: 0, version: 0 },
});

/**
 * A ticket's card when one more entry stands in its thread. Entries may come in another order than that of their times. There is no
 * card while there are notes alone.
 */
export const withEntry = (
  before: TicketCard | undefined,
  entry: ThreadEntry,
  ticket: Numbered,
): TicketCard | undefined => {
  const { at, messageId, kind, authorId } = entry;
  const last = { at, messageId, kind, authorId, preview: previewOf(entry) };
  const card = before ?? { ...blank(ticket), subject: last.preview, lastTalk: last };
  const counted = { ...card, [counts[kind]]: card[counts[kind]] + 1, version: card.version + 1 };
  if (kind !== 'note') return { ...counted, lastTalk: later(before?.lastTalk, last) };
  return before && { ...counted, lastNote: later(before.lastNote, last) };
};

/**
 * The card that follows from a thread, in the order of its entries. A client's message opens every ticket, also where clocks
 * disagree and something else has an earlier time.
 */
export const cardOf = (thread: readonly ThreadEntry[], ticket: Numbered): TicketCard | undefined => {
  const { client = [], reply = [], system = [], note = [] } = Object.groupBy(thread, ({ kind }) => kind);
  return [...client, ...reply, ...system, ...note].reduce<TicketCard | undefined>(
    (card, entry) => withEntry(card, entry, ticket),
    undefined,
  );
};
