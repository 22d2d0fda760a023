import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity, type Wanted } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { ThreadEntry, Ticket } from '../model.ts';
import type { ReadMark } from './read-mark.ts';
import { isReadMark, readMarks } from './read-mark-repository.ts';
import { findItems, type Key } from './table.ts';
import { listThread, threadWrite } from './thread-repository.ts';
import { cardOf, type TicketCard, ticketCardSchema, withEntry } from './ticket-card.ts';

/** The card of a ticket with a number is kept under it, so that the number leads to the ticket without an item of its own. */
const cardKey = ({ ticketId, number }: Pick<TicketCard, 'ticketId' | 'number'>): Key => ({
  pk: number === undefined ? `TICKET#${ticketId}` : `NUMBER#${number}`,
  sk: 'CARD',
});

export const ticketCards = defineEntity({
  table: 'desk',
  name: 'desk.ticket-card',
  key: cardKey,
  schema: ticketCardSchema,
});

type CardTicket = Pick<Ticket, 'id' | 'number'>;

const ofTicket = ({ id, number }: CardTicket) => ({ ticketId: id, number });

/** For `findTogether`. */
export const cardAt = (ticket: CardTicket): Wanted<TicketCard> => ticketCards.at(ofTicket(ticket));

/** Id of the ticket with this number. */
export const findTicketIdByNumber = async (rt: Runtime, number: number): Promise<string | undefined> =>
  (await ticketCards.find(rt, { ticketId: '', number }))?.ticketId;

/** A ticket whose card is to be shown, and whose marks of reading beside it. */
export interface CardQuery {
  readonly ticket: CardTicket;
  readonly readerIds: readonly string[];
}

export interface ShownCard {
  readonly card: TicketCard;
  /** By reader. */
  readonly marks: ReadonlyMap<string, ReadMark>;
}

/** By ticket: one request for a hundred cards and marks. What cannot be read counts as not there. */
export const findCards = async (
  rt: Runtime,
  queries: readonly CardQuery[],
): Promise<ReadonlyMap<string, ShownCard>> => {
  if (queries.length === 0) return new Map();
  const keys = queries.flatMap(({ ticket, readerIds }) => [
    cardKey(ofTicket(ticket)),
    ...readerIds.map((userId) => readMarks.key({ ticketId: ticket.id, userId })),
  ]);
  const found = await findItems(rt, keys);
  const { items: cards } = ticketCards.readable(
    rt,
    found.filter((item) => !isReadMark(item)),
  );
  const marks = Map.groupBy(
    readMarks.readable(rt, found.filter(isReadMark)).items,
    ({ ticketId }) => ticketId,
  );
  const marksOf = (ticketId: string) =>
    new Map((marks.get(ticketId) ?? []).map((mark) => [mark.userId, mark]));
  return new Map(cards.map((card) => [card.ticketId, { card, marks: marksOf(card.ticketId) }]));
};

const PAGE = 100;

const wholeThread = async (rt: Runtime, ticketId: string): Promise<ThreadEntry[]> => {
  const thread: ThreadEntry[] = [];
  let after: ThreadEntry | undefined;
  do {
    const page = await listThread(rt, { ticketId, limit: PAGE, notes: true, after });
    thread.push(...page.items);
    after = page.next === undefined ? undefined : page.items.at(-1);
  } while (after);
  return thread;
};

const nextCard = async (rt: Runtime, ticket: CardTicket, entry: ThreadEntry): Promise<Write[]> => {
  const numbered = ofTicket(ticket);
  const before = await ticketCards.find(rt, numbered);
  const after = before
    ? withEntry(before, entry, numbered)
    : cardOf([...(await wholeThread(rt, ticket.id)), entry], numbered);
  return after ? [ticketCards.next(rt, before, { ...after, version: (before?.version ?? 0) + 1 })] : [];
};

/**
 * A new entry of a ticket's thread with the card that follows from it, to be written in one commit. The card is held to the
 * version that was read: of two entries at once the later is decided on again. A ticket from before there were cards gets
 * its from the whole thread.
 */
export const entryWrites = async (rt: Runtime, ticket: CardTicket, entry: ThreadEntry): Promise<Write[]> => [
  threadWrite(rt, entry),
  ...(await nextCard(rt, ticket, entry)),
];

/** The entry that opens a ticket, and the card. Fails when the ticket's number is taken. */
export const firstEntryWrites = (rt: Runtime, ticket: CardTicket, entry: ThreadEntry): Write[] => {
  const card = cardOf([entry], ofTicket(ticket));
  return [threadWrite(rt, entry), ...(card ? [ticketCards.putNew(rt, card)] : [])];
};
