// @pure

import type { Limits, Line } from '../desk/model.ts';
import { ownLine, waitLimitSec } from '../desk/rules.ts';
import { instant } from '../platform/clock.ts';
import { Agenda } from './agenda.ts';
import { RANK, type ReplayCase, snapped } from './case.ts';
import { DeskModel, type SimTicket } from './desk-model.ts';
import { type Fare, tenthsOf } from './moved.ts';
import { OutcomeTally } from './outcome.ts';
import { SeriesTally } from './series.ts';
import { type Part, partOf } from './visit.ts';

/** What tickets do in a simulation: they wait, are promoted, come into hands, and leave them. */
export class Work {
  readonly deskModel: DeskModel;
  readonly agenda = new Agenda();
  readonly tally: OutcomeTally;
  readonly series: SeriesTally;
  readonly fares = new Map<string, Fare>();
  limits: Limits;
  nowMs: number;
  guessed = 0;
  readonly #case: ReplayCase;
  readonly #used = new Map<string, Set<number>>();
  /** Something changed: the dispatcher should plan. */
  readonly #wake: () => void;

  constructor(replay: ReplayCase, start: { limits: Limits; wake: () => void }) {
    this.#case = replay;
    this.#wake = start.wake;
    this.limits = start.limits;
    this.nowMs = replay.fromMs;
    this.deskModel = new DeskModel(replay.start);
    this.tally = new OutcomeTally(replay.fromMs);
    this.series = new SeriesTally(replay.fromMs, replay.toMs);
  }

  at(atMs: number, rank: number, run: () => void): void {
    this.agenda.put({ atMs: Math.max(atMs, this.nowMs), rank }, (nowMs) => {
      this.nowMs = nowMs;
      run();
    });
  }

  /** It comes into a hand, and goes on as the day's visits to that hand say. */
  give(ticket: SimTicket, executorId: string): void {
    if (ticket.state === 'waiting') {
      const wait = { sinceMs: ticket.enteredMs, atMs: this.nowMs };
      this.tally.waited(ticket.enteredLine, wait);
      this.series.waited(ticket.enteredLine, wait);
      this.#fares(ticket, { executorId, load: this.deskModel.executor(executorId).open.size + 1 });
    }
    this.deskModel.give(ticket, executorId, 'assigned');
    const used = this.#usedOf(ticket);
    const visits = this.#case.visits.get(ticket.ticketId) ?? [];
    const part = partOf(visits, { executorId, atMs: this.nowMs, used, typical: this.#case.typical });
    if (part.guessed) this.guessed += 1;
    this.#play(ticket, part);
  }

  /** The first wait counts, as it ends. */
  #fares(ticket: SimTicket, end: Pick<Fare, 'executorId' | 'load'>): void {
    if (this.fares.has(ticket.ticketId)) return;
    const { enteredLine: line, promoted, enteredMs } = ticket;
    this.fares.set(ticket.ticketId, { line, promoted, waitSec: tenthsOf(this.nowMs - enteredMs), ...end });
  }

  /** The stretch is over: what still waits has waited until now. */
  finish(): void {
    const waiting = this.deskModel.waiting();
    this.series.count(waiting, this.nowMs + 1);
    for (const ticket of waiting) this.#fares(ticket, { executorId: null, load: null });
  }

  #usedOf({ ticketId }: SimTicket): Set<number> {
    const used = this.#used.get(ticketId) ?? new Set();
    this.#used.set(ticketId, used);
    return used;
  }

