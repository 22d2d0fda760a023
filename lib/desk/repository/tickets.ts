import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Due, withoutDue } from '../../platform/timers/due-item.ts';
import type { Line, Ticket } from '../model.ts';
import {
  checkVersion,
  findItem,
  findItems,
  type Item,
  type Key,
  put,
  putNew,
  putVersion,
  removeExisting,
} from './table.ts';

export const ticketKey = (ticketId: string): Key => ({ pk: `TICKET#${ticketId}`, sk: 'TICKET' });

/**
 * The five groups a desk's waiting tickets are kept in, in serving order: line × whether urgent room is needed.
 * `o` takes ordinary room, `u` urgent room; a promoted ticket stands in the urgent line and takes ordinary room.
 */
export const lineGroups = ['0o', '0u', '1o', '1u', '2o'] as const;
export type LineGroup = (typeof lineGroups)[number];

export const lineRank: Readonly<Record<Line, string>> = { orphaned: '0', urgent: '1', new: '2' };
export const lineOfGroup = (group: string): Line =>
  group.startsWith('0') ? 'orphaned' : group.startsWith('1') ? 'urgent' : 'new';

export const linesKey = (deskId: string): string => `LINES#${deskId}`;

/** Where a waiting ticket stands: derived from the ticket, so the two cannot disagree. */
export const lineKey = (ticket: Ticket): Key | undefined =>
  ticket.line && {
    pk: linesKey(ticket.deskId),
    sk: `${lineRank[ticket.line]}${ticket.urgent ? 'u' : 'o'}#${ticket.orderedAt}#${ticket.id}`,
  };

/** The two halves of a client's and of a desk's tickets: a search among the open ones never walks the closed. */
export type Half = 'open' | 'closed';

/** Partition of the indexes of tickets. */
export const listPartition = (ownerId: string, half: Half): string => `${ownerId}#${half}`;

const listsOf = ({ clientId, deskId, state }: Ticket) => {
  const half = state === 'closed' ? 'closed' : 'open';
  return { clientList: listPartition(clientId, half), deskList: listPartition(deskId, half) };
};

const toItem = (ticket: Ticket, due: Due | undefined): Item => {
  const { heldBy, ...rest } = ticket;
  return {
    ...ticketKey(ticket.id),
    ...rest,
    ...listsOf(ticket),
    ...(heldBy.length > 0 && { heldBy: new Set(heldBy) }),
    ...due,
  };
};

const fromItem = (item: Item): Ticket => {
  const { pk, sk, clientList, deskList, heldBy, ...rest } = withoutDue(item);
  return { ...(rest as unknown as Ticket), heldBy: [...((heldBy as Set<string> | undefined) ?? [])] };
};

export const findTicket = async (rt: Runtime, ticketId: string): Promise<Ticket | undefined> => {
  const item = await findItem(rt, ticketKey(ticketId));
  return item && fromItem(item);
};

/** One answer for "missing" and "not yours", so that the other's existence does not show. */
export const ticketMissing = (): AppError =>
  new AppError('missing', 'ticket-not-found', 'there is no such ticket');

export const getTicket = async (rt: Runtime, ticketId: string): Promise<Ticket> => {
  const ticket = await findTicket(rt, ticketId);
  if (!ticket) throw ticketMissing();
  return ticket;
};

/** Tickets by id, in the order asked for; missing ones are left out. */
export const listTickets = async (rt: Runtime, ticketIds: readonly string[]): Promise<Ticket[]> => {
  const items = await findItems(rt, [...new Set(ticketIds)].map(ticketKey));
  const byId = new Map(items.map((item) => [String(item.id), fromItem(item)]));
  return ticketIds.flatMap((id) => byId.get(id) ?? []);
};

/** What the line knows of a ticket: all the planner needs. */
export interface LineEntry {
  readonly ticketId: string;
  readonly line: Line;
  readonly urgent: boolean;
  readonly orderedAt: string;
  readonly waitingSince: string;
  readonly passedOver: Readonly<Record<string, string>>;
}

/** What the key says is not said again: hundreds of places are read at a time, and paid by their size. */
const lineItem = (ticket: Ticket, due: Due | undefined): Item | undefined => {
  const key = lineKey(ticket);
  return (
    key && {
      ...key,
      waitingSince: ticket.waitingSince,
      ...(Object.keys(ticket.passedOver).length > 0 && { passedOver: ticket.passedOver }),
      ...due,
    }
  );
};

export const lineEntry = (item: Item): LineEntry => {
  const [group = '', orderedAt = '', ticketId = ''] = item.sk.split('#');
  return {
    ticketId,
    line: lineOfGroup(group),
    urgent: group.endsWith('u'),
    orderedAt,
    waitingSince: String(item.waitingSince),
    passedOver: (item.passedOver ?? {}) as Record<string, string>,
  };
};

const sameKey = (a: Key | undefined, b: Key | undefined): boolean => a?.pk === b?.pk && a?.sk === b?.sk;

const lineWrites = (
  rt: Runtime,
  before: Ticket | undefined,
  after: Ticket,
  due: Due | undefined,
): Write[] => {
  const old = before && lineKey(before);
  const next = lineItem(after, due);
  // The line item lives and dies with the ticket's version, which the same transaction checks.
  if (old && next && sameKey(old, next)) return [put(rt, next)];
  return [...(old ? [removeExisting(rt, old)] : []), ...(next ? [putNew(rt, next)] : [])];
};

/**
 * Writes that turn a ticket into its next version, its place in line included. `due` is the deadline of the ticket's
 * present state: it stands on the line item while the ticket waits, else on the ticket.
 */
export const ticketWrites = (
  rt: Runtime,
  { before, after, due }: { before: Ticket | undefined; after: Ticket; due?: Due | undefined },
): Write[] => {
  const waiting = after.state === 'waiting';
  const item = toItem(after, waiting ? undefined : due);
  return [
    before ? putVersion(rt, item, before.version) : putNew(rt, item),
    ...lineWrites(rt, before, after, waiting ? due : undefined),
  ];
};

/** Holds a transaction to the ticket as it was read. */
export const ticketUnchanged = (rt: Runtime, ticket: Ticket): Write =>
  checkVersion(rt, ticketKey(ticket.id), ticket.version);
