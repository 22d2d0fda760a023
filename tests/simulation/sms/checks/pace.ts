import type { Invocation } from '../../engine/invocation.ts';
import type { World } from '../../engine/world.ts';
import type { Company } from '../outside/company.ts';
import type { Border, HandOver } from '../outside/outside.ts';
import type { Register } from './register.ts';

interface UsedTurn {
  readonly atMs: number;
  readonly companyId: string;
  /** Of a machine whose clock is off, or whose request was long on its way: it cannot know that it is early. */
  readonly excused: boolean;
}

const SECOND_MS = 1000;
/** A turn is dated by the sender and noted when it reaches the store: so much later at most, as a rule. */
const ON_THE_WAY_MS = 260;
/** A provider's settings may be so old. */
const KNOWN_MS = 10_000;

const isExcused = ({ skewMs, faults }: Invocation): boolean =>
  skewMs !== 0 || faults.some((kind) => kind !== 'clock-skew');

/** Each message leaves on a turn of its own; turns of any second are no more than the company takes, nor are open requests. */
export class PaceCheck implements Border {
  readonly #world: World;
  readonly #register: Register;
  readonly #used: UsedTurn[] = [];

  constructor(world: World, register: Register) {
    this.#world = world;
    this.#register = register;
  }

  onHandOver({ number, invocation, company }: HandOver): void {
    const { providerId } = company;
    const turns = this.#register.turns.get(`${invocation.number} ${providerId}`) ?? [];
    const turn = turns.find(({ used }) => !used);
    if (!turn) {
      this.#world.report('pace', `message ${number} left out of turn`);
      return;
    }
    turn.used = true;
    this.#used.push({ atMs: turn.atMs, companyId: providerId, excused: isExcused(invocation) });
    this.#checkRate(providerId, turn.atMs);
  }

  /** Seconds that hold this turn; those of machines with good clocks alone count. */
  #checkRate(providerId: string, atMs: number): void {
    const most = this.#most(providerId, 'ratePerSec');
    const windowMs = SECOND_MS - ON_THE_WAY_MS;
    const near = this.#used.filter(
      (turn) => turn.companyId === providerId && Math.abs(turn.atMs - atMs) < windowMs,
    );
    if (near.some(({ excused }) => excused)) return;
    const counts = near.map(
      (first) => near.filter(({ atMs: at }) => at >= first.atMs && at < first.atMs + windowMs).length,
    );
    const count = Math.max(...counts);
    if (count > most) this.#world.report('pace', `${count} turns in a second at ${providerId}, not ${most}`);
  }

  onOpen({ providerId, baseUrl }: Company, open: number, invocation: Invocation): void {
    if (!providerId || isExcused(invocation)) return;
    const most = this.#most(providerId, 'concurrency');
    if (open > most) this.#world.report('concurrency', `${open} requests at once at ${baseUrl}, not ${most}`);
  }

  /** The setting of now, or the one before it while some may not know yet. */
  #most(providerId: string, name: 'ratePerSec' | 'concurrency'): number {
    const { providers, formerProviders } = this.#register;
    const now = providers.get(providerId);
    const value = Number(now?.value[name] ?? 0);
    const former = Number(formerProviders.get(providerId)?.[name] ?? 0);
    const fresh = (now?.atMs ?? 0) > this.#world.timeline.nowMs() - KNOWN_MS;
    return fresh ? Math.max(value, former) : value;
  }
}
