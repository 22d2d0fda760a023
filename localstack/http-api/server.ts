/**
 * The HTTP API on a laptop: stands where API Gateway stands on AWS, between a socket and the functions. serverless-offline
 * has a server of its own, which is not used: it reads bodies as text, so that bytes which are no UTF-8 never arrive;
 * tells any origin that it may call; and answers a function's time-out with status 200 and a stack trace.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Template } from '../cloudformation.ts';
import { refusal } from '../local-only.ts';
import { TimedOut } from '../timed-out.ts';
import { answerOf, eventOf } from './event.ts';
import { type ProblemCode, problemAnswer, problemMessage } from './problems.ts';
import {
  BodyTooLarge,
  declaredBytes,
  endWhileSending,
  hasBody,
  MOST_BODY_BYTES,
  readBody,
} from './read-body.ts';
import { type Cors, corsOf, type FindRoute, routeFinder } from './routes.ts';

/** A request must be here whole within this time: half-sent ones would hold connections for ever. */
const RECEIVED_WITHIN_MS = 10_000;
const CHECKED_EVERY_MS = 500;
/** Longer than clients keep idle connections, so that none is dropped while a request is on its way. */
const KEPT_ALIVE_MS = 75_000;

export interface HttpApiOptions {
  readonly template: Template;
  readonly port: number;
  /** Rejects with TimedOut when the function's time is over. */
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>;
  /** Told of what a caller is not told. */
  readonly onError: (error: unknown) => void;
  readonly receivedWithinMs?: number;
}

export interface HttpApi {
  readonly port: number;
  stop(): Promise<void>;
}

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
  /** The answer that a connection is waiting for. */
  readonly #open = new WeakMap<object, ServerResponse>();

  constructor(options: HttpApiOptions) {
    this.#options = options;
    this.#find = routeFinder(options.template);
    this.#cors = corsOf(options.template);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open.set(request.socket, response);
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
    if (response.headersSent) return void response.destroy();
    const { statusCode, headers, body } = problemAnswer(code, requestId);
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const whole = request.complete || !hasBody(request);
    const last: Record<string, string> = whole ? {} : { connection: 'close' };
    response.writeHead(statusCode, { ...headers, ...cors, ...length, ...last });
    if (whole) return void response.end(body);
    response.write(body);
    await endWhileSending(request, response);
  }

  /** Asked before a body is sent (`Expect: 100-continue`): one that is too large need not come at all. */
  async expect(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (declaredBytes(request) <= MOST_BODY_BYTES) response.writeContinue();
    await this.serve(request, response);
  }

  /** What came is no request, or not all of one in time. */
  broken(error: NodeJS.ErrnoException, socket: Socket): void {
    if (!socket.writable || this.#open.get(socket)?.headersSent) return void socket.destroy();
    socket.end(problemMessage(codeOfBroken(error), randomUUID()), () => socket.destroy());
  }
}

/** What has no body by its nature says nothing of its length, or what the function says (RFC 9110, 8.6). */
const hasLength = ({ method }: IncomingMessage, status: number): boolean =>
  method !== 'HEAD' && status !== 204 && status !== 304;

const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && 'access-control-request-method' in headers;

const codeOfBroken = ({ code }: NodeJS.ErrnoException): ProblemCode => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request-timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'malformed-request';
};

function serverOf(gateway: Gateway, receivedWithinMs: number): Server {
  const server = createServer({
    requestTimeout: receivedWithinMs,
    headersTimeout: receivedWithinMs,
    connectionsCheckingInterval: CHECKED_EVERY_MS,
    keepAliveTimeout: KEPT_ALIVE_MS,
    // A request without `Host` is answered by us, as a problem.
    requireHostHeader: false,
  });
  server.on('request', (request, response) => void gateway.serve(request, response));
  server.on('checkContinue', (request, response) => void gateway.expect(request, response));
  server.on('clientError', (error, socket) => gateway.broken(error, socket as Socket));
  return server;
}

/** Listens on 127.0.0.1. */
export async function openHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const server = serverOf(new Gateway(options), options.receivedWithinMs ?? RECEIVED_WITHIN_MS);
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
