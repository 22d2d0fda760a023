import { createHmac, generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { createTokenVerifier } from '../../../lib/platform/auth/verify-token.ts';
import type { Caller } from '../../../lib/platform/caller.ts';
import { ManualClock } from '../../support/aws/manual-clock.ts';
import { signToken, TEST_AUDIENCE, TEST_ISSUER, testJwks } from '../../support/aws/tokens.ts';

const caller: Caller = { id: 'usr_anna', roles: ['client'] };

const verifier = async (clock = new ManualClock()) => {
  const env = { AUTH_JWKS: await testJwks(), AUTH_ISSUER: TEST_ISSUER, AUTH_AUDIENCE: TEST_AUDIENCE };
  return { clock, verify: createTokenVerifier(env, clock) };
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const codeOf = (verify: (token: string) => Promise<Caller>, token: string): Promise<unknown> =>
  verify(token).then(
    () => 'accepted',
    (error: { code?: unknown }) => error.code,
  );

describe('token verifier', () => {
  test('reads the caller from a good token', async () => {
    const { verify, clock } = await verifier();
    expect(await verify(await signToken(caller, clock))).toEqual({
      ...caller,
      authTimeSec: clock.nowMs() / 1000,
    });
    const silent = await signToken(caller, clock, { auth_time: undefined, sid: 'ses_1' });
    expect(await verify(silent)).toEqual({ ...caller, sessionId: 'ses_1' });
  });

  test('is checked by the clock it was given: within 5 s past its end it still holds', async () => {
    const { verify, clock } = await verifier();
    const token = await signToken(caller, clock);
    clock.move(3_604_000);
    expect(await codeOf(verify, token)).toBe('accepted');
    clock.move(1_000);
    expect(await codeOf(verify, token)).toBe('token-expired');
  });

  test('a token of the near future holds within the leeway and no further', async () => {
    const { verify, clock } = await verifier();
    const nowSec = clock.nowMs() / 1000;
    expect(await codeOf(verify, await signToken(caller, clock, { nbf: nowSec + 5 }))).toBe('accepted');
    expect(await codeOf(verify, await signToken(caller, clock, { nbf: nowSec + 7 }))).toBe('token-invalid');
  });

  test.each([
    ['another issuer', { iss: 'https://elsewhere.invalid' }],
    ['another audience', { aud: 'another-api' }],
    ['no end', { exp: undefined }],
    ['no subject', { sub: undefined }],
    ['a subject that joins storage keys', { sub: 'usr_a#b' }],
    ['roles that are no list', { roles: 'admin' }],
    ['no roles claim', { roles: undefined }],
    ['roles that are no text', { roles: [1] }],
  ])('R-AUTH-04 a token with %s is invalid', async (_, claims) => {
    const { verify, clock } = await verifier();
    expect(await codeOf(verify, await signToken(caller, clock, claims))).toBe('token-invalid');
  });

  test('roles this version does not know give nothing and break nothing', async () => {
    const { verify, clock } = await verifier();
    const token = await signToken(caller, clock, { roles: ['client', 'emperor', '__proto__'] });
    expect((await verify(token)).roles).toEqual(['client']);
  });

  test('R-AUTH-04 a token signed by another key is invalid, under the known key id or not', async () => {
    const { verify, clock } = await verifier();
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    for (const kid of ['test-key', 'other-key', undefined]) {
      const token = await new SignJWT({ roles: ['admin'], sub: 'usr_a' })
        .setProtectedHeader({ alg: 'ES256', ...(kid && { kid }) })
        .setIssuer(TEST_ISSUER)
        .setAudience(TEST_AUDIENCE)
        .setExpirationTime(clock.nowMs() / 1000 + 60)
        .sign(privateKey);
      expect(await codeOf(verify, token)).toBe('token-invalid');
    }
  });

  test('R-AUTH-04 an unsigned token, and one signed with the public key as a secret, are invalid', async () => {
    const { verify, clock } = await verifier();
    const claims = part({
      sub: 'usr_a',
      roles: ['admin'],
      iss: TEST_ISSUER,
      aud: TEST_AUDIENCE,
      exp: clock.nowMs() / 1000 + 60,
    });
    expect(await codeOf(verify, `${part({ alg: 'none' })}.${claims}.`)).toBe('token-invalid');
    const head = `${part({ alg: 'HS256', kid: 'test-key' })}.${claims}`;
    const mac = createHmac('sha256', await testJwks())
      .update(head)
      .digest('base64url');
    expect(await codeOf(verify, `${head}.${mac}`)).toBe('token-invalid');
  });

  test.each([
    ['lives for more than a day', 0, 24 * 3600 + 1],
    ['was issued in the future', 60, 3600],
    ['does not say since when, and lives for more than a day', undefined, 24 * 3600 + 60],
  ])(
    'R-AUTH-05 a token that %s is invalid: no list of who lost access reaches so far',
    async (_, iat, exp) => {
      const { verify, clock } = await verifier();
      const nowSec = clock.nowMs() / 1000;
      const said = { iat: iat === undefined ? undefined : nowSec + iat, exp: nowSec + exp };
      expect(await codeOf(verify, await signToken(caller, clock, said))).toBe('token-invalid');
    },
  );

  test('R-AUTH-05 what a token says of itself decides whether it was ended; silence counts as old', async () => {
    const { clock } = await verifier();
    const asked: unknown[] = [];
    const env = { AUTH_JWKS: await testJwks(), AUTH_ISSUER: TEST_ISSUER, AUTH_AUDIENCE: TEST_AUDIENCE };
    const verify = createTokenVerifier(env, clock, fetch, async (said) => asked.push(said) > 1);
    const nowSec = clock.nowMs() / 1000;
    const ours = { sid: 'ses_1', accountVersion: 3 };
    expect(await verify(await signToken(caller, clock, ours))).toMatchObject(caller);
    const silent = await signToken(caller, clock, { iat: undefined, exp: nowSec + 60 });
    expect(await codeOf(verify, silent)).toBe('token-revoked');
    expect(asked).toEqual([
      { userId: caller.id, issuedAtSec: nowSec, sessionId: 'ses_1', accountVersion: 3 },
      { userId: caller.id, issuedAtSec: nowSec + 60 - 24 * 3600 },
    ]);
  });

  test('R-AUTH-04 a changed payload breaks the token', async () => {
    const { verify, clock } = await verifier();
    const [head, , signature] = (await signToken(caller, clock)).split('.');
    const forged = part({
      sub: 'usr_anna',
      roles: ['admin'],
      iss: TEST_ISSUER,
      aud: TEST_AUDIENCE,
      exp: 9e9,
    });
    expect(await codeOf(verify, `${head}.${forged}.${signature}`)).toBe('token-invalid');
  });

  test.each([
    '',
    'x',
    'a.b',
    'a.b.c',
    '...',
    'a.b.c.d.e',
    '€.€.€',
    'x'.repeat(9000),
    `${part({ alg: 'ES256' })}..`,
  ])('garbage is invalid, never an error of ours: %.20s', async (token) => {
    const { verify } = await verifier();
    expect(await codeOf(verify, token)).toBe('token-invalid');
  });

  test.each([
    ['RS256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['EdDSA', () => generateKeyPairSync('ed25519')],
  ] as const)('%s keys are taken too', async (alg, generate) => {
    const { privateKey, publicKey } = generate();
    const clock = new ManualClock();
    const AUTH_JWKS = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg }] });
    const verify = createTokenVerifier(
      { AUTH_JWKS, AUTH_ISSUER: TEST_ISSUER, AUTH_AUDIENCE: TEST_AUDIENCE },
      clock,
    );
    const token = await new SignJWT({ roles: ['worker'] })
      .setProtectedHeader({ alg, kid: 'k' })
      .setSubject('usr_w')
      .setIssuer(TEST_ISSUER)
      .setAudience(TEST_AUDIENCE)
      .setExpirationTime(clock.nowMs() / 1000 + 60)
      .sign(privateKey);
    expect(await verify(token)).toEqual({ id: 'usr_w', roles: ['worker'] });
  });

  test('keys that cannot be fetched are our failure, not the caller’s', async () => {
    const clock = new ManualClock();
    const env = {
      AUTH_JWKS_URL: 'http://127.0.0.1:1/jwks',
      AUTH_ISSUER: TEST_ISSUER,
      AUTH_AUDIENCE: TEST_AUDIENCE,
    };
    const token = await signToken(caller, clock);
    expect(await codeOf(createTokenVerifier(env, clock), token)).toBe('keys-unavailable');
  });

  test('without keys in the configuration nothing is verified', async () => {
    const clock = new ManualClock();
    const verify = createTokenVerifier({ AUTH_ISSUER: TEST_ISSUER, AUTH_AUDIENCE: TEST_AUDIENCE }, clock);
    await expect(verify(await signToken(caller, clock))).rejects.toThrow(/AUTH_JWKS/);
  });
});

