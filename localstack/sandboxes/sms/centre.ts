import { EventEmitter } from 'node:events';
import {
  type Accounts,
  APIS,
  type Api,
  type Faults,
  type FaultsInput,
  faultsSchema,
  SANDBOX_ACCOUNTS,
} from './faults.ts';

/** A message that the centre took, as a phone would show it. */
export interface Taken {
  readonly api: Api;
  /** The id that the API gives. */
  readonly ref: string;
  /** E.164 */
  readonly phone: string;
  readonly sender: string;
  readonly text: string;
  readonly parts: number;
  readonly atMs: number;
  readonly callbackUrl?: string | undefined;
  /** In the API's own words; the last one holds. */
  readonly statuses: { readonly code: string; readonly atMs: number }[];
}

/** What each API calls the stations of a message: on the way, and the end. */
const COURSE: Readonly<Record<Api, { first: string; steps: readonly string[]; last: string }>> = {
  smsc: { first: '-1', steps: ['0'], last: '1' },
  smsru: { first: '100', steps: ['101', '102'], last: '103' },
  twilio: { first: 'queued', steps: ['sending', 'sent'], last: 'delivered' },
};

export interface Peak {
  /** Sends in the busiest second. */
  readonly perSec: number;
  readonly connections: number;
  readonly sends: number;
}

export interface CentreOptions {
  readonly nowMs?: () => number;
  readonly accounts?: Accounts;
  /** Start values of the faults of every API. */
  readonly faults?: FaultsInput;
}

const SECOND_MS = 1000;

const partsOf = (text: string): number => {
  const plain = /^[\n\r\x20-\x5f\x61-\x7e]*$/.test(text);
  const [one, many] = plain ? [160, 153] : [70, 67];
  return text.length <= one ? 1 : Math.ceil(text.length / many);
};

/** What all three APIs share: messages, their course, faults, and how busy it was. Emits `report` with (message, code). */
export class SmsCentre extends EventEmitter {
  accounts: Accounts;
  readonly #nowMs: () => number;
  readonly #defaults: FaultsInput;
  readonly #faults = new Map<Api, Faults>();
  readonly #taken: Taken[] = [];
  readonly #sendTimes = new Map<Api, number[]>();
  readonly #open = new Map<Api, number>();
  readonly #peaks = new Map<Api, Peak>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #count = 0;
  /** Questions, and those among them that came too often. */
  readonly questions = { asked: 0, tooMany: 0 };

  constructor({ nowMs = Date.now, accounts = SANDBOX_ACCOUNTS, faults = {} }: CentreOptions = {}) {
    super();
    this.#nowMs = nowMs;
    this.accounts = accounts;
    this.#defaults = faults;
    this.reset();
  }

  nowMs(): number {
    return this.#nowMs();
  }

  /** All APIs well again; what was taken stays. */
  reset(): void {
    for (const api of APIS) this.#faults.set(api, faultsSchema.parse(this.#defaults));
  }

  /** Faults from now on; what is not named is as it was. */
  control(api: Api | '*', faults: FaultsInput): void {
    for (const each of api === '*' ? APIS : [api]) {
      this.#faults.set(each, faultsSchema.parse({ ...this.faults(each), ...faults }));
    }
  }

  faults(api: Api): Faults {
    return this.#faults.get(api) as Faults;
  }

  /** One of the faults that may be counted, if it is on; counts it down. */
  use<Name extends 'refuse' | 'lose' | 'http'>(api: Api, name: Name): Faults[Name] {
    const faults = this.faults(api);
    const fault = faults[name];
    if (fault?.times === undefined) return fault;
    const left = fault.times - 1;
    this.#faults.set(api, { ...faults, [name]: left > 0 ? { ...fault, times: left } : undefined });
    return fault;
  }

  /** A number no two messages share. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Counts a send; false when it is one too many in this second. */
  withinRate(api: Api): boolean {
    const now = performance.now();
    const times = (this.#sendTimes.get(api) ?? []).filter((each) => each > now - SECOND_MS);
    const { ratePerSec } = this.faults(api);
    if (ratePerSec !== undefined && times.length + 1 > ratePerSec) return false;
    times.push(now);
    this.#sendTimes.set(api, times);
    const peak = this.peak(api);
    this.#peaks.set(api, { ...peak, sends: peak.sends + 1, perSec: Math.max(peak.perSec, times.length) });
    return true;
  }

  /** Counts an open request; false when there are too many. `leave` must follow in any case. */
  enter(api: Api): boolean {
    const open = (this.#open.get(api) ?? 0) + 1;
    this.#open.set(api, open);
    const peak = this.peak(api);
    this.#peaks.set(api, { ...peak, connections: Math.max(peak.connections, open) });
    return open <= (this.faults(api).connections ?? Number.POSITIVE_INFINITY);
  }

  leave(api: Api): void {
    this.#open.set(api, (this.#open.get(api) ?? 1) - 1);
  }

  peak(api: Api): Peak {
    return this.#peaks.get(api) ?? { perSec: 0, connections: 0, sends: 0 };
  }

  forgetPeaks(): void {
    this.#peaks.clear();
  }

  take(message: Omit<Taken, 'parts' | 'atMs' | 'statuses'>): Taken {
    const atMs = this.#nowMs();
    const { first } = COURSE[message.api];
    const taken: Taken = {
      ...message,
      parts: partsOf(message.text),
      atMs,
      statuses: [{ code: first, atMs }],
    };
    this.#taken.push(taken);
    this.#goOn(taken);
    return taken;
  }

  #goOn(taken: Taken): void {
    const { statusDelayMs, finalStatus, reports } = this.faults(taken.api);
    if (statusDelayMs === null) return;
    const { steps, last } = COURSE[taken.api];
    const codes = [...steps, finalStatus ?? last];
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const code of codes) this.advance(taken.ref, code, { silent: true });
      const told = reports.reversed ? codes.toReversed() : codes;
      this.emit('reports', taken, told);
    }, statusDelayMs);
    this.#timers.add(timer);
  }

  /** Moves a message on by hand, and reports it unless told not to. */
  advance(ref: string, code: string, { silent = false } = {}): void {
    const taken = this.find(ref);
    if (!taken) throw new Error(`the centre has no message ${ref}`);
    taken.statuses.push({ code, atMs: this.#nowMs() });
    if (!silent) this.emit('reports', taken, [code]);
  }

  find(ref: string): Taken | undefined {
    return this.#taken.find((each) => each.ref === ref);
  }

  /** Newest last. */
  inbox(phone?: string): readonly Taken[] {
    return phone === undefined ? this.#taken : this.#taken.filter((each) => each.phone === phone);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

/** What the message's API says of it now. */
export const statusOf = (taken: Taken): { code: string; atMs: number } =>
  taken.statuses.at(-1) ?? { code: COURSE[taken.api].first, atMs: taken.atMs };
