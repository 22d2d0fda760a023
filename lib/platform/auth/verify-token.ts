import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import * as z from 'zod';
import { type Caller, LEEWAY_SEC, ROLES, type Role } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { authConfig, type Environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { lazily } from '../storage/stored-schema.ts';
import { MAX_TOKEN_LIFE_SEC, type TokenClaims } from './revocation-list.ts';

/** Asymmetric ones only: with HS256 the published key would sign. */
const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'];
const MAX_TOKEN_CHARS = 8192;

/** Ids become parts of storage keys, so nothing that joins keys may stand in one. */
const claims = lazily(() =>
  z.object({
    sub: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
    roles: z.array(z.string()).max(32),
    exp: z.number(),
    iat: z.number().optional(),
    sid: z.string().max(80).optional().catch(undefined),
    accountVersion: z.int().optional().catch(undefined),
    /** OpenID Connect Core 1.0, section 2: when its subject last proved who they are. */
    auth_time: z.number().optional().catch(undefined),
  }),
);
type Claims = z.infer<ReturnType<typeof claims>>;

const invalid = (cause?: unknown): AppError =>
  new AppError('unauthenticated', 'token-invalid', 'The access token is not valid.', { cause });

/** The JWKS could not be had or read: no fault of the token's. jose marks a failed download as generic. */
const isAboutKeys = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === 'ERR_JOSE_GENERIC';

const classify = (error: unknown): AppError => {
  if (error instanceof errors.JWTExpired) {
    return new AppError('unauthenticated', 'token-expired', 'The access token has expired.', {
      cause: error,
    });
  }
  return isAboutKeys(error)
    ? new AppError('unavailable', 'keys-unavailable', 'The keys to check tokens with are away.', {
        cause: error,
      })
    : invalid(error);
};

const readClaims = (payload: JWTPayload): Claims => {
  const parsed = claims().safeParse(payload);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error);
};

/** Roles this version does not know give no rights, but do not make the token bad: the issuer may be ahead. */
const callerOf = ({ sub, roles, sid, auth_time: authTimeSec }: Claims): Caller => ({
  id: sub,
  roles: ROLES.filter((role: Role) => roles.includes(role)),
  ...(sid !== undefined && { sessionId: sid }),
  ...(authTimeSec !== undefined && { authTimeSec }),
});

/**
 * A token that does not say when it was issued counts as old as it can be. One that lives for longer than a day would
 * outlive the list of those who lost access, and is no good.
 */
const whatIsSaid = (
  { sub, sid, accountVersion, exp, iat = exp - MAX_TOKEN_LIFE_SEC }: Claims,
  nowSec: number,
): TokenClaims => {
  if (exp - iat > MAX_TOKEN_LIFE_SEC || iat > nowSec + LEEWAY_SEC) throw invalid();
  return { userId: sub, issuedAtSec: iat, sessionId: sid, accountVersion };
};

const revoked = (): AppError =>
  new AppError(
    'unauthenticated',
    'token-revoked',
    'This access token was ended. Refresh it, or sign in again.',
  );

/** `fetch` as jose calls it: always with an address as text. */
type FetchKeys = (url: string, init?: RequestInit) => Promise<Response>;

/** The published keys, kept for ten minutes; an unknown key has them fetched again, every half a minute at most. */
const publishedKeys = (url: string, fetchKeys: FetchKeys): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), {
    [customFetch]: (address: string, init: unknown) => fetchKeys(address, init as RequestInit),
  });

const keysFrom = (config: z.infer<typeof authConfig>, fetchKeys: FetchKeys): JWTVerifyGetKey => {
  const inline = config.AUTH_JWKS ? createLocalJWKSet(JSON.parse(config.AUTH_JWKS)) : undefined;
  const published = config.AUTH_JWKS_URL ? publishedKeys(config.AUTH_JWKS_URL, fetchKeys) : undefined;
  return async (head, token) => {
    try {
      if (inline) return await inline(head, token);
    } catch (error) {
      if (!published || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    return (published as JWTVerifyGetKey)(head, token);
  };
};

/**
 * Checks signature, algorithm, issuer, audience and time of an access token and reads the caller from it.
 * The verifier throws AppError `token-expired`, `token-invalid` or `token-revoked` (unauthenticated), `keys-unavailable` when
 * the JWKS cannot be had. There is no switch that turns it off. `isRevoked`: whether a genuine token was ended (revocations.ts);
 * every runtime gives it.
 */
export const createTokenVerifier = (
  env: Environment,
  clock: Clock,
  fetchKeys: FetchKeys = (url, init) => fetch(url, init),
  isRevoked: (said: TokenClaims) => Promise<boolean> = async () => false,
): ((token: string) => Promise<Caller>) => {
  let ready: { config: z.infer<typeof authConfig>; keys: JWTVerifyGetKey } | undefined;
  return async (token) => {
    // Read on first use: queue consumers share the runtime and have no keys.
    if (!ready) {
      const config = readConfig(authConfig, env);
      ready = { config, keys: keysFrom(config, fetchKeys) };
    }
    if (token.length > MAX_TOKEN_CHARS) throw invalid();
    const verified = await jwtVerify(token, ready.keys, {
      algorithms: ALGORITHMS,
      issuer: ready.config.AUTH_ISSUER,
      audience: ready.config.AUTH_AUDIENCE,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: LEEWAY_SEC,
      currentDate: new Date(clock.nowMs()),
    }).catch((error: unknown) => {
      throw classify(error);
    });
    const read = readClaims(verified.payload);
    if (await isRevoked(whatIsSaid(read, clock.nowMs() / 1000))) throw revoked();
    return callerOf(read);
  };
};
