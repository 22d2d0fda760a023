import { AppError } from '../../platform/errors.ts';
import { type SessionMode, sessionCookie } from '../../platform/http/session-cookie.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { SESSION_LIFE_SEC } from './session-refresh.ts';
import type { Tokens } from './tokens.ts';

const invalid = (message: string): AppError =>
  new AppError('invalid', 'invalid-request', 'The request does not fit its description.', {
    details: [{ path: 'body.refreshToken', message }],
  });

/**
 * The refresh token of a request, from the cookie or from the body, never from both; empty for a browser without a session, whose
 * answer is that of a token which is worth nothing. Throws `invalid-request` (400).
 */
export const presentedToken = (session: SessionMode, inBody: string | undefined): string => {
  if (session.kind === 'cookie') {
    if (inBody !== undefined) throw invalid('must be left away with X-Session: cookie');
    return session.token ?? '';
  }
  if (inBody === undefined) throw invalid('is required without X-Session: cookie');
  return inBody;
};

/** Tokens as they are answered: to a browser without the refresh token, which its cookie holds for the session's life. */
export const answerTokens = <T extends Tokens>(rt: Runtime, session: SessionMode, tokens: T) => {
  if (session.kind === 'body') return { body: tokens };
  const { refreshToken, ...body } = tokens;
  return { body, cookies: [sessionCookie(rt.env, refreshToken, SESSION_LIFE_SEC)] };
};
