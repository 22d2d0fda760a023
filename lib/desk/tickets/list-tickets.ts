import type { Caller } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findExecutor } from '../core/executor-repository.ts';
import { listHeldBefore, listIndexedTickets } from '../core/ticket-list-repository.ts';
import { type Half, listTickets as listTicketsById } from '../core/ticket-repository.ts';
import { MAIN_DESK, type Ticket, type TicketState, ticketIdSchema } from '../model.ts';
import { listInHand } from './list-in-hand.ts';
import { listLine } from './list-line.ts';
import { withCards } from './names.ts';
import { chooseList, type TicketFilters } from './ticket-lists.ts';
import type { Viewer } from './viewer.ts';
import { type TicketView, ticketView } from './views.ts';

export interface TicketQuery extends TicketFilters {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Ticket ids of one list, newest first, after a given one; fewer than `limit` only at the end. */
type ReadIds = (limit: number, after: string | undefined) => Promise<readonly string[]>;

interface List {
  /** With the caller's scope, so that a cursor fits no other list. */
  readonly name: string;
  readonly viewer: Viewer;
  readonly readIds: ReadIds;
  readonly isShown: (ticket: Ticket) => boolean;
}

const afterIn = (ids: readonly string[], limit: number, after: string | undefined): readonly string[] =>
  ids
    .toSorted()
    .reverse()
    .filter((id) => after === undefined || id < after)
    .slice(0, limit);

const heldNow = (rt: Runtime, executorId: string): List => ({
  name: `tickets:now:${executorId}`,
  viewer: 'executor',
  readIds: async (limit, after) => {
    const { open = [], parked = [] } = (await findExecutor(rt, executorId))?.executor ?? {};
    return afterIn([...new Set([...open, ...parked])], limit, after);
  },
  // A set may still name a ticket that is on its way to others.
  isShown: (ticket) => ticket.executorId === executorId && ticket.state !== 'closed',
});

const heldBefore = (rt: Runtime, executorId: string): List => ({
  name: `tickets:before:${executorId}`,
  viewer: 'former',
  readIds: (limit, after) => listHeldBefore(rt, executorId, { limit, after }),
  isShown: (ticket) => ticket.executorId !== executorId || ticket.state === 'closed',
});

const halfOf = (state: TicketState | undefined): Half | undefined =>
  state && (state === 'closed' ? 'closed' : 'open');

const ofClient = (
  rt: Runtime,
  clientId: string,
  { state, deskId, viewer }: Pick<TicketQuery, 'state' | 'deskId'> & { viewer: 'client' | 'manager' },
): List => ({
  name: `tickets:client:${clientId}:${state ?? ''}:${viewer}:${deskId ?? ''}`,
  viewer,
  readIds: (limit, after) =>
    listIndexedTickets(rt, { index: 'byClient', ownerId: clientId, half: halfOf(state) }, { limit, after }),
  isShown: (ticket) =>
    ticket.clientId === clientId &&
    (state === undefined || ticket.state === state) &&
    (deskId === undefined || ticket.deskId === deskId),
});

const ofDesk = (rt: Runtime, deskId: string, state: TicketState | undefined): List => ({
  name: `tickets:desk:${deskId}:${state ?? ''}`,
  viewer: 'manager',
  readIds: (limit, after) =>
    listIndexedTickets(rt, { index: 'byDesk', ownerId: deskId, half: halfOf(state) }, { limit, after }),
  isShown: (ticket) => ticket.deskId === deskId && (state === undefined || ticket.state === state),
});

const refusals = {
  forbidden: () =>
    new AppError('forbidden', 'forbidden', 'Your roles do not allow this selection of tickets.'),
  unsupported: () =>
    new AppError(
      'invalid',
      'filter-unsupported',
      'No list of tickets has this combination of filters and order; the documentation has a table of them.',
    ),
};

/** Nothing but the hand itself was asked for: then any number of tickets will do. */
const isPlain = ({ clientId, state, urgent, unread, updatedSince, sort }: TicketQuery): boolean =>
  [clientId, state, urgent, unread, updatedSince, sort].every((given) => given === undefined);

/** Among those once held are some that are closed in the caller's own hand. */
const viewerIn = ({ viewer }: List, caller: Caller, ticket: Ticket): Viewer =>
  viewer === 'former' && !ticket.lostAt?.[caller.id] ? 'executor' : viewer;

const idIn = (list: List, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const id = ticketIdSchema.safeParse(decodeCursor(list.name, cursor).id).data;
  if (id !== undefined) return id;
  throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
};

/** When a first read did not fill the page, matches are rare: the next ones read more. */
const NEXT_READ = 100;
/**
 * A rare state among many open tickets: after so many reads the page is handed over short, with where to go on. A read
 * is one request for ids, two for a list of both halves, and one for the tickets.
 */
const MAX_READS = 5;

interface Found {
  readonly tickets: readonly Ticket[];
  /** Last ticket examined; undefined at the end of the list. */
  readonly last?: string | undefined;
  /** How many could not be read. */
  readonly omitted?: number;
}

const find = async (
  rt: Runtime,
  list: List,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Found> => {
  const tickets: Ticket[] = [];
  let last = after;
  let unread = 0;
  const found = (rest: Pick<Found, 'last'> = {}): Found => ({
    tickets,
    ...rest,
    ...(unread > 0 && { omitted: unread }),
  });
  for (let reads = 0; reads < MAX_READS; reads += 1) {
    const size = reads === 0 ? limit : NEXT_READ;
    // One id more than examined shows whether the list goes on.
    const ids = await list.readIds(size + 1, last);
    const { items, omitted = 0 } = await listTicketsById(rt, ids.slice(0, size));
    unread += omitted;
    const shown = items.filter(list.isShown);
    const room = limit - tickets.length;
    tickets.push(...shown.slice(0, room));
    if (shown.length > room) return found({ last: tickets.at(-1)?.id });
    if (ids.length <= size) return found();
    last = ids.at(size - 1);
    if (tickets.length === limit) return found({ last });
  }
  return found({ last });
};

const readList = async (
  rt: Runtime,
  caller: Caller,
  { list, query }: { list: List; query: TicketQuery },
): Promise<Page<TicketView>> => {
  const after = idIn(list, query.cursor);
  const { tickets, last, omitted } = await find(rt, list, { limit: query.limit, after });
  const shown = tickets.map((ticket) => {
    const viewer = viewerIn(list, caller, ticket);
    return { ticket, viewer, view: ticketView(ticket, viewer, caller.id) };
  });
  return {
    items: await withCards(rt, shown, { viewerId: caller.id }),
    nextCursor: last === undefined ? null : encodeCursor(list.name, { id: last }),
    ...omittedOf({ omitted }),
  };
};

/**
 * Tickets: a client's own, those an executor holds or held; for a manager those of a desk, of a client, of an executor, or of a line
 * (lib/desk/tickets/ticket-lists.ts). Throws `forbidden` for a selection of another role, `filter-unsupported`, `invalid-cursor`.
 */
export const listTickets = async (
  rt: Runtime,
  caller: Caller,
  query: TicketQuery,
): Promise<Page<TicketView>> => {
  const { limit, cursor, ...filters } = query;
  const name = chooseList(caller.roles, filters);
  if (name === 'forbidden' || name === 'unsupported') throw refusals[name]();
  const { deskId, clientId = caller.id, executorId = caller.id, state } = query;
  const from = (list: List) => readList(rt, caller, { list, query });
  const hand = { ...query, ofExecutor: executorId, viewerId: caller.id };
  switch (name) {
    case 'line':
      return listLine(rt, {
        ...query,
        line: query.line ?? 'new',
        deskId: deskId ?? MAIN_DESK,
        viewerId: caller.id,
      });
    case 'executor':
      return listInHand(rt, { ...hand, viewer: 'manager' });
    case 'now':
      return isPlain(query) ? from(heldNow(rt, caller.id)) : listInHand(rt, { ...hand, viewer: 'executor' });
    case 'before':
      return from(heldBefore(rt, caller.id));
    case 'client':
      return from(ofClient(rt, clientId, { state, deskId, viewer: 'manager' }));
    case 'desk':
      return from(ofDesk(rt, deskId ?? MAIN_DESK, state));
    case 'own':
      return from(ofClient(rt, caller.id, { state, deskId: undefined, viewer: 'client' }));
  }
};
