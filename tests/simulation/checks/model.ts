import { createLog } from '../../../lib/platform/log.ts';
import type { Runtime } from '../../../lib/platform/runtime.ts';
import type { Item } from '../../../lib/platform/storage/items.ts';
import type { Call } from '../engine/gate.ts';
import type { ItemChange } from '../engine/ledger.ts';
import type { Plain } from '../engine/store/store.ts';
import type { Watcher } from '../engine/world.ts';
import {
  type Decision,
  type DomainEvent,
  type Executor,
  effectiveLimits,
  executorItems,
  type Limits,
  type LineEntry,
  limitSettings,
  lineEntries,
  type OwnLimits,
  type PlanRecord,
  type ThreadEntry,
  type Ticket,
  toStoredExecutor,
  unpackedRecord,
  waitDeadlines,
} from '../product.ts';

export const ticketOf = (item: Plain): Ticket => {
  const { pk, sk, clientList, deskList, dueShard, dueAt, deadline, timer, heldBy, ...rest } = item;
  return { ...(rest as Ticket), heldBy: [...((heldBy as Set<string> | undefined) ?? [])] };
};

/** What an entity reads by: it says nothing here, and a shape it does not know ends the run. */
const reader = { log: createLog({ LOG_LEVEL: 'SILENT' }), dynamo: {} } as Runtime;

const executorOf = (item: Plain): Executor =>
  toStoredExecutor(executorItems.parse(reader, item as Item)).executor;

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

export type ThreadItem = ThreadEntry;

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

/** A tick puts a deadline that it sent back in the due line by an update; all that changes a ticket replaces it whole. */
const isPutBack = ({ operation, invocation }: Call): boolean =>
  operation === 'UpdateItem' && invocation.plan.name === 'desk-dispatch-tick';

const told = <T>(change: ItemChange, read: (item: Plain) => T): Told<T> => ({
  before: change.before && read(change.before),
  after: change.after && read(change.after),
});

/** The desk as it stands after each request, in the product's words; what the workload and the checks look at. */
export class Model implements Watcher {
  /** The one that changed last is the last. */
  readonly tickets = new Map<string, Ticket>();
  /** Those of them that are not closed, in the same order. */
  readonly openTickets = new Map<string, Ticket>();
  readonly executors = new Map<string, Since<Executor>>();
  /** By desk, then by sort key. */
  readonly lines = new Map<string, Map<string, Since<LineEntry>>>();
  readonly rosters = new Map<string, Set<string>>();
  readonly beats = new Map<string, string>();
  readonly threads: ThreadItem[] = [];
  readonly plans = new Map<string, PlanRecord>();
  globalLimits = limitSettings.initial;
  readonly ownLimits = new Map<string, OwnLimits>();
  commits = 0;
  /** What the present request took out of a line or replaced, as it stood before. */
  readonly justLeft = new Map<string, Since<LineEntry>>();
  readonly justReplaced = new Map<string, Since<Executor>>();
  readonly #listeners: ((commit: Commit) => void)[] = [];
  readonly #limits = new Map<string, Limits>();
  readonly #waits = new WeakMap<Ticket, { limits: Limits; limitAt: string }>();

  /** Called after the model has taken a request's changes in. */
  onEach(listener: (commit: Commit) => void): void {
    this.#listeners.push(listener);
  }

  limits(deskId: string): Limits {
    const limits = this.#limits.get(deskId) ?? effectiveLimits(this.globalLimits, this.ownLimits.get(deskId));
    this.#limits.set(deskId, limits);
    return limits;
  }

  /** When a waiting ticket's wait is over. */
  waitLimitAt(ticket: Ticket): string {
    const limits = this.limits(ticket.deskId);
    const known = this.#waits.get(ticket);
    if (known?.limits === limits) return known.limitAt;
    const { limitAt } = waitDeadlines(ticket, limits);
    this.#waits.set(ticket, { limits, limitAt });
    return limitAt;
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
    this.justLeft.clear();
    this.justReplaced.clear();
    for (const change of changes) this.#take(change);
    const desk = changes.filter(({ table }) => table === 'desk');
    const commit: Commit = {
      call,
      changes,
      tickets: isPutBack(call) ? [] : desk.filter(isTicket).map((change) => told(change, ticketOf)),
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
    const id = pk.slice(pk.indexOf('#') + 1);
    const kind = pk.slice(0, pk.indexOf('#'));
    if (isTicket(change) && after) this.#takeTicket(id, after);
    else if (isExecutor(change) && after) this.#takeExecutor(id, after);
    else if (kind === 'EXECUTOR' && sk === 'PRESENCE' && after) this.beats.set(id, after.lastBeatAt);
    else if (kind === 'LINES') this.#takePlace(id, change);
    else if (kind === 'ROSTER') this.#takeRoster(id, change);
    else if (kind === 'TICKET' && /^(MSG|NOTE)#/.test(sk) && after && !change.before)
      this.threads.push(after as unknown as ThreadItem);
    else if (kind === 'DECISIONS' && after?.plan) this.plans.set(`${id}/${sk}`, unpackedRecord(after.plan));
    else if (sk === 'CURRENT') this.#takeLimits(pk, after);
  }

  #takeLimits(pk: string, after: Plain | undefined): void {
    const [kind, name, deskId] = pk.split('#');
    if (kind !== 'SETTINGS' || name !== limitSettings.name) return;
    this.#limits.clear();
    if (deskId) this.ownLimits.set(deskId, limitSettings.toOwn(after as never));
    else this.globalLimits = limitSettings.toGlobal(after as never);
  }

  #takeTicket(id: string, after: Plain): void {
    const ticket = ticketOf(after);
    for (const tickets of [this.tickets, this.openTickets]) tickets.delete(id);
    this.tickets.set(id, ticket);
    if (ticket.state !== 'closed') this.openTickets.set(id, ticket);
  }

  #takeExecutor(id: string, after: Plain): void {
    const before = this.executors.get(id);
    if (before) this.justReplaced.set(id, before);
    this.executors.set(id, { value: executorOf(after), commit: this.commits });
  }

  #takePlace(deskId: string, { sk, after }: ItemChange): void {
    const line = this.line(deskId);
    const before = line.get(sk);
    if (before) this.justLeft.set(before.value.ticketId, before);
    if (after) line.set(sk, { value: lineEntries.parse(reader, after as Item), commit: this.commits });
    else line.delete(sk);
  }

  #takeRoster(deskId: string, { sk, after }: ItemChange): void {
    const roster = this.rosters.get(deskId) ?? new Set();
    this.rosters.set(deskId, roster);
    if (after) roster.add(sk);
    else roster.delete(sk);
  }
}
