import { randomInt } from 'node:crypto';
import {
  type Answer,
  type CallOptions,
  call,
  startAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { askForCode, codeOf, refresh, signInBy, somePhone } from '../../support/identity.ts';

const ORIGIN = 'https://api.invalid';
const NAME = '__Host-refresh';
const BROWSER = { 'x-session': 'cookie', origin: ORIGIN };

let rt: TestRuntime;
beforeAll(async () => {
  rt = await testRuntime(await startAws());
});

const ask = (path: string, options: CallOptions = {}): Promise<Answer> =>
  call(rt, `POST ${path}`, { headers: BROWSER, body: {}, ...options });

const signIn = async (headers: Record<string, string>, phone = somePhone()): Promise<Answer> => {
  const { body } = await askForCode(rt, phone, `198.51.${randomInt(256)}.${randomInt(256)}`);
  const code = await codeOf(rt, body.challengeId);
  return ask('/v1/sign-in', { headers, body: { challengeId: body.challengeId, code } });
};

/** `name=value` of the only cookie that an answer sets. */
const cookieOf = ({ cookies = [] }: Answer): string => {
  expect(cookies).toHaveLength(1);
  return cookies[0]?.split(';')[0] ?? '';
};

const CLEARED = [`${NAME}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict`];
const outcome = ({ status, body, cookies }: Answer) => [status, body.code, cookies];

describe('R-AUTH-02 a browser', () => {
  test('gets its refresh token in a cookie of the session’s life and in no body', async () => {
    const { status, body, headers, cookies } = await signIn(BROWSER);
    expect(status).toBe(200);
    expect(cookies).toEqual([
      expect.stringMatching(
        /^__Host-refresh=rdr_[\w-]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      ),
    ]);
    expect(body).toMatchObject({ accessToken: expect.any(String), newClient: true });
    expect(JSON.stringify([body, headers])).not.toContain('rdr_');
  });

  test('refreshes by the cookie alone, and the next token replaces it', async () => {
    const first = cookieOf(await signIn(BROWSER));
    const answer = await ask('/v1/sign-in/refresh', { cookies: ['theme=dark', first] });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).toSorted()).toEqual(['accessToken', 'expiresAt']);
    const second = cookieOf(answer);
    expect(second).not.toBe(first);
    const me = await call(rt, 'GET /v1/me', { token: answer.body.accessToken });
    expect(me.status).toBe(200);
    expect((await ask('/v1/sign-in/refresh', { cookies: [second] })).status).toBe(200);
  });

  test('loses the cookie with its session, whose token was used again', async () => {
    const first = cookieOf(await signIn(BROWSER));
    const second = cookieOf(await ask('/v1/sign-in/refresh', { cookies: [first] }));
    rt.clock.move(11_000);
    expect(outcome(await ask('/v1/sign-in/refresh', { cookies: [first] }))).toEqual([
      401,
      'session-ended',
      CLEARED,
    ]);
    expect(outcome(await ask('/v1/sign-in/refresh', { cookies: [second] }))).toEqual([
      401,
      'session-ended',
      CLEARED,
    ]);
  });

  test('loses the cookie when it signs out, and the session with it', async () => {
    const cookie = cookieOf(await signIn(BROWSER));
    expect(outcome(await ask('/v1/sign-out', { cookies: [cookie] }))).toEqual([204, undefined, CLEARED]);
    expect((await ask('/v1/sign-in/refresh', { cookies: [cookie] })).status).toBe(401);
    expect(outcome(await ask('/v1/sign-out'))).toEqual([204, undefined, CLEARED]);
  });

  test.each([
    ['no cookie', []],
    ['one that is not ours', [`${NAME}="quoted"`]],
    ['one of another name', ['refresh=rdr_1', `x${NAME}=rdr_1`]],
  ])('with %s has no session', async (_, cookies) => {
    const answer = await ask('/v1/sign-in/refresh', { cookies });
    expect(outcome(answer)).toEqual([401, 'session-ended', CLEARED]);
  });
});

