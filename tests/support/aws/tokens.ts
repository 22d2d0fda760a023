import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import type { Caller } from '../../../lib/platform/caller.ts';
import type { Clock } from '../../../lib/platform/clock.ts';

export const TEST_ISSUER = 'https://tests.rotadesk.invalid';
export const TEST_AUDIENCE = 'rotadesk-tests';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY_ID = 'test-key';

export async function testJwks(): Promise<string> {
  const key = await exportJWK(publicKey);
  return JSON.stringify({ keys: [{ ...key, kid: KEY_ID, alg: 'ES256', use: 'sig' }] });
}

/** A token as the desk expects it, an hour long by the test's clock. Anything in `claims` comes on top. */
export function signToken(
  caller: Caller,
  clock: Clock,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const nowSec = Math.floor(clock.nowMs() / 1000);
  const payload = {
    roles: caller.roles,
    iat: nowSec,
    auth_time: nowSec,
    exp: nowSec + 3600,
    iss: TEST_ISSUER,
    aud: TEST_AUDIENCE,
  };
  return new SignJWT({ ...payload, sub: caller.id, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: KEY_ID })
    .sign(privateKey);
}
