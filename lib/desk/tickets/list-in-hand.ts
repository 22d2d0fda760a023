import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findCards, type ShownCard } from '../core/card-repository.ts';
import { findExecutor } from '../core/executor-repository.ts';
import { unreadOf } from '../core/read-mark.ts';
import { listTickets } from '../core/ticket-repository.ts';
import { type Ticket, ticketIdSchema } from '../model.ts';
import { lastEntryFor } from './card-view.ts';
import { withCards } from './names.ts';
import type { TicketFilters } from './ticket-lists.ts';
import { type TicketView, ticketView } from './views.ts';

/** So many tickets in one hand can be filtered and put in order: all of them are read for each page. */
const AT_MOST = 1000;

export interface InHandQuery extends TicketFilters {
  readonly ofExecutor: string;
  readonly viewer: 'executor' | 'manager';
  readonly viewerId: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const tooMany = (): AppError =>
  new AppError(
    'invalid',
    'filter-unsupported',
    `More than ${AT_MOST} tickets in one hand are neither filtered nor sorted: leave filters and \`sort\` out.`,
  );

const readHand = async (rt: Runtime, { ofExecutor }: InHandQuery) => {
  const { open = [], parked = [] } = (await findExecutor(rt, ofExecutor))?.executor ?? {};
  const ids = [...new Set([...open, ...parked])];
  if (ids.length > AT_MOST) throw tooMany();
  const { items, omitted } = await listTickets(rt, ids);
  // A set may still name a ticket that is on its way to others.
  const held = items.filter(({ executorId, state }) => executorId === ofExecutor && state !== 'closed');
  return { held, omitted };
};

const ticketFits = (ticket: Ticket, { clientId, state, urgent }: InHandQuery): boolean =>
  (clientId === undefined || ticket.clientId === clientId) &&
  (state === undefined || ticket.state === state) &&
  (urgent === undefined || ticket.urgent === urgent);

/** A ticket whose card is not there yet has nothing unread, and its last entry is as old as itself. */
const cardFits = (shown: ShownCard | undefined, lastAt: string, query: InHandQuery): boolean => {
  const { unread, updatedSince, viewerId } = query;
  const news = shown ? unreadOf(shown.card, shown.marks.get(viewerId), 'staff') : 0;
  return (
    (unread === undefined || news > 0 === unread) && (updatedSince === undefined || lastAt >= updatedSince)
  );
};

interface Placed {
  readonly ticket: Ticket;
  /** What is sorted by, and the id. */
  readonly at: string;
}

const placed = async (rt: Runtime, tickets: readonly Ticket[], query: InHandQuery): Promise<Placed[]> => {
  const { sort, unread, updatedSince, viewer, viewerId } = query;
  const orderedAt = (ticket: Ticket) => ({ ticket, at: sort === 'orderedAt' ? ticket.orderedAt : '' });
  if (sort !== 'lastEntryAt' && unread === undefined && updatedSince === undefined)
    return tickets.map(orderedAt);
  const cards = await findCards(
    rt,
    tickets.map((ticket) => ({ ticket, readerIds: [viewerId] })),
  );
  return tickets.flatMap((ticket) => {
    const shown = cards.get(ticket.id);
    const lastAt = (shown && lastEntryFor(shown.card, viewer)?.at) ?? ticket.createdAt;
    if (!cardFits(shown, lastAt, query)) return [];
    return sort === 'lastEntryAt' ? { ticket, at: lastAt } : orderedAt(ticket);
  });
};

const keyOf = ({ ticket, at }: Placed): string => `${at}#${ticket.id}`;
const AT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)?$/;

const keyIn = (name: string, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const { at, id } = decodeCursor(name, cursor);
  if (typeof at === 'string' && AT.test(at) && ticketIdSchema.safeParse(id).success) return `${at}#${id}`;
  throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
};

/** The filters are part of the name: a cursor fits no other list. */
const nameOf = ({ ofExecutor, clientId, state, urgent, unread, updatedSince, sort }: InHandQuery): string =>
  `tickets:in-hand:${ofExecutor}:${JSON.stringify({ clientId, state, urgent, unread, updatedSince, sort })}`;

/**
 * Tickets in one executor's hand, filtered and in order: by `orderedAt` the oldest first, else the newest. One that has news between two
 * pages may be missed or appear twice. Throws `filter-unsupported` where there are too many, `invalid-cursor`.
 */
export const listInHand = async (rt: Runtime, query: InHandQuery): Promise<Page<TicketView>> => {
  const { viewer, viewerId, limit, sort, cursor } = query;
  const name = nameOf(query);
  const after = keyIn(name, cursor);
  const { held, omitted } = await readHand(rt, query);
  const fitting = held.filter((ticket) => ticketFits(ticket, query));
  const up = sort === 'orderedAt' ? 1 : -1;
  const sorted = (await placed(rt, fitting, query)).sort((a, b) => (keyOf(a) < keyOf(b) ? -up : up));
  const isBehind = (key: string) => after === undefined || (up === 1 ? key > after : key < after);
  const rest = sorted.filter((each) => isBehind(keyOf(each)));
  const page = rest.slice(0, limit);
  const last = rest.length > limit ? page.at(-1) : undefined;
  const shown = page.map(({ ticket }) => ({ ticket, viewer, view: ticketView(ticket, viewer, viewerId) }));
  return {
    items: await withCards(rt, shown, { viewerId }),
    nextCursor: last ? encodeCursor(name, { at: last.at, id: last.ticket.id }) : null,
    ...omittedOf({ omitted }),
  };
};
