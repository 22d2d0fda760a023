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
import type { Clock } from '../clock.ts';
import { authConfig, type Environment, readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { type Caller, ROLES, type Role } from './caller.ts';

/** Asymmetric ones only: with HS256 the published key would sign. */
const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'];
/** Clocks of two machines differ by this much at most. */
const LEEWAY_SEC = 5;
const MAX_TOKEN_CHARS = 8192;

/** Ids become parts of storage keys, so nothing that joins keys may stand in one. */
const claims = z.object({
  sub: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  roles: z.array(z.string()).max(32),
});

const invalid = (cause?: unknown): AppError =>
  new AppError('unauthenticated', 'token-invalid', 'The access token is not valid.', { cause });

/** The JWKS could not be had or read: no fault of the token's. jose marks a failed download as generic. */
const isAboutKeys = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === 'ERR_JOSE_GENERIC';

const judge = (error: unknown): AppError => {
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

/** Roles this version does not know give no rights, but do not make the token bad: the issuer may be ahead. */
const callerOf = (payload: JWTPayload): Caller => {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw invalid(parsed.error);
  const roles = ROLES.filter((role: Role) => parsed.data.roles.includes(role));
  return { id: parsed.data.sub, roles };
};

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
 * The verifier throws AppError `token-expired` or `token-invalid` (unauthenticated), `keys-unavailable` when the
 * JWKS cannot be had. There is no switch that turns it off.
 */
export const createTokenVerifier = (
  env: Environment,
  clock: Clock,
  fetchKeys: FetchKeys = (url, init) => fetch(url, init),
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
      throw judge(error);
    });
    return callerOf(verified.payload);
  };
};
