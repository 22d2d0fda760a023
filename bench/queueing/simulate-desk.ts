import {
  type PlanExecutor,
  type PlanTicket,
  planAssignments,
} from '../../lib/desk/dispatch/plan-assignments.ts';
import { type Estimate, estimateWait, type PastAssignment } from '../../lib/desk/waiting/estimate.ts';
import { instant } from '../../lib/platform/clock.ts';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { type Handling, handlingTime } from './handling.ts';
import { MIN_INTERVALS, plainRange } from './plain-range.ts';
import type { System } from './theory.ts';

export interface DeskCase extends Omit<System, 'servers'> {
  readonly executors: number;
  readonly handling: Handling;
  readonly tickets: number;
  readonly seed: number;
}

export interface Told {
  readonly kind: 'urgent' | 'normal';
  readonly position: number;
  readonly range: Estimate;
  /** The same from nothing but the spread of past runs. */
  readonly plain: Estimate;
  readonly waitSec: number;
}

export interface SimulatedDesk {
  /** In mean handling times. */
  readonly waits: { readonly all: number[]; readonly urgent: number[]; readonly normal: number[] };
  /** Who got each ticket, in order. */
  readonly dealt: number[];
  readonly estimates: Told[];
}

/** A ticket is handled for so long on average. */
const HANDLING_SEC = 300;
const START_MS = Date.UTC(2026, 0, 5, 8);
/** The first tickets meet an idle desk. */
const WARM_UP = 0.05;
/** As the product does: an estimate rests on the last 200 assignments, and positions end at 100. */
const LOOKED_AT = 200;
const LAST_POSITION = 100;
/** Every so many arrivals one that must wait is told an estimate. */
const ASK_EVERY = 7;

type Line = 'urgent' | 'new';

interface Waiting extends PlanTicket {
  readonly index: number;
  readonly arrivedSec: number;
  told?: Omit<Told, 'waitSec'>;
}

/** Frees come in no order of their own: the few under way are searched. */
class DeskRun {
  readonly #case: DeskCase;
  readonly #random: () => number;
  readonly #lines: Record<Line, { tickets: Waiting[]; head: number }> = {
    urgent: { tickets: [], head: 0 },
    new: { tickets: [], head: 0 },
  };
  readonly #freeAtSec: number[];
  readonly #ranks: number[];
  readonly #assignments: PastAssignment[] = [];
  readonly #desk: SimulatedDesk = { waits: { all: [], urgent: [], normal: [] }, dealt: [], estimates: [] };
  #number = 1;
  #nowSec = 0;

  constructor(given: DeskCase) {
    this.#case = given;
    this.#random = seededRandom(given.seed * 7919);
    this.#freeAtSec = Array.from({ length: given.executors }, () => Number.POSITIVE_INFINITY);
    this.#ranks = Array.from({ length: given.executors }, () => 0);
  }

  run(): SimulatedDesk {
    const { executors, load, tickets } = this.#case;
    const betweenSec = HANDLING_SEC / (executors * load);
    let nextSec = this.#exponential(betweenSec);
    for (let index = 0; index < tickets; ) {
      const freeSec = Math.min(...this.#freeAtSec);
      if (freeSec < nextSec) {
        this.#nowSec = freeSec;
        this.#freeAtSec[this.#freeAtSec.indexOf(freeSec)] = Number.POSITIVE_INFINITY;
      } else {
        this.#nowSec = nextSec;
        this.#arrive(index);
        index += 1;
        nextSec += this.#exponential(betweenSec);
      }
      this.#plan();
    }
    return this.#desk;
  }

  #exponential(meanSec: number): number {
    return -Math.log(1 - this.#random()) * meanSec;
  }

  #arrive(index: number): void {
    const urgent = this.#random() < this.#case.urgentShare;
    const line: Line = urgent ? 'urgent' : 'new';
    const orderedAt = instant(START_MS + Math.floor(this.#nowSec * 1000));
    const ticketId = String(index).padStart(9, '0');
    this.#lines[line].tickets.push({
      ticketId,
      line,
      urgent,
      orderedAt,
      passedOver: {},
      index,
      arrivedSec: this.#nowSec,
    });
    if (index % ASK_EVERY === 0 && this.#freeAtSec.every(Number.isFinite)) this.#tell(line);
  }

  #waiting(line: Line): number {
    return this.#lines[line].tickets.length - this.#lines[line].head;
  }

  #tell(line: Line): void {
    const position =
      line === 'urgent' ? this.#waiting('urgent') : this.#waiting('urgent') + this.#waiting('new');
    if (position > LAST_POSITION) return;
    const range = estimateWait(this.#assignments, { position, line, minIntervals: MIN_INTERVALS });
    const plain = plainRange(this.#assignments, position);
    const last = this.#lines[line].tickets.at(-1);
    if (range && plain && last)
      last.told = { kind: line === 'urgent' ? 'urgent' : 'normal', position, range, plain };
  }

  #plan(): void {
    const free = this.#freeAtSec.filter((sec) => !Number.isFinite(sec)).length;
    const tickets = (['urgent', 'new'] as const).flatMap((line) => {
      const { tickets: all, head } = this.#lines[line];
      return all.slice(head, head + free);
    });
    if (tickets.length === 0) return;
    const at = instant(START_MS + Math.floor(this.#nowSec * 1000));
    const executors = this.#ranks.map((rank, index): PlanExecutor => {
      const open = Number.isFinite(this.#freeAtSec[index]) ? 1 : 0;
      return { executorId: String(index), rank, presence: 'online', lastBeatAt: at, open, openUrgent: 0 };
    });
    const { assignments } = planAssignments({
      at,
      firstNumber: this.#number,
      dealAtMost: 40,
      limits: { version: 1, maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1, staleAfterMs: 30_000 },
      tickets,
      executors,
    });
    for (const { ticketId, executorId, number } of assignments) {
      const ticket = tickets.find((each) => each.ticketId === ticketId);
      if (ticket) this.#hand(ticket, { executor: Number(executorId), number, at });
    }
    this.#number += assignments.length;
  }

  /** The planner serves each line from its head, so the head moves on by one. */
  #hand(ticket: Waiting, { executor, number, at }: { executor: number; number: number; at: string }): void {
    const line = this.#lines[ticket.line as Line];
    if (line.tickets[line.head] !== ticket) throw new Error('a ticket was served out of its turn');
    line.head += 1;
    if (line.head > 1000) {
      line.tickets = line.tickets.slice(line.head);
      line.head = 0;
    }
    this.#ranks[executor] = number;
    const took = handlingTime[this.#case.handling](this.#random);
    this.#freeAtSec[executor] = this.#nowSec + took * HANDLING_SEC;
    this.#assignments.push({ at, createdAt: ticket.orderedAt });
    if (this.#assignments.length > LOOKED_AT) this.#assignments.shift();
    if (ticket.index >= this.#case.tickets * WARM_UP) this.#note(ticket, executor);
  }

  #note(ticket: Waiting, executor: number): void {
    const waitSec = this.#nowSec - ticket.arrivedSec;
    const { waits, dealt, estimates } = this.#desk;
    waits.all.push(waitSec / HANDLING_SEC);
    waits[ticket.urgent ? 'urgent' : 'normal'].push(waitSec / HANDLING_SEC);
    dealt.push(executor);
    if (ticket.told) estimates.push({ ...ticket.told, waitSec });
  }
}

/** Lives so many tickets through with the real planner, each executor holding one at a time. */
export const simulateDesk = (given: DeskCase): SimulatedDesk => new DeskRun(given).run();
