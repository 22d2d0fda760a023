/**
 * Sessions of browsers (R-AUTH-02): the refresh token lies in a cookie that no script can read. Only endpoints that declare
 * `sessionCookie` look at it, and only when the request says so and comes from a page of ours.
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Environment, publicUrl } from '../config.ts';
import { AppError } from '../errors.ts';
import { type HttpEvent, header } from './request.ts';

/** Where the refresh token of a request and its answer travels. */
export type SessionMode = (
  | { readonly kind: 'body' }
  /** `token`: what the browser sent; undefined when it has no session. */
  | { readonly kind: 'cookie'; readonly token?: string | undefined }
) & {
  /** How the caller names itself, cut to 200 characters. */
  readonly userAgent?: string | undefined;
};

/** The code of the problem after which the browser's cookie is worth nothing. */
export const SESSION_ENDED = 'session-ended';

/**
 * `__Host-refresh`: bound to the very host, sent over https alone (RFC 6265bis, 4.1.3.2). On a laptop `refresh-<port>`, as browsers
 * refuse that prefix without `Secure`, and two runs on one machine would end each other's sessions: cookies ignore ports.
 */
export const refreshCookieName = (address: string): string => {
  const { protocol, port } = new URL(address);
  return protocol === 'https:' ? '__Host-refresh' : `refresh-${port || '80'}`;
};

/** The value of the cookie. Two different ones say that somebody else has set one of them: then there is none. */
const cookieIn = ({ cookies = [] }: Pick<APIGatewayProxyEventV2, 'cookies'>, name: string) => {
  const values = new Set(
    cookies
      .map((cookie) => cookie.trim())
      .filter((cookie) => cookie.startsWith(`${name}=`))
      .map((cookie) => cookie.slice(name.length + 1)),
  );
  return values.size === 1 ? [...values][0] : undefined;
};

const USER_AGENT_CHARS = 200;

const userAgentOf = (event: HttpEvent): string | undefined =>
  event.requestContext.http.userAgent?.slice(0, USER_AGENT_CHARS).toWellFormed() || undefined;

/**
 * How this request carries its session: `X-Session: cookie` from a page of PUBLIC_URL's origin, else the body. Browsers send `Origin`
 * with every POST, and no page can make it up (Fetch, "append a request Origin header").
 * Throws `invalid-session-mode` (400), `cross-site` (403).
 */
export const sessionModeOf = (event: HttpEvent, env: Environment): SessionMode => {
  const asked = header(event, 'x-session');
  const userAgent = userAgentOf(event);
  if (asked === undefined) return { kind: 'body', userAgent };
  if (asked.trim() !== 'cookie') {
    throw new AppError('invalid', 'invalid-session-mode', 'X-Session: cookie, or leave it away.');
  }
  const address = publicUrl(env);
  if (header(event, 'origin') !== new URL(address).origin) {
    throw new AppError('forbidden', 'cross-site', 'Cookie sessions belong to pages of this address alone.');
  }
  return { kind: 'cookie', token: cookieIn(event, refreshCookieName(address)), userAgent };
};

const setCookie = (env: Environment, value: string, lifeSec: number): string => {
  const address = publicUrl(env);
  const secure = address.startsWith('https:') ? ' Secure;' : '';
  const name = refreshCookieName(address);
  return `${name}=${value}; Max-Age=${lifeSec}; Path=/; HttpOnly;${secure} SameSite=Strict`;
};

/** `Set-Cookie` of a session that goes on for `lifeSec` seconds. */
export const sessionCookie = (env: Environment, token: string, lifeSec: number): string =>
  setCookie(env, token, lifeSec);

/** `Set-Cookie` that takes the cookie from the browser. */
export const clearedCookie = (env: Environment): string => setCookie(env, '', 0);
