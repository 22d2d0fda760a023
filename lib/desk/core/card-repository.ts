import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { ThreadEntry, Ticket } from '../model.ts';
import type { Key } from './table.ts';
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

/** Read consistently. */
export const findCard = (rt: Runtime, ticket: CardTicket): Promise<TicketCard | undefined> =>
  ticketCards.find(rt, ofTicket(ticket));

/** By ticket: one request a hundred. A card that cannot be read counts as none. */
export const findCards = async (
  rt: Runtime,
  tickets: readonly CardTicket[],
): Promise<ReadonlyMap<string, TicketCard>> => {
  if (tickets.length === 0) return new Map();
  const { items } = await ticketCards.listByKeys(rt, tickets.map(ofTicket));
  return new Map(items.map((card) => [card.ticketId, card]));
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
  const before = await findCard(rt, ticket);
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
