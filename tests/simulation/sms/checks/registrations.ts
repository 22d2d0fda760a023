import type { Call } from '../../engine/gate.ts';
import type { ItemChange } from '../../engine/ledger.ts';
import type { Answered, Asked, Watcher, World } from '../../engine/world.ts';
import type { Register } from './register.ts';

interface Asking {
  readonly text: string;
  /** The first answer, as text. */
  readonly answer: string | undefined;
  readonly smsId: string | undefined;
}

/** One key, one message, one answer, however often it is asked (R-SMS-01). */
export class RegistrationsCheck implements Watcher {
  readonly #world: World;
  readonly #register: Register;
  /** By user and key. */
  readonly #asked = new Map<string, Asking>();
  /** Codes that were promised to each phone. */
  readonly #promised = new Map<string, number>();

  constructor(world: World, register: Register) {
    this.#world = world;
    this.#register = register;
  }

  onAnswer({ userId, request, body, key }: Asked, answer: Answered): void {
    if (request !== 'POST /v1/sms') return;
    const { text } = body as { text: string };
    const id = `${userId} ${key}`;
    const known = this.#asked.get(id);
    if (known && known.text !== text) {
      if (answer.status === 201) this.#world.report('registered', `${id} was taken for two messages`);
      return;
    }
    if (answer.status !== 201) {
      if (answer.status < 500)
        this.#world.report('registered', `${id} was answered ${answer.status} ${answer.body?.code}`);
      return;
    }
    const said = JSON.stringify(answer.body);
    if (known?.answer !== undefined && known.answer !== said)
      this.#world.report('registered', `${id} was answered ${known.answer} and then ${said}`);
    this.#asked.set(id, { text, answer: said, smsId: answer.body.smsId });
  }

  onCommit(_call: Call, changes: readonly ItemChange[]): void {
    for (const { table, pk, sk, before, after } of changes) {
      if (table !== 'identity' || sk !== 'CODES' || !pk.startsWith('PHONE#')) continue;
      const [was, is] = [before, after].map(
        (item) => (item?.sends as readonly { readonly at: string }[] | undefined)?.at(-1)?.at,
      );
      const phone = pk.slice('PHONE#'.length);
      if (is !== was) this.#promised.set(phone, (this.#promised.get(phone) ?? 0) + 1);
    }
  }

  finish(): void {
    const messages = [...this.#register.sms.values()];
    const byKey = Map.groupBy(messages, ({ requestedBy, key }) => `${requestedBy} ${key}`);
    for (const [key, found] of byKey)
      if (found.length > 1) this.#world.report('registered', `${key} made ${found.length} messages`);
    for (const [id, { smsId, text }] of this.#asked) {
      const sms = smsId === undefined ? undefined : this.#register.sms.get(smsId);
      if (!sms || sms.text !== text) this.#world.report('registered', `${id} was taken and is not there`);
    }
    this.#checkCodes();
  }

  /** Each code that was promised is one message. */
  #checkCodes(): void {
    const otp = [...this.#register.sms.values()].filter(({ category }) => category === 'otp');
    for (const [phone, promised] of this.#promised) {
      const made = otp.filter((sms) => sms.phone === phone).length;
      if (made !== promised)
        this.#world.report('registered', `${phone} was promised ${promised} codes, and ${made} were made`);
    }
  }
}
