import { createHmac } from 'node:crypto';
import type { Runtime } from '../runtime.ts';

/** All that is derived needs of the world. */
export type Secrets = Pick<Runtime, 'secret'>;

const hmac = async (rt: Secrets, purpose: string, ref: string): Promise<Buffer> =>
  createHmac('sha256', await rt.secret(purpose))
    .update(ref)
    .digest();

const CODES = 1_000_000n;
const CODE_DIGITS = 6;

/**
 * Six digits of a MAC: its first 64 bits modulo 10^6. HOTP (RFC 4226, 5.3) takes 31 bits, of which the lower 483 648
 * codes come up once more in 2148; of 64 bits no code is likelier than another by more than one part in 10^13.
 */
export const codeOf = (mac: Buffer): string =>
  String(mac.readBigUInt64BE(0) % CODES).padStart(CODE_DIGITS, '0');

/** The sign-in code of a challenge: six digits. It is computed where it is sent and where it is checked, and kept nowhere. */
export const deriveCode = async (rt: Secrets, challengeId: string): Promise<string> =>
  codeOf(await hmac(rt, 'login-code', challengeId));

/**
 * A token that nobody can guess and that is kept nowhere: 32 bytes as base64url, 43 characters. The same purpose and
 * reference give the same token.
 */
export const deriveToken = async (rt: Secrets, purpose: string, ref: string): Promise<string> =>
  (await hmac(rt, `token:${purpose}`, ref)).toString('base64url');