test('R-AUTH-02 a cookie that somebody else has set beside the browser’s own opens and ends nothing', async () => {
  const own = cookieOf(await signIn(BROWSER));
  for (const cookies of [
    [`${NAME}=rdr_of_another`, own],
    [own, `${NAME}=`],
  ])
    expect((await ask('/v1/sign-in/refresh', { cookies })).status).toBe(401);
  expect((await ask('/v1/sign-in/refresh', { cookies: [own, own] })).status).toBe(200);
});

describe.each(['/v1/sign-in', '/v1/sign-in/refresh', '/v1/sign-out'])('R-AUTH-02 POST %s', (path) => {
  const begun = async () => cookieOf(await signIn(BROWSER));

  test.each([
    ['no Origin', { 'x-session': 'cookie' }, 403, 'cross-site'],
    ['a foreign Origin', { ...BROWSER, origin: 'https://evil.example' }, 403, 'cross-site'],
    ['an Origin that only begins alike', { ...BROWSER, origin: `${ORIGIN}.evil.example` }, 403, 'cross-site'],
    ['the Origin without TLS', { ...BROWSER, origin: 'http://api.invalid' }, 403, 'cross-site'],
    ['the Origin null', { ...BROWSER, origin: 'null' }, 403, 'cross-site'],
    ['a mode that there is not', { ...BROWSER, 'x-session': 'body' }, 400, 'invalid-session-mode'],
    ['the header twice', { ...BROWSER, 'x-session': 'cookie,cookie' }, 400, 'invalid-session-mode'],
  ])('refuses %s, and the session goes on', async (_, headers, status, code) => {
    const cookie = await begun();
    const answer = await ask(path, { headers, cookies: [cookie] });
    expect(outcome(answer)).toEqual([status, code, undefined]);
    expect((await ask('/v1/sign-in/refresh', { cookies: [cookie] })).status).toBe(200);
  });
});

describe.each(['/v1/sign-in/refresh', '/v1/sign-out'])('R-AUTH-02 POST %s', (path) => {
  test('does not read the cookie without the header', async () => {
    const cookie = cookieOf(await signIn(BROWSER));
    const answer = await ask(path, { headers: { origin: ORIGIN }, cookies: [cookie] });
    expect(outcome(answer)).toEqual([400, 'invalid-request', undefined]);
    expect(answer.body.errors).toEqual([
      { path: 'body.refreshToken', message: 'is required without X-Session: cookie' },
    ]);
    expect((await ask('/v1/sign-in/refresh', { cookies: [cookie] })).status).toBe(200);
  });

  test('takes no token in the body beside the header', async () => {
    const { refreshToken } = (await signInBy(rt, somePhone())).body;
    const answer = await ask(path, { body: { refreshToken } });
    expect(outcome(answer)).toEqual([400, 'invalid-request', undefined]);
    expect((await refresh(rt, refreshToken)).status).toBe(200);
  });
});

test('R-AUTH-02 callers without the header get tokens in bodies and never a cookie', async () => {
  const signedIn = await signIn({ origin: 'https://elsewhere.example' });
  expect([signedIn.status, signedIn.cookies]).toEqual([200, undefined]);
  const refreshed = await refresh(rt, signedIn.body.refreshToken);
  expect([refreshed.body.refreshToken, refreshed.cookies]).toEqual([
    expect.stringMatching(/^rdr_/),
    undefined,
  ]);
  const ended = await refresh(rt, 'rdr_x');
  expect(outcome(ended)).toEqual([401, 'session-ended', undefined]);
});

test('R-AUTH-02 on a laptop the cookie is named by its port and goes without TLS', async () => {
  const local = { ...rt, env: { ...rt.env, PUBLIC_URL: 'http://127.0.0.1:3007' } };
  const answer = await call(local, 'POST /v1/sign-out', {
    headers: { 'x-session': 'cookie', origin: 'http://127.0.0.1:3007' },
    body: {},
  });
  expect(answer.cookies).toEqual(['refresh-3007=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict']);
});
