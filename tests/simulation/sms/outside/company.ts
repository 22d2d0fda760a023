import { SmsCentre, type Taken } from '../../../../localstack/sandboxes/sms/centre.ts';
import type { Api } from '../../../../localstack/sandboxes/sms/index.ts';
import type { Reply } from '../../../../localstack/sandboxes/sms/reply.ts';
import { struck } from '../../engine/cloud.ts';
import type { Random } from '../../engine/random.ts';
import type { Faults } from '../../faults/fault-plan.ts';
import { type Dialect, dialects } from './dialects.ts';

/** A request as it arrives. */
export interface Arrived {
  readonly method: string;
  readonly url: URL;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

export interface Dealt {
  readonly reply: Reply;
  /** What was taken by this request, if anything. */
  readonly taken: Taken | undefined;
  /** Nothing was taken, and the answer says so. */
  readonly refused: boolean;
}

/** One company that takes messages, with one account of ours; its times are virtual. */
export class Company {
  readonly api: Api;
  readonly dialect: Dialect;
  readonly centre: SmsCentre;
  readonly baseUrl: string;
  /** Where it reports to, as we told it. */
  providerId = '';

  constructor(api: Api, name: string, nowMs: () => number) {
    this.api = api;
    this.dialect = dialects[api];
    this.baseUrl = `https://${name}.example`;
    // Nothing goes on by itself: the outside world moves messages on in virtual time.
    this.centre = new SmsCentre({ nowMs, faults: { statusDelayMs: null } });
  }

  /** Tells the company where its reports go; Twilio is told with each message. */
  reportTo(callbackUrl: string): void {
    const { accounts } = this.centre;
    this.centre.accounts = {
      ...accounts,
      smsc: { ...accounts.smsc, callbackUrl },
      smsru: { ...accounts.smsru, callbackUrl },
    };
  }

  isSend({ method, url }: Pick<Arrived, 'method' | 'url'>): boolean {
    return method === 'POST' && this.dialect.sendPath.test(url.pathname);
  }

  /** Deals with a request, as a company that has faults now and then. */
  deal(arrived: Arrived, faults: Faults, random: Random): Dealt {
    if (!this.isSend(arrived)) return { reply: this.#answer(arrived), taken: undefined, refused: false };
    const { stopped, throttled, refusals } = this.dialect;
    if (struck(faults, 'provider-broken', random)) return this.#breakDown(arrived, random.chance(0.5));
    const refuses = faults.strikes('provider-refuses', random) && random.pick(refusals);
    const stops = faults.strikes('provider-stop-list', random) && stopped;
    const throttles = faults.strikes('provider-throttles', random) && throttled;
    const code = refuses || stops || throttles;
    if (!code) return this.#take(arrived);
    faults.fired(refuses ? 'provider-refuses' : stops ? 'provider-stop-list' : 'provider-throttles');
    this.centre.control(this.api, { refuse: { code, inside: refuses !== false, times: 1 } });
    return { reply: this.#answer(arrived), taken: undefined, refused: true };
  }

  /** A page of some machine in between, before or after the message was taken. */
  #breakDown(arrived: Arrived, after: boolean): Dealt {
    const taken = after ? this.#take(arrived).taken : undefined;
    const reply: Reply = { status: 502, type: 'html', body: '<html><h1>502</h1></html>' };
    return { reply, taken, refused: false };
  }

  #take(arrived: Arrived): Dealt {
    const before = this.centre.inbox().length;
    const reply = this.#answer(arrived);
    const taken = this.centre.inbox()[before];
    return { reply, taken, refused: taken === undefined };
  }

  #answer({ method, url, form, authorization }: Arrived): Reply {
    const fields = new URLSearchParams([...url.searchParams, ...form]);
    const asked = { method, path: url.pathname, fields, authorization };
    return this.dialect.answer(this.centre, asked) ?? { status: 404, type: 'json', body: '{}' };
  }
}
