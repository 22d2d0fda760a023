import type { BoardView } from '../lib/desk/insight/board-view.ts';
import { askAs } from '../localstack/ask-as.ts';
import { giveBackLimits, noteBorrowed } from '../localstack/borrowed-limits.ts';
import { type Person, people } from '../localstack/people.ts';
import { dataDir } from '../localstack/places.ts';
import { untilKnown } from '../localstack/seed.ts';
import { seedAccounts } from '../localstack/seed-accounts.ts';
import { Api } from './api.ts';
import { Clients, type Crowd } from './client.ts';
import { Executor } from './executor.ts';
import { executorPerson, isDemoClient } from './people.ts';
import type { Product } from './product.ts';
import { Story } from './story.ts';

export interface WorkloadOptions extends Crowd {
  readonly executors: number;
  /** Leave the desk's limits as they are: then drop-outs show only after minutes. */
  readonly keepLimits: boolean;
}

/** Limits under which something happens while one watches. */
const BRISK = {
  maxTicketsPerExecutor: 3,
  maxUrgentTicketsPerExecutor: 1,
  maxWaitSec: 30,
  maxUrgentWaitSec: 20,
  maxReconnectWaitSec: 10,
  heartbeatPeriodSec: 2,
  missedHeartbeats: 3,
} as const;
type Own = Partial<Record<keyof typeof BRISK, number>>;

const DESK = 'main';
const CLEAR_WITHIN_MS = 20_000;

const CLOSE_AT_ONCE = 8;

interface TicketPage {
  readonly items: readonly { readonly ticketId: string; readonly clientId: string }[];
  readonly nextCursor: string | null;
}

interface LimitsAnswer {
  readonly values: Record<keyof typeof BRISK, number>;
  readonly own: Own;
}

/** The desk `main` with simulated people. */
export class Workload {
  readonly story = new Story();
  readonly #manager: Api;
  readonly #clients: Clients;
  readonly #executors: Executor[];
  readonly #product: Product;
  readonly #options: WorkloadOptions;
  readonly #stop = new AbortController();

  constructor(product: Product, options: WorkloadOptions) {
    const base = product.api;
    this.#product = product;
    this.#options = options;
    this.#manager = new Api(base, people.manager);
    this.#clients = new Clients(base, this.story);
    this.#executors = Array.from(
      { length: options.executors },
      (_, number) =>
        new Executor(base, executorPerson(number), { story: this.story, clients: this.#clients }),
    );
  }

  /** @returns when everybody is on the workload. */
  async open(): Promise<void> {
    const staff = this.#executors.map((_, number) => executorPerson(number));
    await seedAccounts(this.#product.aws, staff);
    await Promise.all(staff.map((person) => this.#hire(person)));
    const { values } = this.#options.keepLimits ? await this.#limits() : await this.#hurry();
    const { signal } = this.#stop;
    for (const executor of this.#executors) void executor.run(values.heartbeatPeriodSec, signal);
    void this.#clients.run(this.#options, signal);
  }

  async #hire({ id, name }: Person): Promise<void> {
    const path = `/v1/executors/${id}`;
    const known = await this.#manager.ask(`GET ${path}`);
    if (known.ok) return;
    const body = { name, homeDeskId: DESK };
    const { ok, status } = await untilKnown(() => this.#manager.ask(`PUT ${path}`, { body }));
    if (!ok) throw new Error(`${name} could not be taken on at ${this.#product.api}: ${status}`);
  }

  async #limits(): Promise<LimitsAnswer & { etag: string | undefined }> {
    const { body, etag } = await this.#manager.ask<LimitsAnswer>(`GET /v1/limits?deskId=${DESK}`);
    return { ...body, etag };
  }

  async #setLimits(values: Record<string, number | null>): Promise<void> {
    const { etag } = await this.#limits();
    const body = { deskId: DESK, values };
    const { ok, status } = await this.#manager.ask('PATCH /v1/limits', {
      body,
      ...(etag && { ifMatch: etag }),
    });
    if (!ok) throw new Error(`the desk's limits could not be set: ${status}`);
  }

  /** Whatever was borrowed, by this demo or by one that crashed. */
  async #giveBack(): Promise<void> {
    await giveBackLimits(await askAs(this.#product.api, people.manager, dataDir()), dataDir());
  }

  async #hurry(): Promise<LimitsAnswer> {
    // A demo that crashed has left its note: what it borrowed is the desk's, not what it left.
    await this.#giveBack();
    const { own } = await this.#limits();
    const names = Object.keys(BRISK) as (keyof typeof BRISK)[];
    const before = Object.fromEntries(names.map((name) => [name, own[name] ?? null]));
    noteBorrowed(dataDir(), { deskId: DESK, values: before });
    await this.#setLimits(BRISK);
    return this.#limits();
  }

  /** Undefined when the product does not answer just now. */
  async board(): Promise<BoardView | undefined> {
    try {
      const { ok, body } = await this.#manager.ask<BoardView>(`GET /v1/board?deskId=${DESK}`);
      return ok ? body : undefined;
    } catch {
      return undefined;
    }
  }

  /** Tickets of the demo's own clients that nobody had yet. */
  async #closeWaiting(): Promise<void> {
    let cursor: string | null = null;
    do {
      const query: string = `deskId=${DESK}&state=waiting&limit=100${cursor ? `&cursor=${cursor}` : ''}`;
      const { ok, body } = await this.#manager.ask<TicketPage>(`GET /v1/tickets?${query}`);
      if (!ok) return;
      const own = body.items.filter(({ clientId }) => isDemoClient(clientId));
      const close = (ticketId: string) =>
        this.#manager.ask(`POST /v1/tickets/${ticketId}/close`, { body: {} });
      for (let start = 0; start < own.length; start += CLOSE_AT_ONCE) {
        const some = own.slice(start, start + CLOSE_AT_ONCE);
        await Promise.allSettled(some.map(({ ticketId }) => close(ticketId)));
      }
      cursor = body.nextCursor;
    } while (cursor);
  }

  /** Everybody leaves, and the desk has its own limits again. */
  async clear(): Promise<void> {
    this.#stop.abort();
    const work = async () => {
      await this.#closeWaiting();
      await Promise.allSettled(this.#executors.map((executor) => executor.leave()));
      await this.#giveBack();
    };
    const late = new Promise<void>((resolve) => setTimeout(resolve, CLEAR_WITHIN_MS).unref());
    await Promise.race([work(), late]);
  }
}
