/**
 * The HTTP API on a laptop: stands where API Gateway stands on AWS, between a socket and the functions. serverless-offline
 * has a server of its own, which is not used: it reads bodies as text, so that bytes which are no UTF-8 never arrive;
 * tells any origin that it may call; and answers a function's time-out with status 200 and a stack trace.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Template } from '../cloudformation.ts';
import { refusal } from '../local-only.ts';
import { TimedOut } from '../timed-out.ts';
import { answerProblem } from './answer-problem.ts';
import { answerOf, eventOf } from './event.ts';
import { type Listening, listen } from './listen.ts';
import type { ProblemCode } from './problems.ts';
import { BodyTooLarge, declaredBytes, MOST_BODY_BYTES, readBody } from './read-body.ts';
import { type Cors, corsOf, type FindRoute, routeFinder } from './routes.ts';

export interface HttpApiOptions {
  readonly template: Template;
  readonly port: number;
  /** Rejects with TimedOut when the function's time is over. */
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>;
  /** Told of what a caller is not told. */
  readonly onError: (error: unknown) => void;
  readonly receivedWithinMs?: number;
}

export type HttpApi = Listening;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly cors: Readonly<Record<string, string>>;
}

class Gateway {
  readonly #options: HttpApiOptions;
  readonly #find: FindRoute;
  readonly #cors: Cors;

  constructor(options: HttpApiOptions) {
    this.#options = options;
    this.#find = routeFinder(options.template);
    this.#cors = corsOf(options.template);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = { request, response, requestId: randomUUID(), cors: this.#corsFor(request) };
    try {
      await this.#answer(exchange);
    } catch (error) {
      // Whoever went away gets no answer.
      if (request.socket.destroyed) return;
      await this.#fail(exchange, this.#codeOf(error));
    }
  }

  #codeOf(error: unknown): ProblemCode {
    if (error instanceof BodyTooLarge) return 'body-too-large';
    this.#options.onError(error);
    return error instanceof TimedOut ? 'timed-out' : 'internal';
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { request, response, requestId, cors } = exchange;
    // `GET http://elsewhere/ HTTP/1.1` is for proxies, which this is not.
    if (!request.headers.host || !request.url?.startsWith('/'))
      return this.#fail(exchange, 'malformed-request');
    const refused = refusal(request.headers, this.#cors.origins);
    if (refused) return this.#fail(exchange, refused);
    if (isPreflight(request)) {
      response.writeHead(204, { ...cors, ...(cors.vary && this.#cors.preflight) }).end();
      return;
    }
    const route = this.#find(request.method ?? 'GET', request.url.split('?', 1)[0] ?? '/');
    if (!route) throw new Error('the template has no $default route');
    const bytes = await readBody(request);
    const event = eventOf({ request, bytes, route, requestId, nowMs: Date.now() });
    const result = answerOf(await this.#options.invoke(route.functionId, event));
    const cookies = result.cookies.length > 0 && { 'set-cookie': [...result.cookies] };
    const length = hasLength(request, result.statusCode) && { 'content-length': String(result.body.length) };
    response
      .writeHead(result.statusCode, { ...result.headers, ...length, ...cors, ...cookies })
      .end(result.body);
  }

  #corsFor({ headers: { origin = '' } }: IncomingMessage): Record<string, string> {
    if (!this.#cors.origins.includes(origin)) return {};
    return { 'access-control-allow-origin': origin, vary: 'Origin', ...this.#cors.exposed };
  }

  async #fail({ request, response, requestId, cors }: Exchange, code: ProblemCode): Promise<void> {
    await answerProblem({ request, response }, { code, requestId, also: cors });
  }

  /** Asked before a body is sent (`Expect: 100-continue`): one that is too large need not come at all. */
  async expect(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (declaredBytes(request) <= MOST_BODY_BYTES) response.writeContinue();
    await this.serve(request, response);
  }
}

/** What has no body by its nature says nothing of its length, or what the function says (RFC 9110, 8.6). */
const hasLength = ({ method }: IncomingMessage, status: number): boolean =>
  method !== 'HEAD' && status !== 204 && status !== 304;

const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && 'access-control-request-method' in headers;

/** Listens on 127.0.0.1. */
export function openHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const gateway = new Gateway(options);
  return listen({
    port: options.port,
    serve: (request, response) => gateway.serve(request, response),
    expect: (request, response) => gateway.expect(request, response),
    ...(options.receivedWithinMs !== undefined && { receivedWithinMs: options.receivedWithinMs }),
  });
}
