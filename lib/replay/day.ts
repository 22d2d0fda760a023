// @pure

import type { Limits, Line, Presence } from '../desk/model.ts';
import type { Instant } from '../platform/clock.ts';
import type { Fact, FactOf } from './facts.ts';
import { OutcomeTally } from './outcome.ts';

/** How a visit ended by what the executor or the client did; other ends follow from presence, time or people. */
export type VisitEnd = 'closed' | 'declined' | 'missed' | 'left' | 'taken';

/** A ticket's time in one executor's hand, as it was. Offsets are milliseconds since the assignment. */
export interface Visit {
  readonly executorId: string;
  readonly atMs: number;
  acceptAfterMs?: number;
  readonly turns: { readonly kind: 'park' | 'return'; readonly afterMs: number }[];
  end?: { readonly kind: VisitEnd; readonly afterMs: number };
}

export interface OpenTicket {
  readonly ticketId: string;
  state: 'waiting' | 'assigned' | 'accepted' | 'parked';
  urgent: boolean;
  promoted: boolean;
  overdue: boolean;
  readonly orderedAt: Instant;
  line: Line;
  /** When the present wait began (times out), and when it entered the line (is measured). */
  waitingSinceMs: number;
  enteredMs: number;
  enteredLine: Line;
  passedOver: Readonly<Record<string, Instant>>;
  executorId: string | undefined;
}

export interface Attendance {
  presence: Presence;
  rank: number;
  suspectSinceMs: number | undefined;
}

/** What came from outside: a simulation is given it, whatever limits it runs under. */
export type Outside =
  | FactOf<'limits'>
  /** `timedOut`: the reconnect wait ran out. A simulation finds that by itself. */
  | (FactOf<'presence'> & { readonly timedOut: boolean })
  | FactOf<'urgency'>
  | { readonly kind: 'arrived'; readonly atMs: number; readonly queued: FactOf<'queued'> }
  | { readonly kind: 'withdrawn'; readonly atMs: number; readonly ticketId: string }
  | { readonly kind: 'handed'; readonly atMs: number; readonly ticketId: string; readonly executorId: string }
  /** Back to a line by people, or by a message while its executor was not there. */
  | {
      readonly kind: 'recalled';
      readonly atMs: number;
      readonly ticketId: string;
      readonly executorId: string;
      readonly line: Line;
      readonly passedOver: Readonly<Record<string, Instant>>;
    };

/** The desk's state at one instant. */
export interface DayState {
  readonly openTickets: ReadonlyMap<string, OpenTicket>;
  readonly attendance: ReadonlyMap<string, Attendance>;
  readonly limits: Limits;
}

/** Timers fire a little late; within this a simulated one takes the instant at which the day's own fired. */
export const TIMER_SLACK_MS = 5000;

const RECALLS = new Set(['reassigned', 'joined-unavailable', 'transferred']);
const KEEPS_WAIT = new Set(['promoted', 'urgency']);
const ENDS: Readonly<Record<string, VisitEnd>> = { declined: 'declined', missed: 'missed' };

/** Goes through a day's facts in order and keeps what a replay needs of them. */
export class Day {
  readonly openTickets = new Map<string, OpenTicket>();
  readonly attendance = new Map<string, Attendance>();
  readonly visits = new Map<string, Visit[]>();
  readonly outside: Outside[] = [];
  /** When the day promoted a ticket. */
  readonly promotions = new Map<string, number[]>();
  readonly tally: OutcomeTally;
  limits: Limits;

  readonly #fromMs: number;

  constructor(limits: Limits, fromMs: number) {
    this.limits = limits;
    this.#fromMs = fromMs;
    this.tally = new OutcomeTally(fromMs);
  }

  state(): DayState {
    return {
      openTickets: structuredClone(this.openTickets),
      attendance: structuredClone(this.attendance),
      limits: this.limits,
    };
  }

  /** From here on it counts: everybody who is online now has been online in the time that is measured. */
  startCounting(): void {
    for (const [executorId, { presence }] of this.attendance) {
      if (presence === 'online') this.tally.online(executorId);
    }
  }

  apply(fact: Fact): void {
    const apply = this.#appliers[fact.kind] as (fact: Fact) => void;
    apply(fact);
  }

