import * as z from 'zod';
import type { Instant } from '../platform/clock.ts';
import { idPattern } from '../platform/ids.ts';
import type { LimitName } from './settings/catalogue.ts';

/** The desk that exists from the start. */
export const MAIN_DESK = 'main';

export const deskIdSchema = z
  .union([z.literal(MAIN_DESK), z.string().regex(idPattern('dsk'))])
  .meta({ id: 'DeskId' });
export const ticketIdSchema = z.string().regex(idPattern('tkt')).meta({ id: 'TicketId' });
export const messageIdSchema = z.string().regex(idPattern('msg')).meta({ id: 'MessageId' });
export const personIdSchema = z.string().regex(idPattern('usr')).meta({ id: 'PersonId' });

export const ticketStates = ['waiting', 'assigned', 'accepted', 'waitingClient', 'closed'] as const;
export type TicketState = (typeof ticketStates)[number];

/** The three classes of waiting tickets, in the order they are served (R-DESK-05). */
export const lines = ['orphaned', 'urgent', 'new'] as const;
export type Line = (typeof lines)[number];

export const presences = ['online', 'draining', 'away', 'suspect', 'offline'] as const;
export type Presence = (typeof presences)[number];

/** A client's request being handled at the desk. */
export interface Ticket {
  readonly id: string;
  readonly deskId: string;
  readonly clientId: string;
  readonly state: TicketState;
  readonly urgent: boolean;
  /** It waited too long in the new line: it stands in the urgent line but takes ordinary room. */
  readonly promoted: boolean;
  /** The line it stands in; present exactly while the state is `waiting`. */
  readonly line?: Line;
  /** When it first stood in line; never changes, sorts. */
  readonly orderedAt: Instant;
  /** When its present wait began; times out. */
  readonly waitingSince?: Instant;
  /** Set once its managers were alerted about the present wait. */
  readonly overdueAt?: Instant;
  readonly executorId?: string;
  /** The executor's epoch at assignment; an older one than the executor's means the ticket has moved on. */
  readonly leaseEpoch?: number;
  readonly assignedAt?: Instant;
  /** Accept or reply until then (R-DESK-09). */
  readonly acceptBy?: Instant;
  readonly acceptedAt?: Instant;
  /** Sort key of the decision that made the present assignment. */
  readonly decision?: string;
  readonly waitingClientSince?: Instant;
  /** When it closes itself, should its client not answer; fixed when it was set aside. */
  readonly closesAt?: Instant;
  /** Everyone who ever held it: they get 409 about a moved ticket, everyone else 404. */
  readonly heldBy: readonly string[];
  /** When each of them lost it who has not got it back: they read what was written until then. */
  readonly lostAt?: Readonly<Record<string, Instant>>;
  /** A manager said that it is not urgent: until then its client's word does not make it so. */
  readonly notUrgentUntil?: Instant | undefined;
  /** Executors passed over for it until an instant: they declined or missed it. */
  readonly passedOver: Readonly<Record<string, Instant>>;
  /** The closed ticket this one continues. */
  readonly previousTicketId?: string;
  readonly closedAt?: Instant;
  readonly closedBy?: string;
  readonly createdAt: Instant;
  readonly version: number;
}

/** A member of the desk who handles tickets. */
export interface Executor {
  readonly id: string;
  readonly name: string;
  readonly homeDeskId: string;
  readonly presence: Presence;
  /** What a suspect comes back to, and since when they are missed. */
  readonly suspected?: { readonly from: 'online' | 'draining'; readonly since: Instant };
  /** Moves on when their tickets are taken away as a whole (R-DESK-08). */
  readonly epoch: number;
  /** Assigned and accepted tickets: the load is the size of this set. */
  readonly open: readonly string[];
  /** The urgent ones among `open`. */
  readonly openUrgent: readonly string[];
  /** Tickets waiting for their client: they take no room. */
  readonly parked: readonly string[];
  /** Number of their last dispatcher assignment on this desk; the smallest is next (R-DESK-06). */
  readonly rank: number;
  /** Numbers of all of theirs on this desk among the 200 up to `rank`, rising: what fairness is judged on. */
  readonly recentNumbers?: readonly number[];
  /** Hands running of which a ticket was missed; `missesUntilAway` of them set an executor away. */
  readonly missesRunning: number;
  readonly version: number;
}

/** Heartbeats live apart from the executor, so that they never collide with dispatch. */
export interface PresenceBeat {
  readonly executorId: string;
  readonly lastBeatAt: Instant;
  /** Marks the one chain of presence timers that counts. */
  readonly watch: string;
}

export interface Desk {
  readonly id: string;
  readonly name: string;
  /** IANA zone: a client's three urgent messages a day are days of this zone. */
  readonly timeZone: string;
  readonly version: number;
}

export type LimitValues = Readonly<Record<LimitName, number>>;

/** What is in force for one desk; `version` numbers the newest change that concerns it. */
export type Limits = LimitValues & { readonly version: number };

export type MessageKind = 'client' | 'reply' | 'note' | 'system';

export interface Attachment {
  readonly uploadId: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly sizeBytes: number;
}

/** One entry of a ticket's thread. */
export interface ThreadEntry {
  readonly messageId: string;
  readonly ticketId: string;
  readonly kind: MessageKind;
  readonly authorId: string;
  /** Of a reply or note: in what capacity it was written. */
  readonly authorAs?: 'executor' | 'manager' | undefined;
  readonly at: Instant;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}
