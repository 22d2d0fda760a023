import type { Call } from '../engine/gate.ts';
import type { Invocation } from '../engine/invocation.ts';
import type { Plain } from '../engine/store.ts';
import type { Watcher, World } from '../engine/world.ts';
import { type Executor, effectiveLimits, type LimitsRegistry, toRegistry } from '../product.ts';
import type { Book, Commit } from './book.ts';

/** How long limits that were read may be decided by: a change is in force everywhere within 5 s (R-DESK-01). */
const IN_FORCE_MS = 20_000;

interface Seen {
  readonly atMs: number;
  readonly registry: LimitsRegistry;
}

const readsLimits = ({ operation, input }: Call): boolean => {
  if (operation === 'GetItem') return input.Key.pk === 'LIMITS';
  if (operation !== 'BatchGetItem') return false;
  return Object.values(input.RequestItems as Plain).some(({ Keys }) =>
    Keys.some((key: Plain) => key.pk === 'LIMITS'),
  );
};

const limitsItem = (answer: Plain): Plain | undefined =>
  answer.Item ??
  Object.values((answer.Responses ?? {}) as Record<string, Plain[]>)
    .flat()
    .find(({ pk }) => pk === 'LIMITS');

interface Caps {
  readonly all: number;
  readonly urgent: number;
}

const gainOf = (before: Executor | undefined, after: Executor): string[] =>
  after.open.filter((id) => !before?.open.includes(id));

/**
 * No cap is passed by anything an executor is given, under the limits that the decision was made by. Taken out are what
 * is recorded as over the cap on purpose, urgency that comes to a ticket in hand, and a cap lowered later (R-DESK-07).
 */
export class CapsCheck implements Watcher {
  readonly #world: World;
  readonly #book: Book;
  readonly #seen = new WeakMap<Invocation, Seen[]>();

  constructor(world: World, book: Book) {
    this.#world = world;
    this.#book = book;
    book.onEach((commit) => this.#judge(commit));
  }

  onRead(call: Call, answer: Plain): void {
    if (!readsLimits(call)) return;
    const registry = toRegistry(limitsItem(answer) as never);
    const seen = this.#seen.get(call.invocation) ?? [];
    this.#seen.set(call.invocation, [...seen, { atMs: this.#world.timeline.nowMs(), registry }]);
  }

  #capsOf(call: Call, deskId: string): Caps {
    const since = this.#world.timeline.nowMs() - IN_FORCE_MS;
    const registries = (this.#seen.get(call.invocation) ?? [])
      .filter(({ atMs }) => atMs >= since)
      .map(({ registry }) => registry);
    const limits = [...registries, ...(registries.length === 0 ? [this.#book.registry] : [])].map(
      (registry) => effectiveLimits(registry, deskId),
    );
    return {
      all: Math.max(...limits.map(({ maxTicketsPerExecutor }) => maxTicketsPerExecutor)),
      urgent: Math.max(...limits.map(({ maxUrgentTicketsPerExecutor }) => maxUrgentTicketsPerExecutor)),
    };
  }

  #judge({ call, executors, decisions }: Commit): void {
    if (decisions.some(({ overCap }) => overCap)) return;
    for (const { before, after } of executors) {
      if (!after) continue;
      const gained = gainOf(before, after);
      if (gained.length === 0) continue;
      const caps = this.#capsOf(call, after.homeDeskId);
      if (after.open.length > caps.all)
        this.#world.report(
          'caps',
          `${after.id} was given [${gained}] and has ${after.open.length} of ${caps.all}`,
        );
      const urgent = gained.some((id) => after.openUrgent.includes(id));
      if (urgent && after.openUrgent.length > caps.urgent)
        this.#world.report(
          'caps',
          `${after.id} was given urgent [${gained}] and has ${after.openUrgent.length} of ${caps.urgent}`,
        );
    }
  }
}
