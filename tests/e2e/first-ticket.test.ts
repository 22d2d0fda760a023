import { once } from 'node:events';
import { request } from 'node:http';
import { contentSecurityPolicy } from '../../infra/console-headers.ts';
import { type PersonName, people } from '../../localstack/people.ts';
import { ask, until } from './support/ask.ts';
import { Product } from './support/product.ts';

const product = new Product();
const tokens: Record<string, string> = {};
beforeAll(async () => {
  await product.start();
  for (const [name, person] of Object.entries(people)) tokens[name] = await product.token(person);
});
afterAll(() => product.remove());

const as = (name: string) => ({ token: tokens[name] ?? '' });
const idOf = (name: PersonName) => people[name].id;

const comeOnline = (name: string) =>
  ask(`PUT ${product.api}/v1/executors/me/presence`, { ...as(name), body: { presence: 'online' } });

/** The ticket of a message, once an executor has it. */
const assigned = (messageId: string, executorId: string | undefined, withinMs: number) =>
  until(
    async () => {
      const { body: message } = await ask(`${product.api}/v1/messages/${messageId}`, as('client'));
      if (!message.ticketId) return undefined;
      return (await ask(`${product.api}/v1/tickets/${message.ticketId}`, as('manager'))).body;
    },
    (ticket) =>
      ticket !== undefined &&
      ticket.executorId !== undefined &&
      (!executorId || ticket.executorId === executorId),
    withinMs,
  );

test('a message becomes a ticket that an executor has at once', async () => {
  expect((await comeOnline('executor-1')).status).toBe(200);
  const sentMs = performance.now();
  const sent = await ask(`POST ${product.api}/v1/messages`, {
    ...as('client'),
    key: 'first-ticket',
    body: { text: 'The heating is cold.' },
  });
  expect(sent.status).toBe(202);
  const ticket = await assigned(sent.body.messageId, idOf('executor-1'), 10_000);
  const tookMs = performance.now() - sentMs;
  console.log(`message → ticket with an executor: ${tookMs.toFixed(0)} ms`);
  expect(ticket).toMatchObject({ state: 'assigned', executorId: idOf('executor-1') });
});

test('an executor who stops their heartbeats loses the ticket to another after the reconnect wait', async () => {
  const limits = await ask(`${product.api}/v1/limits`, as('manager'));
  const lowered = await ask(`PATCH ${product.api}/v1/limits`, {
    ...as('manager'),
    ifMatch: limits.etag,
    body: { values: { heartbeatPeriodSec: 5, missedHeartbeats: 1, maxReconnectWaitSec: 5 } },
  });
  expect(lowered.status).toBe(200);
  await ask(`POST ${product.api}/v1/executors/me/heartbeat`, as('executor-1'));
  const sent = await ask(`POST ${product.api}/v1/messages`, {
    ...as('client-2'),
    key: 'second-ticket',
    body: { text: 'The lift stands still.' },
  });
  const ticketId = await until(
    async () =>
      (await ask(`${product.api}/v1/messages/${sent.body.messageId}`, as('client-2'))).body.ticketId,
    Boolean,
    10_000,
  );
  const ticketOf = async () => (await ask(`${product.api}/v1/tickets/${ticketId}`, as('manager'))).body;
  await until(ticketOf, (ticket) => ticket.executorId === idOf('executor-1'), 10_000);

  await comeOnline('executor-2');
  const beating = setInterval(() => {
    ask(`POST ${product.api}/v1/executors/me/heartbeat`, as('executor-2')).catch(() => {});
  }, 1000);
  try {
    const moved = await until(ticketOf, (ticket) => ticket.executorId === idOf('executor-2'), 60_000);
    expect(moved.state).toBe('assigned');
  } finally {
    clearInterval(beating);
  }
});

test('a body that is no UTF-8 reaches the product as it was sent, and is refused', async () => {
  const text = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xcf, 0xf0, 0xe8]), Buffer.from('"}')]);
  const answer = await fetch(`${product.api}/v1/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokens.client}`,
      'content-type': 'application/json',
      'idempotency-key': 'windows-1251',
    },
    body: text,
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'broken-json' });
});

