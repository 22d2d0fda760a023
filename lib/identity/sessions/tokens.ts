import { SignJWT } from 'jose';
import { epochSec, type Instant, instant } from '../../platform/clock.ts';
import { authConfig, readConfig } from '../../platform/config.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { signingKey } from '../keys/signing-keys.ts';
import type { Session, User } from '../model.ts';
import { refreshToken } from './refresh-token.ts';

/** So long an access token is good, unless its session ends or its user loses rights: then for another minute at most. */
export const ACCESS_LIFE_SEC = 600;

export interface Tokens {
  readonly accessToken: string;
  /** Of the access token. */
  readonly expiresAt: Instant;
  readonly refreshToken: string;
}

/** A JWT (RFC 9068 in spirit) that says who calls and in which roles; `newClient` flags the first tokens of somebody new. */
const accessToken = async (
  rt: Runtime,
  { user, session, newClient, provedAt = session.createdAt }: Signed,
  nowSec: number,
): Promise<string> => {
  const { AUTH_ISSUER, AUTH_AUDIENCE } = readConfig(authConfig, rt.env);
  const { kid, algorithm, key } = await signingKey(rt);
  return new SignJWT({
    roles: [...user.roles],
    sid: session.id,
    auth_time: epochSec(provedAt),
    accountVersion: user.version,
    ...(newClient && { newClient: true }),
  })
    .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
    .setSubject(user.id)
    .setIssuer(AUTH_ISSUER)
    .setAudience(AUTH_AUDIENCE)
    .setIssuedAt(nowSec)
    .setExpirationTime(nowSec + ACCESS_LIFE_SEC)
    .sign(key);
};

export interface Signed {
  readonly user: User;
  readonly session: Session;
  readonly newClient?: boolean;
  /** When they last proved who they are; unless it is said, when they signed in. */
  readonly provedAt?: Instant;
}

export const accessTokenFor = async (
  rt: Runtime,
  signed: Signed,
): Promise<Pick<Tokens, 'accessToken' | 'expiresAt'>> => {
  const nowSec = Math.floor(rt.clock.nowMs() / 1000);
  return {
    accessToken: await accessToken(rt, signed, nowSec),
    expiresAt: instant((nowSec + ACCESS_LIFE_SEC) * 1000),
  };
};

export const tokensFor = async (rt: Runtime, signed: Signed): Promise<Tokens> => ({
  ...(await accessTokenFor(rt, signed)),
  refreshToken: await refreshToken(rt, signed.session),
});
