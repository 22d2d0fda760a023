import * as z from 'zod';
import { ROLES } from '../../../lib/platform/caller.ts';
import { onHttp } from '../../../lib/platform/http/on-http.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { request } from '../../support/platform/request.ts';

const view = z.object({ id: z.string() });

const staffOnly = onHttp(
  {
    method: 'POST',
    path: '/v1/things/{thingId}',
    summary: 'A thing',
    tag: 'things',
    access: ['manager', 'admin'],
    params: z.strictObject({ thingId: z.string().max(8) }),
    body: z.strictObject({ text: z.string() }),
    answers: { 200: view },
  },
  async ({ caller }) => ({ status: 200, body: { id: caller.id } }),
);

const open = onHttp(
  {
    method: 'GET',
    path: '/v1/open',
    summary: 'Open',
    tag: 'things',
    access: 'public',
    answers: { 200: view },
  },
  async ({ caller }) => ({ status: 200, body: { id: String(caller) } }),
);

const endpoints = [staffOnly, open];
const LINE = 'POST /v1/things/a';

describe('access', () => {
  test('R-AUTH-04 a request without a token is 401 and says how to sign in', async () => {
    const rt = await offlineRuntime();
    const answer = await request(rt, endpoints, LINE, { body: { text: 'x' } });
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="rotadesk"');
  });

  test('R-AUTH-04 another scheme than Bearer is no sign-in', async () => {
    const rt = await offlineRuntime();
    const answer = await request(rt, endpoints, LINE, { headers: { authorization: 'Basic dXNlcjpwYXNz' } });
    expect(answer.body.code).toBe('unauthenticated');
  });

  test.each(ROLES)('R-AUTH-04 role %s alone is let in only where it is named', async (role) => {
    const rt = await offlineRuntime();
    const token = await rt.token({ id: 'usr_a', roles: [role] });
    const answer = await request(rt, endpoints, LINE, { token, body: { text: 'x' } });
    expect(answer.status).toBe(role === 'manager' || role === 'admin' ? 200 : 403);
  });

  test('R-AUTH-04 a caller without any role is forbidden', async () => {
    const rt = await offlineRuntime();
    const token = await rt.token({ id: 'usr_a', roles: [] });
    expect((await request(rt, endpoints, LINE, { token })).body.code).toBe('forbidden');
  });

  test('R-AUTH-04 one fitting role of several is enough', async () => {
    const rt = await offlineRuntime();
    const token = await rt.token({ id: 'usr_a', roles: ['client', 'admin'] });
    expect((await request(rt, endpoints, LINE, { token, body: { text: 'x' } })).status).toBe(200);
  });

  test('R-AUTH-04 nothing of the request is checked before the caller is', async () => {
    const rt = await offlineRuntime();
    const broken = { body: '{"broken', headers: { 'content-type': 'text/plain' } };
    expect((await request(rt, endpoints, 'POST /v1/things/far-too-long', broken)).status).toBe(401);
    const token = await rt.token({ id: 'usr_a', roles: ['client'] });
    expect((await request(rt, endpoints, 'POST /v1/things/far-too-long', { ...broken, token })).status).toBe(
      403,
    );
  });

  test('a public endpoint reads no token, not even a broken one', async () => {
    const rt = await offlineRuntime();
    const answer = await request(rt, endpoints, 'GET /v1/open', { token: 'broken' });
    expect([answer.status, answer.body]).toEqual([200, { id: 'undefined' }]);
  });

  test.each(['GET /v1/nothing', 'GET /', 'POST /v1/things', 'GET /v1/open/'.repeat(2)])(
    '%s is a problem route-not-found',
    async (line) => {
      const rt = await offlineRuntime();
      const answer = await request(rt, endpoints, line);
      expect([answer.status, answer.body.code]).toEqual([404, 'route-not-found']);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    },
  );

  test.each([
    ['Bearer nonsense', 'malformed-token'],
    ['Bearer a.b', 'malformed-token'],
    ['Bearer rdk_cut-short', 'malformed-key'],
    [`Bearer rdk_01234567-89ab-7cde-8f01-23456789abcd_${'x'.repeat(42)}`, 'malformed-key'],
    ['Bearer a.b.c', 'token-invalid'],
    ['Bearer a.b.c,Bearer a.b.c', 'unauthenticated'],
    ['Basic dXNlcjpwYXNz', 'unauthenticated'],
    ['', 'unauthenticated'],
  ])('Authorization %j is answered 401 %s', async (authorization, code) => {
    const rt = await offlineRuntime();
    const answer = await request(rt, endpoints, 'POST /v1/things/a', { headers: { authorization } });
    expect([answer.status, answer.body.code]).toEqual([401, code]);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="rotadesk"/);
  });
});
