import { Api } from './api.ts';
import { between, happens, pick, untilNextSec, waitSec } from './chance.ts';
import { clientPerson, isDemoClient } from './people.ts';
import type { Story } from './story.ts';

const QUESTIONS = [
  'The heating stays cold.',
  'Can the cleaner come on Thursday instead?',
  'My invoice lists a visit that never took place.',
  'The key does not fit the new lock.',
  'Which floor is the workshop on?',
  'The lamp you repaired flickers again.',
  'Please change my address.',
] as const;
const ALARMS = [
  'Water is running out of the ceiling!',
  'I am locked out.',
  'There is a smell of gas.',
] as const;
const ANSWERS = ['Yes, that works.', 'Thanks. One more thing …', 'No, the other one.'] as const;

const CLIENTS = 400;
const ANSWER_SHARE = 0.35;

export interface Crowd {
  /** Messages a minute. */
  readonly rate: number;
  /** Share of urgent ones. */
  readonly urgentShare: number;
}

/** Clients who write at random (a Poisson stream), some urgently, and answer when they are asked back. */
export class Clients {
  readonly #base: string;
  readonly #story: Story;
  readonly #apis = new Map<number, Api>();
  #count = 0;

  constructor(base: string, story: Story) {
    this.#base = base;
    this.#story = story;
  }

  #api(number: number): Api {
    const known = this.#apis.get(number) ?? new Api(this.#base, clientPerson(number));
    this.#apis.set(number, known);
    return known;
  }

  async run(crowd: Crowd, signal: AbortSignal): Promise<void> {
    while (await waitSec(untilNextSec(crowd.rate), signal)) {
      // Not awaited: a slow answer must not thin out the stream.
      void this.#write(happens(crowd.urgentShare));
    }
  }

  async #write(urgent: boolean): Promise<void> {
    const number = this.#count % CLIENTS;
    this.#count += 1;
    const text = urgent ? pick(ALARMS) : pick(QUESTIONS);
    try {
      const { ok } = await this.#api(number).ask('POST /v1/messages', {
        body: { text, ...(urgent && { urgent }) },
      });
      this.#story.tell(ok ? 'written' : 'unexpected');
      if (urgent && ok) this.#story.tell('urgent');
    } catch {
      this.#story.tell('unexpected');
    }
  }

  /** A client whose ticket was answered sometimes writes again, on the same ticket. */
  async mayAnswer({ clientId, ticketId }: { clientId: string; ticketId: string }): Promise<void> {
    const number = Number(clientId.slice(-12)) - 1;
    if (!isDemoClient(clientId) || !happens(ANSWER_SHARE)) return;
    await this.#answer(number, ticketId, between(2, 6));
  }

  /** Whoever is waited for comes back after a while. */
  async comesBack({ clientId, ticketId }: { clientId: string; ticketId: string }): Promise<void> {
    if (isDemoClient(clientId)) await this.#answer(Number(clientId.slice(-12)) - 1, ticketId, between(4, 12));
  }

  async #answer(number: number, ticketId: string, afterSec: number): Promise<void> {
    await waitSec(afterSec, AbortSignal.timeout(60_000));
    try {
      const body = { text: pick(ANSWERS), ticketId };
      const { ok } = await this.#api(number).ask('POST /v1/messages', { body });
      if (ok) this.#story.tell('answered');
    } catch {
      // The workload is being cleared.
    }
  }
}
