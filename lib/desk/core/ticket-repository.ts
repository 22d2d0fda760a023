import * as z from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity, type Readable } from '../../platform/storage/entity.ts';
import {
  lazily,
  type ReadBy,
  storedInstant,
  storedInstantsById,
} from '../../platform/storage/stored-schema.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Due } from '../../platform/timers/due-item.ts';
import { type Line, lines, type Ticket, ticketSchema } from '../model.ts';
import { type Key, removeExisting } from './table.ts';

/**
 * The five groups a desk's waiting tickets are kept in, in serving order: line × whether urgent room is needed.
 * `o` takes ordinary room, `u` urgent room; a promoted ticket is in the urgent line and takes ordinary room.
 */
export const lineGroups = ['0o', '0u', '1o', '1u', '2o'] as const;
export type LineGroup = (typeof lineGroups)[number];

export const lineRank: Readonly<Record<Line, string>> = { orphaned: '0', urgent: '1', new: '2' };
export const lineOfGroup = (group: string): Line =>
  group.startsWith('0') ? 'orphaned' : group.startsWith('1') ? 'urgent' : 'new';

const LINES = 'LINES#';
export const linesKey = (deskId: string): string => LINES + deskId;

/** The two halves of a client's and of a desk's tickets: a search among the open ones never walks the closed. */
export type Half = 'open' | 'closed';

/** Partition of the indexes of tickets. */
export const listPartition = (ownerId: string, half: Half): string => `${ownerId}#${half}`;

const listsOf = ({ clientId, deskId, state }: Ticket) => {
  const half = state === 'closed' ? 'closed' : 'open';
  return { clientList: listPartition(clientId, half), deskList: listPartition(deskId, half) };
};

export const tickets = defineEntity({
  table: 'desk',
  name: 'desk.ticket',
  key: ({ id }: Pick<Ticket, 'id'>) => ({ pk: `TICKET#${id}`, sk: 'TICKET' }),
  schema: ticketSchema,
  indexes: { attributes: ['clientList', 'deskList'], of: listsOf },
});

export const findTicket = (rt: Runtime, ticketId: string): Promise<Ticket | undefined> =>
  tickets.find(rt, { id: ticketId });

/** One answer for "missing" and "not yours", so that the other's existence does not show. */
export const ticketMissing = (): AppError =>
  new AppError('missing', 'ticket-not-found', 'there is no such ticket');

export const getTicket = (rt: Runtime, ticketId: string): Promise<Ticket> =>
  tickets.get(rt, { id: ticketId }, ticketMissing);

const keysOf = (ticketIds: readonly string[]) => [...new Set(ticketIds)].map((id) => ({ id }));

const inOrder = (ticketIds: readonly string[], found: readonly Ticket[]): Ticket[] => {
  const byId = new Map(found.map((ticket) => [ticket.id, ticket]));
  return ticketIds.flatMap((id) => byId.get(id) ?? []);
};

/** Tickets by id, in the requested order; missing ones are left out. Throws `stored-shape-unknown`. */
export const findTickets = async (rt: Runtime, ticketIds: readonly string[]): Promise<Ticket[]> =>
  inOrder(ticketIds, await tickets.findAll(rt, keysOf(ticketIds)));

/** The same, but those that cannot be read are left out instead of failing all. */
export const listTickets = async (
  rt: Runtime,
  ticketIds: readonly string[],
  how: { lagging?: boolean } = {},
): Promise<Readable<Ticket>> => {
  const found = await tickets.listByKeys(rt, keysOf(ticketIds), how);
  return { ...found, items: inOrder(ticketIds, found.items) };
};

/**
 * A waiting ticket's line entry, with all that the planner needs. It does not repeat what the key holds: hundreds of entries
 * are read at a time, and paid by their size.
 */
const lineEntrySchema = lazily(() =>
  z.object({
    deskId: z.string(),
    ticketId: z.string(),
    line: z.enum(lines),
    urgent: z.boolean(),
    orderedAt: storedInstant(),
    waitingSince: storedInstant(),
    passedOver: storedInstantsById(),
  }),
);
export type LineEntry = ReadBy<typeof lineEntrySchema>;

export const lineEntries = defineEntity({
  table: 'desk',
  name: 'desk.line-entry',
  key: ({ deskId, ticketId, line, urgent, orderedAt }: Omit<LineEntry, 'waitingSince' | 'passedOver'>) => ({
    pk: linesKey(deskId),
    sk: `${lineRank[line]}${urgent ? 'u' : 'o'}#${orderedAt}#${ticketId}`,
  }),
  schema: lineEntrySchema,
  inKey: {
    attributes: ['deskId', 'ticketId', 'line', 'urgent', 'orderedAt'],
    read: ({ pk, sk }) => {
      const [group = '', orderedAt, ticketId] = sk.split('#');
      const urgent = group.endsWith('u');
      return { deskId: pk.slice(LINES.length), ticketId, line: lineOfGroup(group), urgent, orderedAt };
    },
  },
});

/** The line entry of a waiting ticket: derived from the ticket, so the two cannot disagree. */
export const lineKey = ({ id, deskId, line, urgent, orderedAt }: Ticket): Key | undefined =>
  line && lineEntries.key({ deskId, ticketId: id, line, urgent, orderedAt });

const lineEntryOf = (ticket: Ticket): LineEntry | undefined => {
  const { id, deskId, line, urgent, orderedAt, waitingSince, passedOver } = ticket;
  if (!line) return undefined;
  if (!waitingSince) throw new Error(`the ticket ${id} waits and does not say since when`);
  return { deskId, ticketId: id, line, urgent, orderedAt, waitingSince, passedOver };
};

const sameKey = (a: Key | undefined, b: Key | undefined): boolean => a?.pk === b?.pk && a?.sk === b?.sk;

const lineWrites = (
  rt: Runtime,
  before: Ticket | undefined,
  after: Ticket,
  due: Due | undefined,
): Write[] => {
  const old = before && lineKey(before);
  const next = lineEntryOf(after);
  // The line item lives and dies with the ticket's version, which the same transaction checks.
  if (old && next && sameKey(old, lineEntries.key(next))) return [lineEntries.put(rt, next, due)];
  return [...(old ? [removeExisting(rt, old)] : []), ...(next ? [lineEntries.putNew(rt, next, due)] : [])];
};

/**
 * Writes that turn a ticket into its next version, its line entry included. `due` is the deadline of the ticket's
 * present state: stored with the line entry while the ticket waits, else with the ticket.
 */
export const ticketWrites = (
  rt: Runtime,
  { before, after, due }: { before: Ticket | undefined; after: Ticket; due?: Due | undefined },
): Write[] => {
  const waiting = after.state === 'waiting';
  return [
    tickets.next(rt, before, after, waiting ? undefined : due),
    ...lineWrites(rt, before, after, waiting ? due : undefined),
  ];
};

/** Holds a transaction to the ticket as it was read. */
export const ticketUnchanged = (rt: Runtime, ticket: Ticket): Write => tickets.unchanged(rt, ticket);
