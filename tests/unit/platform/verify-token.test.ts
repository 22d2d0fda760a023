import { createHmac, generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import type { Caller } from '../../../lib/platform/auth/caller.ts';
import { createTokenVerifier } from '../../../lib/platform/auth/verify-token.ts';
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
    expect(await verify(await signToken(caller, clock))).toEqual(caller);
  });

  test('is judged by the clock it was given: within 5 s past its end it still holds', async () => {
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
