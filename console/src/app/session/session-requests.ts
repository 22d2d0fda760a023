import { api, bodyOf } from '../../api/client.ts';
import type { User } from '../../api/types.ts';
import { store, stored } from '../stored.ts';
import type { AccessToken } from './access-token.ts';

/** The refresh token travels in a cookie that no script can read (R-AUTH-02). */
const COOKIE = { 'X-Session': 'cookie' };

/** A device that once signed in has codes of its own; it grants nothing. */
const DEVICE_KEY = 'rotadesk.device';

interface Tokens {
  readonly accessToken: string;
  readonly expiresAt: string;
}

const tokenOf = ({ accessToken, expiresAt }: Tokens): AccessToken => ({
  value: accessToken,
  expiresAtMs: Date.parse(expiresAt),
});

export interface Challenge {
  readonly challengeId: string;
  readonly expiresAt: string;
  readonly resendAt: string;
}

/** Sends a code by SMS. Throws ApiProblem: `phone-invalid`, `too-many-codes`, `resend-too-early`. */
export const requestCode = (phone: string, locale: 'en' | 'ru'): Promise<Challenge> => {
  const deviceToken = stored(DEVICE_KEY);
  const body = { phone, locale, ...(deviceToken !== undefined && { deviceToken }) };
  return bodyOf(api.POST('/v1/sign-in/challenges', { body }));
};

export interface SignedIn {
  readonly token: AccessToken;
  readonly user: User;
  readonly newClient: boolean;
}

/** Throws ApiProblem: `code-wrong`, `code-expired`, `account-locked`. */
export const signInByCode = async (challengeId: string, code: string): Promise<SignedIn> => {
  const answer = await bodyOf(api.POST('/v1/sign-in', { body: { challengeId, code }, headers: COOKIE }));
  store(DEVICE_KEY, answer.deviceToken);
  return { token: tokenOf(answer), user: answer.user, newClient: answer.newClient };
};

/** Another access token for the session of the cookie. Throws ApiProblem: `session-ended`. */
export const refreshTokens = async (): Promise<AccessToken> =>
  tokenOf(await bodyOf(api.POST('/v1/sign-in/refresh', { body: {}, headers: COOKIE })));

export const endSession = async (): Promise<void> => {
  await bodyOf(api.POST('/v1/sign-out', { body: {}, headers: COOKIE }));
};

export const loadUser = (): Promise<User> => bodyOf(api.GET('/v1/me'));
