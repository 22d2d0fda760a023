import { SANDBOX_ACCOUNTS } from '../../../../localstack/sandboxes/sms/index.ts';
import type { Call } from '../../engine/gate.ts';
import type { ItemChange } from '../../engine/ledger.ts';
import type { Watcher, World } from '../../engine/world.ts';
import { codeOf } from './codes.ts';

const SIX_DIGITS = /(?<![0-9A-Za-z_.+-])\d{6}(?![0-9A-Za-z_-])/g;
const CHALLENGE = /chl_[0-9a-f-]{36}/g;
/** Refresh tokens and machines' keys as their holders have them, and the companies' own secrets. */
const TOKENS = /rdr_[0-9a-f-]{36}_\d+_|rdk_[0-9a-f-]{36}_/;
const FULL_PHONE = /\+\d{11}/;
const { smsc, smsru, twilio } = SANDBOX_ACCOUNTS;
const ACCOUNTS = [smsc.password, smsru.apiId, twilio.authToken];

/** Codes and secrets stand nowhere in clear: no item, no queue, no log line (R-AUTH-01, R-SMS-04, R-SMS-09). */
export class SecretsCheck implements Watcher {
  readonly #world: World;
  readonly #codes = new Set<string>();
  readonly #known = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  onCommit(_call: Call, changes: readonly ItemChange[]): void {
    for (const { table, pk, sk, after } of changes) {
      if (!after) continue;
      const text = JSON.stringify(after);
      this.#learn(text);
      this.#look(text, `${table} ${pk} ${sk}`);
    }
  }

  onSend({ input }: Call): void {
    this.#look(JSON.stringify(input.Entries ?? input.MessageBody), `the queue ${input.QueueUrl}`);
  }

  onLog(line: string): void {
    this.#look(line, 'a log line');
    if (FULL_PHONE.test(line)) this.#world.report('secrets', `a log line holds a phone: ${line}`);
  }

  /** A challenge is made before its code could be anywhere. */
  #learn(text: string): void {
    for (const [id] of text.matchAll(CHALLENGE)) {
      if (this.#known.has(id)) continue;
      this.#known.add(id);
      this.#codes.add(codeOf(id));
    }
  }

  #look(text: string, where: string): void {
    for (const [digits] of text.matchAll(SIX_DIGITS))
      if (this.#codes.has(digits)) this.#world.report('secrets', `${where} holds the code ${digits}`);
    if (TOKENS.test(text)) this.#world.report('secrets', `${where} holds a token`);
    if (ACCOUNTS.some((secret) => text.includes(secret)))
      this.#world.report('secrets', `${where} holds a company's secret`);
  }
}
