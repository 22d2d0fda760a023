import type { Fetch } from '../../../../lib/platform/runtime.ts';
import type { Taken } from '../../../../localstack/sandboxes/sms/centre.ts';
import { struck } from '../../engine/cloud.ts';
import type { Invocation } from '../../engine/invocation.ts';
import type { Random } from '../../engine/random.ts';
import type { World } from '../../engine/world.ts';
import type { Arrived, Company, Dealt } from './company.ts';
import type { End } from './dialects.ts';
import { patienceMs } from './patience.ts';
import { Reports } from './reports.ts';

/** A message that the product hands over: one request, and what is true of it whatever the product learns. */
export interface HandOver {
  readonly number: number;
  readonly company: Company;
  readonly invocation: Invocation;
  /** E.164 */
  readonly phone: string;
  readonly text: string;
  readonly departedMs: number;
  /** What the product was told. */
  told: 'nothing yet' | 'accepted' | 'refused' | 'unsent' | 'lost';
  taken: Taken | undefined;
  takenMs: number | undefined;
  end: { readonly as: End; readonly atMs: number } | undefined;
}

/** Sees what crosses the border. */
export interface Border {
  /** A message leaves the product. */
  onHandOver?(handOver: HandOver): void;
  onTaken?(handOver: HandOver): void;
  /** So many requests to one company are open at once, this one included. */
  onOpen?(company: Company, open: number, invocation: Invocation): void;
}

const failure = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

const timedOut = (): Error => new DOMException('The operation was aborted due to timeout', 'TimeoutError');

/** Answers of the virtual world are there at once: a real body is read by a stream, at times no seed decides. */
const responseOf = ({ reply }: Dealt): Response => {
  if (reply === 'drop') throw new Error('a reply that is none');
  return { status: reply.status, text: async () => reply.body } as Response;
};

interface Request {
  /** How long the product waits for the whole answer. */
  readonly patienceMs: number;
  readonly company: Company;
  readonly arrived: Arrived;
  readonly handOver: HandOver | undefined;
  readonly random: Random;
}

type Settle = (told: HandOver['told'], result: Response | Error) => void;

/** The companies and the way to them, in virtual time, with what may go wrong on it. */
export class Outside {
  readonly companies: readonly Company[];
  readonly handOvers: HandOver[] = [];
  readonly #world: World;
  readonly #border: readonly Border[];
  readonly #reports: Reports;
  readonly #random: Random;
  /** One entry per open connection: whose it is. */
  readonly #open = new Map<Company, { readonly invocation: Invocation }[]>();
  #count = 0;

  constructor(world: World, companies: readonly Company[], border: readonly Border[]) {
    this.#world = world;
    this.companies = companies;
    this.#border = border;
    this.#reports = new Reports(world);
    this.#random = world.random.fork('outside');
  }

  /** Messages that a phone has received, oldest first. */
  inbox(phone: string): readonly string[] {
    return this.handOvers.flatMap(({ taken }) => (taken?.phone === phone ? [taken.text] : []));
  }

