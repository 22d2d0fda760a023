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
import type { Model } from './model.ts';

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
export const hungry = (model: Model, nowMs: number): string[] =>
  [...model.lines].flatMap(([deskId, line]) => {
    if (line.size === 0) return [];
    const limits = model.limits(deskId);
    const input: PlanInput = {
      at: instant(nowMs),
      firstNumber: 1,
      dealAtMost: 1000,
      limits: { ...limits, staleAfterMs: staleAfterMs(limits) },
      tickets: [...line.values()].map(({ value }) => value),
      executors: [],
    };
    // Those without room would be passed over at every ticket.
    const executors = model
      .listExecutors()
      .filter(({ homeDeskId }) => homeDeskId === deskId)
      .map(({ id, rank, presence, open, openUrgent }) => ({
        ...{ executorId: id, rank, presence, open: open.length, openUrgent: openUrgent.length },
        lastBeatAt: model.beats.get(id) ?? '',
      }))
      .filter((executor) => hasRoomAfter(input, executor, 0));
    if (executors.length === 0) return [];
    const { assignments } = planAssignments({ ...input, executors });
    return assignments.map(({ ticketId }) => `${ticketId} waits on ${deskId}`);
  });

const lateTicket = (model: Model, ticket: Ticket, now: string): string | undefined => {
  // Instants are of one width, and so in the order of their text.
  const late = (at: string | undefined) => at !== undefined && at <= now;
  if (ticket.state === 'assigned') {
    const current = model.executors.get(ticket.executorId ?? '')?.value.epoch === ticket.leaseEpoch;
    return current && late(ticket.acceptBy)
      ? `${ticket.id} is not accepted since ${ticket.acceptBy}`
      : undefined;
  }
  if (ticket.state === 'waiting' && !ticket.overdueAt) {
    const limitAt = model.waitLimitAt(ticket);
    return late(limitAt) ? `${ticket.id} waits in line ${ticket.line} beyond ${limitAt}` : undefined;
  }
  if (ticket.state !== 'waitingClient') return undefined;
  return late(ticket.closesAt) ? `${ticket.id} is parked beyond ${ticket.closesAt}` : undefined;
};

const lateExecutor = (model: Model, executor: Executor, nowMs: number): string | undefined => {
  const limits = model.limits(executor.homeDeskId);
  const watched = executor.presence === 'online' || executor.presence === 'draining';
  if (watched) {
    const beatAt = model.beats.get(executor.id) ?? '';
    if (Date.parse(beatAt) + staleAfterMs(limits) <= nowMs)
      return `${executor.id} is ${executor.presence} and silent since ${beatAt}`;
  }
  const { suspected } = executor;
  if (suspected && Date.parse(suspected.since) + limits.maxReconnectWaitSec * 1000 <= nowMs)
    return `${executor.id} is suspect since ${suspected.since}`;
  return undefined;
};

/** Tickets leased before their executor's epoch, or in the hand of somebody offline: they belong in line. */
const owed = (model: Model): string[] => {
  const found: string[] = [];
  for (const ticket of model.openTickets.values()) {
    if (ticket.state !== 'assigned' && ticket.state !== 'accepted') continue;
    const executor = model.executors.get(ticket.executorId ?? '')?.value;
    const leftAway = ticket.state === 'assigned' && executor?.presence === 'away';
    const theirs = executor?.epoch === ticket.leaseEpoch && executor?.presence !== 'offline' && !leftAway;
    if (!theirs) found.push(`${ticket.id} is still in the hand of ${executor?.id}, who has left`);
  }
  return found;
};

const overdue = (model: Model, nowMs: number): string[] => {
  const found: string[] = [];
  const now = instant(nowMs);
  for (const ticket of model.openTickets.values()) {
    const text = lateTicket(model, ticket, now);
    if (text) found.push(text);
  }
  for (const { value } of model.executors.values()) {
    const text = lateExecutor(model, value, nowMs);
    if (text) found.push(text);
  }
  return found;
};

/** Promptness, second by second, in a run where nothing excuses lateness; `rest` checks the same of a desk at rest, faults or not. */
export class DeadlinesCheck {
  readonly #world: World;
  readonly #model: Model;
  readonly #hungry = new Lasting();
  readonly #owed = new Lasting();
  readonly #late = new Lasting();
  readonly #told = new Set<string>();
  #limitsMs = 0;

  constructor(world: World, model: Model) {
    this.#world = world;
    this.#model = model;
    model.onEach(({ changes }) => {
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
    this.#say('wake-up', this.#hungry.longerThan(WAKE_MS, hungry(this.#model, nowMs), nowMs));
    this.#say('orphans', this.#owed.longerThan(ORPHAN_MS, owed(this.#model), nowMs));
    const late = nowMs < this.#limitsMs + IN_FORCE_MS ? [] : overdue(this.#model, nowMs);
    this.#say('timers', this.#late.longerThan(TIMER_MS, late, nowMs));
    timeline.at(nowMs + STEP_MS, () => this.#watch());
  }

  rest(): void {
    if (this.#world.timeline.halted()) return;
    const nowMs = this.#world.timeline.nowMs();
    this.#say('wake-up', hungry(this.#model, nowMs));
    this.#say('orphans', owed(this.#model));
    this.#say('timers', overdue(this.#model, nowMs - 2 * TIMER_MS));
  }
}
