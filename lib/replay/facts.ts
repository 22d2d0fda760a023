// @pure

import type { Limits, Line, Presence } from '../desk/model.ts';
import {
  type JournalEntry,
  newQueued,
  orphanedQueued,
  presenceChanged,
  ticketAccepted,
  ticketClosed,
  ticketOverdue,
  ticketReleased,
  ticketUrgencySet,
  urgentQueued,
} from '../desk/rules.ts';
import { epochMs, type Instant } from '../platform/clock.ts';

/** What the journal of a desk says, in the words of a replay. */
export type Fact =
  | { readonly kind: 'limits'; readonly atMs: number; readonly limits: Limits }
  | {
      readonly kind: 'presence';
      readonly atMs: number;
      readonly executorId: string;
      readonly from: Presence | undefined;
      readonly to: Presence;
      readonly rank: number;
    }
  | {
      readonly kind: 'queued';
      readonly atMs: number;
      readonly ticketId: string;
      readonly cause: string;
      readonly line: Line;
      readonly urgent: boolean;
      readonly promoted: boolean;
      readonly orderedAt: Instant;
      readonly waitingSinceMs: number;
      readonly passedOver: Readonly<Record<string, Instant>>;
    }
  /** `number` is missing for a manual decision. */
  | {
      readonly kind: 'assigned';
      readonly atMs: number;
      readonly ticketId: string;
      readonly executorId: string;
      readonly number: number | undefined;
    }
  | { readonly kind: 'urgency'; readonly atMs: number; readonly ticketId: string; readonly urgent: boolean }
  | {
      readonly kind: 'accepted';
      readonly atMs: number;
      readonly ticketId: string;
      readonly executorId: string;
    }
  | About<'parked'>
  | About<'closed'>
  | About<'left'>
  | About<'overdue'>;

interface About<Kind extends string> {
  readonly kind: Kind;
  readonly atMs: number;
  readonly ticketId: string;
}

/** Of one kind. */
export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

/** Within one millisecond the journal knows no order: what comes first in a ticket's life comes first here. */
const kinds: readonly Fact['kind'][] = [
  'limits',
  'presence',
  'queued',
  'assigned',
  'urgency',
  'accepted',
  'parked',
  'overdue',
  'closed',
  'left',
];

/** A stable order: facts of the same kind and millisecond stay as they were given. */
export const inOrder = (facts: readonly Fact[]): Fact[] =>
  [...facts].sort((a, b) => a.atMs - b.atMs || kinds.indexOf(a.kind) - kinds.indexOf(b.kind));

type Read = (deskId: string, entry: JournalEntry) => Fact | undefined;

const queued: Read = (_, { at, data }) => {
  const { clientId: _client, deskId: _desk, waitingSince, ...rest } = newQueued.schema.parse(data);
  return { kind: 'queued', atMs: epochMs(at), ...rest, waitingSinceMs: epochMs(waitingSince) };
};

const ended =
  (kind: 'parked' | 'closed'): Read =>
  (_, { at, data }) => ({ kind, atMs: epochMs(at), ticketId: ticketReleased.schema.parse(data).ticketId });

const released: Read = (deskId, entry) => {
  const { ticketId, state, deskId: now } = ticketReleased.schema.parse(entry.data);
  if (now !== deskId) return { kind: 'left', atMs: epochMs(entry.at), ticketId };
  return state === 'waitingClient' ? ended('parked')(deskId, entry) : undefined;
};

const accepted: Read = (_, { at, data }) => {
  const { ticketId, executorId = '' } = ticketAccepted.schema.parse(data);
  return { kind: 'accepted', atMs: epochMs(at), ticketId, executorId };
};

const urgency: Read = (_, { at, data }) => {
  const { ticketId, urgent } = ticketUrgencySet.schema.parse(data);
  return { kind: 'urgency', atMs: epochMs(at), ticketId, urgent };
};

/** Who moved to another desk is gone from this one. */
const presence: Read = (deskId, { at, data }) => {
  const { executorId, from, to, rank, deskId: home } = presenceChanged.schema.parse(data);
  return {
    kind: 'presence',
    atMs: epochMs(at),
    executorId,
    from,
    to: home === deskId ? to : 'offline',
    rank,
  };
};

const overdue: Read = (_, { at, data }) => ({
  kind: 'overdue',
  atMs: epochMs(at),
  ticketId: String(data.ticketId),
});

const readers: Readonly<Record<string, Read>> = {
  [presenceChanged.name]: presence,
  [orphanedQueued.name]: queued,
  [urgentQueued.name]: queued,
  [newQueued.name]: queued,
  [ticketUrgencySet.name]: urgency,
  [ticketAccepted.name]: accepted,
  [ticketReleased.name]: released,
  [ticketClosed.name]: ended('closed'),
  [ticketOverdue.name]: overdue,
};

/** A journal entry as a replay needs it; undefined for what makes no difference to one. */
export const factOf = (deskId: string, entry: JournalEntry): Fact | undefined =>
  readers[entry.type]?.(deskId, entry);