test.each([
  ['the console', 'api'],
  ['the stand-ins of AWS', 'aws'],
  ['the phones', 'sms'],
  ['the e-mails', 'mail'],
] as const)('no page of another origin reaches %s', async (_, name) => {
  const headers = { origin: 'https://evil.example' };
  const answer = await fetch(product.addresses[name], { method: 'POST', headers });
  expect(answer.status).toBe(403);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('no page of another origin reaches the API', async () => {
  const headers = { origin: 'https://evil.example' };
  const answer = await fetch(`${product.api}/v1/messages`, { method: 'POST', headers });
  expect(answer.status).toBe(403);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('the first address printed is the console’s, under its own policy, and the API’s', async () => {
  const [first = ''] = product.log().split('\n');
  const url = /^Console +(http:\/\/127\.0\.0\.1:\d+)$/.exec(first)?.[1] ?? '';
  const { api, aws } = product.addresses;
  expect(url).toBe(api);
  const page = await fetch(url);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = contentSecurityPolicy({ live: api.replace('http', 'ws'), files: aws });
  expect(page.headers.get('content-security-policy')).toBe(policy);
  const document = await fetch(`${url}/v1/openapi.json`);
  expect(await document.json()).toMatchObject({ openapi: '3.1.0' });
  const links = await fetch(`${url}/.well-known/jwks.json`);
  expect(links.status).toBe(200);
});

test('R-AUTH-02 one click signs a demo user in: the cookie gets access tokens, from our own pages alone', async () => {
  const { api } = product.addresses;
  const post = (path: string, body: object, headers: Record<string, string>) =>
    fetch(api + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const signedIn = await post('/demo/sign-in', { name: 'manager' }, { origin: api });
  expect(signedIn.status).toBe(204);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const browser = { 'x-session': 'cookie', cookie: `other="quoted"; ${cookie}` };
  const foreign = await post('/v1/sign-in/refresh', {}, browser);
  const { code } = (await foreign.json()) as { code: string };
  expect([foreign.status, code]).toEqual([403, 'cross-site']);
  const tokens = await post('/v1/sign-in/refresh', {}, { ...browser, origin: api });
  expect([tokens.status, tokens.headers.get('set-cookie')]).toEqual([
    200,
    expect.stringMatching(/^refresh-/),
  ]);
  const { accessToken } = (await tokens.json()) as { accessToken: string };
  const me = await ask(`${api}/v1/me`, { token: accessToken });
  expect(me.body.userId).toBe(idOf('manager'));
});

/** What a WebSocket's handshake is answered by: the status, and the subprotocol. */
const handshake = async (headers: Record<string, string>): Promise<[status: number, protocol: string]> => {
  const { hostname, port } = new URL(product.api);
  const sent = request({
    hostname,
    port,
    path: '/v1/live',
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  });
  const answered = Promise.race([once(sent, 'upgrade'), once(sent, 'response')]);
  sent.end();
  const [{ statusCode, headers: given, socket }] = await answered;
  socket.destroy();
  return [statusCode, String(given['sec-websocket-protocol'] ?? '')];
};

test('a WebSocket opens at the same address, for pages of that address alone', async () => {
  const { body } = await ask(`POST ${product.api}/v1/live/tickets`, as('executor-1'));
  const protocols = { 'sec-websocket-protocol': `rotadesk, ${body.ticket}` };
  expect(await handshake({ ...protocols, origin: 'https://evil.example' })).toEqual([403, '']);
  expect(await handshake({ ...protocols, origin: product.api })).toEqual([101, 'rotadesk']);
  const [again] = await handshake({ ...protocols, origin: product.api });
  expect(again).not.toBe(101);
});

test('Ctrl-C leaves nothing running', async () => {
  expect(product.processes().map(({ name }) => name)).toEqual(['start', 'store', 'functions']);
  await product.stop();
  expect(product.processes()).toEqual([]);
});
