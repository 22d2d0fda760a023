// @pure

import type { Limits } from '../desk/model.ts';
import { firstFrom, inForce, RANK, type ReplayCase, type Simulated, snapped } from './case.ts';
import type { Outside } from './day.ts';
import type { SimExecutor, SimTicket } from './desk-model.ts';
import { Work } from './work.ts';

/** A recorded plan within this many of the usual delays after a wake-up is the one that the wake-up led to. */
const REACH_DELAYS = 3;
const LEAST_REACH_MS = 250;

type OutsideOf<Kind extends Outside['kind']> = Extract<Outside, { kind: Kind }>;

class Simulation {
  readonly #case: ReplayCase;
  readonly #work: Work;
  readonly #planTimes = new Set<number>();
  /** When the day's reconnect waits ran out, by executor. */
  readonly #timeouts: ReadonlyMap<string, OutsideOf<'presence'>[]>;
  #number: number;

  constructor(replay: ReplayCase) {
    this.#case = replay;
    this.#number = replay.firstNumber;
    this.#work = new Work(replay, { limits: this.#inForce(replay.start.limits), wake: () => this.#wake() });
    const timedOut = replay.outside.filter(
      (each): each is OutsideOf<'presence'> => each.kind === 'presence' && each.timedOut,
    );
    this.#timeouts = Map.groupBy(timedOut, (each) => each.executorId);
  }

  #inForce(limits: Limits): Limits {
    return inForce(limits, this.#case.override);
  }

  run(): Simulated {
    const work = this.#work;
    const { deskModel, tally } = work;
    for (const executor of deskModel.executors.values()) this.#resume(executor);
    for (const ticket of [...deskModel.tickets.values()]) work.resumeTicket(ticket);
    for (const each of this.#case.outside) {
      const rank = each.kind in RANK ? RANK[each.kind as 'limits'] : RANK.outside;
      work.at(each.atMs, rank, () => this.#outside(each));
    }
    for (const endMs of work.series.endsMs) {
      work.at(endMs, RANK.count, () => work.series.count(deskModel.waiting(), endMs));
    }
    this.#wake();
    work.agenda.runUntil(this.#case.toMs);
    work.nowMs = this.#case.toMs;
    work.finish();
    const held = [...deskModel.tickets.values()].filter(
      ({ state }) => state === 'assigned' || state === 'accepted',
    );
    const outcome = tally.outcome({ waiting: deskModel.waiting().length, held: held.length });
    return {
      outcome,
      sequence: tally.sequence,
      series: work.series.series(),
      fares: work.fares,
      guessed: work.guessed,
    };
  }

  /** The dispatcher plans when the recorded one did after such a wake-up, else after its usual delay. */
  #wake(): void {
    const { nowMs } = this.#work;
    const { plannedAtMs, planDelayMs } = this.#case;
    const reachMs = Math.max(LEAST_REACH_MS, planDelayMs * REACH_DELAYS);
    const planned = firstFrom(plannedAtMs, nowMs);
    const atMs = planned !== undefined && planned <= nowMs + reachMs ? planned : nowMs + planDelayMs;
    if (this.#planTimes.has(atMs)) return;
    this.#planTimes.add(atMs);
    this.#work.at(atMs, RANK.plan, () => this.#plan(atMs));
  }

  #plan(atMs: number): void {
    const { deskModel, tally, limits } = this.#work;
    this.#planTimes.delete(atMs);
    const dealt = deskModel.plan(limits, { atMs, firstNumber: this.#number });
    for (const { ticketId, executorId, number } of dealt) {
      const ticket = deskModel.tickets.get(ticketId);
      if (!ticket) continue;
      tally.dealt({ ticketId, executorId }, atMs);
      deskModel.executor(executorId).rank = number;
      this.#work.give(ticket, executorId);
    }
    this.#number += dealt.length;
  }

  #resume(executor: SimExecutor): void {
    if (executor.presence === 'online') this.#work.tally.online(executor.id);
    if (executor.suspectSinceMs !== undefined) this.#missing(executor, executor.suspectSinceMs);
  }

  /** The reconnect wait: under these limits, from when heartbeats stopped. */
  #missing(executor: SimExecutor, sinceMs: number): void {
    const work = this.#work;
    executor.stay += 1;
    const { stay } = executor;
    const dueMs = sinceMs + work.limits.maxReconnectWaitSec * 1000;
    const day = this.#timeouts.get(executor.id)?.find(({ atMs }) => atMs >= dueMs);
    work.at(snapped(dueMs, day?.atMs), RANK.presence, () => {
      if (executor.stay === stay) this.#leave(executor, 'offline');
    });
  }

  /** Offline: all in hand is orphaned. Away: what is not accepted yet. */
  #leave(executor: SimExecutor, presence: 'offline' | 'away'): void {
    executor.presence = presence;
    executor.stay += 1;
    for (const ticketId of [...executor.open]) {
      const ticket = this.#work.deskModel.tickets.get(ticketId);
      if (ticket && (presence === 'offline' || ticket.state === 'assigned')) {
        this.#work.toLine(ticket, 'orphaned');
      }
    }
  }

