import * as z from 'zod';
import { ROLES } from '../platform/caller.ts';
import { lazily, type ReadBy, storedInstant } from '../platform/storage/stored-schema.ts';

/** As whom a connection was opened. */
const who = () => ({
  userId: z.string(),
  roles: z.array(z.enum(ROLES)),
  /** Tokens of another issuer may name none. */
  sessionId: z.string().optional(),
});

/** What opens one connection, once. Only its hash is stored. */
export const liveTicketSchema = lazily(() =>
  z.object({
    /** SHA-256 of the ticket, hex. It has 256 random bits, so there is nothing that a slow hash would add. */
    hash: z.string(),
    ...who(),
    issuedAt: storedInstant(),
    expiresAt: storedInstant(),
  }),
);
export type LiveTicket = ReadBy<typeof liveTicketSchema>;

export const connectionSchema = lazily(() =>
  z.object({
    connectionId: z.string(),
    ...who(),
    openedAt: storedInstant(),
    /** Frames received in a second of the epoch. */
    second: z.int(),
    frames: z.int(),
  }),
);
export type Connection = ReadBy<typeof connectionSchema>;

/** All open connections of a user, and from when on a ticket must be to open one more. */
export const userConnectionsSchema = lazily(() =>
  z.object({
    userId: z.string(),
    open: z.array(
      z.object({
        connectionId: z.string(),
        sessionId: z.string().optional(),
        /** When its ticket was issued: its roles are those of then. */
        ticketAt: storedInstant(),
      }),
    ),
    /** They lost a role or a session at this moment: tickets of before open nothing. */
    ticketsAfter: storedInstant().optional(),
    version: z.int(),
  }),
);
export type UserConnections = ReadBy<typeof userConnectionsSchema>;

/** What a connection is subscribed to. */
export const connectionTopicsSchema = lazily(() =>
  z.object({ connectionId: z.string(), topics: z.array(z.string()), version: z.int() }),
);
export type ConnectionTopics = ReadBy<typeof connectionTopicsSchema>;

/** Who receives frames of a topic, with all that this is decided by at each frame. */
export const subscriptionSchema = lazily(() =>
  z.object({
    topic: z.string(),
    connectionId: z.string(),
    userId: z.string(),
    roles: z.array(z.enum(ROLES)),
  }),
);
export type Subscription = ReadBy<typeof subscriptionSchema>;
