// @pure

import type { Limits, Presence } from '../desk/model.ts';
import { fullFor, type PlanExecutor, type PlanTicket, planAssignments, servingOrder } from '../desk/rules.ts';
import { type Instant, instant } from '../platform/clock.ts';
import type { DayState, OpenTicket } from './day.ts';

/** A ticket in a simulation. */
export interface SimTicket extends OpenTicket {
  /** Moves on with every change of hand: what was put down for an earlier one is void. */
  hand: number;
  /** Moves on with every wait. */
  wait: number;
}

export interface SimExecutor {
  readonly id: string;
  presence: Presence;
  rank: number;
  suspectSinceMs: number | undefined;
  /** Moves on with every change of presence. */
  stay: number;
  readonly open: Set<string>;
  readonly openUrgent: Set<string>;
}

/** The desk in a simulation: who is there, what they hold, what waits. */
export class DeskModel {
  readonly tickets = new Map<string, SimTicket>();
  readonly executors = new Map<string, SimExecutor>();
  readonly #waiting = new Set<SimTicket>();

  constructor({ openTickets, attendance }: DayState) {
    for (const [id, known] of attendance) Object.assign(this.executor(id), known);
    for (const ticket of openTickets.values()) this.#addTicket({ ...ticket, hand: 0, wait: 0 });
  }

  #addTicket(ticket: SimTicket): void {
    this.tickets.set(ticket.ticketId, ticket);
    if (ticket.state === 'waiting') this.#waiting.add(ticket);
    else if (ticket.state !== 'parked' && ticket.executorId) this.#hold(ticket, ticket.executorId);
  }

  executor(id: string): SimExecutor {
    const known = this.executors.get(id);
    if (known) return known;
    const fresh: SimExecutor = {
      id,
      presence: 'offline',
      rank: 0,
      suspectSinceMs: undefined,
      stay: 0,
      open: new Set(),
      openUrgent: new Set(),
    };
    this.executors.set(id, fresh);
    return fresh;
  }

  #hold(ticket: SimTicket, executorId: string): void {
    const executor = this.executor(executorId);
    executor.open.add(ticket.ticketId);
    if (ticket.urgent) executor.openUrgent.add(ticket.ticketId);
  }

  #drop(ticket: SimTicket): void {
    const executor = ticket.executorId && this.executors.get(ticket.executorId);
    if (!executor) return;
    executor.open.delete(ticket.ticketId);
    executor.openUrgent.delete(ticket.ticketId);
  }

  enter(ticket: SimTicket): void {
    this.#drop(ticket);
    ticket.state = 'waiting';
    ticket.executorId = undefined;
    ticket.hand += 1;
    ticket.wait += 1;
    this.tickets.set(ticket.ticketId, ticket);
    this.#waiting.add(ticket);
  }

  give(ticket: SimTicket, executorId: string, state: 'assigned' | 'accepted'): void {
    this.#drop(ticket);
    this.#waiting.delete(ticket);
    ticket.state = state;
    ticket.executorId = executorId;
    ticket.wait += 1;
    if (state === 'assigned') ticket.hand += 1;
    this.#hold(ticket, executorId);
  }

  park(ticket: SimTicket): void {
    this.#drop(ticket);
    ticket.state = 'parked';
  }

  remove(ticket: SimTicket): void {
    this.#drop(ticket);
    this.#waiting.delete(ticket);
    ticket.hand += 1;
    ticket.wait += 1;
    this.tickets.delete(ticket.ticketId);
  }

  /** Urgency counts where the ticket is, even over the urgent cap (R-DESK-13). */
  setUrgent(ticket: SimTicket, urgent: boolean): void {
    ticket.urgent = urgent;
    const holder = this.executors.get(ticket.executorId ?? '');
    if (!holder?.open.has(ticket.ticketId)) return;
    if (urgent) holder.openUrgent.add(ticket.ticketId);
    else holder.openUrgent.delete(ticket.ticketId);
  }

  waiting(): readonly SimTicket[] {
    return [...this.#waiting];
  }

  hasRoom(executor: SimExecutor, limits: Limits, urgent: boolean): boolean {
    const load = { open: executor.open.size, openUrgent: executor.openUrgent.size };
    return executor.presence === 'online' && fullFor(load, limits, urgent) === undefined;
  }

  /** What the planner makes of the desk, with the real rule. */
  plan(limits: Limits, now: { atMs: number; firstNumber: number }) {
    const at = instant(now.atMs);
    const able = [...this.executors.values()].filter((each) => this.hasRoom(each, limits, false));
    if (able.length === 0 || this.#waiting.size === 0) return [];
    const { assignments } = planAssignments({
      at,
      firstNumber: now.firstNumber,
      dealAtMost: Number.MAX_SAFE_INTEGER,
      limits: {
        version: limits.version,
        maxTicketsPerExecutor: limits.maxTicketsPerExecutor,
        maxUrgentTicketsPerExecutor: limits.maxUrgentTicketsPerExecutor,
        staleAfterMs: 1,
      },
      tickets: worthAsking([...this.#waiting], { able, limits, at }),
      executors: able.map((each) => planExecutor(each, at)),
    });
    return assignments;
  }
}

/** Heartbeats are not in the journal: who is not suspect has a current one. */
const planExecutor = ({ id, rank, presence, open, openUrgent }: SimExecutor, at: Instant): PlanExecutor => ({
  executorId: id,
  rank,
  presence,
  lastBeatAt: at,
  open: open.size,
  openUrgent: openUrgent.size,
});

interface Asked {
  readonly able: readonly SimExecutor[];
  readonly limits: Limits;
  readonly at: Instant;
}

/**
 * As many of the first tickets as there can be room for. Whoever comes after them gets nothing: a ticket in front is
 * left over only if nobody has room for its class, or if somebody is passed over for it, and those are counted extra.
 */
const worthAsking = (waiting: PlanTicket[], { able, limits, at }: Asked): PlanTicket[] => {
  const roomOf = (cap: number, load: (each: SimExecutor) => number) =>
    able.reduce((sum, each) => sum + Math.max(0, cap - load(each)), 0);
  const choosy = waiting.filter((each) => Object.values(each.passedOver).some((until) => until > at)).length;
  const room = roomOf(limits.maxTicketsPerExecutor, (each) => each.open.size) + choosy;
  const urgentRoom = roomOf(limits.maxUrgentTicketsPerExecutor, (each) => each.openUrgent.size);
  const sorted = waiting.sort(servingOrder);
  const ordinary = sorted.filter((each) => !each.urgent).slice(0, room);
  const urgent = urgentRoom > 0 ? sorted.filter((each) => each.urgent).slice(0, urgentRoom + choosy) : [];
  return [...ordinary, ...urgent];
};