  #outside(each: Outside): void {
    if (each.kind === 'limits') this.#limits(each.limits);
    else if (each.kind === 'presence') this.#presence(each);
    else if (each.kind === 'arrived') this.#arrived(each);
    else this.#about(each);
    this.#wake();
  }

  #limits(limits: Limits): void {
    this.#work.limits = this.#inForce(limits);
    for (const ticket of this.#work.deskModel.waiting()) this.#work.armWait(ticket);
  }

  #presence(fact: OutsideOf<'presence'>): void {
    // The end of a reconnect wait is found here, by the limits of this run.
    if (fact.timedOut) return;
    const { deskModel, tally } = this.#work;
    const known = deskModel.executors.has(fact.executorId);
    const executor = deskModel.executor(fact.executorId);
    if (!known) executor.rank = fact.rank;
    if (fact.to === 'offline' || fact.to === 'away') {
      this.#leave(executor, fact.to);
      return;
    }
    executor.presence = fact.to;
    executor.stay += 1;
    if (fact.to === 'online') tally.online(executor.id);
    if (fact.to === 'suspect') this.#missing(executor, fact.atMs);
  }

  #arrived({ queued }: OutsideOf<'arrived'>): void {
    const { kind: _, cause: _cause, atMs: _at, ...known } = queued;
    const ticket: SimTicket = {
      ...known,
      state: 'waiting',
      overdue: false,
      enteredMs: queued.waitingSinceMs,
      enteredLine: queued.line,
      executorId: undefined,
      hand: 0,
      wait: 0,
    };
    this.#work.series.arrived(ticket.line, this.#work.nowMs);
    this.#work.deskModel.enter(ticket);
    this.#work.armWait(ticket);
  }

  /** People and clients act on a ticket: on the one there is, wherever this run has brought it. */
  #about(each: OutsideOf<'withdrawn' | 'urgency' | 'handed' | 'recalled'>): void {
    const work = this.#work;
    const ticket = work.deskModel.tickets.get(each.ticketId);
    if (!ticket) return;
    if (each.kind === 'withdrawn') work.end(ticket, 'closed');
    if (each.kind === 'urgency') work.setUrgent(ticket, each.urgent);
    if (each.kind === 'handed') {
      work.tally.count('assignedByPeople', work.nowMs);
      work.give(ticket, each.executorId);
    }
    if (each.kind === 'recalled' && ticket.executorId === each.executorId) {
      ticket.passedOver = each.passedOver;
      work.toLine(ticket, each.line);
    }
  }
}

/**
 * Lives a stretch again with the real planner. Given are what came from outside (tickets, who was there, what people and
 * clients did, limits) and how long each ticket took in each hand; found are assignments, waits, promotions, missed
 * acceptances, orphans. Pure: the same case gives the same outcome.
 */
export const simulate = (replay: ReplayCase): Simulated => new Simulation(replay).run();
