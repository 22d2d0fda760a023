import { resolve } from 'node:path';
import * as z from 'zod';
import { onHttp } from '../../../lib/platform/http/on-http.ts';
import { routerOf } from '../../../lib/platform/http/router.ts';
import { allEndpoints } from '../../../scripts/all-endpoints.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { request } from '../../support/platform/request.ts';

const shared = { summary: '', tag: 't', access: 'public' } as const;

const readOne = onHttp(
  {
    ...shared,
    method: 'GET',
    path: '/v1/things/{thingId}',
    params: z.strictObject({ thingId: z.string() }),
    answers: { 200: z.object({ id: z.string() }) },
  },
  async ({ params }) => ({ status: 200, body: { id: params.thingId }, headers: { 'x-own': 'kept' } }),
);

const check = onHttp(
  { ...shared, method: 'POST', path: '/v1/things/check', answers: { 204: null } },
  async () => ({ status: 204 }),
);

const page = onHttp(
  {
    ...shared,
    method: 'GET',
    path: '/v1/page',
    answers: { 200: { contentType: 'text/html; charset=utf-8' } },
  },
  async () => ({ status: 200, body: '<p>' }),
);

const send = async (line: string) => request(await offlineRuntime(), [readOne, check, page], line);

test.each([
  ['GET /v1/things/a', 200],
  ['GET /v1/things/a/', 200],
  ['POST /v1/things/a', 405],
  ['GET /v1/things/check', 405],
  ['GET /v1/things', 404],
  ['GET /v1/things/a/b', 404],
  ['GET /V1/things/a', 404],
  ['GET /v1/thingsXcheck', 404],
])('%s is answered %i', async (line, status) => {
  expect((await send(line)).status).toBe(status);
});

test.each([
  ['DELETE /v1/things/a', 'GET, HEAD, OPTIONS'],
  ['TRACE /v1/things/a', 'GET, HEAD, OPTIONS'],
  ['PROPFIND /v1/things/check', 'POST, OPTIONS'],
  ['HEAD /v1/things/check', 'POST, OPTIONS'],
])('%s is 405 and says what may be done there: %s', async (line, allow) => {
  const { status, headers, body } = await send(line);
  expect([status, headers.allow]).toEqual([405, allow]);
  if (!line.startsWith('HEAD')) expect(body).toMatchObject({ code: 'method-not-allowed', status: 405 });
});

test('OPTIONS tells what may be done at an address, and needs no token', async () => {
  const { status, headers, body } = await send('OPTIONS /v1/things/a');
  expect([status, headers.allow, body]).toEqual([204, 'GET, HEAD, OPTIONS', '']);
});

test('HEAD is answered as GET is, without the content', async () => {
  const [head, get] = [await send('HEAD /v1/things/a'), await send('GET /v1/things/a')];
  expect([head.status, head.headers, head.body]).toEqual([200, get.headers, '']);
  expect((await send('HEAD /v1/nothing')).body).toBe('');
});

test.each([
  'GET /v1/things/a',
  'POST /v1/things/check',
  'GET /v1/nothing',
  'DELETE /v1/page',
  'OPTIONS /v1/page',
])('the answer to %s may be taken for nothing else and comes over TLS alone', async (line) => {
  expect((await send(line)).headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
  });
});

test('a page loads nothing, stands in no frame and tells nobody its address unless it says so itself', async () => {
  const { headers } = await send('GET /v1/page');
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(headers['referrer-policy']).toBe('no-referrer');
});

describe('of all modules', () => {
  test('each declared method and path leads to its own use case', async () => {
    const endpoints = await allEndpoints(resolve(import.meta.dirname, '../../..'));
    const find = routerOf(endpoints);
    for (const endpoint of endpoints) {
      const { method, path } = endpoint.declaration;
      expect(find(method, path.replaceAll(/\{\w+\}/g, 'x'))).toMatchObject({ kind: 'found', endpoint });
    }
  });

  test('each other method there is answered with those that are declared', async () => {
    const endpoints = await allEndpoints(resolve(import.meta.dirname, '../../..'));
    const find = routerOf(endpoints);
    const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    for (const path of new Set(endpoints.map(({ declaration }) => declaration.path))) {
      const declared = endpoints
        .filter(({ declaration }) => declaration.path === path)
        .map(({ declaration }): string => declaration.method);
      for (const method of METHODS.filter((each) => !declared.includes(each))) {
        const match = find(method, path.replaceAll(/\{\w+\}/g, 'x'));
        const allow = match.kind === 'other-methods' ? match.allow : [];
        expect([path, method, METHODS.filter((each) => allow.includes(each)).toSorted()]).toEqual([
          path,
          method,
          declared.toSorted(),
        ]);
      }
    }
  });
});
