import { call, drain, type TestRuntime } from './aws/index.ts';
import { executorNow, ticketNow } from './desk.ts';
import { seededRandom } from './seeded-random.ts';
import { hire, newUser, type TestUser } from './staff.ts';

interface Planned {
  readonly atMs: number;
  readonly run: () => Promise<unknown>;
}

/**
 * A day at the desk `main`, lived through the API and the real handlers by a manual clock: clients write, executors accept,
 * decline, park and close. Everything happens at an instant of its own, a second apart or more.
 */
export class BusyDay {
  readonly #rt: TestRuntime;
  readonly #random: () => number;
  readonly #planned: Planned[] = [];
  readonly #seen = new Set<string>();
  readonly #taken = new Set<number>();
  readonly executors: TestUser[] = [];
  /** What an executor does with a ticket is told here, so that a test can change their mind. */
  declineShare = 0.1;
  parkShare = 0.15;
  slowShare = 0;

  constructor(rt: TestRuntime, seed: number) {
    this.#rt = rt;
    this.#random = seededRandom(seed);
  }

  get nowMs(): number {
    return this.#rt.clock.nowMs();
  }

  between(least: number, most: number): number {
    return Math.floor(least + this.#random() * (most - least));
  }

  /** Puts something down for so many seconds from now, at a second nobody else has. */
  after(sec: number, run: () => Promise<unknown>): void {
    let atMs = this.nowMs + Math.max(1, Math.floor(sec)) * 1000;
    while (this.#taken.has(atMs)) atMs += 1000;
    this.#taken.add(atMs);
    this.#planned.push({ atMs, run });
    this.#planned.sort((a, b) => a.atMs - b.atMs);
  }

  async hire(manager: TestUser, count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) this.executors.push(await hire(this.#rt, manager));
  }

  presence(executor: TestUser, presence: string): Promise<unknown> {
    return executor.call('PUT /v1/executors/me/presence', { body: { presence } });
  }

  write(urgent: boolean, ticketId?: string, client = newUser(this.#rt, 'client')): Promise<unknown> {
    const body = { text: 'Hello', ...(urgent && { urgent }), ...(ticketId && { ticketId }) };
    return client.call('POST /v1/messages', { key: this.#rt.ids.next('key'), body });
  }

  /** Some tickets over a time, evenly spread with jitter. */
  writeMany(count: number, overSec: number, urgentShare: number): void {
    for (let i = 0; i < count; i += 1) {
      const urgent = this.#random() < urgentShare;
      this.after(((i + this.#random()) * overSec) / count, () => this.write(urgent));
    }
  }

  /** Lives until nothing is left to do before an instant, then moves the clock there. */
  async live(untilMs: number): Promise<void> {
    for (;;) {
      const next = this.#planned[0];
      if (!next || next.atMs > untilMs) break;
      this.#planned.shift();
      await this.#moveTo(next.atMs);
      await next.run();
      await drain(this.#rt);
      await this.#notice();
    }
    await this.#moveTo(untilMs);
  }

  /** All queues are empty before: only delayed messages can make work on the way. */
  async #moveTo(atMs: number): Promise<void> {
    if ((this.#rt.held.nextDueMs() ?? Number.POSITIVE_INFINITY) > atMs) this.#rt.clock.moveTo(atMs);
    else await drain(this.#rt, { advanceTo: atMs });
  }

  /** Whoever finds a new ticket in hand decides what to do with it. */
  async #notice(): Promise<void> {
    for (const executor of this.executors) {
      const { open } = await executorNow(this.#rt, executor.id);
      for (const ticketId of open) {
        const hand = `${executor.id} ${ticketId}`;
        if (this.#seen.has(hand)) continue;
        this.#seen.add(hand);
        this.#work(executor, ticketId);
      }
    }
  }

  #work(executor: TestUser, ticketId: string): void {
    const act = (word: string) => () =>
      executor.call(`POST /v1/tickets/${ticketId}/${word}`, { key: this.#rt.ids.next('key'), body: {} });
    const mind = this.#random();
    if (mind < this.declineShare) {
      this.after(this.between(2, 8), act('decline'));
      return;
    }
    if (mind < this.declineShare + this.slowShare) return;
    const acceptSec = this.between(2, 20);
    const closeSec = acceptSec + this.between(20, 120);
    this.after(acceptSec, act('accept'));
    if (mind < this.declineShare + this.slowShare + this.parkShare) {
      this.after(closeSec, act('waiting'));
      this.after(closeSec + this.between(20, 60), async () => {
        const { clientId } = await ticketNow(this.#rt, ticketId);
        const token = await this.#rt.token({ id: clientId, roles: ['client'] });
        const body = { text: 'Here I am', ticketId };
        await call(this.#rt, 'POST /v1/messages', { token, key: this.#rt.ids.next('key'), body });
      });
      this.after(closeSec + this.between(90, 150), act('close'));
    } else {
      this.after(closeSec, act('close'));
    }
  }
}
