import type { Call } from '../engine/gate.ts';
import type { Invocation } from '../engine/invocation.ts';
import type { Plain } from '../engine/store/store.ts';
import type { Watcher, World } from '../engine/world.ts';
import { type Executor, effectiveLimits, type Limits, limitSettings } from '../product.ts';
import type { Commit, Model } from './model.ts';

/** How long limits that were read may be decided by: a change is in force everywhere within 5 s (R-DESK-01). */
const IN_FORCE_MS = 20_000;

interface Seen {
  readonly atMs: number;
  readonly deskId: string;
  readonly limits: Limits;
}

const isLimits = ({ pk, sk }: Plain): boolean => /^SETTINGS#limits(#|$)/.test(pk) && sk === 'CURRENT';

/** The desks whose limits a request asked for, with the global ones. */
const asksFor = ({ operation, input }: Call): string[] => {
  if (operation !== 'BatchGetItem') return [];
  return Object.values(input.RequestItems as Plain).flatMap(({ Keys }) =>
    (Keys as Plain[]).filter(isLimits).flatMap(({ pk }) => (pk as string).split('#')[2] ?? []),
  );
};

const limitsIn = (answer: Plain, deskId: string): Limits => {
  const items = Object.values((answer.Responses ?? {}) as Record<string, Plain[]>)
    .flat()
    .filter(isLimits);
  const { key, toGlobal, toOwn } = limitSettings;
  const item = (scope?: string) => items.find((each) => each.pk === key(scope).pk) as never;
  return effectiveLimits(toGlobal(item()), toOwn(item(deskId)));
};

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
  readonly #model: Model;
  readonly #seen = new WeakMap<Invocation, Seen[]>();

  constructor(world: World, model: Model) {
    this.#world = world;
    this.#model = model;
    model.onEach((commit) => this.#check(commit));
  }

  onRead(call: Call, answer: Plain): void {
    const atMs = this.#world.timeline.nowMs();
    const read = asksFor(call).map((deskId) => ({ atMs, deskId, limits: limitsIn(answer, deskId) }));
    if (read.length === 0) return;
    this.#seen.set(call.invocation, [...(this.#seen.get(call.invocation) ?? []), ...read]);
  }

  #capsOf(call: Call, deskId: string): Caps {
    const since = this.#world.timeline.nowMs() - IN_FORCE_MS;
    const seen = (this.#seen.get(call.invocation) ?? []).filter(
      (each) => each.deskId === deskId && each.atMs >= since,
    );
    const limits = seen.length > 0 ? seen.map((each) => each.limits) : [this.#model.limits(deskId)];
    return {
      all: Math.max(...limits.map(({ maxTicketsPerExecutor }) => maxTicketsPerExecutor)),
      urgent: Math.max(...limits.map(({ maxUrgentTicketsPerExecutor }) => maxUrgentTicketsPerExecutor)),
    };
  }

  #check({ call, executors, decisions }: Commit): void {
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
