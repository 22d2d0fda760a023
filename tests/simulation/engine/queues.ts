import type { FaultKind, Faults } from '../faults/fault-plan.ts';
import type { Outcome } from './invocation.ts';
import type { Random } from './random.ts';
import type { Plain } from './store/store.ts';
import type { Timeline } from './timeline.ts';
import type { QueuePlan } from './topology.ts';

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly sentMs: number;
  readonly order: number;
  visibleMs: number;
  receives: number;
  inFlight: boolean;
  /** Of each receive that failed: what had gone wrong around it. */
  readonly failures: FaultKind[][];
}

/** Runs the consumer on a batch; gives the ids of those it failed at, all of them when it did not return. */
export type Consume = (
  plan: QueuePlan,
  batch: readonly QueuedMessage[],
) => Promise<{ failed: ReadonlySet<string>; outcome: Outcome }>;

export interface DeadLetter {
  readonly queue: string;
  readonly message: QueuedMessage;
}

interface Parts {
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly random: Random;
  readonly consume: Consume;
}

const DEDUPLICATION_MS = 300_000;
const POLL_MS = [1, 40] as const;
const DELAY_MS = [200, 12_000] as const;

/**
 * One SQS queue by virtual time: delays, visibility, groups in order, at least once, dead messages.
 * Source: Amazon SQS Developer Guide, "Standard queues", "FIFO queue delivery logic", "Visibility timeout".
 */
export class SimulatedQueue {
  readonly plan: QueuePlan;
  readonly dead: DeadLetter[] = [];
  readonly #parts: Parts;
  readonly #messages: QueuedMessage[] = [];
  readonly #seen = new Map<string, number>();
  #order = 0;
  #running = 0;

  constructor(plan: QueuePlan, parts: Parts) {
    this.plan = plan;
    this.#parts = parts;
  }

  get messages(): readonly QueuedMessage[] {
    return this.#messages;
  }

  /** Whether nothing is to be done but to wait for messages that are delayed on purpose. */
  isIdle(): boolean {
    const nowMs = this.#parts.timeline.nowMs();
    if (!this.plan.consumer) return true;
    return this.#messages.every(({ receives, visibleMs }) => receives === 0 && visibleMs > nowMs);
  }

  send(entry: Plain): void {
    if (this.plan.elsewhere) return;
    const { timeline, faults, random } = this.#parts;
    const nowMs = timeline.nowMs();
    if (entry.MessageDeduplicationId) {
      const key = `${entry.MessageGroupId} ${entry.MessageDeduplicationId}`;
      if ((this.#seen.get(key) ?? Number.NEGATIVE_INFINITY) > nowMs - DEDUPLICATION_MS) return;
      this.#seen.set(key, nowMs);
    }
    const late = faults.strikes('delayed', random);
    const twice = !this.plan.fifo && faults.strikes('duplicate', random);
    const lateMs = late ? random.int(...DELAY_MS) : 0;
    const visibleMs = nowMs + Number(entry.DelaySeconds ?? 0) * 1000;
    if (late) faults.fired('delayed');
    if (twice) faults.fired('duplicate');
    const id = `m${this.plan.name}${this.#order}`;
    this.#add(entry, { id, visibleMs: visibleMs + lateMs });
    if (twice) this.#add(entry, { id, visibleMs: visibleMs + random.int(...DELAY_MS) });
  }

  #add(entry: Plain, { id, visibleMs }: { id: string; visibleMs: number }): void {
    const message: QueuedMessage = {
      id,
      body: String(entry.MessageBody),
      group: entry.MessageGroupId,
      sentMs: this.#parts.timeline.nowMs(),
      order: this.#order++,
      visibleMs,
      receives: 0,
      inFlight: false,
      failures: [],
    };
    this.#messages.push(message);
    this.#pollAt(visibleMs);
  }

  #pollAt(atMs: number): void {
    const { timeline, random } = this.#parts;
    if (this.plan.consumer) timeline.at(atMs + random.int(...POLL_MS), () => void this.#poll());
  }

  /** Sends dead letters through the queue again, as an operator would. */
  redrive(): number {
    const messages = this.dead.splice(0);
    for (const { message } of messages) {
      message.receives = 0;
      message.inFlight = false;
      message.visibleMs = this.#parts.timeline.nowMs();
      this.#messages.push(message);
    }
    if (messages.length > 0) this.#pollAt(this.#parts.timeline.nowMs());
    return messages.length;
  }

  #visible(): QueuedMessage[] {
    const nowMs = this.#parts.timeline.nowMs();
    const blocked = new Set<string>();
    const visible: QueuedMessage[] = [];
    for (const message of this.#messages) {
      const ready = !message.inFlight && message.visibleMs <= nowMs;
      if (this.plan.fifo) {
        // Whatever is under way or comes back later holds up those behind it in its group.
        if (!ready) blocked.add(message.group ?? '');
        if (blocked.has(message.group ?? '')) continue;
      }
      if (ready) visible.push(message);
    }
    return visible;
  }

  #take(batchSize: number): QueuedMessage[] {
    const { faults, random } = this.#parts;
    const visible = this.#visible();
    const size = Math.min(visible.length, random.int(1, batchSize));
    const shuffled = !this.plan.fifo && visible.length > 1 && faults.strikes('reordered', random);
    if (!shuffled) return visible.slice(0, size);
    faults.fired('reordered');
    const from = [...visible];
    return Array.from(
      { length: size },
      () => from.splice(random.int(0, from.length - 1), 1)[0] as QueuedMessage,
    );
  }

  async #poll(): Promise<void> {
    const { consumer } = this.plan;
    if (!consumer || this.#running >= consumer.maxConcurrency) return;
    const taken = this.#take(consumer.batchSize).filter((message) => !this.#buried(message));
    if (taken.length === 0) return;
    const nowMs = this.#parts.timeline.nowMs();
    for (const message of taken) {
      message.receives += 1;
      message.inFlight = true;
    }
    if (this.#visible().length > 0) this.#pollAt(nowMs);
    this.#running += 1;
    const { failed, outcome } = await this.#parts.consume(this.plan, taken);
    this.#running -= 1;
    for (const message of taken)
      this.#settle(message, { failed: failed.has(message.id), outcome, takenMs: nowMs });
    this.#pollAt(this.#parts.timeline.nowMs());
  }

  #settle(message: QueuedMessage, how: { failed: boolean; outcome: Outcome; takenMs: number }): void {
    const { faults, random } = this.#parts;
    message.inFlight = false;
    if (how.failed) message.failures.push([...how.outcome.invocation.faults]);
    else if (faults.strikes('undeleted', random)) faults.fired('undeleted');
    else {
      this.#messages.splice(this.#messages.indexOf(message), 1);
      return;
    }
    message.visibleMs = Math.max(how.takenMs + this.plan.visibilityMs, this.#parts.timeline.nowMs());
    this.#pollAt(message.visibleMs);
  }

  #buried(message: QueuedMessage): boolean {
    if (message.receives < this.plan.maxReceives) return false;
    this.#messages.splice(this.#messages.indexOf(message), 1);
    this.dead.push({ queue: this.plan.name, message });
    return true;
  }
}
