import type { Call } from '../../engine/gate.ts';
import type { ItemChange } from '../../engine/ledger.ts';
import type { Plain } from '../../engine/store/store.ts';
import type { Watcher, World } from '../../engine/world.ts';
import type { Sms } from '../product.ts';

/** A fact of the registry and since when it has been so. */
export interface Since<T> {
  readonly value: T;
  readonly atMs: number;
}

export interface Turn {
  readonly atMs: number;
  used: boolean;
}

/** A tick puts a deadline that it sent back in the due line by an update; all that changes a message replaces it whole. */
const isPutBack = ({ operation, invocation }: Call): boolean =>
  operation === 'UpdateItem' && invocation.plan.name === 'sms-tick';

/** A message as one commit changed it. */
export interface Move {
  readonly before: Sms | undefined;
  readonly after: Sms;
  readonly call: Call;
}

const kindOf = (pk: string): string => pk.slice(0, pk.includes('#') ? pk.indexOf('#') : pk.length);
const nameOf = (pk: string): string => pk.slice(pk.indexOf('#') + 1);

/** The tables of messages and of identity as they stand after each request, in words that the checks use. */
export class Register implements Watcher {
  readonly sms = new Map<string, Sms>();
  /** When each message ends, as it was registered. */
  readonly ends = new Map<string, string>();
  readonly entities = new Map<string, Since<Plain>>();
  /** Every version of an entity's limits. */
  readonly limits = new Map<string, Plain[]>();
  /** Before its last change. */
  readonly formerEntities = new Map<string, Plain>();
  readonly providers = new Map<string, Since<Plain>>();
  readonly formerProviders = new Map<string, Plain>();
  /** `phone entity`, entity `*` for all: categories that may not be sent. */
  readonly suppressed = new Map<string, Since<readonly string[]>>();
  /** `entity phone` */
  readonly consents = new Map<string, Since<boolean>>();
  /** Messages that an invocation has noted as about to leave, not yet seen leaving. */
  readonly leaving = new Map<number, Sms[]>();
  /** `invocation provider`: turns that it has taken. */
  readonly turns = new Map<string, Turn[]>();
  readonly #world: World;
  readonly #listeners: ((move: Move) => void)[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  onMove(listener: (move: Move) => void): void {
    this.#listeners.push(listener);
  }

  onCommit(call: Call, changes: readonly ItemChange[]): void {
    for (const change of changes) if (change.table === 'sms') this.#take(call, change);
  }

  #take(call: Call, change: ItemChange): void {
    const { pk, sk, after } = change;
    const atMs = this.#world.timeline.nowMs();
    switch (kindOf(pk)) {
      case 'SMS':
        if (sk === 'SMS' && after && !isPutBack(call)) this.#takeSms(call, change.before, after);
        break;
      case 'ENTITY':
        this.#keep(this.entities, this.formerEntities, nameOf(pk), after);
        if (after) this.#takeLimits(nameOf(pk), after);
        break;
      case 'PROVIDERS':
        this.#keep(this.providers, this.formerProviders, sk, after);
        break;
      case 'PROVIDER':
        if (sk === 'BUCKET') this.#acquirePermit(call, change);
        break;
      case 'SUPPRESSION':
        this.suppressed.set(`${nameOf(pk)} ${sk}`, { value: after?.categories ?? [], atMs });
        break;
      case 'CONSENT':
        this.consents.set(`${nameOf(pk)} ${sk}`, { value: Boolean(after) && !after?.revokedAt, atMs });
    }
  }

  /** Looser limits wait for their day beside those in force. */
  #takeLimits(entityId: string, { limits, next }: Plain): void {
    const seen = this.limits.get(entityId) ?? [];
    this.limits.set(entityId, [...seen, limits ?? {}, ...(next?.limits ? [next.limits] : [])]);
  }

  #keep(
    now: Map<string, Since<Plain>>,
    former: Map<string, Plain>,
    id: string,
    after: Plain | undefined,
  ): void {
    const before = now.get(id);
    if (before) former.set(id, before.value);
    if (after) now.set(id, { value: after, atMs: this.#world.timeline.nowMs() });
  }

  #takeSms(call: Call, before: Plain | undefined, after: Plain): void {
    const sms = after as unknown as Sms;
    this.sms.set(sms.id, sms);
    if (!before) this.ends.set(sms.id, sms.validUntil);
    if (sms.state === 'sending' && before?.state !== 'sending') {
      const { number } = call.invocation;
      this.leaving.set(number, [...(this.leaving.get(number) ?? []), sms]);
    }
    const move: Move = { before: before as Sms | undefined, after: sms, call };
    for (const listener of this.#listeners) listener(move);
  }

  /** A turn sets the bucket's next due time; a lease alone does not. */
  #acquirePermit(call: Call, { pk }: ItemChange): void {
    if (!String(call.input.UpdateExpression).includes('dueMs')) return;
    const key = `${call.invocation.number} ${nameOf(pk)}`;
    const turn: Turn = { atMs: this.#world.timeline.nowMs(), used: false };
    this.turns.set(key, [...(this.turns.get(key) ?? []), turn]);
  }
}
