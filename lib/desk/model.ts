import * as z from 'zod';
import { idPattern } from '../platform/ids.ts';
import { lazily, type ReadBy, storedInstant, storedTextSet } from '../platform/storage/stored-schema.ts';
import type { LimitName } from './catalogue.ts';

/** The desk that exists from the start. */
export const MAIN_DESK = 'main';

export const deskIdSchema = z
  .union([z.literal(MAIN_DESK), z.string().regex(idPattern('dsk'))])
  .meta({ id: 'DeskId' });
export const ticketIdSchema = z.string().regex(idPattern('tkt')).meta({ id: 'TicketId' });
export const messageIdSchema = z.string().regex(idPattern('msg')).meta({ id: 'MessageId' });
export const userIdSchema = z.string().regex(idPattern('usr')).meta({ id: 'UserId' });

export const ticketStates = ['waiting', 'assigned', 'accepted', 'waitingClient', 'closed'] as const;
export type TicketState = (typeof ticketStates)[number];

/** What a version of a ticket brought. */
export const ticketChanges = [
  ...(['opened', 'queued', 'assigned', 'accepted', 'parked', 'returned'] as const),
  ...(['urgency', 'overdue', 'closed', 'other'] as const),
] as const;
export type TicketChangeName = (typeof ticketChanges)[number];

/** The three classes of waiting tickets, in the order they are served (R-DESK-05). */
export const lines = ['orphaned', 'urgent', 'new'] as const;
export type Line = (typeof lines)[number];

export const presences = ['online', 'draining', 'away', 'suspect', 'offline'] as const;
export type Presence = (typeof presences)[number];

/** A client's request being handled at the desk. */
export const ticketSchema = lazily(() =>
  z.object({
    id: z.string(),
    /** For people to say; tickets from before there were numbers have none. */
    number: z.int().optional(),
    deskId: z.string(),
    clientId: z.string(),
    state: z.enum(ticketStates),
    urgent: z.boolean(),
    /** It waited too long in the new line: it is in the urgent line but takes ordinary room. */
    promoted: z.boolean(),
    /** The line it is in; present exactly while the state is `waiting`. */
    line: z.enum(lines).optional(),
    /** When it first entered a line; never changes, sorts. */
    orderedAt: storedInstant(),
    /** When its present wait began; times out. */
    waitingSince: storedInstant().optional(),
    /** Set once its managers were alerted about the present wait. */
    overdueAt: storedInstant().optional(),
    executorId: z.string().optional(),
    /** The executor's epoch at assignment; an older one than the executor's means the ticket has moved on. */
    leaseEpoch: z.int().optional(),
    assignedAt: storedInstant().optional(),
    /** Accept or reply until then (R-DESK-09). */
    acceptBy: storedInstant().optional(),
    acceptedAt: storedInstant().optional(),
    /** Sort key of the decision that made the present assignment. */
    decision: z.string().optional(),
    waitingClientSince: storedInstant().optional(),
    /** When it closes itself, should its client not answer; fixed when it was set aside. */
    closesAt: storedInstant().optional(),
    /** Everyone who ever held it: they get 409 about a moved ticket, everyone else 404. */
    heldBy: storedTextSet(),
    /** When each of them lost it who has not got it back: they read what was written until then. */
    lostAt: z.record(z.string(), storedInstant()).optional(),
    /** A manager said that it is not urgent: until then its client cannot make it urgent. */
    notUrgentUntil: storedInstant().optional(),
    /** Executors passed over for it until an instant: they declined or missed it. */
    passedOver: z.record(z.string(), storedInstant()),
    /** The closed ticket this one continues. */
    previousTicketId: z.string().optional(),
    closedAt: storedInstant().optional(),
    closedBy: z.string().optional(),
    createdAt: storedInstant(),
    version: z.int(),
  }),
);
export type Ticket = ReadBy<typeof ticketSchema>;

/** What of an executor is stored as it is; the tickets they hold are packed (repository/holdings.ts). */
export const executorFields = lazily(() =>
  z.object({
    name: z.string(),
    homeDeskId: z.string(),
    presence: z.enum(presences),
    /** What a suspect comes back to, and since when they are missed. */
    suspected: z.object({ from: z.enum(['online', 'draining']), since: storedInstant() }).optional(),
    /** Moves on when their tickets are taken away as a whole (R-DESK-08). */
    epoch: z.int(),
    /** Number of their last dispatcher assignment on this desk; the smallest is next (R-DESK-06). */
    rank: z.int(),
    /** When they were last given a ticket, by the dispatcher or by a user. */
    lastAssignedAt: storedInstant().optional(),
    /** Hands running of which a ticket was missed; `missesUntilAway` of them set an executor away. */
    missesRunning: z.int(),
    version: z.int(),
  }),
);

/** A member of the desk who handles tickets. */
export interface Executor extends ReadBy<typeof executorFields> {
  readonly id: string;
  /** Assigned and accepted tickets: the load is the size of this set. */
  readonly open: readonly string[];
  /** The urgent ones among `open`. */
  readonly openUrgent: readonly string[];
  /** Tickets waiting for their client: they take no room. */
  readonly parked: readonly string[];
  /** Numbers of all of theirs on this desk among the 200 up to `rank`, rising: what fairness is measured on. */
  readonly recentNumbers?: readonly number[];
}

/** Heartbeats live apart from the executor, so that they never collide with dispatch. */
export const presenceBeatSchema = lazily(() =>
  z.object({
    executorId: z.string(),
    lastBeatAt: storedInstant(),
    /** When their last live connection was last lost: that moved the heartbeat back, once. */
    lostAt: storedInstant().optional(),
    /** Marks the one chain of presence timers that counts. */
    watch: z.string(),
  }),
);
export type PresenceBeat = ReadBy<typeof presenceBeatSchema>;

export const deskSchema = lazily(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    /** IANA zone: a client's three urgent messages a day are days of this zone. */
    timeZone: z.string(),
    version: z.int(),
  }),
);
export type Desk = ReadBy<typeof deskSchema>;

export type LimitValues = Readonly<Record<LimitName, number>>;

/** What is in force for one desk; `version` numbers the newest change that concerns it. */
export type Limits = LimitValues & { readonly version: number };

export const messageKinds = ['client', 'reply', 'note', 'system'] as const;

export const attachmentSchema = lazily(() =>
  z.object({
    uploadId: z.string(),
    fileName: z.string(),
    contentType: z.string(),
    sizeBytes: z.int(),
  }),
);
export type Attachment = ReadBy<typeof attachmentSchema>;

/** One entry of a ticket's thread. */
export const threadEntrySchema = lazily(() =>
  z.object({
    messageId: z.string(),
    ticketId: z.string(),
    kind: z.enum(messageKinds),
    authorId: z.string(),
    /** Of a reply or note: in what capacity it was written. */
    authorAs: z.enum(['executor', 'manager']).optional(),
    at: storedInstant(),
    text: z.string(),
    attachments: z.array(attachmentSchema()),
  }),
);
export type ThreadEntry = ReadBy<typeof threadEntrySchema>;

/** Which tickets in hand go back to the line: those not yet accepted, or each of them. */
export type HandOver = 'all' | 'unaccepted';
