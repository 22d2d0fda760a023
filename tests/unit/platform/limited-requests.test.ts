import * as z from 'zod';
import { type HttpDeclaration, onHttp } from '../../../lib/platform/http/on-http.ts';
import { initialRates } from '../../../lib/platform/rate-limits/rates.ts';
import { type OfflineRuntime, offlineRuntime, type Sent } from '../../support/platform/offline-runtime.ts';
import { type RequestOptions, request } from '../../support/platform/request.ts';

const ping = (path: `/${string}`, access: HttpDeclaration['access'], rate?: 'presence' | 'service') =>
  onHttp(
    {
      method: 'POST',
      path,
      summary: '',
      tag: 't',
      access,
      answers: { 200: z.object({}) },
      ...(rate && { rate }),
    },
    async () => ({ status: 200, body: {} }),
  );

const endpoints = [
  ping('/v1/work', ['executor']),
  ping('/v1/heartbeat', ['executor'], 'presence'),
  ping('/v1/open', 'public'),
  ping('/v1/report', 'public', 'service'),
];

const store = () => {
  const sums = new Map<string, number>();
  return ({ name, input }: Sent): unknown => {
    if (name === 'Get') return {};
    const key = JSON.stringify(input.Key);
    sums.set(key, (sums.get(key) ?? 0) + input.ExpressionAttributeValues[':by']);
    return { Attributes: { requests: sums.get(key) } };
  };
};

let rt: OfflineRuntime;
let token: string;

beforeEach(async () => {
  rt = await offlineRuntime({ dynamo: store(), limited: true });
  rt.clock.move(60_000 - (rt.clock.nowMs() % 60_000) + 20_000);
  token = await rt.token({ id: 'usr_anna', roles: ['executor'] });
});

const send = (line: string, options: RequestOptions = {}) => request(rt, endpoints, line, options);
const flood = async (times: number, line: string, options: RequestOptions = {}) => {
  for (let n = 0; n < times; n += 1) await send(line, options);
};

test('too many requests of a user are 429 with Retry-After, and counted', async () => {
  await flood(initialRates.person, 'POST /v1/work', { token });
  const { status, headers, body } = await send('POST /v1/work', { token });
  expect([status, body.code, body.limit, headers['retry-after']]).toEqual([
    429,
    'rate-limited',
    initialRates.person,
    '40',
  ]);
  const counted = rt.lines.filter((line) => 'RequestsLimited' in line);
  expect(counted).toMatchObject([{ RequestsLimited: 1, kind: 'person' }]);
});

test('an answer says how many requests are left', async () => {
  const { headers } = await send('POST /v1/work', { token });
  expect([headers['ratelimit-policy'], headers.ratelimit]).toEqual([
    '"person";q=600;w=60',
    '"person";r=599;t=40',
  ]);
});

test('R-DESK-08 a flood of strangers and of their own requests leaves an executor their heartbeats', async () => {
  await flood(initialRates.address + 1, 'POST /v1/open');
  await flood(initialRates.person + 1, 'POST /v1/work', { token });
  expect((await send('POST /v1/open')).status).toBe(429);
  expect((await send('POST /v1/work', { token })).status).toBe(429);
  expect((await send('POST /v1/heartbeat', { token })).status).toBe(200);
});

test('heartbeats have a limit too, whose refusals are counted apart', async () => {
  await flood(initialRates.presence, 'POST /v1/heartbeat', { token });
  expect((await send('POST /v1/heartbeat', { token })).status).toBe(429);
  expect(rt.lines.filter((line) => 'PresenceLimited' in line)).toHaveLength(1);
  expect((await send('POST /v1/work', { token })).status).toBe(200);
});

test('strangers of one address share one room, whatever they ask for and whatever they guess', async () => {
  await flood(100, 'POST /v1/open');
  await flood(100, 'GET /v1/nothing');
  await flood(100, 'POST /v1/work', { token: 'a.b.c' });
  expect((await send('POST /v1/open')).status).toBe(429);
  expect((await send('GET /v1/nothing')).status).toBe(429);
  expect((await send('POST /v1/work', { token: 'a.b.c' })).status).toBe(429);
  expect((await send('POST /v1/work', { token })).status).toBe(200);
});

test('reports of providers are counted apart from strangers', async () => {
  await flood(initialRates.address + 1, 'POST /v1/open');
  expect((await send('POST /v1/report')).status).toBe(200);
});

test('a made-up X-Forwarded-For gives nobody new room', async () => {
  for (let n = 0; n <= initialRates.address; n += 1) {
    await send('POST /v1/open', {
      headers: { 'x-forwarded-for': `198.51.100.${n % 250}`, forwarded: `for=10.0.0.${n % 250}` },
    });
  }
  expect((await send('POST /v1/open', { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(429);
});
