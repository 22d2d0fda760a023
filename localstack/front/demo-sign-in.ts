/** `GET /demo/people` and `POST /demo/sign-in {name}`: one click on the console's sign-in page makes a session. Local run only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { SESSION_LIFE_SEC } from '../../lib/identity/sessions/session-refresh.ts';
import { sessionCookie } from '../../lib/platform/http/session-cookie.ts';
import type { DemoSessions } from '../demo-sessions.ts';
import type { ProblemCode } from '../http-api/problems.ts';
import { readBody } from '../http-api/read-body.ts';

const PEOPLE = '/demo/people';
const SIGN_IN = '/demo/sign-in';

export const isDemo = (path: string): boolean => path === PEOPLE || path === SIGN_IN;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const bodySchema = z.strictObject({ name: z.string().max(40) });

/** JSON alone: no form of another page can send it. */
const nameIn = async (request: IncomingMessage): Promise<string | undefined> => {
  if (request.headers['content-type'] !== 'application/json') return undefined;
  try {
    return bodySchema.parse(JSON.parse((await readBody(request)).toString())).name;
  } catch {
    return undefined;
  }
};

const signIn = async (
  sessions: DemoSessions,
  { request, response }: Exchange,
  url: string,
): Promise<ProblemCode | undefined> => {
  // As for the product's own cookie sessions: pages of this very origin alone.
  if (request.headers.origin !== url) return 'foreign-origin';
  const name = await nameIn(request);
  if (name === undefined) return 'malformed-request';
  const token = await sessions.begin(name);
  if (token === undefined) return 'route-not-found';
  const cookie = sessionCookie({ PUBLIC_URL: url }, token, SESSION_LIFE_SEC);
  response.writeHead(204, { 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
  return undefined;
};

/** @param url origin of the console. @returns the problem, when nothing was answered. */
export async function serveDemo(
  sessions: DemoSessions,
  exchange: Exchange,
  url: string,
): Promise<ProblemCode | undefined> {
  const { request, response } = exchange;
  const target = `${request.method} ${request.url?.split('?', 1)[0]}`;
  if (target === `POST ${SIGN_IN}`) return signIn(sessions, exchange, url);
  if (target !== `GET ${PEOPLE}`) return 'route-not-found';
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(200, headers).end(JSON.stringify({ items: sessions.people }));
  return undefined;
}
