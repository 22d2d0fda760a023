import type { World } from '../../engine/world.ts';
import type { Border, HandOver } from '../outside/outside.ts';
import type { Sms } from '../product.ts';
import { debtHours, localTime, minutesOf, type Opening, zonesFor } from './calendar.ts';
import type { Register } from './register.ts';

/** Clocks differ by two seconds at most, and an evaluation may be a second old. */
const CLOCKS_MS = 4000;
/** What a faulty way to the store may cost between the evaluation and the request. */
const FAULTY_MS = 60_000;

const STANDARD: Opening = { from: 8 * 60, to: 22 * 60 };

type Entity =
  Register['entities'] extends ReadonlyMap<string, { readonly value: infer Value }> ? Value : never;

/** What an entity demands at an instant: what was loosened is in force from its day on, in UTC. */
const demandsAt = (
  entity: Entity | undefined,
  ms: number,
): Pick<Entity, 'window' | 'windowForTransactional'> => {
  const { window, windowForTransactional, next } = entity ?? {};
  const due = next && next.from <= new Date(ms).toISOString().slice(0, 10) ? next : undefined;
  return {
    window: due?.window === undefined ? window : (due.window ?? undefined),
    windowForTransactional: due?.windowForTransactional ?? windowForTransactional ?? false,
  };
};

/** Watches messages leave: each by its own record, once, in time, to whom and when it may be sent. */
export class LeavingCheck implements Border {
  /** What each message that left was, by the number of its hand-over. */
  readonly smsOf = new Map<number, Sms>();
  readonly #world: World;
  readonly #register: Register;
  readonly #before = new Map<string, HandOver[]>();

  constructor(world: World, register: Register) {
    this.#world = world;
    this.#register = register;
  }

  onHandOver(handOver: HandOver): void {
    const sms = this.#recordOf(handOver);
    if (!sms) {
      this.#world.report('hand-over', `message ${handOver.number} left without a record of it`);
      return;
    }
    this.smsOf.set(handOver.number, sms);
    this.#checkOnce(handOver, sms);
    this.#checkLate(handOver, sms);
    this.#checkHours(handOver, sms);
    this.#checkGates(handOver, sms);
  }

  onTaken(handOver: HandOver): void {
    const sms = this.smsOf.get(handOver.number);
    const all = sms ? (this.#before.get(sms.id) ?? []) : [];
    if (sms && all.filter(({ taken }) => taken).length > 1)
      this.#world.report('once', `${sms.id} was taken ${all.length} times`);
  }

  /** The message that this process has just noted as leaving, with this text to this phone. */
  #recordOf({ invocation, phone, text }: HandOver): Sms | undefined {
    const leaving = this.#register.leaving.get(invocation.number) ?? [];
    const fits = (sms: Sms): boolean => {
      const [head = '', tail = ''] = sms.text.split('{code}');
      return sms.phone === phone && text.startsWith(head) && text.endsWith(tail);
    };
    const found = leaving.find(fits);
    if (found) leaving.splice(leaving.indexOf(found), 1);
    return found;
  }

  /** A message leaves again only when the company before has said no in so many words. */
  #checkOnce(handOver: HandOver, { id }: Sms): void {
    const before = this.#before.get(id) ?? [];
    const open = before.find(({ told }) => told !== 'refused' && told !== 'unsent');
    if (open) this.#world.report('once', `${id} leaves again though message ${open.number} is ${open.told}`);
    this.#before.set(id, [...before, handOver]);
  }

  #slackMs({ invocation }: HandOver): number {
    return invocation.faults.some((kind) => kind !== 'clock-skew') ? FAULTY_MS : CLOCKS_MS;
  }

  #checkLate(handOver: HandOver, sms: Sms): void {
    const end = this.#register.ends.get(sms.id) ?? sms.validUntil;
    const overMs = handOver.departedMs - Date.parse(end);
    if (overMs > this.#slackMs(handOver))
      this.#world.report('late', `${sms.id} leaves ${overMs} ms after its end`);
  }

  #checkHours(handOver: HandOver, sms: Sms): void {
    if (sms.category === 'otp') return;
    const { value: entity } = this.#register.entities.get(sms.entityId) ?? {};
    // Both sides of the slack: what was open a moment ago, or is in a moment, is open.
    const slackMs = this.#slackMs(handOver);
    const moments = [handOver.departedMs, handOver.departedMs - slackMs, handOver.departedMs + CLOCKS_MS];
    for (const zone of zonesFor(sms.zone)) {
      const isOpen = (ms: number): boolean => {
        const { date, minutes } = localTime(zone, ms);
        const { window, windowForTransactional } = demandsAt(entity, ms);
        if (sms.category === 'transactional' && !windowForTransactional) return true;
        const own: Opening | undefined = window && { from: minutesOf(window.from), to: minutesOf(window.to) };
        const law = sms.category === 'debt' ? debtHours(date) : STANDARD;
        return [STANDARD, law, ...(own && this.#isSettled(sms) ? [own] : [])].every(
          ({ from, to }) => minutes >= from && minutes < to,
        );
      };
      if (moments.some(isOpen)) continue;
      const { date, minutes } = localTime(zone, handOver.departedMs);
      this.#world.report(
        'window',
        `${sms.id} (${sms.category}) leaves on ${date} at minute ${minutes} of ${zone}`,
      );
    }
  }

  /** The entity has not been edited for a while. */
  #isSettled({ entityId }: Sms): boolean {
    const since = this.#register.entities.get(entityId)?.atMs ?? 0;
    return since < this.#world.timeline.nowMs() - FAULTY_MS;
  }

  /** Whatever was so before the process began and is so now, it must have seen. */
  #checkGates(handOver: HandOver, sms: Sms): void {
    const { entities, providers, suppressed, consents } = this.#register;
    const { invocation, company } = handOver;
    const stood = (since: { readonly atMs: number } | undefined): boolean =>
      since === undefined || since.atMs < invocation.startedMs;
    const refuse = (why: string): void => this.#world.report('gates', `${sms.id} (${sms.category}) ${why}`);
    for (const entityId of [sms.entityId, '*']) {
      const held = suppressed.get(`${sms.phone} ${entityId}`);
      if (held && stood(held) && held.value.includes(sms.category)) refuse(`leaves for ${sms.phone}`);
    }
    const consent = consents.get(`${sms.entityId} ${sms.phone}`);
    if (sms.category === 'marketing' && stood(consent) && !consent?.value) refuse('leaves without consent');
    const entity = entities.get(sms.entityId);
    if (entity && stood(entity) && !entity.value.active) refuse('leaves for an entity that is off');
    const linked = entity?.value.providers as readonly { providerId: string }[] | undefined;
    const own = sms.entityId === 'own' && (linked ?? []).length === 0;
    if (
      entity &&
      stood(entity) &&
      !own &&
      !linked?.some(({ providerId }) => providerId === company.providerId)
    )
      refuse('leaves by a company its entity may not use');
    const provider = providers.get(company.providerId);
    if (provider && stood(provider) && provider.value.disabledAt) refuse('leaves by a company that is off');
  }
}