  /** Puts down what will happen to a ticket as long as it stays in this hand. */
  #play(ticket: SimTicket, part: Part): void {
    const { hand } = ticket;
    const inHand = (atMs: number, run: () => void) =>
      this.at(atMs, RANK.timer, () => {
        if (ticket.hand === hand) run();
      });
    for (const { kind, atMs } of part.steps) {
      if (kind === 'accept') inHand(atMs, () => this.#accept(ticket));
      if (kind === 'park') inHand(atMs, () => this.#park(ticket));
      if (kind === 'return') inHand(atMs, () => this.#return(ticket));
      if (kind === 'decline')
        inHand(atMs, () => this.#passOver(ticket, ownLine(ticket), this.limits.passedOverAfterDeclineSec));
      if (kind === 'close') inHand(atMs, () => this.end(ticket, 'closed'));
      if (kind === 'leave') inHand(atMs, () => this.end(ticket, 'left'));
    }
    const limitSec = ticket.urgent ? this.limits.maxUrgentWaitSec : this.limits.maxWaitSec;
    const deadlineMs = snapped(part.sinceMs + limitSec * 1000, part.missedAtMs);
    inHand(deadlineMs, () => {
      if (ticket.state !== 'assigned') return;
      this.tally.count('missed', this.nowMs);
      this.#passOver(ticket, 'orphaned', this.limits.passedOverAfterMissSec);
    });
  }

  #accept(ticket: SimTicket): void {
    if (ticket.state === 'assigned') ticket.state = 'accepted';
  }

  #park(ticket: SimTicket): void {
    if (ticket.state === 'parked') return;
    this.deskModel.park(ticket);
    this.#wake();
  }

  /** The client answered: back to the same executor if they are there and have room, else to the line (R-DESK-10). */
  #return(ticket: SimTicket): void {
    if (ticket.state !== 'parked') return;
    const executor = this.deskModel.executor(ticket.executorId ?? '');
    if (this.deskModel.hasRoom(executor, this.limits, ticket.urgent)) {
      this.deskModel.give(ticket, executor.id, 'accepted');
    } else {
      this.toLine(ticket, ownLine(ticket));
    }
  }

  end(ticket: SimTicket, how: 'closed' | 'left'): void {
    if (how === 'closed') this.tally.count('closed', this.nowMs);
    this.deskModel.remove(ticket);
    this.#wake();
  }

  #passOver(ticket: SimTicket, line: Line, forSec: number): void {
    const untilMs = this.nowMs + forSec * 1000;
    ticket.passedOver = { ...ticket.passedOver, [ticket.executorId ?? '']: instant(untilMs) };
    this.toLine(ticket, line);
    this.at(untilMs, RANK.timer, () => this.#wake());
  }

  toLine(ticket: SimTicket, line: Line): void {
    ticket.enteredMs = this.nowMs;
    ticket.enteredLine = line;
    this.deskModel.enter(ticket);
    this.waitIn(ticket, line);
  }

  /** Begins a wait: in a line, or in another one without having left. */
  waitIn(ticket: SimTicket, line: Line, promoted = false): void {
    this.series.arrived(line, this.nowMs);
    ticket.line = line;
    ticket.promoted = promoted;
    ticket.overdue = false;
    ticket.waitingSinceMs = this.nowMs;
    this.armWait(ticket);
    this.#wake();
  }

  armWait(ticket: SimTicket): void {
    if (ticket.overdue) return;
    ticket.wait += 1;
    const { wait } = ticket;
    const limitMs = waitLimitSec(ticket, this.limits) * 1000;
    const dueMs = ticket.waitingSinceMs + limitMs;
    const day = this.#case.promotions.get(ticket.ticketId)?.find((ms) => ms >= dueMs);
    this.at(ticket.line === 'new' ? snapped(dueMs, day) : dueMs, RANK.timer, () => {
      if (ticket.wait !== wait || ticket.state !== 'waiting') return;
      this.series.breached(ticket.line, this.nowMs);
      if (ticket.line === 'new') {
        this.tally.count('promoted', this.nowMs);
        this.waitIn(ticket, 'urgent', true);
      } else {
        this.tally.count('overdue', this.nowMs);
        ticket.overdue = true;
      }
    });
  }

  /** A ticket continues from its state at the start. */
  resumeTicket(ticket: SimTicket): void {
    const { fromMs, typical } = this.#case;
    const visits = this.#case.visits.get(ticket.ticketId) ?? [];
    const used = this.#usedOf(ticket);
    for (const [index, { atMs }] of visits.entries()) if (atMs < fromMs) used.add(index);
    if (ticket.state === 'waiting') this.armWait(ticket);
    const visit = visits.findLast(({ atMs }) => atMs < fromMs);
    if (ticket.state === 'waiting' || !visit) return;
    const about = { executorId: visit.executorId, atMs: visit.atMs, used: new Set<number>(), typical };
    const part = partOf([visit, ...visits.filter((each) => each.atMs >= fromMs)], about);
    // What the visit had behind it at the start is in the ticket's state already.
    this.#play(ticket, { ...part, steps: part.steps.filter(({ atMs }) => atMs >= fromMs) });
  }

  setUrgent(ticket: SimTicket, urgent: boolean): void {
    if (ticket.urgent === urgent) return;
    this.deskModel.setUrgent(ticket, urgent);
    if (ticket.state === 'waiting' && ticket.line !== 'orphaned') this.waitIn(ticket, ownLine(ticket));
  }
}
