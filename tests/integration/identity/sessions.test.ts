import { rotateKeys } from '../../../lib/identity/keys/rotate-keys.ts';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import { createTokenVerifier } from '../../../lib/platform/auth/verify-token.ts';
import { instant } from '../../../lib/platform/clock.ts';
import {
  call,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
  tick,
} from '../../support/aws/index.ts';
import { listenToCommits, refresh, signInBy, somePhone } from '../../support/identity.ts';
import { ofType } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
});

const begin = async (): Promise<string> => (await signInBy(rt, somePhone())).body.refreshToken;
const codes = (answers: readonly { status: number; body: { code?: string } }[]) =>
  answers.map(({ status, body }) => body.code ?? status);

describe('refreshing', () => {
  test('R-AUTH-02 gives the next token and an access token of the same user', async () => {
    const { body: first } = await signInBy(rt, somePhone());
    rt.clock.move(600_000);
    const { status, body } = await refresh(rt, first.refreshToken);
    expect([status, body]).toEqual([
      200,
      {
        accessToken: expect.any(String),
        expiresAt: instant(rt.clock.nowMs() + 600_000),
        refreshToken: expect.stringMatching(/^rdr_/),
      },
    ]);
    expect(body.refreshToken).not.toBe(first.refreshToken);
    const me = await call(rt, 'GET /v1/me', { token: body.accessToken });
    expect([me.status, me.body.userId]).toEqual([200, first.user.userId]);
  });

  test('R-AUTH-02 the predecessor gets the same successor for ten seconds, and then ends the session', async () => {
    const first = await begin();
    const second = (await refresh(rt, first)).body.refreshToken;
    rt.clock.move(10_000);
    expect((await refresh(rt, first)).body.refreshToken).toBe(second);
    rt.clock.move(1);
    expect(codes([await refresh(rt, first), await refresh(rt, second)])).toEqual([
      'session-ended',
      'session-ended',
    ]);
  });

  test('R-AUTH-02 20 refreshes of one token at once all get the same successor', async () => {
    const first = await begin();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(rt, first)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.refreshToken}`)).size).toBe(1);
    expect((await refresh(rt, answers[0]?.body.refreshToken)).status).toBe(200);
  });

  test('R-AUTH-02 a token two steps old ends the session however soon, for the thief and for its owner', async () => {
    const first = await begin();
    const second = (await refresh(rt, first)).body.refreshToken;
    const third = (await refresh(rt, second)).body.refreshToken;
    expect(codes([await refresh(rt, first), await refresh(rt, third)])).toEqual([
      'session-ended',
      'session-ended',
    ]);
  });

  test('R-AUTH-02 reuse beside refreshes at once leaves nobody a session', async () => {
    const first = await begin();
    const second = (await refresh(rt, first)).body.refreshToken;
    rt.clock.move(11_000);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => refresh(rt, n % 3 === 0 ? first : second)),
    );
    const tokens = answers.flatMap(({ body }) => (body.refreshToken ? [body.refreshToken] : []));
    const after = await Promise.all([first, second, ...tokens].map((token) => refresh(rt, token)));
    expect(new Set(codes(after))).toEqual(new Set(['session-ended']));
    expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true);
  });

  test('R-AUTH-02 sessions of one user are apart: the end of one is not the end of another', async () => {
    const phone = somePhone();
    const [phoneSession, laptop] = [await signInBy(rt, phone), await signInBy(rt, phone)].map(
      ({ body }) => body.refreshToken,
    );
    expect((await call(rt, 'POST /v1/sign-out', { body: { refreshToken: phoneSession } })).status).toBe(204);
    expect(codes([await refresh(rt, phoneSession), await refresh(rt, laptop)])).toEqual([
      'session-ended',
      200,
    ]);
  });

  test('R-AUTH-02 a session lives for 30 days from its last refresh', async () => {
    const day = 24 * 3_600_000;
    let token = await begin();
    for (let n = 0; n < 2; n += 1) {
      rt.clock.move(30 * day - 1);
      token = (await refresh(rt, token)).body.refreshToken;
    }
    rt.clock.move(30 * day);
    expect(codes([await refresh(rt, token)])).toEqual(['session-ended']);
  });

  test('R-AUTH-02 tokens that are not ours are refused, and end nobody’s session', async () => {
    const token = await begin();
    const [head, uuid] = token.split('_');
    // base64url, in which an underscore may stand
    const mac = token.slice(-43);
    const forged = [
      'nonsense',
      `${token.slice(0, -4)}AAAA`,
      `${head}_${uuid}_2_${mac}`,
      `${head}_${rt.ids.next('ses').slice(4)}_1_${mac}`,
      `${token} `,
    ];
    const answers = await Promise.all(forged.map((each) => refresh(rt, each)));
    expect(new Set(codes(answers))).toEqual(new Set(['session-ended']));
    for (const each of forged) await call(rt, 'POST /v1/sign-out', { body: { refreshToken: each } });
    expect((await refresh(rt, token)).status).toBe(200);
  });
});

describe('signing keys', () => {
  const jwks = async (): Promise<{ kid: string }[]> =>
    (await call(rt, 'GET /.well-known/jwks.json')).body.keys;
  const kidOf = (token: string): string =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;

  test('R-AUTH-02 are published without their private part, for five minutes of caching', async () => {
    const { status, headers, body } = await call(rt, 'GET /.well-known/jwks.json');
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=300']);
    expect(body.keys).toHaveLength(1);
    expect(Object.keys(body.keys[0]).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  test('R-AUTH-02 the first one is made once, however many need it', async () => {
    const others = await Promise.all(Array.from({ length: 8 }, () => testRuntime(aws)));
    const rings = await Promise.all(others.map((other) => call(other, 'GET /.well-known/jwks.json')));
    expect(new Set(rings.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  test('R-AUTH-02 rotate without signing anybody out', async () => {
    const received = listenToCommits(rt);
    const { body: before } = await signInBy(rt, somePhone());
    rt.clock.move(HOUR);
    await tick(rt, 'functions/identity/rotate-keys.schedule');
    await tick(rt, 'functions/identity/rotate-keys.schedule'); // a re-run is a no-op
    expect(ofType(received, auditRecorded).map(({ data }) => data.action)).toEqual(['signing-key.added']);
    rt.clock.move(MINUTE);
    const published = (await jwks()).map(({ kid }) => kid);
    expect(published).toHaveLength(2);
    // Published, but not signing for half an hour: whoever caches the old set refuses nothing.
    rt.clock.move(28 * MINUTE);
    const { body: young } = await refresh(rt, before.refreshToken);
    expect(kidOf(young.accessToken)).toBe(kidOf(before.accessToken));
    rt.clock.move(2 * MINUTE);
    const { body: next } = await refresh(rt, young.refreshToken);
    expect([kidOf(next.accessToken), published[0]]).toEqual([published[1], kidOf(before.accessToken)]);
    const verify = createTokenVerifier({ ...rt.env, AUTH_JWKS: '' }, rt.clock, (url, init) =>
      rt.fetch(url, init),
    );
    for (const { accessToken } of [young, next]) {
      expect((await verify(accessToken)).id).toBe(before.user.userId);
    }
    rt.clock.move(25 * HOUR);
    expect((await jwks()).map(({ kid }) => kid)).toEqual([published[1]]);
  });

  test('R-AUTH-02 two rotations at once add one key', async () => {
    await jwks();
    rt.clock.move(HOUR);
    const time = instant(rt.clock.nowMs());
    const added = await Promise.all(Array.from({ length: 5 }, () => rotateKeys(rt, time)));
    expect(added.filter(Boolean)).toHaveLength(1);
  });
});
