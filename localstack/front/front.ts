/**
 * The one public address of the local run, as CloudFront is on AWS: the console's files, the API under `/v1` and `/.well-known`,
 * and the WebSocket at `/v1/live`.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { contentSecurityPolicy } from '../../infra/console-headers.ts';
import { refreshCookieName } from '../../lib/platform/http/session-cookie.ts';
import type { DemoSessions } from '../demo-sessions.ts';
import { answerProblem } from '../http-api/answer-problem.ts';
import { listen } from '../http-api/listen.ts';
import { type ProblemCode, problemMessage } from '../http-api/problems.ts';
import { refusal } from '../local-only.ts';
import type { ConsoleFiles } from './console-files.ts';
import { isDemo, serveDemo } from './demo-sign-in.ts';
import { Forwarder } from './forward.ts';
import { isNavigation, serveConsole } from './serve-console.ts';

const LIVE = '/v1/live';

const isApi = (path: string): boolean =>
  path === '/v1' || path.startsWith('/v1/') || path.startsWith('/.well-known/');

export interface FrontOptions {
  readonly port: number;
  readonly files: ConsoleFiles;
  /** Origin of the stand-in for S3, which photos come from and go to. */
  readonly bucket: string;
  /** None: nothing is served under /demo. */
  readonly demo?: DemoSessions;
  readonly receivedWithinMs?: number;
}

export interface FunctionPorts {
  readonly http: number;
  readonly websocket: number;
}

export interface Front {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Name of the one cookie that reaches the functions. */
  readonly cookie: string;
  /** Requests to the API before this are answered by 502. */
  forwardTo(ports: FunctionPorts): void;
  stop(): Promise<void>;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

class Requests {
  readonly forwarder = new Forwarder();
  readonly #options: FrontOptions;
  /** Known as soon as it listens. */
  url = '';
  ports?: FunctionPorts;

  constructor(options: FrontOptions) {
    this.#options = options;
  }

  get cookie(): string {
    return refreshCookieName(this.url);
  }

  async serve(exchange: Exchange): Promise<void> {
    const { url = '', headers } = exchange.request;
    // `GET http://elsewhere/ HTTP/1.1` is for proxies, which this is not.
    if (!headers.host || !url.startsWith('/')) return this.#fail(exchange, 'malformed-request');
    const path = url.split('?', 1)[0] ?? '/';
    if (isApi(path)) return this.#forward(exchange);
    const problem = refusal(headers) ?? (await this.#own(exchange, path));
    if (problem) await this.#fail(exchange, problem);
  }

  async #own(exchange: Exchange, path: string): Promise<ProblemCode | undefined> {
    const { demo } = this.#options;
    if (!demo || !isDemo(path)) return this.#console(exchange, path);
    return serveDemo(demo, exchange, this.url).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return 'internal';
    });
  }

  /** Who may call the API is its gateway's to say. */
  async #forward(exchange: Exchange): Promise<void> {
    const unreachable = () => void this.#fail(exchange, 'functions-unreachable');
    if (!this.ports) return unreachable();
    this.forwarder.http({ port: this.ports.http, cookie: this.cookie }, exchange, unreachable);
  }

  #console({ request, response }: Exchange, path: string): ProblemCode | undefined {
    const { host } = new URL(this.url);
    // Sessions belong to one origin: pages opened at localhost go on at the address that links name.
    if (request.headers.host !== host && (path === '/' || isNavigation(path, request.headers))) {
      response.writeHead(307, { location: this.url + request.url, 'cache-control': 'no-store' }).end();
      return undefined;
    }
    const origins = { live: this.url.replace('http', 'ws'), files: this.#options.bucket };
    const policy = contentSecurityPolicy(origins);
    return serveConsole({ files: this.#options.files, policy }, request, response);
  }

  #fail(exchange: Exchange, code: ProblemCode): Promise<void> {
    return answerProblem(exchange, { code, requestId: randomUUID() });
  }

  /** Any page may try to open a WebSocket here: browsers ask nobody, they only say whose page it is. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const fail = (code: ProblemCode) => socket.end(problemMessage(code, randomUUID()));
    // A caller who goes away is no failure of ours.
    socket.on('error', () => socket.destroy());
    const { headers, url = '' } = request;
    const [path, query] = url.split('?', 2);
    const refused = refusal(headers) ?? (this.#isForeign(headers) ? 'foreign-origin' : undefined);
    if (refused) return void fail(refused);
    if (path !== LIVE) return void fail('route-not-found');
    if (!this.ports) return void fail('functions-unreachable');
    const target = query === undefined ? '/' : `/?${query}`;
    const upstream = { port: this.ports.websocket, cookie: this.cookie, path: target };
    this.forwarder.upgrade(upstream, { request, socket, head }, () => fail('functions-unreachable'));
  }

  #isForeign({ origin }: IncomingMessage['headers']): boolean {
    return origin !== undefined && origin !== this.url;
  }
}

/** Listens on 127.0.0.1. @throws Error with code EADDRINUSE when somebody listens there. */
export async function openFront(options: FrontOptions): Promise<Front> {
  const requests = new Requests(options);
  const serve = (request: IncomingMessage, response: ServerResponse) => requests.serve({ request, response });
  const listening = await listen({
    port: options.port,
    serve,
    expect: serve,
    upgrade: (request, socket, head) => requests.upgrade(request, socket, head),
    ...(options.receivedWithinMs !== undefined && { receivedWithinMs: options.receivedWithinMs }),
  });
  requests.url = `http://127.0.0.1:${listening.port}`;
  return {
    url: requests.url,
    cookie: requests.cookie,
    forwardTo(ports) {
      requests.ports = ports;
    },
    async stop() {
      requests.forwarder.stop();
      await listening.stop();
    },
  };
}