  readonly #appliers: { readonly [Kind in Fact['kind']]: (fact: FactOf<Kind>) => void } = {
    limits: (fact) => {
      this.limits = fact.limits;
      this.outside.push(fact);
    },
    presence: (fact) => this.#presence(fact),
    queued: (fact) => this.#queued(fact),
    assigned: (fact) => this.#assigned(fact),
    urgency: (fact) => this.#urgency(fact),
    accepted: (fact) => this.#accepted(fact),
    parked: (fact) => this.#parked(fact),
    overdue: ({ ticketId, atMs }) => {
      this.tally.count('overdue', atMs);
      this.#change(ticketId, { overdue: true });
    },
    closed: (fact) => this.#gone(fact),
    left: (fact) => this.#gone(fact),
  };

  #change(ticketId: string, change: Partial<OpenTicket>): void {
    const ticket = this.openTickets.get(ticketId);
    if (ticket) Object.assign(ticket, change);
  }

  #openVisit(ticketId: string): Visit | undefined {
    const last = this.visits.get(ticketId)?.at(-1);
    return last?.end ? undefined : last;
  }

  #endVisit(ticketId: string, kind: VisitEnd, atMs: number): void {
    const visit = this.#openVisit(ticketId);
    if (visit) visit.end = { kind, afterMs: atMs - visit.atMs };
  }

  #presence(fact: FactOf<'presence'>): void {
    const { executorId, to, atMs } = fact;
    const known = this.attendance.get(executorId);
    const waitMs = this.limits.maxReconnectWaitSec * 1000;
    const since = known?.suspectSinceMs;
    const timedOut =
      to === 'offline' && since !== undefined && Math.abs(atMs - since - waitMs) <= TIMER_SLACK_MS;
    this.outside.push({ ...fact, timedOut });
    const suspectSinceMs = to === 'suspect' ? atMs : undefined;
    this.attendance.set(executorId, { presence: to, rank: fact.rank, suspectSinceMs });
    if (to === 'online' && atMs >= this.#fromMs) this.tally.online(executorId);
  }

  #queued(fact: FactOf<'queued'>): void {
    const { ticketId, cause, atMs, line } = fact;
    const before = this.openTickets.get(ticketId);
    const waited = before?.state === 'waiting' && KEEPS_WAIT.has(cause);
    if (!before) this.outside.push({ kind: 'arrived', atMs, queued: fact });
    else if (before.executorId) this.#returnedToLine(fact, before);
    if (cause === 'urgency') this.outside.push({ kind: 'urgency', atMs, ticketId, urgent: fact.urgent });
    if (cause === 'promoted') this.#promoted(ticketId, atMs);
    if (cause === 'missed') this.tally.count('missed', atMs);
    this.openTickets.set(ticketId, {
      ticketId,
      state: 'waiting',
      urgent: fact.urgent,
      promoted: fact.promoted,
      overdue: false,
      orderedAt: fact.orderedAt,
      line,
      waitingSinceMs: fact.waitingSinceMs,
      enteredMs: waited ? before.enteredMs : fact.waitingSinceMs,
      enteredLine: waited ? before.enteredLine : line,
      passedOver: fact.passedOver,
      executorId: undefined,
    });
  }

  #promoted(ticketId: string, atMs: number): void {
    this.tally.count('promoted', atMs);
    this.promotions.set(ticketId, [...(this.promotions.get(ticketId) ?? []), atMs]);
  }

  #returnedToLine({ ticketId, cause, atMs, line, passedOver }: FactOf<'queued'>, before: OpenTicket): void {
    const executorId = before.executorId ?? '';
    if (RECALLS.has(cause)) {
      this.outside.push({ kind: 'recalled', atMs, ticketId, executorId, line, passedOver });
    }
    const visit = this.#openVisit(ticketId);
    // The client came back to an executor who was not there or had no room: a simulation decides again whether they had.
    if (visit && cause === 'client-returned')
      visit.turns.push({ kind: 'return', afterMs: atMs - visit.atMs });
    this.#endVisit(ticketId, ENDS[cause] ?? 'taken', atMs);
  }

  #assigned({ ticketId, executorId, number, atMs }: FactOf<'assigned'>): void {
    const before = this.openTickets.get(ticketId);
    if (before?.state === 'waiting') {
      this.tally.waited(before.enteredLine, { sinceMs: before.enteredMs, atMs });
    }
    this.#endVisit(ticketId, 'taken', atMs);
    if (number === undefined) {
      this.tally.count('assignedByPeople', atMs);
      this.outside.push({ kind: 'handed', atMs, ticketId, executorId });
    } else {
      this.tally.dealt({ ticketId, executorId }, atMs);
      const known = this.attendance.get(executorId);
      if (known) known.rank = number;
    }
    this.visits.set(ticketId, [...(this.visits.get(ticketId) ?? []), { executorId, atMs, turns: [] }]);
    this.#change(ticketId, { state: 'assigned', executorId });
  }

  #urgency(fact: FactOf<'urgency'>): void {
    this.outside.push(fact);
    this.#change(fact.ticketId, { urgent: fact.urgent });
  }

  #accepted({ ticketId, atMs }: FactOf<'accepted'>): void {
    const parked = this.openTickets.get(ticketId)?.state === 'parked';
    const visit = this.#openVisit(ticketId);
    if (visit && parked) visit.turns.push({ kind: 'return', afterMs: atMs - visit.atMs });
    else if (visit) visit.acceptAfterMs = atMs - visit.atMs;
    this.#change(ticketId, { state: 'accepted' });
  }

  #parked({ ticketId, atMs }: FactOf<'parked'>): void {
    const visit = this.#openVisit(ticketId);
    visit?.turns.push({ kind: 'park', afterMs: atMs - visit.atMs });
    this.#change(ticketId, { state: 'parked' });
  }

  #gone({ kind, ticketId, atMs }: FactOf<'closed' | 'left'>): void {
    const ticket = this.openTickets.get(ticketId);
    if (kind === 'closed') this.tally.count('closed', atMs);
    if (ticket?.state === 'waiting') this.outside.push({ kind: 'withdrawn', atMs, ticketId });
    this.#endVisit(ticketId, kind === 'left' ? 'left' : 'closed', atMs);
    this.openTickets.delete(ticketId);
  }
}