  fetchFor(invocation: Invocation): Fetch {
    return (target, init = {}) =>
      new Promise((resolve, reject) => {
        const url = new URL(target);
        const company = this.companies.find(({ baseUrl }) => url.origin === baseUrl);
        if (!company) return reject(failure('ENOTFOUND'));
        const random = this.#random.fork(++this.#count);
        const request = this.#requestOf(company, { url, init, invocation, random });
        this.#go(request, invocation, (result) => {
          if (invocation.gone) return;
          if (result instanceof Error) reject(result);
          else resolve(result);
        });
      });
  }

  #requestOf(
    company: Company,
    {
      url,
      init,
      invocation,
      random,
    }: { url: URL; init: RequestInit; invocation: Invocation; random: Random },
  ): Request {
    const { authorization } = (init.headers ?? {}) as Record<string, string>;
    const form = new URLSearchParams(init.body === undefined ? '' : String(init.body));
    const arrived: Arrived = { method: init.method ?? 'GET', url, form, authorization };
    const common = { patienceMs: patienceMs(init), company, arrived, random };
    if (!company.isSend(arrived)) return { ...common, handOver: undefined };
    const digits = (form.get(company.dialect.phoneField) ?? '').replace(/\D/g, '');
    const handOver: HandOver = {
      number: this.#count,
      ...{ company, invocation, phone: `+${digits}`, text: form.get(company.dialect.textField) ?? '' },
      departedMs: this.#world.timeline.nowMs(),
      ...{ told: 'nothing yet', taken: undefined, takenMs: undefined, end: undefined },
    };
    this.handOvers.push(handOver);
    for (const guard of this.#border) guard.onHandOver?.(handOver);
    return { ...common, handOver };
  }

  /** There, dealt with, and back, within the product's patience. */
  #go(request: Request, invocation: Invocation, done: (result: Response | Error) => void): void {
    const { timeline, trace, faults } = this.#world;
    const { company, handOver, random } = request;
    const what = handOver ? `message ${handOver.number}` : request.arrived.url.pathname;
    trace.say(`#${invocation.number} -> ${company.baseUrl} ${what}`);
    const close = this.#enter(company, invocation);
    let settled = false;
    const settle: Settle = (told, result) => {
      if (settled) return;
      settled = true;
      close();
      if (handOver) handOver.told = told;
      trace.say(`#${invocation.number} <- ${company.baseUrl} ${what} ${told}`);
      done(result);
    };
    timeline.at(timeline.nowMs() + request.patienceMs, () => settle('lost', timedOut()));
    const thereMs = random.int(5, 120);
    const later = (ms: number, then: () => void): void => timeline.at(timeline.nowMs() + ms, then);
    if (struck(faults, 'provider-unreachable', random))
      later(thereMs, () => settle('unsent', failure('ECONNREFUSED')));
    else if (struck(faults, 'provider-request-lost', random))
      later(thereMs * 3, () => settle('lost', failure('ECONNRESET')));
    else {
      const slowMs = struck(faults, 'provider-slow', random) ? random.int(800, 9500) : 0;
      later(thereMs + slowMs, () => this.#arrive(request, settle));
    }
  }

  #arrive(request: Request, settle: Settle): void {
    const { timeline, faults, trace } = this.#world;
    const { company, arrived, handOver, random } = request;
    const dealt = company.deal(arrived, faults, random);
    const { taken } = dealt;
    if (handOver && taken) {
      trace.say(`${company.baseUrl} takes message ${handOver.number} as ${taken.ref}`);
      handOver.taken = taken;
      handOver.takenMs = timeline.nowMs();
      this.#reports.follow(company, taken, random.fork('course'), (as) => {
        handOver.end = { as, atMs: timeline.nowMs() };
      });
      for (const guard of this.#border) guard.onTaken?.(handOver);
    }
    // It never answers: the product gives up in its own time.
    if (struck(faults, 'provider-silent', random)) return;
    const lost = struck(faults, 'provider-answer-lost', random);
    timeline.at(timeline.nowMs() + random.int(5, 150), () => {
      if (lost) return settle('lost', failure('ECONNRESET'));
      settle(taken ? 'accepted' : dealt.refused ? 'refused' : 'lost', responseOf(dealt));
    });
  }

  /** A connection is open until its answer, the product's patience or its process ends. */
  #enter(company: Company, invocation: Invocation): () => void {
    const own = { invocation };
    const others = (this.#open.get(company) ?? []).filter((each) => !each.invocation.gone);
    this.#open.set(company, [...others, own]);
    for (const guard of this.#border) guard.onOpen?.(company, others.length + 1, invocation);
    return () => {
      this.#open.set(
        company,
        (this.#open.get(company) ?? []).filter((each) => each !== own),
      );
    };
  }
}
