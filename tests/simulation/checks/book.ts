import { inflateRawSync } from 'node:zlib';
import type { Call } from '../engine/gate.ts';
import type { ItemChange } from '../engine/ledger.ts';
import type { Plain } from '../engine/store.ts';
import type { Watcher, World } from '../engine/world.ts';
import {
  type Decision,
  type DomainEvent,
  type Executor,
  effectiveLimits,
  type Limits,
  type LimitsRegistry,
  type LineEntry,
  lineEntry,
  type PlanRecord,
  type Ticket,
  toRegistry,
  toStoredExecutor,
} from '../product.ts';

export const ticketOf = (item: Plain): Ticket => {
  const { pk, sk, dueShard, dueAt, timer, heldBy, ...rest } = item;
  return { ...(rest as Ticket), heldBy: [...((heldBy as Set<string> | undefined) ?? [])] };
};

export const executorOf = (item: Plain): Executor => toStoredExecutor(item as never).executor;

export const isTicket = ({ pk, sk }: { pk: string; sk: string }): boolean =>
  sk === 'TICKET' && pk.startsWith('TICKET#');
export const isExecutor = ({ pk, sk }: { pk: string; sk: string }): boolean =>
  sk === 'EXECUTOR' && pk.startsWith('EXECUTOR#');
export const isDecision = ({ pk }: { pk: string }): boolean => pk.startsWith('DECISIONS#');

/** A thing and the number of the commit that made it so. */
export interface Since<T> {
  readonly value: T;
  readonly commit: number;
}

export interface ThreadItem {
  readonly ticketId: string;
  readonly messageId: string;
  readonly kind: string;
  readonly authorId: string;
  readonly at: string;
  readonly text: string;
}

/** A change of a ticket or executor, told in the product's words. */
export interface Told<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** What one request changed. */
export interface Commit {
  readonly call: Call;
  readonly changes: readonly ItemChange[];
  readonly tickets: readonly Told<Ticket>[];
  readonly executors: readonly Told<Executor>[];
  readonly decisions: readonly Decision[];
  readonly events: readonly DomainEvent[];
}

const unpacked = (bytes: Uint8Array): PlanRecord =>
  JSON.parse(inflateRawSync(bytes).toString()) as PlanRecord;

const told = <T>(change: ItemChange, read: (item: Plain) => T): Told<T> => ({
  before: change.before && read(change.before),
  after: change.after && read(change.after),
});

/** The desk as it stands after each request, in the product's words; what the floor and the checks look at. */
export class Book implements Watcher {
  readonly tickets = new Map<string, Ticket>();
  readonly executors = new Map<string, Since<Executor>>();
  /** By desk, then by sort key. */
  readonly lines = new Map<string, Map<string, Since<LineEntry>>>();
  readonly rosters = new Map<string, Set<string>>();
  readonly beats = new Map<string, string>();
  readonly threads: ThreadItem[] = [];
  readonly plans = new Map<string, PlanRecord>();
  registry: LimitsRegistry = toRegistry(undefined);
  registrySinceMs = 0;
  commits = 0;
  readonly #world: World;
  readonly #listeners: ((commit: Commit) => void)[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Called after the book has taken a request's changes in. */
  onEach(listener: (commit: Commit) => void): void {
    this.#listeners.push(listener);
  }

  limits(deskId: string): Limits {
    return effectiveLimits(this.registry, deskId);
  }

  line(deskId: string): Map<string, Since<LineEntry>> {
    const line = this.lines.get(deskId) ?? new Map();
    this.lines.set(deskId, line);
    return line;
  }

  listExecutors(): Executor[] {
    return [...this.executors.values()].map(({ value }) => value);
  }

  onCommit(call: Call, changes: readonly ItemChange[]): void {
    this.commits += 1;
    for (const change of changes) this.#take(change);
    const desk = changes.filter(({ table }) => table === 'desk');
    const commit: Commit = {
      call,
      changes,
      tickets: desk.filter(isTicket).map((change) => told(change, ticketOf)),
      executors: desk.filter(isExecutor).map((change) => told(change, executorOf)),
      decisions: desk
        .filter((change) => isDecision(change) && change.before === undefined && change.after?.rule)
        .map((change) => ({
          ...(change.after as unknown as Decision),
          id: change.sk,
          deskId: change.pk.slice('DECISIONS#'.length),
        })),
      events: changes.flatMap(({ table, pk, after }) =>
        table === 'platform' && pk.startsWith('OUTBOX#') && after
          ? (JSON.parse(after.events) as DomainEvent[])
          : [],
      ),
    };
    for (const listener of this.#listeners) listener(commit);
  }

  #take(change: ItemChange): void {
    if (change.table !== 'desk') return;
    const { pk, sk, after } = change;
    const [kind = '', id = ''] = [pk.slice(0, pk.indexOf('#')), pk.slice(pk.indexOf('#') + 1)];
    if (isTicket(change) && after) this.tickets.set(id, ticketOf(after));
    else if (isExecutor(change) && after)
      this.executors.set(id, { value: executorOf(after), commit: this.commits });
    else if (kind === 'EXECUTOR' && sk === 'PRESENCE' && after) this.beats.set(id, after.lastBeatAt);
    else if (kind === 'LINES') {
      if (after) this.line(id).set(sk, { value: lineEntry(after as never), commit: this.commits });
      else this.line(id).delete(sk);
    } else if (kind === 'ROSTER') {
      const roster = this.rosters.get(id) ?? new Set();
      this.rosters.set(id, roster);
      if (after) roster.add(sk);
      else roster.delete(sk);
    } else if (kind === 'TICKET' && sk.startsWith('MSG#') && after && !change.before) {
      this.threads.push(after as unknown as ThreadItem);
    } else if (kind === 'DECISIONS' && after?.plan) this.plans.set(`${id}/${sk}`, unpacked(after.plan));
    else if (pk === 'LIMITS' && sk === 'CURRENT' && after) {
      this.registry = toRegistry(after as never);
      this.registrySinceMs = this.#world.timeline.nowMs();
    }
  }
}
