/** Clients that write over HTTP and do not give up: the same Idempotency-Key again until there is an answer. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../../localstack/people.ts';
import { TIME_FACTOR } from '../../support/strength.ts';
import { type Answer, ask } from './ask.ts';

export interface Sent {
  readonly client: Person;
  readonly text: string;
  /** The id which the answer named. */
  readonly id: string;
  readonly tries: number;
}

export interface BurstOptions {
  readonly api: string;
  readonly clients: readonly Person[];
  readonly tokenOf: (client: Person) => Promise<string>;
  readonly messages: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly onSent: (sentSoFar: number) => void;
}

const GIVE_UP_AFTER_MS = 180_000 * TIME_FACTOR;
const MOST_PAUSE_MS = 150;

/** Every message was accepted when this settles; one that was refused for good makes it reject. */
export async function burst(options: BurstOptions): Promise<Sent[]> {
  const { clients, messages, random, onSent } = options;
  const sent: Sent[] = [];
  const write = async (client: Person, numbers: readonly number[]) => {
    const token = await options.tokenOf(client);
    for (const number of numbers) {
      await sleep(random() * MOST_PAUSE_MS);
      const text = `Message ${number}`;
      const { id, tries } = await sendUntilAnswered(options.api, token, text);
      sent.push({ client, text, id, tries });
      onSent(sent.length);
    }
  };
  const numbers = Array.from({ length: messages }, (_, index) => index);
  await Promise.all(
    clients.map((client, place) =>
      write(
        client,
        numbers.filter((number) => number % clients.length === place),
      ),
    ),
  );
  return sent;
}

async function sendUntilAnswered(
  api: string,
  token: string,
  text: string,
): Promise<{ id: string; tries: number }> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (let tries = 1; Date.now() < deadline; tries++) {
    const answer = await attempt(api, token, text);
    if (answer?.status === 202) return { id: answer.body.messageId, tries };
    if (answer && answer.status < 500 && answer.status !== 429) {
      throw new Error(`${text}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    await sleep(100);
  }
  throw new Error(`${text}: no answer in ${GIVE_UP_AFTER_MS} ms`);
}

/** Undefined when the connection broke: nobody knows whether it was taken. */
async function attempt(api: string, token: string, text: string): Promise<Answer | undefined> {
  try {
    return await ask(`POST ${api}/v1/messages`, { token, key: text.replace(' ', '-'), body: { text } });
  } catch {
    return undefined;
  }
}
