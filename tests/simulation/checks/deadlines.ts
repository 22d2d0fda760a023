import type { World } from '../engine/world.ts';
import {
  type Executor,
  hasRoomAfter,
  instant,
  limitSettings,
  type PlanInput,
  planAssignments,
  staleAfterMs,
  type Ticket,
} from '../product.ts';
import type { Book } from './book.ts';

/** A timer fires within 2 s locally (R-DESK-08); SQS delays in whole seconds, and requests take their time. */
const TIMER_MS = 2_500;
/** Room that has appeared is used at once and not at the next minute (R-DESK-06). */
const WAKE_MS = 2_500;
const ORPHAN_MS = 2_500;
/** A change of limits is in force within 5 s (R-DESK-01); until then nothing is late by the new ones. */
const IN_FORCE_MS = 5_000;
const STEP_MS = 1000;

/** What has been so for how long: a condition that ends is forgotten. */
class Lasting {
  readonly #since = new Map<string, number>();

  /** Those that have lasted longer than that. */
  longerThan(ms: number, found: Iterable<string>, nowMs: number): string[] {
    const present = new Set(found);
    for (const key of this.#since.keys()) if (!present.has(key)) this.#since.delete(key);
    for (const key of present) if (!this.#since.has(key)) this.#since.set(key, nowMs);
    return [...present].filter((key) => nowMs - (this.#since.get(key) ?? nowMs) > ms);
  }
}

/** Tickets that could be assigned right now: nobody may wait while somebody has room. */
export const hungry = (book: Book, nowMs: number): string[] =>
  [...book.lines].flatMap(([deskId, line]) => {
    if (line.size === 0) return [];
    const limits = book.limits(deskId);
    const input: PlanInput = {
      at: instant(nowMs),
      firstNumber: 1,
      dealAtMost: 1000,
      limits: { ...limits, staleAfterMs: staleAfterMs(limits) },
      tickets: [...line.values()].map(({ value }) => value),
      executors: [],
    };
    // Those without room would be passed over at every ticket.
    const executors = book
      .listExecutors()
      .filter(({ homeDeskId }) => homeDeskId === deskId)
      .map(({ id, rank, presence, open, openUrgent }) => ({
        ...{ executorId: id, rank, presence, open: open.length, openUrgent: openUrgent.length },
        lastBeatAt: book.beats.get(id) ?? '',
      }))
      .filter((executor) => hasRoomAfter(input, executor, 0));
    if (executors.length === 0) return [];
    const { assignments } = planAssignments({ ...input, executors });
    return assignments.map(({ ticketId }) => `${ticketId} waits on ${deskId}`);
  });

const lateTicket = (book: Book, ticket: Ticket, now: string): string | undefined => {
  // Instants are of one width, and so in the order of their text.
  const late = (at: string | undefined) => at !== undefined && at <= now;
  if (ticket.state === 'assigned') {
    const current = book.executors.get(ticket.executorId ?? '')?.value.epoch === ticket.leaseEpoch;
    return current && late(ticket.acceptBy)
      ? `${ticket.id} is not accepted since ${ticket.acceptBy}`
      : undefined;
  }
  if (ticket.state === 'waiting' && !ticket.overdueAt) {
    const limitAt = book.waitLimitAt(ticket);
    return late(limitAt) ? `${ticket.id} waits in line ${ticket.line} beyond ${limitAt}` : undefined;
  }
  if (ticket.state !== 'waitingClient') return undefined;
  return late(ticket.closesAt) ? `${ticket.id} is parked beyond ${ticket.closesAt}` : undefined;
};

const lateExecutor = (book: Book, executor: Executor, nowMs: number): string | undefined => {
  const limits = book.limits(executor.homeDeskId);
  const watched = executor.presence === 'online' || executor.presence === 'draining';
  if (watched) {
    const beatAt = book.beats.get(executor.id) ?? '';
    if (Date.parse(beatAt) + staleAfterMs(limits) <= nowMs)
      return `${executor.id} is ${executor.presence} and silent since ${beatAt}`;
  }
  const { suspected } = executor;
  if (suspected && Date.parse(suspected.since) + limits.maxReconnectWaitSec * 1000 <= nowMs)
    return `${executor.id} is suspect since ${suspected.since}`;
  return undefined;
};

/** Tickets leased before their executor's epoch, or in the hand of somebody offline: they belong in line. */
const owed = (book: Book): string[] => {
  const found: string[] = [];
  for (const ticket of book.openTickets.values()) {
    if (ticket.state !== 'assigned' && ticket.state !== 'accepted') continue;
    const executor = book.executors.get(ticket.executorId ?? '')?.value;
    const leftAway = ticket.state === 'assigned' && executor?.presence === 'away';
    const theirs = executor?.epoch === ticket.leaseEpoch && executor?.presence !== 'offline' && !leftAway;
    if (!theirs) found.push(`${ticket.id} is still in the hand of ${executor?.id}, who has left`);
  }
  return found;
};

const overdue = (book: Book, nowMs: number): string[] => {
  const found: string[] = [];
  const now = instant(nowMs);
  for (const ticket of book.openTickets.values()) {
    const text = lateTicket(book, ticket, now);
    if (text) found.push(text);
  }
  for (const { value } of book.executors.values()) {
    const text = lateExecutor(book, value, nowMs);
    if (text) found.push(text);
  }
  return found;
};

/** Promptness, second by second, in a run where nothing excuses lateness; `rest` judges the same of a desk at rest, faults or not. */
export class DeadlinesCheck {
  readonly #world: World;
  readonly #book: Book;
  readonly #hungry = new Lasting();
  readonly #owed = new Lasting();
  readonly #late = new Lasting();
  readonly #told = new Set<string>();
  #limitsMs = 0;

  constructor(world: World, book: Book) {
    this.#world = world;
    this.#book = book;
    book.onEach(({ changes }) => {
      if (changes.some(({ pk }) => pk === limitSettings.key().pk)) this.#limitsMs = world.timeline.nowMs();
    });
    if (world.faults.prompt) this.#watch();
  }

  #say(rule: string, texts: readonly string[]): void {
    for (const text of texts) {
      if (this.#told.has(text)) continue;
      this.#told.add(text);
      this.#world.report(rule, text);
    }
  }

  #watch(): void {
    const { timeline } = this.#world;
    const nowMs = timeline.nowMs();
    this.#say('wake-up', this.#hungry.longerThan(WAKE_MS, hungry(this.#book, nowMs), nowMs));
    this.#say('orphans', this.#owed.longerThan(ORPHAN_MS, owed(this.#book), nowMs));
    const late = nowMs < this.#limitsMs + IN_FORCE_MS ? [] : overdue(this.#book, nowMs);
    this.#say('timers', this.#late.longerThan(TIMER_MS, late, nowMs));
    timeline.at(nowMs + STEP_MS, () => this.#watch());
  }

  rest(): void {
    if (this.#world.timeline.halted()) return;
    const nowMs = this.#world.timeline.nowMs();
    this.#say('wake-up', hungry(this.#book, nowMs));
    this.#say('orphans', owed(this.#book));
    this.#say('timers', overdue(this.#book, nowMs - 2 * TIMER_MS));
  }
}
