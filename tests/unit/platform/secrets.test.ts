import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { codeOf } from '../../../lib/platform/secrets/derive.ts';
import { deriveCode, deriveToken, seal, unseal } from '../../../lib/platform/secrets/index.ts';
import { createSecrets, deriveKey } from '../../../lib/platform/secrets/master-secret.ts';

const MASTER = 'a master secret of unit tests, long enough';
const rt = { secret: createSecrets({ MASTER_SECRET: MASTER }) };
const other = { secret: createSecrets({ MASTER_SECRET: `${MASTER}!` }) };

const hmac = (key: Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer =>
  parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest();

/** HKDF as RFC 5869 writes it, up to 64 bytes. */
const hkdf = (ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer => {
  const prk = hmac(salt, ikm);
  const first = hmac(prk, info, Uint8Array.of(1));
  return Buffer.concat([first, hmac(prk, first, info, Uint8Array.of(2))]).subarray(0, length);
};

describe('keys derived from the master secret', () => {
  test('the reading of RFC 5869 gives the RFC’s own answer (A.1)', () => {
    const hex = (text: string) => Buffer.from(text, 'hex');
    const okm = hkdf(
      hex('0b'.repeat(22)),
      hex('000102030405060708090a0b0c'),
      hex('f0f1f2f3f4f5f6f7f8f9'),
      42,
    );
    expect(okm.toString('hex')).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });

  test('are HKDF-SHA256 with the purpose as info', () => {
    const bytes = (text: string) => Buffer.from(text);
    expect(deriveKey(MASTER, 'login-code')).toEqual(
      hkdf(bytes(MASTER), bytes('rotadesk'), bytes('login-code'), 32),
    );
  });

  test('are the same for one purpose, and of another purpose or master all different', async () => {
    expect(await rt.secret('a')).toEqual(await createSecrets({ MASTER_SECRET: MASTER })('a'));
    const keys = [await rt.secret('a'), await rt.secret('b'), await other.secret('a')];
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(3);
  });

  test('do not come of no master secret, or of a short one', async () => {
    await expect(createSecrets({})('a')).rejects.toThrow(/MASTER_SECRET_NAME/);
    await expect(createSecrets({ MASTER_SECRET: 'x'.repeat(31) })('a')).rejects.toThrow(/32/);
  });
});

describe('R-AUTH-01 a sign-in code', () => {
  test.each([
    [0n, '000000'],
    [999_999n, '999999'],
    [1_000_000n, '000000'],
    [42n, '000042'],
    [2n ** 64n - 1n, '551615'],
  ])('of the 64 bits %s is %s', (bits, code) => {
    const mac = Buffer.alloc(32, 0xff);
    mac.writeBigUInt64BE(bits);
    expect(codeOf(mac)).toBe(code);
  });

  test('is the MAC of its challenge under the key of codes', async () => {
    const mac = createHmac('sha256', deriveKey(MASTER, 'login-code')).update('chl_1').digest();
    const code = String(mac.readBigUInt64BE() % 1_000_000n).padStart(6, '0');
    expect(await deriveCode(rt, 'chl_1')).toBe(code);
    expect(await deriveCode(rt, 'chl_1')).toBe(code);
    expect(await deriveCode(other, 'chl_1')).not.toBe(code);
  });

  test('has each digit in each place as often as any other', async () => {
    const challenges = 4_000;
    const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
    for (let n = 0; n < challenges; n += 1) {
      for (const [place, digit] of [...(await deriveCode(rt, `chl_${n}`))].entries()) {
        (counts[place] as number[])[Number(digit)] = (counts[place]?.[Number(digit)] ?? 0) + 1;
      }
    }
    // Chi-squared with 9 degrees of freedom stays below 27.9 in 999 of 1 000 fair places.
    const expected = challenges / 10;
    for (const place of counts) {
      const chiSquared = place.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chiSquared).toBeLessThan(27.9);
    }
  });
});

test('a derived token has 43 characters of base64url, and is another for another purpose or thing', async () => {
  const tokens = [
    await deriveToken(rt, 'email', 'one'),
    await deriveToken(rt, 'email', 'two'),
    await deriveToken(rt, 'invite', 'one'),
    await deriveToken(other, 'email', 'one'),
  ];
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(tokens).size).toBe(4);
  expect(await deriveToken(rt, 'email', 'one')).toBe(tokens[0]);
});

describe('a sealed value', () => {
  const place = 'PROVIDER#prv_1';

  test('opens where it was sealed, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (plain, aad) => {
        expect(await unseal(rt, 'provider', await seal(rt, 'provider', plain, aad), aad)).toBe(plain);
      }),
      { numRuns: 50 },
    );
  });

  test('shows nothing of what it holds, and is never twice the same', async () => {
    const sealed = [
      await seal(rt, 'provider', 'hunter2', place),
      await seal(rt, 'provider', 'hunter2', place),
    ];
    expect(sealed[0]).not.toBe(sealed[1]);
    for (const each of sealed) {
      expect(Buffer.from(each.slice(3), 'base64url').toString('latin1')).not.toContain('hunter2');
    }
  });

  test('does not open in another place, for another purpose, or under another master secret', async () => {
    const sealed = await seal(rt, 'provider', 'hunter2', place);
    await expect(unseal(rt, 'provider', sealed, 'PROVIDER#prv_2')).rejects.toThrow('does not open');
    await expect(unseal(rt, 'webhook', sealed, place)).rejects.toThrow('does not open');
    await expect(unseal(other, 'provider', sealed, place)).rejects.toThrow('does not open');
  });

  test('does not open once any of its bits is another, or one of its bytes is gone', async () => {
    const sealed = Buffer.from((await seal(rt, 'provider', 'hunter2', place)).slice(3), 'base64url');
    for (let index = 0; index < sealed.length; index += 1) {
      const broken = Buffer.from(sealed);
      broken.writeUInt8(broken.readUInt8(index) ^ (1 << (index % 8)), index);
      const text = `v1.${broken.toString('base64url')}`;
      await expect(unseal(rt, 'provider', text, place)).rejects.toThrow('does not open');
    }
    const cut = `v1.${sealed.subarray(0, -1).toString('base64url')}`;
    await expect(unseal(rt, 'provider', cut, place)).rejects.toThrow('does not open');
  });

  test.each(['', 'v1.', 'v1.AAAA', 'v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'hunter2'])(
    '%j is none',
    async (text) => {
      await expect(unseal(rt, 'provider', text, place)).rejects.toThrow('does not open');
    },
  );
});
