/** What tests do beside the browser, as others who use the product at the same time. */
import { type PersonName, people } from '../../../localstack/people.ts';
import { type Answer, ask, askAll, until } from '../../e2e/support/ask.ts';
import { address, tokenOf } from './product.ts';

const WITHIN_MS = 30_000;

interface Sent {
  readonly body?: unknown;
  readonly key?: string;
}

/** `callAs('client', 'POST /v1/messages', { body, key })`. */
export const callAs = async (name: PersonName, request: string, sent: Sent = {}): Promise<Answer> => {
  const [path = '', method = 'GET'] = request.split(' ').reverse();
  return ask(`${method} ${address()}${path}`, { token: await tokenOf(people[name]), ...sent });
};

const done = (answer: Answer): Answer => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};

let sentSoFar = 0;
/** A client's message. @returns the id of the ticket that it came to. */
export const write = async (name: PersonName, text: string): Promise<string> => {
  sentSoFar += 1;
  const key = `browser-${process.pid}-${Date.now()}-${sentSoFar}`;
  const { body } = done(await callAs(name, 'POST /v1/messages', { body: { text }, key }));
  const placed = await until(
    () => callAs(name, `/v1/messages/${body.messageId}`),
    ({ body: message }) => message.ticketId !== undefined,
    WITHIN_MS,
  );
  return String(placed.body.ticketId);
};

/** The state of a ticket as managers see it. */
export const stateOf = async (ticketId: string): Promise<string> =>
  String(done(await callAs('manager', `/v1/tickets/${ticketId}`)).body.state);

export const untilState = (ticketId: string, wanted: string): Promise<string> =>
  until(
    () => stateOf(ticketId),
    (state) => state === wanted,
    WITHIN_MS,
  );

/** Nothing in hand and nobody else at work: closes what the executor holds. */
export const clearHands = async (name: PersonName): Promise<void> => {
  const held = await askAll<{ ticketId: string; state: string }>(
    `${address()}/v1/tickets`,
    await tokenOf(people[name]),
  );
  for (const { ticketId } of held)
    done(await callAs(name, `POST /v1/tickets/${ticketId}/close`, { body: {} }));
};

export const setPresence = async (name: PersonName, presence: string): Promise<void> => {
  done(await callAs(name, 'PUT /v1/executors/me/presence', { body: { presence } }));
};
