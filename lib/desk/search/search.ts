import { type Caller, hasRole } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Readable } from '../../platform/storage/entity.ts';
import { findTicketIdByNumber } from '../core/card-repository.ts';
import { emailKeyOf, findByExact, listByName } from '../core/client-index-repository.ts';
import type { KnownUser } from '../core/known-user.ts';
import { readKnownUsers } from '../core/known-user-repository.ts';
import { firstStart } from '../core/normal-name.ts';
import { findTicket } from '../core/ticket-repository.ts';
import type { Ticket } from '../model.ts';
import { withCards } from '../tickets/names.ts';
import { viewerOf } from '../tickets/viewer.ts';
import { ticketView } from '../tickets/views.ts';
import { type Meanings, readQuery } from './read-query.ts';
import { ticketsInHand } from './search-in-hand.ts';
import type { FoundView } from './search-view.ts';

export interface SearchQuery {
  readonly q: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const asTickets = async (rt: Runtime, caller: Caller, tickets: readonly Ticket[]): Promise<FoundView[]> => {
  const shown = tickets.flatMap((ticket) => {
    const viewer = viewerOf(caller, ticket);
    // A client's own tickets are not searched, also where a client is of staff.
    if (!viewer || viewer === 'client') return [];
    return { ticket, viewer, view: ticketView(ticket, viewer, caller.id) };
  });
  const views = await withCards(rt, shown, { viewerId: caller.id });
  return views.map((ticket) => ({ kind: 'ticket', ticket }));
};

const isClient = (user: KnownUser | undefined): user is KnownUser => user?.roles.includes('client') === true;

const asClients = (users: readonly (KnownUser | undefined)[]): FoundView[] =>
  users.filter(isClient).map(({ userId, name, phone }) => ({
    kind: 'client',
    client: { id: userId, ...(name !== undefined && { name }), phone },
  }));

const findNamed = async (rt: Runtime, { ticketId, number }: Meanings): Promise<Ticket[]> => {
  const id = ticketId ?? (number === undefined ? undefined : await findTicketIdByNumber(rt, number));
  const ticket = id === undefined ? undefined : await findTicket(rt, id);
  return ticket ? [ticket] : [];
};

/** The copy is asked once more: an entry may lag behind it. */
const exactClients = async (
  rt: Runtime,
  { userId, phones, email }: Meanings,
): Promise<Readable<KnownUser>> => {
  const key = email === undefined ? undefined : emailKeyOf(email);
  const ids = await Promise.all([
    ...(userId === undefined ? [] : [[userId]]),
    ...phones.map((phone) => findByExact(rt, 'phone', phone)),
    ...(key === undefined ? [] : [findByExact(rt, 'email', key)]),
  ]);
  const { users, ...rest } = await readKnownUsers(rt, ids.flat());
  const fits = ({ userId: id, phone, emailKey }: KnownUser) =>
    id === userId || phones.includes(phone) || (key !== undefined && emailKey === key);
  return { ...rest, items: [...users.values()].filter(fits) };
};

const LONGEST_KEY = 1000;

const keyIn = (list: string, prefix: string, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const { sk } = decodeCursor(list, cursor);
  if (typeof sk === 'string' && sk.startsWith(prefix) && sk.length < LONGEST_KEY) return sk;
  throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
};

const clientsByName = async (
  rt: Runtime,
  prefix: string,
  { limit, cursor }: SearchQuery,
): Promise<Page<FoundView>> => {
  const list = `search:name:${prefix}`;
  const { entries, last } = await listByName(rt, { prefix, limit, after: keyIn(list, prefix, cursor) });
  const { users, ...rest } = await readKnownUsers(
    rt,
    entries.map(({ userId }) => userId),
  );
  // Somebody of whose name two words fit is shown once, on whichever pages the two lie.
  const fits = entries.map(({ userId, start }) => {
    const user = users.get(userId);
    return firstStart(user?.name ?? '', prefix) === start ? user : undefined;
  });
  return {
    items: asClients(fits),
    nextCursor: last === undefined ? null : encodeCursor(list, { sk: last }),
    ...omittedOf(rest),
  };
};

const inOneGo = ({ items, ...rest }: Readable<FoundView>, cursor: string | undefined): Page<FoundView> => {
  if (cursor === undefined) return { items, nextCursor: null, ...omittedOf(rest) };
  throw new AppError('invalid', 'invalid-cursor', 'What is found at once has no further page.');
};

const searchAll = async (rt: Runtime, caller: Caller, query: SearchQuery): Promise<Page<FoundView>> => {
  const meant = readQuery(query.q);
  if (meant.name !== undefined) return clientsByName(rt, meant.name, query);
  const [tickets, clients] = await Promise.all([findNamed(rt, meant), exactClients(rt, meant)]);
  const items = [...(await asTickets(rt, caller, tickets)), ...asClients(clients.items)];
  return inOneGo({ ...clients, items }, query.cursor);
};

/**
 * By id or number any ticket they hold or held; by name or phone what is in their hand now: who has lost a ticket learns
 * nothing more of its client. No address, which executors are never shown.
 */
const searchOwn = async (rt: Runtime, caller: Caller, query: SearchQuery): Promise<Page<FoundView>> => {
  const meant = readQuery(query.q);
  const named = await findNamed(rt, meant);
  const hand = await ticketsInHand(rt, caller.id, meant);
  const all = [...named, ...hand.items.filter(({ id }) => !named.some((ticket) => ticket.id === id))];
  const list = `search:hand:${caller.id}:${query.q}`;
  const after = query.cursor === undefined ? undefined : String(decodeCursor(list, query.cursor).id);
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0)
    throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
  const page = all.slice(start, start + query.limit);
  const last = all.length > start + query.limit ? page.at(-1) : undefined;
  return {
    items: await asTickets(rt, caller, page),
    nextCursor: last ? encodeCursor(list, { id: last.id }) : null,
    ...omittedOf(hand),
  };
};

/**
 * What fits a text: an id, a ticket's number, a phone, an e-mail address, the beginning of a word of a client's name. Managers find tickets and
 * clients, executors their own tickets. Throws `invalid-cursor`.
 */
export const search = (rt: Runtime, caller: Caller, query: SearchQuery): Promise<Page<FoundView>> =>
  hasRole(caller, 'manager') ? searchAll(rt, caller, query) : searchOwn(rt, caller, query);
