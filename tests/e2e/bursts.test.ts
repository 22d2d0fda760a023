/** All at once over real HTTP: the client opens as many connections as there are requests. */
import { people } from '../../localstack/people.ts';
import { type Answer, ask, askAll, until } from './support/ask.ts';
import { manyClients } from './support/people.ts';
import { Product } from './support/product.ts';
import { raiseRates } from './support/rates.ts';
import { debtCollector, textsTo } from './support/sms.ts';
import { countThreads, isWhole } from './support/threads.ts';

const product = new Product();
const tokens = { admin: '', manager: '', executor: '', client: '' };
beforeAll(async () => {
  await product.start();
  tokens.admin = await product.token(people.admin);
  tokens.manager = await product.token(people.manager);
  tokens.executor = await product.token(people['executor-1']);
  tokens.client = await product.token(people.client);
  await raiseRates(product);
});
afterAll(() => product.remove());

const atOnce = (count: number, send: (number: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, (_, number) => send(number)));

/** How many answers there were of each status; shown when a test fails and in the log of a run. */
const byStatus = (what: string, answers: readonly Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  console.log(`${what}: ${JSON.stringify(counts)}`);
  return counts;
};

const burstOf = (count: number) => ({
  count,
  client: manyClients(2)[count === 100 ? 0 : 1] ?? people.client,
});

test.each([100, 1000])(
  'R-DESK-02 %i messages of one client at once are all accepted, and each stands once in a thread',
  async (count) => {
    const { client } = burstOf(count);
    const token = await product.token(client);
    const text = (number: number) => `Message ${number}`;
    const answers = await atOnce(count, (number) =>
      ask(`POST ${product.api}/v1/messages`, { token, key: `burst-${number}`, body: { text: text(number) } }),
    );
    expect(byStatus(`${count} messages`, answers)).toEqual({ 202: count });
    const sent = answers.map(({ body }, number) => {
      return { client, text: text(number), id: String(body.messageId), tries: 1 };
    });
    // A quick look first: reading all threads again and again would slow the work that is waited for.
    const placed = () => ask(`${product.api}/v1/messages/${sent.at(-1)?.id}`, { token });
    await until(placed, ({ body }) => body.ticketId !== undefined, 240_000);
    const whole = await until(() => countThreads(product.api, sent, async () => token), isWhole, 240_000);
    expect(whole).toMatchObject({ accepted: count, inThreads: count, lost: [], doubled: [], unknown: [] });
  },
);

test.each([100, 1000])(
  'R-AUTH-01 %i requests for a code to one phone at once send one code, and the others are told to wait',
  async (count) => {
    const phone = `+7916000${5000 + count}`;
    const answers = await atOnce(count, () =>
      ask(`POST ${product.api}/v1/sign-in/challenges`, { token: '', body: { phone, locale: 'en' } }),
    );
    expect(byStatus(`${count} requests for a code`, answers)).toEqual({ 202: 1, 429: count - 1 });
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.filter(({ headers }) => !(Number(headers.get('retry-after')) >= 1))).toEqual([]);
    const texts = await until(
      () => textsTo(product, phone),
      (all) => all.length > 0,
      30_000,
    );
    expect(texts).toHaveLength(1);
  },
);

test.each([100, 1000])(
  'R-SMS-07 of %i requests at once to one recipient exactly two pass the cap, and each is answered',
  async (count) => {
    const entityId = await debtCollector(product, tokens.manager);
    const body = {
      ...{ entityId, category: 'debt', phone: `+7916000${1000 + count}`, text: 'Reminder' },
      ...{ zone: 'Europe/Moscow', overCap: 'deny', validitySec: 86_400 },
    };
    const answers = await atOnce(count, (number) =>
      ask(`POST ${product.api}/v1/sms`, { token: tokens.manager, key: `burst-${count}-${number}`, body }),
    );
    expect(byStatus(`${count} SMS`, answers)).toEqual({ 201: count });
    expect(answers.filter(({ body: { state } }) => state !== 'denied')).toHaveLength(2);
  },
);

interface Entry {
  readonly kind: string;
  readonly text: string;
}

/** A ticket that the executor has. */
const assignedTicket = async (): Promise<string> => {
  const message = {
    token: tokens.client,
    key: 'contended',
    body: { text: 'The lift stands still.', urgent: true },
  };
  const { body: sent } = await ask(`POST ${product.api}/v1/messages`, message);
  const placed = await until(
    async () => (await ask(`${product.api}/v1/messages/${sent.messageId}`, { token: tokens.client })).body,
    ({ ticketId }) => ticketId !== undefined,
    30_000,
  );
  // Only now, so that the urgent one is the first they get, whatever else stands in line.
  const presence = { token: tokens.executor, body: { presence: 'online' } };
  expect((await ask(`PUT ${product.api}/v1/executors/me/presence`, presence)).status).toBe(200);
  const ticket = `${product.api}/v1/tickets/${placed.ticketId}`;
  const executor = { executorId: people['executor-1'].id };
  await until(
    async () => (await ask(ticket, { token: tokens.manager })).body,
    ({ executorId }) => executorId === executor.executorId,
    60_000,
  );
  return ticket;
};

test('R-DESK-10 of 50 actions at once on one ticket each is done or told what stands against it', async () => {
  const ticket = await assignedTicket();
  const asManager = { token: tokens.manager };
  const actions: readonly ((number: number) => Promise<Answer>)[] = [
    (n) =>
      ask(`POST ${ticket}/replies`, { token: tokens.executor, key: `e-${n}`, body: { text: `Reply ${n}` } }),
    () => ask(`POST ${ticket}/urgency`, { ...asManager, body: { urgent: false, reason: 'Looked again' } }),
    (n) => ask(`POST ${ticket}/replies`, { ...asManager, key: `m-${n}`, body: { text: `Reply ${n}` } }),
    () =>
      ask(`POST ${ticket}/urgency`, { token: tokens.executor, body: { urgent: true, reason: 'So said' } }),
  ];
  const close = (n: number) => ask(`POST ${ticket}/close`, { ...asManager, body: { reason: `Solved ${n}` } });
  // Those that close are sent last, so that the others contend with one another as well.
  const answers = await atOnce(50, (n) => (n < 45 ? (actions[n % actions.length] ?? close)(n) : close(n)));
  byStatus('50 actions', answers);
  // Closed is final: what came after the one that closed it is refused, and says so.
  const refused = answers.filter(({ status }) => status !== 200 && status !== 201);
  const others = refused.filter(({ status, body: { code } }) => status !== 409 || code !== 'ticket-closed');
  expect(others).toEqual([]);
  expect((await ask(ticket, asManager)).body.state).toBe('closed');
  const written = answers.filter(({ status }) => status === 201).map(({ body: { text } }) => text);
  const thread = await askAll<Entry>(`${ticket}/messages`, tokens.manager);
  const replies = thread.filter(({ kind }) => kind === 'reply').map(({ text }) => text);
  expect(replies.sort()).toEqual(written.sort());
});