describe('R-AUTH-02 keys from two sources', () => {
  const KEYS_URL = 'https://api.invalid/.well-known/jwks.json';

  /** An issuer whose published keys change; `fetched` counts how often they were asked for. */
  const issuer = () => {
    const published: object[] = [];
    const state = { fetched: 0, away: false };
    const fetchKeys = async (url: string): Promise<Response> => {
      expect(url).toBe(KEYS_URL);
      state.fetched += 1;
      if (state.away) throw new TypeError('fetch failed');
      return Response.json({ keys: published });
    };
    const addKey = async (kid: string) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      published.push({ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' });
      return (clock: ManualClock) =>
        new SignJWT({ roles: caller.roles })
          .setProtectedHeader({ alg: 'ES256', kid })
          .setSubject(caller.id)
          .setIssuer(TEST_ISSUER)
          .setAudience(TEST_AUDIENCE)
          .setIssuedAt(clock.nowMs() / 1000)
          .setExpirationTime(clock.nowMs() / 1000 + 600)
          .sign(privateKey);
    };
    return { state, fetchKeys, addKey };
  };

  const both = async (fetchKeys: (url: string) => Promise<Response>, inline = true) => {
    const clock = new ManualClock();
    const env = {
      AUTH_JWKS: inline ? await testJwks() : '',
      AUTH_JWKS_URL: KEYS_URL,
      AUTH_ISSUER: TEST_ISSUER,
      AUTH_AUDIENCE: TEST_AUDIENCE,
    };
    return { clock, verify: createTokenVerifier(env, clock, fetchKeys) };
  };

  test('a token of an inline key asks nobody', async () => {
    const { state, fetchKeys } = issuer();
    const { clock, verify } = await both(fetchKeys);
    expect(await verify(await signToken(caller, clock))).toMatchObject(caller);
    expect(state.fetched).toBe(0);
  });

  test.each([
    ['beside inline ones', true],
    ['alone', false],
  ])('a token of a published key is accepted, %s, and the keys are fetched once', async (_, inline) => {
    const { state, fetchKeys, addKey } = issuer();
    const sign = await addKey('k1');
    const { clock, verify } = await both(fetchKeys, inline);
    expect(await verify(await sign(clock))).toMatchObject(caller);
    expect(await verify(await sign(clock))).toMatchObject(caller);
    expect(state.fetched).toBe(1);
  });

  test('a rotation signs nobody out: tokens of the old key and of the next both hold', async () => {
    const { fetchKeys, addKey } = issuer();
    const [old, next] = [await addKey('k1'), await addKey('k2')];
    const { clock, verify } = await both(fetchKeys);
    expect(await verify(await old(clock))).toMatchObject(caller);
    expect(await verify(await next(clock))).toMatchObject(caller);
  });

  test('a token of a key that nobody published is invalid, however often it is tried', async () => {
    const { state, fetchKeys, addKey } = issuer();
    await addKey('k1');
    const stranger = await issuer().addKey('k9');
    const { clock, verify } = await both(fetchKeys);
    for (let n = 0; n < 5; n += 1) expect(await codeOf(verify, await stranger(clock))).toBe('token-invalid');
    expect(state.fetched).toBe(1);
  });

  test('a forged token under the name of an inline key is invalid, and not asked about elsewhere', async () => {
    const { state, fetchKeys, addKey } = issuer();
    const { clock, verify } = await both(fetchKeys);
    const forge = await addKey('test-key');
    expect(await codeOf(verify, await forge(clock))).toBe('token-invalid');
    expect(state.fetched).toBe(0);
  });

  test('with the issuer away a token of its own cannot be checked; an inline key’s can', async () => {
    const { state, fetchKeys, addKey } = issuer();
    const sign = await addKey('k1');
    state.away = true;
    const { clock, verify } = await both(fetchKeys);
    expect(await codeOf(verify, await signToken(caller, clock))).toBe('accepted');
    await expect(verify(await sign(clock))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
