import createClient from 'openapi-fetch';
import { noAnswer, problemOf } from './problem.ts';
import type { paths } from './schema.ts';
import { observeServerTime } from './server-clock.ts';

/** Where access tokens come from; the session sets it. */
export interface TokenSource {
  /** A valid token, renewed when it is about to end; undefined: nobody is signed in. */
  readonly token: () => Promise<string | undefined>;
  /** After a 401: another token than `refused`, or undefined when the session has ended. */
  readonly renewed: (refused: string) => Promise<string | undefined>;
}

let source: TokenSource | undefined;

export const setTokenSource = (next: TokenSource): void => {
  source = next;
};

/** These sign in themselves: a token would only be refused. */
const isSignIn = (url: string): boolean =>
  /\/v1\/sign-(in|out)(\/challenges|\/refresh)?$/.test(new URL(url).pathname);

const withToken = (request: Request, token: string | undefined): Request => {
  if (token === undefined) return request;
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${token}`);
  return new Request(request, { headers });
};

/** One request, with the time of the answer noted. Throws ApiProblem when none comes. */
const timed = async (request: Request): Promise<Response> => {
  const sentMs = Date.now();
  let response: Response;
  try {
    response = await globalThis.fetch(request);
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw noAnswer(cause);
  }
  const serverMs = Date.parse(response.headers.get('date') ?? '');
  if (Number.isFinite(serverMs))
    observeServerTime({ serverMs, stepMs: 1000, sentMs, receivedMs: Date.now() });
  return response;
};

/** Sends with a token, and once more with a new one after a 401. */
const authorised = async (request: Request): Promise<Response> => {
  if (isSignIn(request.url)) return timed(request);
  const again = request.clone();
  const token = await source?.token();
  const response = await timed(withToken(request, token));
  if (response.status !== 401 || token === undefined) return response;
  const renewed = await source?.renewed(token);
  return renewed === undefined ? response : timed(withToken(again, renewed));
};

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: authorised });

interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** @returns the body of an answer. Throws ApiProblem for a refusal. */
export const bodyOf = async <T>(answer: Promise<Answered<T>>): Promise<T> => {
  const { data, error, response } = await answer;
  if (error !== undefined || !response.ok) throw problemOf(response, error);
  return data as T;
};
